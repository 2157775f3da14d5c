//! Lines where capitals tell nothing: headlines in capitals, or with a capital on every word.
//!
//! What is left there is names that the tables know. Not here: names of the article that such a line repeats, which
//! [`crate::resolve::names`] finds once they are decided.

use std::ops::Range;

use super::Finder;
use crate::lang::data::{kind, tag};
use crate::rule::builtin;
use crate::segment::token::TokenKind;
use crate::tag::Tags;

/// A word that is surely a given name.
fn is_given(tags: &Tags<'_>, at: u32) -> bool {
    tags.has(at, tag::GIVEN1) && !tags.has(at, tag::GIVEN_WORD | tag::GIVEN_PLACE)
}

/// Whether a sentence is set in capitals, or with a capital on every word that may have one.
///
/// A line of names ("Rossi; Bianchi, Verdi (70 Neri)") has no small letters either: its marks tell it. A small letter on
/// a word that a headline would have given a capital means a sentence with many names, and so do a full stop and few
/// ordinary words.
pub fn is_shouted(tags: &Tags<'_>, sentence: &Range<u32>) -> bool {
    let (mut words, mut capitals, mut upper, mut marks, mut plain, mut ordinary) = (0, 0, 0, 0, 0, 0);
    for at in sentence.clone() {
        if tags.token(at).kind == TokenKind::Mark {
            marks += u32::from(matches!(tags.token(at).of(tags.text()), "," | ";" | "("));
        }
        if !tags.has(at, builtin::WORD) || tags.has(at, tag::FUNCTION | tag::ELISION | tag::CLITIC) {
            continue;
        }
        words += 1;
        capitals += u32::from(tags.has(at, builtin::CAP));
        upper += u32::from(tags.has(at, builtin::UPPER));
        ordinary += u32::from(tags.has(at, tag::COMMON1) && !tags.has(at, tag::GIVEN1 | tag::GIVEN2));
        plain += u32::from(tags.has(at, builtin::LOWER) && !tags.has(at, tag::PARTICLE) && tags.token(at).end - tags.token(at).start > 3);
    }
    if words < 4 || capitals * 10 < words * 9 {
        return false;
    }
    let ends = tags.token(sentence.end - 1).of(tags.text()) == ".";
    upper * 10 >= words * 8 || plain <= 1 && (ordinary * 2 >= words || marks * 3 < words && !ends)
}

impl Finder<'_, '_> {
    /// The end of a name that the tables know, in a line where capitals tell nothing: a given name, others, initials and
    /// particles, and a surname or a word that no table has.
    pub(super) fn known_name(&self, at: u32) -> Option<u32> {
        if !is_given(self.tags, at) || !self.tags.has(at, builtin::CAP) {
            return None;
        }
        let name = |t: u32| {
            self.tags.has(t, builtin::CAP)
                && self.tags.has(t, tag::GIVEN1 | tag::GIVEN2 | tag::SURNAME | builtin::UNLISTED | builtin::INITIAL)
                && !(self.tags.has(t, tag::COMMON1) && !is_given(self.tags, t) || self.dated[t as usize])
                && !self.tags.has(t, tag::FUNCTION)
        };
        // “Marina Vuota le Casse”: one ordinary word that is a surname too is one, next to the given name.
        let surname = |t: u32| self.tags.has(t, builtin::CAP) && self.tags.has(t, tag::SURNAME);
        let mut end = at + 1;
        while end < self.sentence.end {
            let particle = self.tags.has(end, tag::PARTICLE) && !self.tags.has(end, tag::FUNCTION);
            if self.tags.token(end).breaks > 0 {
                break;
            } else if name(end) && self.tags.kinds_at(end) >> kind::AGENCYHEAD & 1 == 0 {
                end += 1;
            } else if particle && end + 1 < self.sentence.end && name(end + 1) {
                end += 2;
            } else {
                break;
            }
        }
        if end == at + 1 && end < self.sentence.end && surname(end) {
            end += 1;
        }
        while end > at + 1 && self.tags.has(end - 1, builtin::INITIAL) {
            end -= 1;
        }
        (end > at + 1).then_some(end)
    }
}
