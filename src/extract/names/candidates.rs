//! Candidates: the words that may be a name, before anything is known of what they name.
//!
//! Bodies that rules and gazetteers mark come first; what is left of each run of capitalised words
//! (`run`) is cut where a title, a demonym or a date stands, and trimmed of a sentence's ordinary first
//! word. Lines where capitals tell nothing have rules of their own (`shouted`). Not here: any weight for
//! or against.

mod run;
mod shouted;

use std::collections::HashSet;
use std::ops::Range;

use crate::lang::data::{class, kind, tag};
use crate::rule::builtin;
use crate::segment::token::{Case, TokenKind, is_apostrophe};
use crate::tag::{Annotation, Tags, Value};

/// What a candidate looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One word.
    One,
    /// One word, all capitals.
    Acronym,
    /// Two capitals, or capitals and digits: more often a mark, a unit or a model than a name.
    Code,
    /// Several words.
    Many,
    /// A body that a rule or gazetteer marks.
    Body,
}

/// Some tokens that may be a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// First token.
    pub from: u32,
    /// One past the last token.
    pub to: u32,
    /// What it looks like.
    pub shape: Shape,
    /// Whether it begins a sentence, where a capital says nothing.
    pub first: bool,
}

impl Candidate {
    /// The candidate as an annotation for rules to match.
    pub fn annotation(&self) -> Annotation {
        let class = match self.shape {
            Shape::One => class::ONE,
            Shape::Acronym => class::ACRONYM,
            Shape::Code => class::CODE,
            Shape::Many => class::MANY,
            Shape::Body => class::BODY,
        };
        Annotation { kind: kind::NAME, class, from: self.from, to: self.to, value: Value::None, rule: "candidates" }
    }
}

/// Kinds of annotation that are bodies.
const BODIES: u64 = 1 << kind::AGENCY | 1 << kind::ORG;
/// Kinds that are bodies if nothing speaks against it.
const WEAK_BODIES: u64 = 1 << kind::AGENCYWORD | 1 << kind::ORGWORD;
/// What marks a gazetteer's rows, which rules may copy.
const LEXICON: &str = "lexicon";
/// The title of a work has fewer tokens than this.
const WORK_TOKENS: u32 = 10;
/// Kinds that are places.
const PLACES: [u8; 4] = [kind::STATE, kind::CITY, kind::CITYWORD, kind::REGION];
/// Kinds that stand before a name without belonging to it.
const PREFIXES: u64 = 1 << kind::ROLE | 1 << kind::ROLEWORD | 1 << kind::HONORIFIC;

/// Finds the candidates of an article, in text order, and the sentences where capitals tell nothing.
pub fn find(tags: &Tags<'_>) -> (Vec<Candidate>, Vec<Range<u32>>) {
    let (mut found, mut shouting) = (Vec::new(), Vec::new());
    let (dated, surnames) = (dated(tags), particles(tags));
    let things = tags.annotations().iter().filter(|a| a.kind == kind::NONE && a.class == class::WORK);
    let works = things.map(|a| tags.words_text(a.from, a.to)).collect();
    for sentence in tags.sentences() {
        let shouted = shouted::is_shouted(tags, sentence);
        if shouted {
            shouting.push(sentence.clone());
        }
        let finder = Finder { tags, dated: &dated, surnames: &surnames, works: &works, sentence: sentence.clone(), shouted };
        finder.sentence(&mut found);
    }
    (found, shouting)
}

/// Which tokens belong to dates; a given name that is also a holiday does not, where a surname follows.
fn dated(tags: &Tags<'_>) -> Vec<bool> {
    let mut dated = vec![false; tags.tokens().len()];
    for date in tags.annotations().iter().filter(|a| a.kind == kind::DATE) {
        let name = date.to - date.from == 1
            && tags.has(date.from, tag::GIVEN1)
            && (date.to as usize) < dated.len()
            && tags.has(date.to, tag::SURNAME)
            && tags.has(date.to, builtin::CAP);
        // "In June Emma Brandi": the given name that follows has a surname of its own.
        let next = date.to as usize + 1 < dated.len() && tags.has(date.to, tag::GIVEN1) && tags.has(date.to + 1, builtin::CAP);
        if !name || next {
            dated[date.from as usize..date.to as usize].fill(true);
        }
    }
    dated
}

