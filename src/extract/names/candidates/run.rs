//! Runs: capitalised words, and what joins them into one name.
//!
//! Particles ("de Blasio", "van der Sar"), hyphens, also where scraping has put spaces around them ("Al - Haddad",
//! "Kim Min - Seo"), apostrophes ("O' Brien"), ampersands, and nicknames in quotes between a given name and a surname.
//! Not here: where a run is cut again.

use super::Finder;
use crate::lang::data::tag;
use crate::rule::builtin;
use crate::segment::token::{TokenKind, is_apostrophe};

/// A syllable of a given name in Chinese or Korean is no longer than this.
const SYLLABLE: u32 = 6;
/// A nickname in quotes has no more words than this.
const NICKNAME_WORDS: u32 = 3;

impl Finder<'_, '_> {
    /// The end of the run of capitalised words, and what joins them, that begins here; `at` where none does.
    pub(super) fn run_end(&self, at: u32) -> u32 {
        let mut end = at;
        if at < self.sentence.end && !self.is_name_word(at) {
            // "al-Assad", "bin Laden", "de Blasio": the particle belongs to the name.
            match self.joined(at, at) {
                Some(next) => end = next,
                None => return at,
            }
        }
        while end < self.sentence.end {
            if self.is_name_word(end) {
                if end > at && self.new_line(end) {
                    break;
                }
                end += 1;
                // An elision belongs to the name that follows only if it is written as a part of it.
                continue;
            }
            match self.joined(at, end) {
                Some(next) => end = next,
                None => break,
            }
        }
        end
    }

    /// Whether a line begins here with a word that goes on no name: lines may be wrapped within one.
    fn new_line(&self, at: u32) -> bool {
        self.tags.token(at).breaks > 0 && self.tags.has(at, tag::BREAKER | tag::FUNCTION | tag::COMMON1) && !self.tags.has(at, tag::GIVEN1)
    }

    /// If what stands at `at` joins the words around it into one name, the place after what it joins.
    fn joined(&self, from: u32, at: u32) -> Option<u32> {
        let text = self.tags.text();
        let token = self.tags.token(at);
        let next = |n: u32| (at + n < self.sentence.end).then(|| self.tags.token(at + n));
        let after = next(1)?;
        match token.of(text) {
            "-" | "‑" | "–" if at > from => {
                let glued = !token.spaced && !after.spaced && after.kind == TokenKind::Word && self.joins_hyphen(at + 1);
                return (glued || self.joins_spaced_hyphen(from, at)).then_some(at + 2);
            }
            "&" if at > from && self.is_name_word(at + 1) && !self.two_people(from, at) => return Some(at + 2),
            "'" | "’" if at > from && !token.spaced && after.spaced => {
                // "O' Brien", "Mu' ammar": the space is a slip.
                let short = self.tags.has(at - 1, builtin::INITIAL) || token.end - self.tags.token(at - 1).start <= 4;
                let whole = self.tags.has(at + 1, tag::SURNAME | tag::GIVEN1) && self.is_name_word(at + 1);
                return (short && whole && matches!(self.tags.token(at - 1).of(text), "O" | "D")).then_some(at + 2);
            }
            _ if token.kind == TokenKind::Mark => return self.nickname(from, at),
            _ => {}
        }
        if token.of(text).ends_with(is_apostrophe) && after.spaced && self.tags.has(at, builtin::INITIAL) && self.is_name_word(at + 1) {
            return Some(at + 2);
        }
        if !self.tags.has(at, tag::PARTICLE) || self.tags.has(at, tag::CLITIC) {
            return None;
        }
        let hyphen = after.of(text) == "-" && !after.spaced;
        if hyphen && next(2).is_some_and(|t| !t.spaced) && self.is_name_word(at + 2) {
            return Some(at + 2);
        }
        if self.tags.has(at, tag::FUNCTION) {
            return self.joins_preposition(from, at).then_some(at + 2);
        }
        if self.is_name_word(at + 1) && token.breaks == 0 {
            return Some(at + 1);
        }
        // Two particles: "van der Sar", "bin al Saud".
        (at > from && self.tags.has(at + 1, tag::PARTICLE) && at + 2 < self.sentence.end && self.is_name_word(at + 2)).then_some(at + 2)
    }

