//! Countries: states by name, demonym or abbreviation.
//!
//! The gazetteer proposes, the rules of stage `countries` dispose: a rule marks CLAIM where a word
//! can stand for a country, another marks NOSTATE where it is a trap. A trap that shows what a word
//! means all through the article is marked `NOSTATE.article`, or `NOSTATE.person` when it is somebody's
//! name; what is marked PLACED is the country all the same. Claims that no person's name takes become STATE, for the rules of later stages. Not here:
//! countries inside the names of people, which [`crate::resolve::overlap`] drops.

use std::collections::{HashMap, HashSet};

use crate::lang::data::{class, kind, tag};
use crate::lang::pack::Pack;
use crate::rule::builtin;
use crate::rule::run::{Arg, Build, run};
use crate::segment::token::key;
use crate::span::Span;
use crate::tag::{Annotation, Tags, Value};
use crate::terms::CountryForm;

/// A place in the text that names a country.
#[derive(Clone, Debug)]
pub struct CountryCandidate<'p> {
    /// The words.
    pub span: Span,
    /// ISO 3166-1 alpha-2 code; empty for a dissolved state.
    pub code: &'p str,
    /// The short name; empty when the table gives none.
    pub name: &'p str,
    /// How the country is named.
    pub form: CountryForm,
    /// The rule that says so.
    pub rule: &'static str,
    /// Whether the word is a given name too.
    pub given: bool,
    /// Whether the word is a surname too, and stands after a given name, an initial or an honorific.
    pub surname: bool,
    /// Whether a hyphen joins it to another word.
    pub joined: bool,
}

/// Runs the rules of stage `countries` and reads off what they leave standing.
pub fn extract<'p>(tags: &mut Tags<'_>, pack: &'p Pack) -> Vec<CountryCandidate<'p>> {
    run("countries", pack, tags, &mut Rows);
    let (mut claims, mut traps, mut placed) = (Vec::new(), Vec::new(), HashSet::new());
    for annotation in tags.annotations() {
        match annotation.kind {
            kind::CLAIM => claims.push(*annotation),
            kind::NOSTATE | kind::NONE => traps.push(*annotation),
            kind::PLACED => drop(placed.insert(annotation.from)),
            _ => {}
        }
    }
    // Claims are apart from each other (the longest won); traps may nest.
    claims.sort_by_key(|c| c.from);
    let mut senses = trapped(&claims, traps);
    one_sense(&claims, &placed, &mut senses, tags, pack);
    for (claim, _) in claims.iter().zip(&senses).filter(|(_, sense)| **sense != Some(class::PERSON)) {
        tags.add(Annotation { kind: kind::STATE, ..*claim });
    }
    let kept = claims.iter().zip(&senses).filter(|(_, sense)| sense.is_none());
    kept.filter_map(|(claim, _)| candidate(claim, tags, pack)).collect()
}

/// For each claim the class of the trap that takes it. A trap inside a longer name takes nothing: of "Papua New Guinea"
/// the end is no "New Guinea".
fn trapped(claims: &[Annotation], mut traps: Vec<Annotation>) -> Vec<Option<u16>> {
    traps.sort_by_key(|t| (t.from, t.to));
    let mut first = 0;
    let sense = |claim: &Annotation| {
        while traps.get(first).is_some_and(|t| t.to <= claim.from) {
            first += 1;
        }
        let mut sense = None;
        for trap in traps[first..].iter().take_while(|t| t.from < claim.to) {
            let inside = claim.from <= trap.from && trap.to <= claim.to && trap.to - trap.from < claim.to - claim.from;
            if trap.to > claim.from && !inside {
                sense = sense.max(Some(if is_for_good(trap.class) { trap.class } else { 0 }));
            }
        }
        sense
    };
    claims.iter().map(sense).collect()
}

/// Whether a trap of this class tells what a word means in the whole article.
fn is_for_good(class: u16) -> bool {
    matches!(class, class::ARTICLE | class::PERSON)
}

/// One sense per article: where a trap has shown that a word is no country, it is none in the rest of the article
/// either, unless the article names that country in another way too, or a person bears its name and it is `placed` there.
fn one_sense(claims: &[Annotation], placed: &HashSet<u32>, senses: &mut [Option<u16>], tags: &Tags<'_>, pack: &Pack) {
    let word = |claim: &Annotation| key(tags.words_text(claim.from, claim.to)).into_owned();
    let code = |claim: &Annotation| match claim.value {
        Value::Row(row) => pack.row(row).code,
        _ => "",
    };
    let mut words: HashMap<String, u16> = HashMap::new();
    for (claim, sense) in claims.iter().zip(&*senses) {
        if let Some(sense) = sense.filter(|s| is_for_good(*s)) {
            words.insert(word(claim), sense);
        }
    }
    if words.is_empty() {
        return;
    }
    let standing = || claims.iter().zip(&*senses).filter(|(_, sense)| sense.is_none()).map(|(claim, _)| claim);
    let named: HashSet<&str> = standing().filter(|c| !words.contains_key(&word(c))).map(code).collect();
    for (claim, sense) in claims.iter().zip(senses) {
        if sense.is_none() && !named.contains(code(claim)) {
            let free = |s: &u16| *s != class::PERSON || !placed.contains(&claim.from);
            *sense = words.get(&word(claim)).copied().filter(free);
        }
    }
}

fn candidate<'p>(claim: &Annotation, tags: &Tags<'_>, pack: &'p Pack) -> Option<CountryCandidate<'p>> {
    let Value::Row(row) = claim.value else { return None };
    let row = pack.row(row);
    let form = match row.class {
        class::ABBREVIATION => CountryForm::Abbreviation,
        class::DEMONYM | class::FORMER_DEMONYM | class::COMBINING => CountryForm::Demonym,
        _ => CountryForm::Name,
    };
    let single = claim.to - claim.from == 1;
    let is = |set: u128| single && tags.has(claim.from, set);
    Some(CountryCandidate {
        span: tags.span(claim.from, claim.to),
        code: row.code,
        name: row.name,
        form,
        rule: claim.rule,
        given: is(tag::GIVEN1 | tag::GIVEN2),
        surname: is(tag::SURNAME) && follows_given(claim.from, tags),
        joined: is_joined(claim, tags),
    })
}

/// Whether a given name, an initial or an honorific stands before a token.
fn follows_given(at: u32, tags: &Tags<'_>) -> bool {
    let given = at > 0 && tags.has(at - 1, tag::GIVEN1 | tag::GIVEN2 | tag::GIVEN3 | builtin::INITIAL);
    given || tags.ending_at(at).any(|id| tags.annotation(id).kind == kind::HONORIFIC)
}

/// Whether a hyphen joins these words to what stands before or after them.
fn is_joined(words: &Annotation, tags: &Tags<'_>) -> bool {
    let tokens = tags.tokens();
    let hyphen = |at: usize| tokens.get(at).is_some_and(|t| !t.spaced && matches!(t.of(tags.text()), "-" | "‑" | "–"));
    let glued = |at: usize| tokens.get(at).is_some_and(|t| !t.spaced);
    let (from, to) = (words.from as usize, words.to as usize);
    (hyphen(to) && glued(to + 1)) || (from > 1 && hyphen(from - 1) && glued(from))
}

/// Builds for rules that pass on a gazetteer row: `row CAPTURE`.
struct Rows;

impl Build for Rows {
    fn build(&mut self, _: &'static str, args: &[Arg], tags: &Tags<'_>) -> Option<Value> {
        match args {
            [Arg::Capture(captured)] => captured.annotation.map(|id| tags.annotation(id).value),
            _ => None,
        }
    }
}
