//! Candidates: the words that may be a name, before anything is known of what they name.
//!
//! Bodies that rules and gazetteers mark come first; what is left of each run of capitalised words
//! is cut where a title, a demonym or a date stands, and trimmed of a sentence's ordinary first
//! word. Not here: any weight for or against.

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
/// Kinds that stand before a name without belonging to it.
const PREFIXES: u64 = 1 << kind::ROLE | 1 << kind::ROLEWORD | 1 << kind::HONORIFIC;

/// Finds the candidates of an article, in text order, and the sentences where capitals tell nothing.
pub fn find(tags: &Tags<'_>) -> (Vec<Candidate>, Vec<Range<u32>>) {
    let (mut found, mut shouting) = (Vec::new(), Vec::new());
    let dated = dated(tags);
    for sentence in tags.sentences() {
        let shouted = is_shouted(tags, sentence);
        if shouted {
            shouting.push(sentence.clone());
        }
        let finder = Finder { tags, dated: &dated, sentence: sentence.clone(), shouted };
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
        if !name {
            dated[date.from as usize..date.to as usize].fill(true);
        }
    }
    dated
}

/// Whether a sentence is set in capitals, or with a capital on nearly every word, so that capitals tell nothing.
fn is_shouted(tags: &Tags<'_>, sentence: &Range<u32>) -> bool {
    let (mut words, mut capitals) = (0, 0);
    for at in sentence.clone().filter(|t| tags.has(*t, builtin::WORD) && !tags.has(*t, tag::FUNCTION | tag::ELISION | tag::CLITIC)) {
        words += 1;
        capitals += u32::from(tags.has(at, builtin::CAP));
    }
    words >= 4 && capitals * 10 >= words * 9
}

struct Finder<'a, 't> {
    tags: &'a Tags<'t>,
    /// Which tokens belong to dates.
    dated: &'a [bool],
    sentence: Range<u32>,
    shouted: bool,
}