    /// Whether a preposition is a part of the name: right after the one given name, before what is a surname and no
    /// ordinary word or place: "Luigi di Maio", but not "Luigi di Torino", "la madre di Anna della Chiesa".
    fn joins_preposition(&self, from: u32, at: u32) -> bool {
        let after = at + 1;
        // "Luca e Paolo": a letter alone is a conjunction.
        let conjunction = self.tags.token(at).end - self.tags.token(at).start == 1;
        at == from + 1
            && !conjunction
            && after < self.sentence.end
            && self.tags.has(from, tag::GIVEN1)
            && !self.tags.has(from, tag::GIVEN_WORD | tag::GIVEN_PLACE)
            && self.is_name_word(after)
            && (self.tags.has(after, tag::SURNAME)
                || self.tags.has(at, tag::ELISION) && self.tags.has(after, builtin::UNLISTED | tag::GIVEN2 | tag::GIVEN3))
            && (!self.tags.has(after, tag::COMMON1) || self.tags.has(after, tag::GIVEN1))
            && !self.is_place(after)
            && !(self.tags.has(after, tag::GIVEN1) && after + 1 < self.sentence.end && self.is_name_word(after + 1))
    }

    /// Whether a word after a hyphen belongs to the name before it: "Jae-in", but not "Modi-led", "French-language".
    fn joins_hyphen(&self, at: u32) -> bool {
        self.tags.has(at, builtin::CAP) || !self.tags.has(at, tag::COMPOUND_TAIL)
    }

    /// Whether a hyphen with spaces around it joins two parts of a name: after a particle ("Al - Haddad"), before the last
    /// syllable of an East Asian given name ("Kim Min - Seo", "Wai - lok").
    fn joins_spaced_hyphen(&self, from: u32, at: u32) -> bool {
        let (before, after) = (at - 1, at + 1);
        if self.tags.has(before, tag::PARTICLE) && !self.tags.has(before, tag::FUNCTION) && self.is_name_word(after) {
            return true;
        }
        let short = |t: u32| self.tags.has(t, builtin::WORD) && self.tags.token(t).end - self.tags.token(t).start <= SYLLABLE;
        if !short(before) || !short(after) || self.tags.has(after, tag::FUNCTION) || self.new_line(after) {
            return false;
        }
        let family = self.tags.has(from, tag::SURNAME_FIRST) && at == from + 2;
        let alone =
            at == from + 1 && self.tags.has(from, builtin::UNLISTED | tag::GIVEN1 | tag::GIVEN2) && !self.tags.has(from, tag::COMMON1);
        if self.tags.has(after, builtin::LOWER) {
            return !self.tags.has(after, tag::COMMON1 | tag::BREAKER) && (family || alone && self.tags.has(after, builtin::UNLISTED));
        }
        family && self.is_name_word(after) && !(after + 1 < self.sentence.end && self.is_name_word(after + 1))
    }

    /// Whether an ampersand stands between two people: "Martin Okello & Priya Raman", but not "Ernst & Young".
    fn two_people(&self, from: u32, at: u32) -> bool {
        let given = |t: u32| self.tags.has(t, tag::GIVEN1 | tag::GIVEN2) && !self.tags.has(t, tag::GIVEN_PLACE);
        let family = at > from + 2 && self.tags.has(from, tag::SURNAME_FIRST);
        let more = |t: u32| t < self.sentence.end && (self.is_name_word(t) || self.tags.has(t, tag::PARTICLE_CAP));
        family || given(from) && given(at + 1) && more(at + 2)
    }

    /// If a nickname in quotes (or another given name in parentheses) and a surname go on the name, the place after the
    /// nickname: "Ramón “Lobo” Ferrer".
    fn nickname(&self, from: u32, at: u32) -> Option<u32> {
        if at == from || !self.tags.token(at).spaced {
            return None;
        }
        let mark = |t: u32| self.tags.token(t).of(self.tags.text());
        let opens = mark(at);
        let close = (at + 2..self.sentence.end.min(at + 2 + NICKNAME_WORDS)).find(|t| closes(opens, mark(*t)))?;
        let surname = close + 1;
        let parenthesis = opens == "(";
        let inside = at + 1..close;
        let capitals = self.is_name_word(at + 1) && inside.clone().all(|t| self.tags.has(t, builtin::WORD));
        let fits = if parenthesis { inside.len() == 1 && self.tags.has(at + 1, tag::GIVEN1) } else { true };
        let given = at - from <= 3 && self.tags.has(at - 1, tag::GIVEN1 | tag::GIVEN2 | tag::GIVEN3 | builtin::INITIAL | builtin::UPPER);
        let goes_on = surname < self.sentence.end
            && self.is_name_word(surname)
            && self.tags.token(surname).spaced
            && !self.tags.token(at + 1).spaced
            && !self.tags.token(close).spaced
            && !self.tags.has(surname, tag::FUNCTION | tag::BREAKER)
            && (self.tags.has(surname, tag::SURNAME) || !(parenthesis || self.tags.has(surname, tag::COMMON1 | tag::COMMON2)));
        (capitals && fits && given && goes_on).then_some(surname)
    }
}

/// Whether a mark closes what another opens.
fn closes(open: &str, close: &str) -> bool {
    matches!((open, close), ("\"", "\"") | ("“", "”") | ("‘", "’") | ("'", "'") | ("«", "»") | ("(", ")") | ("“", "“") | ("”", "”"))
}
