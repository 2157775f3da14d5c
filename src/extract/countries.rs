//! Countries: states by name, demonym or abbreviation.
//!
//! The gazetteer proposes, the rules of stage `countries` dispose: a rule marks STATE where a word
//! stands for the country, another marks NOSTATE where it is a trap. A trap that shows what a word
//! means all through the article is marked `NOSTATE.article`. Not here: countries inside the names of
//! people, which [`crate::resolve::overlap`] drops.

use std::collections::HashSet;

use crate::lang::data::{class, kind};
use crate::lang::pack::Pack;
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
}

/// Runs the rules of stage `countries` and reads off what they leave standing.
pub fn extract<'p>(tags: &mut Tags<'_>, pack: &'p Pack) -> Vec<CountryCandidate<'p>> {
    run("countries", pack, tags, &mut Rows);
    let (mut states, mut traps) = (Vec::new(), Vec::new());
    for annotation in tags.annotations() {
        match annotation.kind {
            kind::STATE => states.push(*annotation),
            kind::NOSTATE | kind::NONE => traps.push(*annotation),
            _ => {}
        }
    }
    // States are apart from each other (the longest won); traps may nest.
    states.sort_by_key(|s| s.from);
    let (kept, trapped): (Vec<Annotation>, Vec<Annotation>) = untrapped(&states, traps);
    let kept = one_sense(kept, &trapped, tags, pack);
    kept.iter().filter_map(|state| candidate(state, tags, pack)).collect()
}

/// The states that no trap takes, and those that a trap for the whole article takes. A trap inside a longer name takes
/// nothing: of "Papua New Guinea" the end is no "New Guinea".
fn untrapped(states: &[Annotation], mut traps: Vec<Annotation>) -> (Vec<Annotation>, Vec<Annotation>) {
    traps.sort_by_key(|t| (t.from, t.to));
    let (mut kept, mut for_good) = (Vec::new(), Vec::new());
    let mut first = 0;
    for state in states {
        while first < traps.len() && traps[first].to <= state.from && traps[first].from < state.from {
            first += 1;
        }
        let mut taken = None;
        for trap in traps[first..].iter().take_while(|t| t.from < state.to) {
            let inside = state.from <= trap.from && trap.to <= state.to && trap.to - trap.from < state.to - state.from;
            if trap.to > state.from && !inside {
                taken = Some(taken.unwrap_or(false) | (trap.class == class::ARTICLE));
            }
        }
        match taken {
            None => kept.push(*state),
            Some(true) => for_good.push(*state),
            Some(false) => {}
        }
    }
    (kept, for_good)
}

/// One sense per article: where a trap has shown that a word is no country, it is none in the rest of the article
/// either, unless the article names that country in another way too.
fn one_sense(mut kept: Vec<Annotation>, trapped: &[Annotation], tags: &Tags<'_>, pack: &Pack) -> Vec<Annotation> {
    if trapped.is_empty() {
        return kept;
    }
    let word = |a: &Annotation| key(tags.words_text(a.from, a.to)).into_owned();
    let code = |a: &Annotation| match a.value {
        Value::Row(row) => pack.row(row).code,
        _ => "",
    };
    let words: HashSet<String> = trapped.iter().map(word).collect();
    let named: HashSet<&str> = kept.iter().filter(|a| !words.contains(&word(a))).map(code).collect();
    kept.retain(|a| named.contains(code(a)) || !words.contains(&word(a)));
    kept
}

fn candidate<'p>(state: &Annotation, tags: &Tags<'_>, pack: &'p Pack) -> Option<CountryCandidate<'p>> {
    let Value::Row(row) = state.value else { return None };
    let row = pack.row(row);
    let form = match row.class {
        class::ABBREVIATION => CountryForm::Abbreviation,
        class::DEMONYM | class::FORMER_DEMONYM | class::COMBINING => CountryForm::Demonym,
        _ => CountryForm::Name,
    };
    Some(CountryCandidate { span: tags.span(state.from, state.to), code: row.code, name: row.name, form, rule: state.rule })
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