/// Surnames that begin with a capitalised particle, as they stand inside sentences: a particle that opens a sentence may
/// be a preposition.
fn particles<'t>(tags: &Tags<'t>) -> HashSet<[&'t str; 2]> {
    let mut found = HashSet::new();
    for sentence in tags.sentences() {
        for at in sentence.start + 1..sentence.end.saturating_sub(1) {
            let particle = tags.has(at, tag::PARTICLE_CAP) && tags.has(at, builtin::TITLE) && tags.has(at + 1, builtin::TITLE);
            if particle && tags.token(at - 1).kind == TokenKind::Word {
                found.insert([at, at + 1].map(|t| tags.token(t).of(tags.text())));
            }
        }
    }
    found
}

struct Finder<'a, 't> {
    tags: &'a Tags<'t>,
    /// Which tokens belong to dates.
    dated: &'a [bool],
    /// Capitalised particles and what follows them, where no sentence begins.
    surnames: &'a HashSet<[&'t str; 2]>,
    /// Titles that stand in quotes beside what they are titles of.
    works: &'a HashSet<&'t str>,
    sentence: Range<u32>,
    shouted: bool,
}

/// Whether a mark may open or close a title.
fn is_quote(mark: &str) -> bool {
    matches!(mark, "\"" | "“" | "”" | "«" | "»" | "‘" | "’")
}

impl Finder<'_, '_> {
    fn sentence(&self, found: &mut Vec<Candidate>) {
        let mut at = self.sentence.start;
        while at < self.sentence.end {
            let (body, role) = (self.body_at(at), self.role_at(at));
            // A street, a ship or a work names nobody, but it may be a body's: a hospital, a newspaper. An airport that
            // goes on where a body of that name ends is none.
            if let Some(thing) = self.thing_at(at).filter(|thing| body.is_none_or(|body| body < *thing)) {
                at = thing;
                continue;
            }
            if let Some(body) = body.filter(|body| role.is_none_or(|role| role <= *body)) {
                self.push(found, at, body, self.body_shape(at, body));
                at = body;
                continue;
            }
            if let Some(role) = role {
                at = self.inside_role(at, role, found);
                continue;
            }
            if self.shouted {
                at = self.known_name(at).map_or(at + 1, |end| {
                    self.push(found, at, end, Shape::Many);
                    end
                });
                continue;
            }
            let end = self.run_end(at);
            if end > at {
                at = self.pieces(at, end, found);
            } else {
                at += 1;
            }
        }
    }

    fn push(&self, found: &mut Vec<Candidate>, from: u32, to: u32, shape: Shape) {
        let quote = |t: u32| self.tags.token(t).kind == TokenKind::Mark;
        let mut first = from == self.sentence.start;
        first |= from > self.sentence.start && (self.sentence.start..from).all(quote);
        found.push(Candidate { from, to, shape, first });
    }