impl Finder<'_, '_> {
    fn sentence(&self, found: &mut Vec<Candidate>) {
        let mut at = self.sentence.start;
        while at < self.sentence.end {
            let (body, role) = (self.body_at(at), self.role_at(at));
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
                // In a line of capitals only pairs of known names tell themselves.
                at = self.known_pair(at).map_or(at + 1, |end| {
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
        let end = self.before_person(at, longest);
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

    /// Where a body ends that a rule let run on into a person's name: "Partito Popolare | Marco Brandi".
    fn before_person(&self, at: u32, body: &Annotation) -> u32 {
        if matches!(body.value, Value::Row(_)) {
            return body.to;
        }
        let known = self.tags.starting_at(at).map(|id| self.tags.annotation(id)).filter(|a| {
            BODIES >> a.kind & 1 == 1 && matches!(a.value, Value::Row(_)) && a.to < body.to && self.begins_person(a.to, body.to)
        });
        known.map(|a| a.to).max().unwrap_or(body.to)
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

    /// The end of a role of several words that is marked here: "Presidente della Repubblica", where the capital inside
    /// begins no name.
    fn role_at(&self, at: u32) -> Option<u32> {
        let role = self.tags.longest_at(at, kind::ROLE).filter(|r| r.to - r.from > 1 && r.to <= self.sentence.end)?;
        // "Minister of Health and Wellness": what the rules add to the role belongs to it, unless a body stands there.
        let phrase = self
            .tags
            .longest_at(at, kind::ROLEPHRASE)
            .filter(|p| p.to > role.to && self.tags.kinds_in(role.to, p.to) & (BODIES | WEAK_BODIES) == 0);
        let whole = phrase.filter(|p| !(role.to..p.to).any(|t| self.tags.has(t, tag::GIVEN1 | tag::GIVEN2)));
        Some(whole.map_or(role.to, |p| p.to))
    }

    /// Passes over a role, whose bodies are candidates all the same ("president of the Bank of Italy"); returns where
    /// to go on.
    fn inside_role(&self, from: u32, to: u32, found: &mut Vec<Candidate>) -> u32 {
        let mut at = from;
        while at < to {
            let bodies = self.tags.starting_at(at).map(|id| self.tags.annotation(id));
            let whole = |a: &&Annotation| BODIES >> a.kind & 1 == 1 && a.to <= self.sentence.end && (at > from || a.to < to);
            let longest = bodies.filter(whole).max_by_key(|a| a.to).map(|a| self.before_person(at, a));
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
        at > start && self.begins_person(at, to) && !self.tags.has(start, tag::GIVEN1) && self.tags.starting_at(start).any(whole)
    }

    /// Two words of a shouted line that are a given name and a surname.
    fn known_pair(&self, at: u32) -> Option<u32> {
        let given = self.tags.has(at, tag::GIVEN1) && !self.tags.has(at, tag::GIVEN_WORD | tag::GIVEN_PLACE);
        let end = at + 2;
        (given && end <= self.sentence.end && self.tags.has(at + 1, tag::SURNAME) && self.tags.has(at + 1, builtin::CAP)).then_some(end)
    }

    /// Whether a token can be part of a name by itself.
    fn is_name_word(&self, at: u32) -> bool {
        let token = self.tags.token(at);
        let capital = token.is_capitalised() || (token.case == Case::Mixed && token.end - token.start > 3);
        token.kind == TokenKind::Word && capital && !self.dated[at as usize]
    }

    /// The end of the run of capitalised words, and what joins them, that begins here; `at` where none does.
    fn run_end(&self, at: u32) -> u32 {
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

    /// If what stands at `at` joins the words around it into one name, the place after what it joins.
    fn joined(&self, from: u32, at: u32) -> Option<u32> {
        let text = self.tags.text();
        let token = self.tags.token(at);
        let next = |n: u32| (at + n < self.sentence.end).then(|| self.tags.token(at + n));
        let after = next(1)?;
        match token.of(text) {
            "-" | "‑" | "–"
                if at > from && !token.spaced && !after.spaced && after.kind == TokenKind::Word && self.joins_hyphen(at + 1) =>
            {
                return Some(at + 2);
            }
            "&" if at > from && self.is_name_word(at + 1) => return Some(at + 2),
            _ => {}
        }
        if !self.tags.has(at, tag::PARTICLE) || self.tags.has(at, tag::CLITIC) {
            return None;
        }
        let hyphen = after.of(text) == "-" && !after.spaced;
        if hyphen && next(2).is_some_and(|t| !t.spaced) && self.is_name_word(at + 2) {
            return Some(at + 2);
        }
        if self.tags.has(at, tag::FUNCTION) {
            return None;
        }
        if self.is_name_word(at + 1) && token.breaks == 0 {
            return Some(at + 1);
        }
        // Two particles: "van der Sar", "bin al Saud".
        (at > from && self.tags.has(at + 1, tag::PARTICLE) && at + 2 < self.sentence.end && self.is_name_word(at + 2)).then_some(at + 2)
    }

    /// Whether a word after a hyphen belongs to the name before it: "Jae-in", but not "Modi-led", "French-language".
    fn joins_hyphen(&self, at: u32) -> bool {
        self.tags.has(at, builtin::CAP) || !self.tags.has(at, tag::COMPOUND_TAIL)
    }

    /// Cuts a run into candidates; returns where to go on.
    fn pieces(&self, from: u32, to: u32, found: &mut Vec<Candidate>) -> u32 {
        let mut start = from;
        let mut at = from;
        while at < to {
            if self.person_after(start, at, to) {
                self.piece(start, at, found);
                start = at;
            }
            let body = self.body_at(at).filter(|end| !(at > start && end - at == 1 && *end <= to));
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

    /// If something that is no part of a name stands at `at`, its end.
    fn cut_at(&self, start: u32, at: u32, to: u32) -> Option<u32> {
        let kinds = self.tags.kinds_at(at);
        let after_given = at > start && self.tags.has(at - 1, tag::GIVEN1 | tag::GIVEN2);
        let longest = |kind: u8| self.tags.longest_at(at, kind).map(|a| a.to).filter(|end| *end <= to);
        if let Some(role) = self.role_at(at).filter(|_| !after_given) {
            return Some(role);
        }
        let title_or_name = at == start
            && self.tags.has(at, tag::GIVEN1)
            && !self.tags.has(at, tag::GIVEN_WORD)
            && at + 1 < to
            && !self.tags.has(at + 1, tag::GIVEN1 | tag::GIVEN2);
        // "San Gregorio" is a place or a church sooner than a man, and keeps its saint.
        let saint = self.tags.longest_at(at, kind::HONORIFIC).is_some_and(|h| h.class == class::SAINT);
        if kinds & PREFIXES != 0 && !title_or_name && !saint {
            let end = [kind::HONORIFIC, kind::ROLE, kind::ROLEWORD].into_iter().filter_map(longest).max()?;
            let strong = (kinds & (1 << kind::HONORIFIC) != 0 && !after_given) || (at == start && end < to) || end - at > 1;
            if (strong || (!after_given && end < to)) && !(after_given && end == to && end - at == 1) {
                return Some(end);
            }
            if at == start && end == to {
                return Some(end);
            }
        }
        if kinds & (1 << kind::STATE) != 0 {
            let state = self.tags.longest_at(at, kind::STATE)?;
            let whole = at == start && state.to == to;
            let leads = at == start && state.class == class::DEMONYM && state.to <= to;
            let compound = state.to < to && self.tags.token(state.to).kind == TokenKind::Mark;
            let before_title = compound || state.to < to && self.tags.kinds_at(state.to) & PREFIXES != 0;
            if whole || (leads && !self.tags.has(at, tag::GIVEN1)) || before_title {
                return Some(state.to);
            }
        }
        None
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
        while from < to
            && (mark(to - 1) || (self.tags.has(to - 1, tag::FUNCTION) && self.tags.has(to - 1, builtin::LOWER) && !hyphened(to - 1)))
        {
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

    /// Whether the first word of a piece is an ordinary word, capitalised only because it opens a sentence.
    fn is_ordinary_opening(&self, from: u32, to: u32) -> bool {
        let opens = (self.sentence.start..from).all(|t| self.tags.token(t).kind == TokenKind::Mark);
        let elision = self.tags.has(from, tag::ELISION) && !self.tags.has(from, tag::PARTICLE_CAP);
        if self.tags.has(from, tag::BODY_NOUN) && self.tags.has(from, builtin::UPPER | builtin::CAMEL) && to - from > 1 {
            // "NGO Xyz": the abbreviation of a common noun is no part of the name.
            return true;
        }
        if self.tags.has(from, tag::FUNCTION | tag::BREAKER) && !self.tags.has(from, builtin::UPPER) {
            return opens || self.tags.has(from, tag::BREAKER) || elision;
        }
        if elision {
            return true;
        }
        opens
            && to - from > 1
            && self.tags.has(from, tag::COMMON1 | tag::COMMON2)
            && !self.tags.has(from, tag::GIVEN1 | tag::GIVEN2)
            && self.tags.kinds_at(from) >> kind::AGENCYHEAD & 1 == 0
            && self.tags.kinds_at(from) >> kind::ORGHEAD & 1 == 0
            && {
                // An ordinary word before what looks like a name of its own.
                self.tags.has(from + 1, tag::GIVEN1 | tag::GIVEN2 | tag::SURNAME | builtin::UPPER) && !self.tags.has(from + 1, tag::COMMON1)
            }
    }
}
