//! Forms: what is known of one written form of a name, before and after its class is decided.
//!
//! Not here: how evidence is pooled and classes are decided ([`super::pool`]).

use super::word::Number;
use crate::extract::names::{Names, Shape};
use crate::lang::data::{class, kind, tag, weight};
use crate::rule::builtin;
use crate::segment::token::key;
use crate::tag::{Annotation, Tags, Value};

/// The classes that compete for a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// A human being.
    Person,
    /// An agency or organization.
    Body,
    /// A place.
    Place,
    /// None of these.
    Other,
}

/// Senses, by their place in a score.
pub const SENSES: [Sense; 4] = [Sense::Person, Sense::Body, Sense::Place, Sense::Other];

/// A score for each sense.
pub type Scores = [f32; 4];

/// What of a longer name of a body a form would be, by its own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The head that says what sort of body it is ("Procura", "Ministry").
    Head,
    /// Words that tell it from others ("Equalize").
    Proper,
    /// Ordinary words, a place or a people.
    Ordinary,
}

/// How a form may be short for a longer name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortening {
    /// The last words of a person's name.
    Surname,
    /// Its first word, or some in the middle.
    GivenName,
    /// Part of a body's name.
    Body,
    /// The last word of a place's name.
    Place,
}

impl Shortening {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Surname, Self::GivenName, Self::Body, Self::Place];

    /// The sense that it speaks for.
    pub fn sense(self) -> Sense {
        match self {
            Self::Surname | Self::GivenName => Sense::Person,
            Self::Body => Sense::Body,
            Self::Place => Sense::Place,
        }
    }

    /// How much it speaks for it.
    pub fn weight(self) -> f32 {
        match self {
            Self::Surname => weight::SHORT_FORM_SURNAME,
            Self::GivenName => weight::SHORT_FORM_GIVEN_NAME,
            Self::Body => weight::SHORT_FORM_BODY,
            Self::Place => weight::SHORT_FORM_PLACE,
        }
    }

    /// The name of its weight in the rule files, without “short-form-”.
    pub fn name(self) -> &'static str {
        match self {
            Self::Surname => "surname",
            Self::GivenName => "given-name",
            Self::Body => "body",
            Self::Place => "place",
        }
    }
}

/// One written form of names, with every place it stands.
#[derive(Debug)]
pub struct Form {
    /// The keys of its words.
    pub words: Vec<String>,
    /// The numbers of its words.
    pub numbers: Vec<Number>,
    /// Its candidates, by number.
    pub candidates: Vec<u32>,
    /// The pooled evidence.
    pub scores: Scores,
    /// For each kind of body, the pooled evidence.
    pub kinds: Vec<(&'static str, f32)>,
    /// What it names, once decided.
    pub sense: Option<Sense>,
    /// Longer forms that it may stand for.
    pub parents: Vec<usize>,
    /// In what ways it would.
    pub shortens: Vec<Shortening>,
    /// What of a body's name it would be.
    pub part: Part,
    /// Whether it is nothing but the head of such names, of which a place has its own ("Procura", "Ministry").
    pub bare_head: bool,
    /// The rule with the most weight for each sense.
    pub rules: [(&'static str, f32); 4],
}

/// The sense that an evidence class speaks for.
pub fn sense_of(class: &str) -> Sense {
    match class {
        "person" => Sense::Person,
        "place" => Sense::Place,
        "other" => Sense::Other,
        _ => Sense::Body,
    }
}

/// The sense with the most evidence.
pub fn winner(scores: &Scores) -> Option<Sense> {
    SENSES.into_iter().max_by(|a, b| scores[*a as usize].total_cmp(&scores[*b as usize]))
}

/// Whether a word is nothing but the head of bodies' names, of which each place has its own: no gazetteer knows it as a
/// body by itself, and a country has more than one of them, unlike a parliament or an army.
pub fn is_bare_head(tags: &Tags<'_>, from: u32, to: u32) -> bool {
    const BODIES: u64 = 1 << kind::AGENCY | 1 << kind::ORG | 1 << kind::AGENCYWORD | 1 << kind::ORGWORD;
    let here = || tags.starting_at(from).map(|id| tags.annotation(id)).filter(|a| a.to == to);
    let local = |a: &Annotation| a.kind == kind::AGENCYHEAD && !matches!(a.class, class::LEGISLATURE | class::MILITARY);
    let known = |a: &Annotation| BODIES >> a.kind & 1 == 1 && matches!(a.value, Value::Row(_));
    to - from == 1 && here().any(local) && !here().any(known)
}

/// What of a body's name these words would be.
pub fn part_of(tags: &Tags<'_>, from: u32, to: u32) -> Part {
    const PLACES: u64 = 1 << kind::STATE | 1 << kind::CITY | 1 << kind::REGION;
    let head = |id: u32| {
        let annotation = tags.annotation(id);
        annotation.to == to && annotation.kind == kind::AGENCYHEAD
    };
    if tags.starting_at(from).any(head) && tags.has(from, builtin::CAP) {
        return Part::Head;
    }
    let ordinary = tags.has(from, tag::COMMON1 | tag::PEOPLE_WORD | tag::FUNCTION) || tags.kinds_at(from) & PLACES != 0;
    if ordinary { Part::Ordinary } else { Part::Proper }
}

/// Whether an acronym may stand for a name: its letters stand in the name in their order, the first at the start of
/// a word.
pub fn abbreviates(acronym: &[String], name: &[String]) -> bool {
    let letters: Vec<char> = acronym.concat().chars().filter(|c| c.is_alphabetic()).collect();
    let Some(first) = letters.first() else { return false };
    (0..name.len()).filter(|at| name[*at].starts_with(*first)).any(|at| {
        let mut rest = letters.iter().peekable();
        for c in name[at..].concat().chars() {
            rest.next_if(|l| **l == c);
        }
        rest.peek().is_none()
    })
}

/// The keys of the words of a name; marks between them do not count.
pub fn words_of(tags: &Tags<'_>, from: u32, to: u32) -> Vec<String> {
    (from..to).map(|t| key(tags.token(t).of(tags.text())).into_owned()).collect()
}

/// The shape that says whether a form is an acronym.
pub fn is_acronym(names: &Names, form: &Form) -> bool {
    form.candidates.first().is_some_and(|c| matches!(names.candidates[*c as usize].shape, Shape::Acronym | Shape::Code))
}
