//! Countries: states by name, demonym or abbreviation.
//!
//! The gazetteer proposes, the rules of stage `countries` dispose: a rule marks STATE where a word
//! stands for the country, another marks NOSTATE where it is a trap. Not here: countries inside the
//! names of people, which [`crate::resolve::overlap`] drops.

use crate::lang::data::{class, kind};
use crate::lang::pack::Pack;
use crate::rule::run::{Arg, Build, run};
use crate::span::Span;
use crate::tag::{Tags, Value};
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
    let traps: Vec<Span> =
        tags.annotations().iter().filter(|a| a.kind == kind::NOSTATE || a.kind == kind::NONE).map(|a| tags.span(a.from, a.to)).collect();
    let mut found: Vec<CountryCandidate<'p>> = Vec::new();
    for annotation in tags.annotations().iter().filter(|a| a.kind == kind::STATE) {
        let span = tags.span(annotation.from, annotation.to);
        if let Value::Row(row) = annotation.value
            && !traps.iter().any(|t| t.overlaps(span))
        {
            let row = pack.row(row);
            let form = match row.class {
                class::ABBREVIATION => CountryForm::Abbreviation,
                class::DEMONYM | class::FORMER_DEMONYM => CountryForm::Demonym,
                _ => CountryForm::Name,
            };
            found.push(CountryCandidate { span, code: row.code, name: row.name, form, rule: annotation.rule });
        }
    }
    found.sort_by_key(|c| (c.span.start, std::cmp::Reverse(c.span.end)));
    found.dedup_by(|later, earlier| earlier.span.overlaps(later.span));
    found
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
