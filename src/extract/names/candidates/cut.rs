//! Where a run of capitalised words is cut into names: at titles, demonyms, dates, offices, and at words that no name
//! holds.
//!
//! Not here: what makes a run ([`super::run`]), or how a piece is trimmed.

use super::{BODIES, Candidate, Finder, PREFIXES, WEAK_BODIES};
use crate::lang::data::{class, kind, tag};
use crate::rule::builtin;
use crate::segment::token::TokenKind;

impl Finder<'_, '_> {
    /// Cuts a run into candidates; returns where to go on.
    pub(super) fn pieces(&self, from: u32, to: u32, found: &mut Vec<Candidate>) -> u32 {
        let mut start = from;
        let mut at = from;
        let mut nickname = from;
        while at < to {
            if at > from && self.tags.token(at).kind == TokenKind::Mark && self.tags.token(at).spaced {
                // A nickname may be any word: "Somchai “Lucky” Prasert".
                nickname = (at + 1..to).find(|t| self.tags.token(*t).kind == TokenKind::Mark).unwrap_or(at);
            }
            if at < nickname {
                at += 1;
                continue;
            }
            if self.person_after(start, at, to) || self.after_office(start, at, to) {
                self.piece(start, at, found);
                start = at;
            }
            if at > start && self.is_break(at, to) {
                self.piece(start, at, found);
                at += 1;
                start = at;
                continue;
            }
            let body = self.body_at(at).filter(|end| !(at > start && end - at == 1 && *end <= to));
            // "Martin Campbell's late train": a brand that ends in a possessive.
            let owned = |end: u32| at > start && end - at == 2 && self.tags.has(at - 1, tag::GIVEN1) && self.tags.has(at + 1, tag::CLITIC);
            let body = body.filter(|end| !owned(*end));
            let cut = self.cut_at(start, at, to);
            // "National" is a sort of role, but not before "Crime Agency".
            if let Some(body) = body.filter(|body| cut.is_none_or(|cut| cut <= *body && body - at > 1)) {
                self.piece(start, at, found);
                self.push(found, at, body, self.body_shape(at, body));
                at = body;
                start = body;
            } else if let Some(end) = cut {
                self.piece(start, at, found);
                at = self.inside_role(at, end, found);
                start = at;
            } else {
                at += 1;
            }
        }
        self.piece(start, to, found);
        at.max(to)
    }

    /// Whether a capitalised word inside a run is an ordinary one that no name holds: text runs on without its stops.
    pub(super) fn is_break(&self, at: u32, to: u32) -> bool {
        let particle = self.tags.has(at, tag::PARTICLE_CAP | tag::PARTICLE) && at + 1 < to;
        // "Martin So Wai-lok", "Deputy Mayor Wu He".
        let surname = self.tags.has(at, tag::SURNAME) && self.tags.has(at - 1, tag::GIVEN1 | tag::SURNAME_FIRST);
        !surname
            && self.tags.has(at, builtin::TITLE)
            && self.tags.has(at, tag::BREAKER | tag::FUNCTION)
            && !self.tags.has(at, tag::ELISION)
            && self.tags.token(at).spaced
            && !particle
            && !self.tags.has(at, tag::GIVEN1 | tag::GIVEN2 | tag::NAME_SUFFIX)
    }

    /// Whether the words from `start` to `at` end an office and a name follows: "Secretary for | Education | Lam
    /// Wai-lok".
    pub(super) fn after_office(&self, start: u32, at: u32, to: u32) -> bool {
        let ordinary =
            |t: u32| self.tags.has(t, tag::COMMON1 | tag::COMMON2) && !self.tags.has(t, tag::GIVEN1 | tag::GIVEN2 | tag::SURNAME);
        let name = |t: u32| {
            self.tags.has(t, tag::GIVEN1 | tag::GIVEN2 | tag::SURNAME | builtin::UNLISTED)
                && (!self.tags.has(t, tag::COMMON1) || self.tags.has(t, tag::GIVEN1))
        };
        let figure = self.tags.kinds_at(at) & (1 << kind::FIGURE | 1 << kind::FIGUREWORD) != 0;
        let whole = if at + 1 < to { self.is_name_word(at + 1) } else { figure || !self.tags.has(at, tag::COMMON1) };
        if at == start || start == self.sentence.start || !(name(at) || figure) || !whole {
            return false;
        }
        (start..at).all(ordinary) && self.office_before(start)
    }

    /// Whether a role and what it is a role of lead up to here.
    pub(super) fn office_before(&self, at: u32) -> bool {
        const REACH: u32 = 8;
        let inside = |t: &u32| {
            self.tags.has(*t, builtin::CAP | tag::FUNCTION | tag::ELISION) || matches!(self.tags.token(*t).of(self.tags.text()), "," | "&")
        };
        let first = self.sentence.start.max(at.saturating_sub(REACH));
        let mut of = false;
        (first..at).rev().take_while(inside).any(|t| {
            let role = of && self.tags.kinds_at(t) & (1 << kind::ROLE | 1 << kind::ROLEWORD) != 0;
            of |= self.tags.has(t, tag::FUNCTION | tag::ELISION);
            role
        })
    }

