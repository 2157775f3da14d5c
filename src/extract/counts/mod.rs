//! Counts: the quantities that a text states, with value, unit, noun and approximator.
//!
//! Numbers come from [`crate::tag::number`], units, currencies and approximators from gazetteers;
//! the rules of stage `counts` put them together, layer by layer:
//!
//! 1. NONUM marks the numbers that count nothing: times, scores, versions, names with a number.
//! 2. AMOUNT marks ages.
//! 3. AMOUNT marks a number with its currency, per cent sign or unit.
//! 4. AMOUNT marks the remaining numbers with the noun phrase that they count.
//! 5. AMOUNT marks those that stand alone, and compounds ("5 dollars 30 cents").
//! 6. CHANGE marks what leads from one amount to another that it became.
//! 7. COUNT marks an amount with what stands around it: an approximator, the other end of a range.
//! 8. COUNT marks the things counted that are left, then (9) every other amount, which may stand inside a noun.
//!
//! What a rule's constructor makes is in `build`. Not here: what a date is
//! ([`crate::resolve::overlap`] lets dates win).

use std::borrow::Cow;

use crate::lang::data::kind;
use crate::lang::pack::Pack;
use crate::rule::run::run;
use crate::span::Span;
use crate::tag::{Tags, Value};
use crate::terms::{CountKind, Modifier};

mod build;
mod glued;

/// A quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity<'p> {
    /// What sort of quantity it is.
    pub kind: CountKind,
    /// The value; the lower end of a range.
    pub value: f64,
    /// The upper end of a range.
    pub max: Option<f64>,
    /// How the value is approximated.
    pub modifier: Option<Modifier>,
    /// Currency or unit.
    pub unit: Option<Cow<'p, str>>,
    /// The noun phrase counted.
    pub noun: Option<Span>,
    /// The number alone.
    pub number: Span,
    /// The scale of the number's last word, which the other end of a range may share.
    pub scale: f64,
    /// Where the quantity ends, when that is inside a token ("270agentsled").
    pub end: Option<u32>,
}

/// A place in the text that states a quantity.
#[derive(Clone, Debug)]
pub struct CountCandidate<'p> {
    /// From the approximator to the noun or unit.
    pub span: Span,
    /// What it says.
    pub quantity: Quantity<'p>,
    /// The rule that says so.
    pub rule: &'static str,
}

/// Runs the rules of stage `counts` and reads off what they leave standing.
pub fn extract<'p>(tags: &mut Tags<'_>, pack: &'p Pack) -> Vec<CountCandidate<'p>> {
    let mut builder = build::Builder::new(pack, tags.tokens().len());
    run("counts", pack, tags, &mut builder);
    let mut found: Vec<CountCandidate<'p>> = Vec::new();
    for annotation in tags.annotations().iter().filter(|a| a.kind == kind::COUNT) {
        if let Value::Built(at) = annotation.value {
            let quantity = builder.quantities[at as usize].clone();
            let mut span = tags.span(annotation.from, annotation.to);
            span.end = quantity.end.unwrap_or(span.end - full_stop(annotation.to, &quantity, tags));
            found.push(CountCandidate { span, quantity, rule: annotation.rule });
        }
    }
    // Hundreds of digits before "billion" are more than a float holds.
    found.retain(|c| c.quantity.value.is_finite() && c.quantity.max.is_none_or(f64::is_finite));
    found.sort_by_key(|c| (c.span.start, std::cmp::Reverse(c.span.end)));
    // A quantity may stand inside the noun that another counts ("five 40-foot containers").
    let inside = |outer: &CountCandidate<'_>, c: &CountCandidate<'_>| outer.quantity.noun.is_some_and(|noun| noun.contains(c.span));
    let mut kept: Vec<CountCandidate<'p>> = Vec::with_capacity(found.len());
    let mut outer = 0;
    for candidate in found {
        let apart = |k: &CountCandidate<'_>| !k.span.overlaps(candidate.span) || inside(k, &candidate);
        if kept.last().is_none_or(apart) && kept.get(outer).is_none_or(apart) {
            if kept.get(outer).is_none_or(|k| k.span.end <= candidate.span.end) {
                outer = kept.len();
            }
            kept.push(candidate);
        }
    }
    kept
}

/// How long the dot is that ends both an abbreviation and its sentence ("It weighs 5 kg."), as it is no part of the quantity.
fn full_stop(end: u32, quantity: &Quantity<'_>, tags: &Tags<'_>) -> u32 {
    let sentences = tags.sentences();
    let last = || sentences.get(sentences.partition_point(|s| s.end < end)).is_some_and(|s| s.end == end);
    u32::from(quantity.noun.is_none() && tags.words_text(end - 1, end).ends_with('.') && last())
}
