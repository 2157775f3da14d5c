//! Numbers: finds every number expression of a text and says what it is worth.
//!
//! Digits with either language's separators, words up to the billions, glued or apart, mixtures
//! ("2.3 million", "5mila"), fractions, ranks, ages and loose numbers ("dozens"), each with its
//! [`Class`]. A small grammar over the parts that the language's tables name; no word of a language
//! stands in the code. Not here: what is counted, units, or whether a number is a year, a time, a
//! score or a name: that is for rules to say.

use std::ops::Range;

use crate::segment::token::{Token, TokenKind};
use crate::span::Span;

mod digits;
mod forms;
mod grammar;
mod lexicon;
mod read;
#[cfg(test)]
mod tests;

pub use lexicon::{Lexicon, NumWord, Part, Style};
pub use read::Rest;

/// What sort of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// One token of digits, or several with spaces between thousands, with no word: "1.234,50", "30 000".
    Digits,
    /// A number with a word in it: "trecento", "2.3 million", "5mila".
    Words,
    /// "one", "un": as often an article or a pronoun as a number.
    Article,
    /// One half alone: "half", "mezzo", "metà".
    Half,
    /// A part of a whole: "two thirds", "un terzo", "1/4", "½"; four decimals.
    Fraction,
    /// A loose plural: "dozens", "centinaia di migliaia"; its value is one of them.
    Multiple,
    /// A noun for about as many: "una ventina".
    Approx,
    /// A noun for two, used loosely: "a couple".
    Couple,
    /// A scale with no number before it: "(several) hundred".
    Bare,
    /// A rank: "22nd", "terzo".
    Ordinal,
    /// An age by its ending: "35enne", "quarantenne".
    Age,
    /// Ten years: "1990s", "20s".
    Decade,
}

impl Class {
    /// The name by which rules match it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Digits => "digits",
            Self::Words => "words",
            Self::Article => "article",
            Self::Half => "half",
            Self::Fraction => "fraction",
            Self::Multiple => "multiple",
            Self::Approx => "approx",
            Self::Couple => "couple",
            Self::Bare => "bare",
            Self::Ordinal => "ordinal",
            Self::Age => "age",
            Self::Decade => "decade",
        }
    }
}

/// A number expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Its tokens; letters of another sense may be glued to the last one.
    pub tokens: Range<u32>,
    /// Its bytes, without such letters.
    pub span: Span,
    /// Its value.
    pub value: f64,
    /// What sort of number it is.
    pub class: Class,
    /// The letters glued to its end that are no part of it.
    pub rest: Option<Rest>,
}

/// Finds the numbers of a text, in order; they do not overlap.
pub fn find(text: &str, tokens: &[Token], lexicon: &Lexicon) -> Vec<Number> {
    let digits = tokens.iter().filter(|t| t.kind == TokenKind::Number).map(|t| t.of(text));
    let reader = read::Reader { text, tokens, lexicon, style: digits::style_of(digits, lexicon.style) };
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let run = reader.run(at);
        match number_of(tokens, at, &run) {
            Some(number) => {
                at = number.tokens.end as usize;
                numbers.push(number);
            }
            None => at += 1,
        }
    }
    numbers
}

fn number_of(tokens: &[Token], first: usize, run: &read::Run) -> Option<Number> {
    let found = grammar::number(run)?;
    let last = run.atoms[found.atoms - 1].token as usize;
    let rest = run.rest.filter(|_| found.atoms == run.atoms.len());
    let end = rest.map_or(tokens[last].end, |rest| rest.span.start);
    Some(Number { tokens: first as u32..last as u32 + 1, span: Span::new(tokens[first].start, end), value: found.value, class: found.class, rest })
}

/// A fraction's value to four decimals, as records give it.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

/// A whole number and decimals read as if they had been written in digits, so that no error creeps in.
fn exact(whole: f64, decimals: &str) -> f64 {
    format!("{whole}.{decimals}").parse().unwrap_or(whole)
}
