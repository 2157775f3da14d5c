//! Letters glued to a number or a noun: units ("15km"), scales ("35m"), nouns ("270agents") and
//! words run together by scraping ("agentsled").
//!
//! Not here: letters that change the number itself ("5mila", "22nd"), which are part of it.

use crate::lang::data::{kind, tag};
use crate::lang::pack::{Pack, Row, UNKNOWN};
use crate::rule::matcher::Captured;
use crate::segment::token::{self, key};
use crate::span::Span;
use crate::tag::Tags;
use crate::tag::number::{self, Lexicon, NumWord, Part};
use crate::terms::CountKind;

use super::Quantity;
use super::build::measured;

/// What the letters glued to the number that ends with token `at` make of it.
///
/// With a word captured after it the letters must begin a unit that ends with the word ("250sq ft").
pub(super) fn quantity<'p>(
    plain: Quantity<'p>,
    at: u32,
    word: Option<Captured>,
    tags: &Tags<'_>,
    pack: &'p Pack,
    lexicon: &Lexicon,
) -> Option<Quantity<'p>> {
    let rest = letters(at, tags)?;
    if let Some(word) = word {
        let both = Span::new(rest.start, tags.span(word.from, word.to).end);
        return code(both.of(tags.text()), kind::UNIT, pack).map(|code| measured(plain, code));
    }
    let text = rest.of(tags.text());
    if let Some(code) = code(text, kind::CURRENCY, pack) {
        return Some(Quantity { kind: CountKind::Money, unit: Some(code.into()), ..plain });
    }
    if let Some(code) = code(text, kind::UNIT, pack) {
        return Some(measured(plain, code));
    }
    if let Some(scale) = scale(at, tags, lexicon) {
        return Some(Quantity { value: number::scaled(plain.value, scale), scale, ..plain });
    }
    let end = cut(at, tags, pack);
    let noun = Span::new(rest.start, end.unwrap_or(rest.end));
    let known = pack.tags_of(noun.of(tags.text()));
    if known & (tag::PLURAL | tag::COMMON1) == 0 || known & tag::FUNCTION != 0 || noun.len() < 3 {
        return None;
    }
    Some(named(noun, Quantity { end, ..plain }, tags, pack))
}

/// A quantity of what a word names: a unit, a currency or a noun.
pub(super) fn named<'p>(word: Span, plain: Quantity<'p>, tags: &Tags<'_>, pack: &'p Pack) -> Quantity<'p> {
    let text = word.of(tags.text());
    if let Some(code) = code(text, kind::UNIT, pack) {
        return measured(plain, code);
    }
    if let Some(code) = code(text, kind::CURRENCY, pack) {
        return Quantity { kind: CountKind::Money, unit: Some(code.into()), ..plain };
    }
    Quantity { noun: Some(word), ..plain }
}

/// The scale that the letters glued to a number are, should they be one.
pub(super) fn scale(at: u32, tags: &Tags<'_>, lexicon: &Lexicon) -> Option<f64> {
    match lexicon.suffix(letters(at, tags)?.of(tags.text())) {
        Some(NumWord { part: Part::ScaleOrUnit, value }) => Some(value),
        _ => None,
    }
}

/// The letters after the digits of token `at`.
fn letters(at: u32, tags: &Tags<'_>) -> Option<Span> {
    let token = tags.token(at);
    let from = token.of(tags.text()).find(char::is_alphabetic)?;
    Some(Span::new(token.start + from as u32, token.end))
}

/// The code of the gazetteer row of a kind that the letters glued to a number are.
pub(super) fn code_of<'p>(at: u32, wanted: u8, tags: &Tags<'_>, pack: &'p Pack) -> Option<&'p str> {
    code(letters(at, tags)?.of(tags.text()), wanted, pack)
}

/// The code of the gazetteer row of a kind that a piece of the text is.
fn code<'p>(text: &str, wanted: u8, pack: &'p Pack) -> Option<&'p str> {
    let tokens = token::tokenize(text, pack);
    let words: Vec<_> = tokens.iter().map(|t| pack.word(&key(t.of(text)))).collect();
    let mut best: Option<(u8, &'p str)> = None;
    pack.phrases_at(&words, &tokens, |n, row| {
        let row = pack.row(row);
        let fits = n == tokens.len() && row.kind == wanted && !row.code.is_empty();
        if let Some(likeness) = likeness(&row, text).filter(|l| fits && best.is_none_or(|(b, _)| *l > b)) {
            best = Some((likeness, row.code));
        }
    });
    best.map(|(_, code)| code)
}

/// How like the text a row's symbol is: a symbol whose capitals count has itself for a name ("MW" is not "mW").
///
/// Of one letter the capital always counts: "5G" weighs nothing.
pub(super) fn likeness(row: &Row<'_>, text: &str) -> Option<u8> {
    let letter = text.len() == 1 && text.bytes().all(|b| b.is_ascii_alphabetic());
    match row.name {
        name if name == text => Some(2),
        _ if letter => None,
        "" => Some(1),
        _ => Some(0),
    }
}

/// Where the noun at the start of a word ends that scraping has glued to the next one ("agents|led").
///
/// Cut only where the word is in no table and both halves are: a noun, then a word of the language. The
/// longest noun wins.
pub(super) fn cut(at: u32, tags: &Tags<'_>, pack: &Pack) -> Option<u32> {
    let token = tags.token(at);
    let text = token.of(tags.text());
    let letters = text.find(char::is_alphabetic)?;
    let word = &text[letters..];
    let lower = word.chars().all(char::is_lowercase);
    if !lower || pack.written(word) != UNKNOWN {
        return None;
    }
    let cuts = word.char_indices().map(|(at, _)| at).filter(|at| *at >= 3 && word.len() - at >= 2);
    let fits = |at: &usize| {
        let (left, right) = (pack.tags_of(&word[..*at]), pack.tags_of(&word[*at..]));
        let unit = || code(&word[..*at], kind::UNIT, pack).is_some();
        // A language without plurals by ending has nouns that nothing says are none.
        let noun =
            left & tag::PLURAL != 0 || (left & tag::COMMON1 != 0 && left & (tag::NOUN | tag::VERB | tag::ADJ | NO_NOUN) == 0) || unit();
        noun && right & (tag::FUNCTION | tag::COMMON1) != 0
    };
    cuts.rev().find(fits).map(|at| token.start + (letters + at) as u32)
}

/// Tags of words that are no noun to be counted.
const NO_NOUN: u128 = tag::FUNCTION | tag::SINGULAR | tag::NP_IN | tag::NP_END;
