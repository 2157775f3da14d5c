//! Step 3: text → tokens, sentences and zones.
//!
//! [`token`] cuts words, [`block`] puts lines together, [`phrase`] and [`boilerplate`] find what a web
//! page left behind, [`zone`] names headlines, bylines and datelines, [`sentence`] ends sentences. What
//! the words of a language do stands in its tables. Not here: what anything means.

pub mod block;
pub mod boilerplate;
mod line;
pub mod phrase;
pub mod sentence;
pub mod token;
pub mod zone;

use std::ops::Range;

use crate::lang::pack::{Pack, UNKNOWN, WordId};
use crate::span::Span;
use token::{Token, TokenKind};

/// What part of an article a sentence stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// The title, or a subhead: a short line without a full stop, often in title case.
    Headline,
    /// Where and when the article was written: the first words of the body, or a line of its own.
    Dateline,
    /// Who wrote it.
    Byline,
    /// The article itself.
    Body,
    /// What the page left behind; listed in `skipped`.
    Boilerplate,
}

/// How a sentence is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capitals {
    /// As usual: a capital tells a name.
    Usual,
    /// Every word of weight has a capital: it tells nothing.
    Title,
    /// All capitals: they tell nothing.
    Upper,
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Range<u32>,
    /// Where it stands.
    pub zone: Zone,
    /// How it is capitalised.
    pub capitals: Capitals,
}

/// A part of the text that is no part of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Skip {
    /// Where it stands.
    pub span: Span,
    /// What it is: a class of the boilerplate tables ("related_links", "cookies", …).
    pub reason: &'static str,
}

/// A text cut up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segments {
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// The tokens' word ids.
    pub words: Vec<WordId>,
    /// Its sentences, boilerplate included; every token is in one.
    pub sentences: Vec<Sentence>,
    /// Its boilerplate, in text order.
    pub skipped: Vec<Skip>,
}

impl Segments {
    /// The token ranges of the sentences to extract from.
    pub fn ranges(&self, keep_boilerplate: bool) -> Vec<Range<u32>> {
        let kept = self.sentences.iter().filter(|s| keep_boilerplate || s.zone != Zone::Boilerplate);
        kept.map(|s| s.tokens.clone()).collect()
    }
}

/// Cuts a text up.
pub fn segment(text: &str, pack: &Pack) -> Segments {
    let tokens = token::tokenize(text, pack);
    let words = word_ids(text, &tokens, pack);
    let view = View { text, tokens: &tokens, words: &words, pack };
    let blocks = block::blocks(&view);
    let found = boilerplate::find(&view, &blocks);
    let zones = zone::zones(&view, &blocks, &found);
    let sentences = sentence::sentences(&view, &blocks, &found, &zones);
    let skipped = boilerplate::skips(&view, &found);
    Segments { tokens, words, sentences, skipped }
}

/// The word ids of tokens; an address hides its words.
fn word_ids(text: &str, tokens: &[Token], pack: &Pack) -> Vec<WordId> {
    let id = |t: &Token| if t.kind == TokenKind::Address { UNKNOWN } else { pack.written(t.of(text)) };
    tokens.iter().map(id).collect()
}

/// What every part of this step looks at.
pub struct View<'v> {
    /// The text.
    pub text: &'v str,
    /// All its tokens.
    pub tokens: &'v [Token],
    /// The tokens' word ids.
    pub words: &'v [WordId],
    /// The language's data.
    pub pack: &'v Pack,
}

impl View<'_> {
    /// A token.
    pub fn token(&self, at: u32) -> &Token {
        &self.tokens[at as usize]
    }

    /// A token's text.
    pub fn word(&self, at: u32) -> &str {
        self.token(at).of(self.text)
    }

    /// A token's tags, without those of its shape.
    pub fn tags(&self, at: u32) -> u128 {
        self.pack.tags(self.words[at as usize])
    }

    /// The bytes of a range of tokens.
    pub fn span(&self, tokens: &Range<u32>) -> Span {
        match self.tokens.get(tokens.start as usize..tokens.end as usize) {
            Some([first, .., last]) => Span::new(first.start, last.end),
            Some([only]) => Span::new(only.start, only.end),
            _ => Span::default(),
        }
    }
}