    /// If something that is no part of a name stands at `at`, its end.
    pub(super) fn cut_at(&self, start: u32, at: u32, to: u32) -> Option<u32> {
        let kinds = self.tags.kinds_at(at);
        let acronym = at == start + 1 && self.tags.has(start, builtin::UPPER);
        let after_given = at > start && self.tags.has(at - 1, tag::GIVEN1 | tag::GIVEN2) && !acronym;
        let longest = |kind: u8| self.tags.longest_at(at, kind).map(|a| a.to).filter(|end| *end <= to);
        if let Some(role) = self.role_at(at).filter(|_| !after_given) {
            return Some(role);
        }
        let title_or_name = at == start
            && self.tags.has(at, tag::GIVEN1)
            && !self.tags.has(at, tag::GIVEN_WORD)
            && at + 1 < to
            && !self.tags.has(at + 1, tag::GIVEN1 | tag::GIVEN2);
        // "Sultan A. Xqzw": before an initial a given name is one, whatever else it may be.
        let title_or_name = title_or_name
            || at > self.sentence.start
                && at + 2 < to
                && self.tags.has(at, tag::GIVEN1 | tag::GIVEN2 | tag::GIVEN3)
                && self.tags.has(at + 1, builtin::INITIAL)
                && self.tags.kinds_at(at - 1) & PREFIXES != 0;
        // "San Gregorio" is a place or a church sooner than a man, and keeps its saint.
        let saint = self.tags.longest_at(at, kind::HONORIFIC).is_some_and(|h| h.class == class::SAINT);
        if kinds & PREFIXES != 0 && !title_or_name && !saint && !self.is_surname_here(start, at, to) {
            let end = [kind::HONORIFIC, kind::ROLE, kind::ROLEWORD].into_iter().filter_map(longest).max()?;
            let strong = (kinds & (1 << kind::HONORIFIC) != 0 && !after_given) || (at == start && end < to) || end - at > 1;
            if (strong || (!after_given && end < to)) && !(after_given && end == to && end - at == 1) {
                return Some(end);
            }
            if end == to && (at == start || acronym) {
                return Some(end);
            }
        }
        let kin = at == start && self.tags.has(at, tag::KINSHIP) && self.tags.has(at, builtin::TITLE) && !self.tags.has(at, tag::GIVEN1);
        if kin && at + 1 < to && (self.tags.has(at, tag::COMMON1) || !self.tags.has(at, tag::SURNAME)) {
            return Some(at + 1);
        }
        if kinds & (1 << kind::STATE) != 0 {
            let state = self.tags.longest_at(at, kind::STATE)?;
            let whole = at == start && state.to == to;
            let leads = at == start && state.class == class::DEMONYM && state.to <= to;
            let compound = state.to < to && self.tags.token(state.to).kind == TokenKind::Mark;
            let before_title = compound || state.to < to && self.tags.kinds_at(state.to) & PREFIXES != 0;
            let before_name = leads && self.begins_person(state.to, to);
            if whole || (leads && !self.tags.has(at, tag::GIVEN1)) || before_title || before_name {
                return Some(state.to);
            }
        }
        None
    }

    /// Whether a word that may be a title is rather a part of the name: "said Brandi" alone, "Kofi Mensah Dame" at the
    /// end of what a given name begins, "Martin Lam Wai-lok" before a hyphen.
    pub(super) fn is_surname_here(&self, start: u32, at: u32, to: u32) -> bool {
        let titled = |kind: u8| self.tags.longest_at(at, kind).is_some_and(|a| a.to > at + 1);
        if !self.tags.has(at, builtin::TITLE) || titled(kind::HONORIFIC) || titled(kind::ROLE) {
            return false;
        }
        let hyphen = at + 1 < to && !self.tags.token(at + 1).spaced && self.tags.token(at + 1).kind == TokenKind::Mark;
        let surname = self.tags.has(at, tag::SURNAME | tag::GIVEN1);
        let alone = at == start && at + 1 == to && at > self.sentence.start && !self.tags.has(at, tag::COMMON1);
        let named = self.tags.has(start, tag::GIVEN1 | tag::GIVEN2) && !self.tags.has(start, builtin::UPPER);
        let last = at > start + 1 && at + 1 == to && named;
        // "National", "Victim": human beings, but no title.
        let human = [kind::ROLE, kind::ROLEWORD].into_iter().all(|k| self.tags.longest_at(at, k).is_none_or(|a| a.class == class::HUMAN));
        let human = human && self.tags.longest_at(at, kind::HONORIFIC).is_none() && at > self.sentence.start;
        // "International Airport", "Criminal Investigation": an adjective of the noun after it.
        let noun = |t: u32| self.tags.has(t, tag::COMMON1) && !self.tags.has(t, tag::GIVEN1 | tag::GIVEN2);
        let adjective = self.tags.has(at, tag::ADJ) && at + 1 < to && noun(at + 1) && self.tags.longest_at(at, kind::HONORIFIC).is_none();
        let surname = surname || alone && self.tags.has(at - 1, tag::SPEECH_VERB);
        at > start && hyphen || surname && (alone || last) || human || adjective
    }

    /// Whether the words from `start` to `at` are wholly a place or a body of the lexicon, and a person's name follows.
    pub(super) fn person_after(&self, start: u32, at: u32, to: u32) -> bool {
        const WHOLE: u64 = 1 << kind::STATE | 1 << kind::CITY | 1 << kind::CITYWORD | 1 << kind::REGION | BODIES | WEAK_BODIES;
        let whole = |id: u32| {
            let annotation = self.tags.annotation(id);
            annotation.to == at && WHOLE >> annotation.kind & 1 == 1
        };
        // "Ambassador to Jordan Okoro Brandi".
        let after = start > self.sentence.start && self.tags.has(start - 1, tag::FUNCTION);
        let given = self.tags.has(start, tag::GIVEN1) && !(after && self.tags.kinds_at(start) >> kind::STATE & 1 == 1);
        // "XLP Martin Okello"; two letters are initials: "JT Marwick".
        let acronym =
            at == start + 1 && self.tags.has(start, builtin::UPPER) && self.tags.token(start).end - self.tags.token(start).start > 2;
        at > start && self.begins_person(at, to) && (acronym || !given && self.tags.starting_at(start).any(whole))
    }
}
