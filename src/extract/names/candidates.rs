//! Candidates: the words that may be a name, before anything is known of what they name.
//!
//! Bodies and offices that rules and gazetteers mark come first (`given`); what is left of each run of capitalised words
//! (`run`) is cut where a title, a demonym or a date stands (`cut`), and trimmed of a sentence's ordinary first
//! word. Lines where capitals tell nothing have rules of their own (`shouted`). Not here: any weight for
//! or against.

mod cut;
mod given;
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