    /// The end of the longest body that is marked here and may be cut out of whatever surrounds it.
    fn body_at(&self, at: u32) -> Option<u32> {
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
    fn body_end(&self, at: u32, body: &Annotation) -> Option<u32> {
        if body.rule == LEXICON { Some(body.to) } else { self.before_person(at, body.to) }
    }

    /// Whether an acronym that surely is a body's ends its name, whatever capitals follow ("UEFA | Nations League"); a
    /// place may belong to it ("WWF Italia").
    fn stands_alone(&self, at: u32, end: u32, follows: u32) -> bool {
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
    fn before_person(&self, at: u32, end: u32) -> Option<u32> {
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
    fn thing_at(&self, at: u32) -> Option<u32> {
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
    fn role_at(&self, at: u32) -> Option<u32> {
        let role = self.tags.longest_at(at, kind::ROLE).filter(|r| r.to - r.from > 1 && r.to <= self.sentence.end)?;
        // "Minister of Health and Wellness": what the rules add to the role belongs to it, unless a body stands there.
        let phrase = self
            .tags
            .longest_at(at, kind::ROLEPHRASE)
            .filter(|p| p.to > role.to && self.tags.kinds_in(role.to, p.to) & (BODIES | WEAK_BODIES) == 0);
        Some(phrase.map_or(role.to, |p| self.office_end(role.to, p.to)))
    }

    /// Where an office ends whose rule took the name after it too: after its last ordinary word or place, as in "Minister
    /// of Tourism Xqzw", "Ambassador of Chile in Lima Rodrigo Fuentes".
    fn office_end(&self, from: u32, to: u32) -> u32 {
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
    fn inside_role(&self, from: u32, to: u32, found: &mut Vec<Candidate>) -> u32 {
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

    /// A body that only a doubtful row marks is a candidate like any other.
    fn body_shape(&self, from: u32, to: u32) -> Shape {
        let sure = self.tags.starting_at(from).map(|id| self.tags.annotation(id)).any(|a| a.to == to && BODIES >> a.kind & 1 == 1);
        if sure { Shape::Body } else { self.shape(from, to) }
    }

    fn shape(&self, from: u32, to: u32) -> Shape {
        match (to - from, self.tags.token(from).case) {
            (1, Case::Upper) if self.is_code(from) => Shape::Code,
            (1, Case::Upper) => Shape::Acronym,
            (1, _) => Shape::One,
            _ => Shape::Many,
        }
    }

    fn is_code(&self, at: u32) -> bool {
        let word = self.tags.token(at).of(self.tags.text());
        word.chars().count() < 3 || word.chars().any(|c| c.is_ascii_digit())
    }

    /// Whether a given name and more begin at `at`.
    fn begins_person(&self, at: u32, to: u32) -> bool {
        at + 1 < to
            && self.tags.has(at, tag::GIVEN1 | tag::GIVEN2)
            && (!self.tags.has(at, tag::GIVEN_WORD | tag::GIVEN_PLACE) || self.tags.has(at + 1, tag::SURNAME))
            && self.is_name_word(at + 1)
    }

    /// Whether the words from `start` to `at` are wholly a place or a body of the lexicon, and a person's name follows.
    fn person_after(&self, start: u32, at: u32, to: u32) -> bool {
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

    /// Whether a place of the tables begins here.
    fn is_place(&self, at: u32) -> bool {
        self.tags.kinds_at(at) & (1 << kind::STATE | 1 << kind::CITY | 1 << kind::REGION) != 0
    }

    /// Whether a token can be part of a name by itself.
    fn is_name_word(&self, at: u32) -> bool {
        let token = self.tags.token(at);
        let capital = token.is_capitalised() || (token.case == Case::Mixed && token.end - token.start > 3);
        token.kind == TokenKind::Word && capital && !self.dated[at as usize]
    }

    /// Cuts a run into candidates; returns where to go on.
    fn pieces(&self, from: u32, to: u32, found: &mut Vec<Candidate>) -> u32 {
        let mut start = from;
        let mut at = from;
        let mut nickname = from;
        while at < to {
            if at > from && self.tags.token(at).kind == TokenKind::Mark && self.tags.token(at).spaced {
                // A nickname may be any word: "Tanawat “Pope” Wattanaputi".
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
    fn is_break(&self, at: u32, to: u32) -> bool {
        let particle = self.tags.has(at, tag::PARTICLE_CAP | tag::PARTICLE) && at + 1 < to;
        // "Martin So Wai-lok", "Vice Premier Liu He".
        let surname = self.tags.has(at, tag::SURNAME) && self.tags.has(at - 1, tag::GIVEN1 | tag::SURNAME_FIRST);
        !surname
            && self.tags.has(at, builtin::TITLE)
            && self.tags.has(at, tag::BREAKER | tag::FUNCTION)
            && !self.tags.has(at, tag::ELISION)
            && self.tags.token(at).spaced
            && !particle
            && !self.tags.has(at, tag::GIVEN1 | tag::GIVEN2 | tag::NAME_SUFFIX)
    }

    /// Whether the words from `start` to `at` end an office and a name follows: "Secretary for | Education | Choi
    /// Yuk-lin".
    fn after_office(&self, start: u32, at: u32, to: u32) -> bool {
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
    fn office_before(&self, at: u32) -> bool {
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
    fn cut_at(&self, start: u32, at: u32, to: u32) -> Option<u32> {
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
    fn is_surname_here(&self, start: u32, at: u32, to: u32) -> bool {
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

    /// One piece, trimmed.
    fn piece(&self, mut from: u32, mut to: u32, found: &mut Vec<Candidate>) {
        let text = self.tags.text();
        let mark = |t: u32| matches!(self.tags.token(t).kind, TokenKind::Mark);
        while from < to && (mark(from) || self.is_ordinary_opening(from, to)) {
            from += 1;
        }
        let first = from;
        let hyphened = |t: u32| t > first + 1 && !self.tags.token(t).spaced && mark(t - 1);
        let small = |t: u32| self.tags.has(t, tag::FUNCTION) && self.tags.has(t, builtin::LOWER) && !hyphened(t);
        let left = |t: u32| {
            t > first && self.tags.has(t, tag::PARTICLE_CAP) && self.tags.has(t, tag::FUNCTION) && self.tags.has(t, builtin::TITLE)
        };
        while from < to && (mark(to - 1) || small(to - 1) || left(to - 1)) {
            to -= 1;
        }
        if from >= to {
            return;
        }
        let token = self.tags.token(from);
        let lone_elision = to - from == 1 && token.of(text).ends_with(is_apostrophe);
        if lone_elision || (to - from == 1 && token.case == Case::Initial) || self.tags.has(from, builtin::LOWER) && to - from == 1 {
            return;
        }
        self.push(found, from, to, self.shape(from, to));
    }

    /// Whether the first word of a piece is an ordinary word, capitalised only because it opens a sentence or a quotation.
    fn is_ordinary_opening(&self, from: u32, to: u32) -> bool {
        let mark = |t: u32| self.tags.token(t).kind == TokenKind::Mark;
        let opens = (self.sentence.start..from).all(mark);
        let quoted = opens || mark(from - 1) && matches!(self.tags.token(from - 1).of(self.tags.text()), "\"" | "“" | "«" | "‘" | ":");
        if self.tags.has(from, builtin::INITIAL) {
            return self.is_ordinary_letter(from, to, opens);
        }
        let elision = self.tags.has(from, tag::ELISION) && !self.tags.has(from, tag::PARTICLE_CAP);
        if self.tags.has(from, tag::BODY_NOUN) && self.tags.has(from, builtin::UPPER | builtin::CAMEL) && to - from > 1 {
            // "NGO Xyz": the abbreviation of a common noun is no part of the name.
            return true;
        }
        if self.tags.has(from, tag::FUNCTION | tag::BREAKER) && !self.tags.has(from, builtin::UPPER) {
            return opens && !self.is_particle_here(from, to) || self.tags.has(from, tag::BREAKER) || elision;
        }
        if elision {
            return true;
        }
        let name = |t: u32| t < to && self.tags.has(t, tag::GIVEN1 | tag::GIVEN2 | tag::SURNAME);
        quoted
            && to - from > 1
            && self.tags.has(from, tag::COMMON1 | tag::COMMON2)
            && !self.tags.has(from, tag::GIVEN1 | tag::GIVEN2 | tag::SURNAME_FIRST)
            && self.tags.kinds_at(from) >> kind::AGENCYHEAD & 1 == 0
            && self.tags.kinds_at(from) >> kind::ORGHEAD & 1 == 0
            && {
                // An ordinary word before what looks like a name of its own.
                let named = name(from + 1) || self.tags.has(from + 1, builtin::UPPER);
                named && (!self.tags.has(from + 1, tag::COMMON1) || self.tags.has(from + 1, tag::GIVEN1) && name(from + 2))
            }
    }

    /// Whether a capital letter alone is a word ("A Boeing", "I Medici", "E Marco") rather than an initial ("A G Xqzw").
    fn is_ordinary_letter(&self, from: u32, to: u32, opens: bool) -> bool {
        let dotted = self.tags.words_text(from, from + 1).ends_with('.');
        let more = from + 2 < to && self.tags.has(from + 1, builtin::INITIAL);
        self.tags.has(from, tag::FUNCTION | tag::BREAKER) && !dotted && !more && (opens || from + 1 < to)
    }

    /// Whether a particle that opens a sentence is one of a name that stands elsewhere with it: "Di Stefano".
    fn is_particle_here(&self, from: u32, to: u32) -> bool {
        let pair = || [from, from + 1].map(|t| self.tags.token(t).of(self.tags.text()));
        from + 1 < to && self.tags.has(from, tag::PARTICLE_CAP) && self.surnames.contains(&pair())
    }
}
