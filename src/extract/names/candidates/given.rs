//! What rules and gazetteers have marked already: bodies, names of things, offices; and where a person's name that was
//! taken into one begins.
//!
//! Not here: runs of capitalised words that nothing marks ([`super::run`]).

use super::{BODIES, Candidate, Finder, LEXICON, PLACES, PREFIXES, Shape, WEAK_BODIES, WORK_TOKENS, is_quote};
use crate::lang::data::{kind, tag};
use crate::rule::builtin;
use crate::tag::{Annotation, Value};

impl Finder<'_, '_> {
    /// The end of the longest body that is marked here and may be cut out of whatever surrounds it.
    pub(super) fn body_at(&self, at: u32) -> Option<u32> {
        let here = self.tags.kinds_at(at);
        if here & (BODIES | WEAK_BODIES) == 0 {
            return None;
        }
        // "Two carabinieri" are people.
        let counted = |id: u32| self.tags.annotation(id).kind == kind::NUMBER;
        if self.tags.has(at, builtin::LOWER) && self.tags.ending_at(at).any(counted) {
            return None;
        }
        let kinds = if self.shouted { BODIES } else { BODIES | WEAK_BODIES };
        let bodies =
            self.tags.starting_at(at).map(|id| self.tags.annotation(id)).filter(|a| kinds >> a.kind & 1 == 1 && a.to <= self.sentence.end);
        // In a headline with a capital on every word a rule sees bodies where there are none.
        let bodies = bodies.filter(|a| !self.shouted || matches!(a.value, Value::Row(_)));
        let longest = bodies.max_by_key(|a| (a.to, BODIES >> a.kind & 1))?;
        let end = self.body_end(at, longest)?;
        let plain = self.tags.has(at, tag::PLAIN_ACRONYM) || (self.tags.has(at, tag::FUNCTION) && !self.tags.has(at, builtin::UPPER));
        if end - at == 1 && plain {
            return None;
        }
        // What has small words inside, or three words, is a whole name, whatever follows.
        let whole = end - at > 2 || (at..end).any(|t| self.tags.has(t, builtin::LOWER));
        if end - at > 1 && (whole || self.run_end(end) == end) {
            return Some(end);
        }
        // A single word may be part of a longer name, unless what follows begins another.
        let follows = self.run_end(end);
        let splits = follows == end || self.tags.kinds_at(end) & (PREFIXES | BODIES) != 0 || self.begins_person(end, follows);
        (splits || self.stands_alone(at, end, follows)).then_some(end)
    }

    /// Where a body ends: where the gazetteer says, or before the name that a rule has let it run on into.
    pub(super) fn body_end(&self, at: u32, body: &Annotation) -> Option<u32> {
        if body.rule == LEXICON { Some(body.to) } else { self.before_person(at, body.to) }
    }

    /// Whether an acronym that surely is a body's ends its name, whatever capitals follow ("UEFA | Nations League"); a
    /// place may belong to it ("WWF Italia").
    pub(super) fn stands_alone(&self, at: u32, end: u32, follows: u32) -> bool {
        const PLACES: u64 = 1 << kind::STATE | 1 << kind::CITY | 1 << kind::REGION;
        let sure = || self.tags.starting_at(at).map(|id| self.tags.annotation(id)).any(|a| BODIES >> a.kind & 1 == 1 && a.to == end);
        let place = || self.tags.starting_at(end).map(|id| self.tags.annotation(id)).any(|a| PLACES >> a.kind & 1 == 1 && a.to == follows);
        let acronym = || {
            self.tags.has(at, builtin::UPPER | builtin::CAMEL) && self.tags.token(at).of(self.tags.text()).chars().all(char::is_alphabetic)
        };
        end - at == 1 && acronym() && sure() && !place()
    }

    /// Where a body that a rule composed ends if a person's name was taken into it: "Senato Aldo Vercelli"; nothing where
    /// it is a person's name altogether: "Marina Vercelli".
    pub(super) fn before_person(&self, at: u32, end: u32) -> Option<u32> {
        let surname = |t: u32| self.tags.has(t, tag::SURNAME | builtin::UNLISTED) && self.is_name_word(t);
        let person = |t: u32| self.tags.has(t, tag::GIVEN1 | tag::GIVEN2) && self.is_name_word(t) && !self.is_place(t) && t + 1 < end;
        let given = self.tags.has(at, tag::GIVEN1) && !self.tags.has(at, tag::GIVEN_PLACE);
        if end - at == 2 && given && self.tags.has(at + 1, tag::SURNAME) && !self.tags.has(at + 1, tag::COMMON1) {
            return None;
        }
        // "Trasporti Bianchi" after "ministro dei".
        if self.tags.kinds_at(at) >> kind::ORGHEAD & 1 == 1 && at > self.sentence.start && self.office_before(at) {
            return None;
        }
        let Some(start) = (at + 1..end).find(|t| person(*t) && surname(end - 1)) else { return Some(end) };
        // "Università Carlo Bo", "Premio Mario Rossi": only what is a body without the name.
        let whole = |id: u32| {
            let body = self.tags.annotation(id);
            body.to == start && (BODIES | WEAK_BODIES) >> body.kind & 1 == 1
        };
        Some(if self.tags.starting_at(at).any(whole) { start } else { end })
    }

