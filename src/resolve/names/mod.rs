//! Names decided: from evidence to people and bodies.
//!
//! One sense per article: the evidence of every occurrence of a form is pooled ([`pool`]), short
//! forms ([`form`]) draw on the longer names they may stand for, and the class with the most evidence wins. An
//! occurrence whose own context speaks clearly for another class is the exception. Mentions of one
//! person or body then become one entity (`people`, `bodies`), and the line under a byline may give its role (`byline`).
//! Not here: where candidates or weights come from ([`crate::extract::names`]).

mod bodies;
mod byline;
pub mod form;
mod people;
pub mod pool;
mod word;

use crate::extract::names::Names;
use crate::lang::pack::Pack;
use crate::segment::Sentence;
use crate::span::Span;
use crate::tag::Tags;
use crate::terms::BodyKind;

/// Where a name stands, and why it is one.
#[derive(Clone, Debug)]
pub struct NameMention {
    /// The words.
    pub span: Span,
    /// The rule with the most weight.
    pub rule: &'static str,
    /// By how much the evidence for the class exceeds what it needs.
    pub score: f32,
}

/// A person of the article.
#[derive(Clone, Debug)]
pub struct PersonEntity {
    /// The fullest form.
    pub name: String,
    /// Role phrases, as written.
    pub roles: Vec<String>,
    /// Named bodies attached.
    pub affiliations: Vec<String>,
    /// In text order.
    pub mentions: Vec<NameMention>,
}

/// A body of the article.
#[derive(Clone, Debug)]
pub struct BodyEntity {
    /// The fullest form, or the lexicon's name.
    pub name: String,
    /// Its acronym.
    pub acronym: Option<String>,
    /// What sort of body it is.
    pub kind: BodyKind,
    /// Whether it is an agency rather than an organization.
    pub agency: bool,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// In text order.
    pub mentions: Vec<NameMention>,
}

/// What the names of an article turned out to be.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    /// People, in order of first mention.
    pub people: Vec<PersonEntity>,
    /// Agencies and organizations, in order of first mention.
    pub bodies: Vec<BodyEntity>,
}

/// Decides the names of an article.
pub fn resolve(names: &Names, sentences: &[Sentence], tags: &Tags<'_>, pack: &Pack) -> Decided {
    let mut forms = pool::Forms::of(names, tags);
    forms.decide();
    let mentions = forms.mentions(names, tags);
    let mut attachments = byline::roles(&mentions, names, tags, sentences);
    attachments.extend(&names.attachments);
    attachments.sort_by_key(|a| a.candidate);
    Decided {
        people: people::build(&forms, &mentions, names, &attachments, tags),
        bodies: bodies::build(&forms, &mentions, names, tags, pack),
    }
}

/// Text with every run of white space folded to one space.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The mention at an occurrence.
fn mention_of(forms: &pool::Forms, tags: &Tags<'_>, occurrence: &pool::Occurrence) -> NameMention {
    let form = &forms.all[occurrence.form];
    let sense = occurrence.sense as usize;
    NameMention { span: tags.span(occurrence.from, occurrence.to), rule: form.rules[sense].0, score: form.scores[sense] }
}
