//! Numbers: finds every number expression of a text and says what it is worth.
//!
//! Digits with either language's separators, words up to the billions, glued or apart, mixtures
//! ("2.3 million", "5mila"), fractions, ranks, ages and loose numbers ("dozens"), each with its
//! [`Class`]. A small grammar over the parts that the language's tables name; no word of a language
//! stands in the code. Not here: what is counted, units, or whether a number is a year, a time, a
//! score or a name: that is for rules to say.

use std::ops::Range;
use std::sync::OnceLock;

use crate::lang::Language;
use crate::lang::data::kind;
use crate::lang::pack::class_id;
use crate::segment::token::{Token, TokenKind};
use crate::span::Span;
use crate::tag::{Annotation, Tags, Value};

mod digits;
mod forms;
mod grammar;
mod lexicon;
mod plain;
mod read;
#[cfg(test)]
mod tests;

pub use lexicon::{Lexicon, NumWord, Part, Style};
use plain::Plain;
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
    /// How many times as much: "tenfold".
    Fold,
    /// Ten years: "1990s", "20s".
    Decade,
    /// A number of any sort with letters glued to it: "15km", "270agents".
    Glued,
}

impl Class {
    /// Every class, and the name by which rules match it.
    pub const NAMES: [(Self, &'static str); 14] = [
        (Self::Digits, "digits"),
        (Self::Words, "words"),
        (Self::Article, "article"),
        (Self::Half, "half"),
        (Self::Fraction, "fraction"),
        (Self::Multiple, "multiple"),
        (Self::Approx, "approx"),
        (Self::Couple, "couple"),
        (Self::Bare, "bare"),
        (Self::Ordinal, "ordinal"),
        (Self::Age, "age"),
        (Self::Fold, "fold"),
        (Self::Decade, "decade"),
        (Self::Glued, "glued"),
    ];

    /// The annotations' class; 0 where no rule names it.
    fn id(self) -> u16 {
        static IDS: OnceLock<[u16; Class::NAMES.len()]> = OnceLock::new();
        IDS.get_or_init(|| Self::NAMES.map(|(_, name)| class_id(name)))[self as usize]
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
    /// The scale of its last word, which a number before it may share ("5 to 7 million"); 1 for none.
    pub scale: f64,
    /// The letters glued to its end that are no part of it.
    pub rest: Option<Rest>,
}

/// Marks the numbers of an article's sentences.
pub fn annotate(tags: &mut Tags<'_>, language: Language) {
    let (text, tokens, lexicon) = (tags.text(), tags.tokens(), Lexicon::of(language));
    let mut plain = Plain::of(language);
    let may_begin = |at: usize| tokens[at].kind != TokenKind::Word || !plain.is(tags.word(at as u32), tokens[at].of(text), lexicon);
    let numbers = find_where(text, tokens, tags.sentences(), lexicon, may_begin);
    plain.keep(language);
    for number in numbers {
        let class = if number.rest.is_some() { Class::Glued } else { number.class };
        tags.add(Annotation {
            kind: kind::NUMBER,
            class: class.id(),
            from: number.tokens.start,
            to: number.tokens.end,
            value: Value::Number(number.value),
            rule: "number",
        });
    }
}

/// Finds the numbers that stand within each of some ranges of tokens, in order; they do not overlap.
pub fn find(text: &str, tokens: &[Token], ranges: &[Range<u32>], lexicon: &Lexicon) -> Vec<Number> {
    find_where(text, tokens, ranges, lexicon, |_| true)
}

/// The same, where it is known of some tokens that no number begins with them.
fn find_where(
    text: &str,
    tokens: &[Token],
    ranges: &[Range<u32>],
    lexicon: &Lexicon,
    mut may_begin: impl FnMut(usize) -> bool,
) -> Vec<Number> {
    let digits = tokens.iter().filter(|t| t.kind == TokenKind::Number).map(|t| t.of(text));
    let reader = read::Reader { text, tokens, lexicon, style: digits::style_of(digits, lexicon.style) };
    let mut numbers = Vec::new();
    for range in ranges {
        let mut at = range.start as usize;
        while at < range.end as usize {
            if !may_begin(at) {
                at += 1;
                continue;
            }
            let run = reader.run(at, range.end as usize);
            match number_of(tokens, at, &run) {
                Some(number) => {
                    at = number.tokens.end as usize;
                    numbers.push(number);
                }
                None => at += 1,
            }
        }
    }
    numbers
}

/// The number that a range of tokens is, read again by itself.
pub fn reread(text: &str, tokens: &[Token], range: Range<u32>, lexicon: &Lexicon) -> Option<Number> {
    let reader = read::Reader { text, tokens, lexicon, style: lexicon.style };
    number_of(tokens, range.start as usize, &reader.run(range.start as usize, range.end as usize))
}

fn number_of(tokens: &[Token], first: usize, run: &read::Run) -> Option<Number> {
    let found = grammar::number(run)?;
    let last = run.atoms[found.atoms - 1];
    let rest = run.rest.filter(|_| found.atoms == run.atoms.len());
    let end = rest.map_or(tokens[last.token as usize].end, |rest| rest.span.start);
    let scale = if matches!(last.part, Part::Scale | Part::Multiple | Part::FullScale) { last.value } else { 1.0 };
    let span = Span::new(tokens[first].start, end);
    Some(Number { tokens: first as u32..last.token + 1, span, value: found.value, class: found.class, scale, rest })
}

/// A fraction's value as records give it: to four decimals, or four digits if it is small, where it does not end by itself.
pub fn rounded(value: f64) -> f64 {
    let ends = (value * 1e7).fract() == 0.0;
    if ends {
        value
    } else if value.abs() >= 0.01 {
        (value * 1e4).round() / 1e4
    } else {
        format!("{value:.3e}").parse().unwrap_or(value)
    }
}

/// A number times its scale, without the dust that binary fractions leave ("16.4 million").
pub fn scaled(value: f64, scale: f64) -> f64 {
    let product = value * scale;
    if scale > 1.0 && product.abs() < 1e15 { (product * 1e3).round() / 1e3 } else { product }
}

/// A whole number and decimals read as if they had been written in digits, so that no error creeps in.
fn exact(whole: f64, decimals: &str) -> f64 {
    format!("{whole}.{decimals}").parse().unwrap_or(whole)
}