    /// The end of the name of a thing that is marked here, or of a work's in quotes that is marked elsewhere.
    pub(super) fn thing_at(&self, at: u32) -> Option<u32> {
        let marked = self.tags.longest_at(at, kind::NONE).map(|thing| thing.to).filter(|to| *to <= self.sentence.end);
        let quoted = || {
            let mark = |t: &u32| is_quote(self.tags.token(*t).of(self.tags.text()));
            let close = (at + 1..self.sentence.end.min(at + WORK_TOKENS)).find(mark)?;
            let comma = matches!(self.tags.token(close - 1).of(self.tags.text()), "," | "." | "!" | "?");
            let end = if comma { close - 1 } else { close };
            (end > at && self.works.contains(self.tags.words_text(at, end))).then_some(end)
        };
        let opens = !self.works.is_empty() && at > self.sentence.start && is_quote(self.tags.token(at - 1).of(self.tags.text()));
        marked.or_else(|| if opens { quoted() } else { None })
    }

    /// The end of a role of several words that is marked here: "Presidente della Repubblica", where the capital inside
    /// begins no name.
    pub(super) fn role_at(&self, at: u32) -> Option<u32> {
        let role = self.tags.longest_at(at, kind::ROLE).filter(|r| r.to - r.from > 1 && r.to <= self.sentence.end)?;
        // "Minister of Fisheries and Sport": what the rules add to the role belongs to it, unless a body stands there.
        let phrase = self
            .tags
            .longest_at(at, kind::ROLEPHRASE)
            .filter(|p| p.to > role.to && self.tags.kinds_in(role.to, p.to) & (BODIES | WEAK_BODIES) == 0);
        Some(phrase.map_or(role.to, |p| self.office_end(role.to, p.to)))
    }

    /// Where an office ends whose rule took the name after it too: after its last ordinary word or place, as in "Minister
    /// of Tourism Xqzw", "Ambassador of Chile in Lima Rodrigo Fuentes".
    pub(super) fn office_end(&self, from: u32, to: u32) -> u32 {
        let mut ordinary = from;
        let mut at = from;
        while at < to {
            // A second place right after the first, and a public figure, are the name: "Stati Uniti | Obama".
            let first = at == from || !self.tags.has(at - 1, builtin::CAP);
            let figure = self.tags.kinds_at(at) & (1 << kind::FIGURE | 1 << kind::FIGUREWORD) != 0 && self.is_name_word(at) && at >= from;
            let place = PLACES.into_iter().filter_map(|kind| self.tags.longest_at(at, kind)).map(|a| a.to).max();
            let place = place.filter(|end| *end <= to && (first || !self.tags.has(at, tag::SURNAME)));
            let given = self.tags.has(at, tag::GIVEN1) && at + 1 < to && self.tags.has(at + 1, tag::SURNAME) && self.is_name_word(at + 1);
            if (self.begins_person(at, to) || given || figure && !first || figure && at == from) && place.is_none_or(|end| end == at + 1) {
                break;
            }
            at = place.unwrap_or(at + 1);
            let last = at - 1;
            let named = self.tags.has(last, builtin::CAP) && self.tags.has(last, tag::SURNAME | tag::GIVEN1) && place.is_none();
            let small = self.tags.has(last, tag::FUNCTION) || !self.tags.has(last, builtin::WORD);
            let common = self.tags.has(last, tag::COMMON1 | tag::COMMON2) && (!named || self.tags.has(last, tag::COMMON1));
            if place.is_some() || !small && common {
                ordinary = at;
            }
        }
        let unknown = from < to && self.tags.has(from, tag::FUNCTION);
        if ordinary > from || !unknown { ordinary } else { at }
    }

    /// Passes over a role, whose bodies are candidates all the same ("president of the Bank of Italy"); returns where
    /// to go on.
    pub(super) fn inside_role(&self, from: u32, to: u32, found: &mut Vec<Candidate>) -> u32 {
        let mut at = from;
        while at < to {
            let bodies = self.tags.starting_at(at).map(|id| self.tags.annotation(id));
            let whole = |a: &&Annotation| BODIES >> a.kind & 1 == 1 && a.to <= self.sentence.end && (at > from || a.to < to);
            let longest = bodies.filter(whole).max_by_key(|a| a.to).and_then(|a| self.body_end(at, a));
            at = longest.map_or(at + 1, |end| {
                self.push(found, at, end, Shape::Body);
                end
            });
        }
        at
    }
}
