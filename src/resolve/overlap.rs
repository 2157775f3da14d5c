//! Overlaps between categories, in one documented order.
//!
//! 1. A date hides a name inside it ("June 18") and one that reaches into it ("Korea Nov | 18"); a longer
//!    name hides a date inside it ("Brigata 28 marzo").
//! 2. A person's name hides a country inside it ("Georgia Meloni"), if the word can be part of a
//!    name: a given name where the name begins, a given name or surname after that, and no part of a
//!    compound ("Argentina-Chile"). A body's does not ("Bank of Italy" names Italy).
//! 3. A name hides a count whose number stands inside it ("Channel 4"), and so does a date ("three
//!    days earlier"); but a duration that leads to no day ("120 years earlier" than nothing known) is
//!    a quantity all the same.
//!
//! Not here: overlaps within a category, which its own rules settle.

use super::Resolved;
use super::names::NameMention;
use crate::extract::countries::CountryCandidate;
use crate::extract::counts::CountCandidate;
use crate::span::Span;
use crate::terms::CountKind;

/// Removes what the order above hides.
pub fn settle(resolved: &mut Resolved<'_>) {
    let dates: Vec<Span> = sorted(resolved.dates.iter().map(|d| d.span));
    let stands = |m: &NameMention| !hides(&dates, m.span);
    let names = &mut resolved.names;
    names.people.iter_mut().for_each(|p| p.mentions.retain(stands));
    names.people.retain(|p| !p.mentions.is_empty());
    names.bodies.iter_mut().for_each(|b| b.mentions.retain(stands));
    names.bodies.retain(|b| !b.mentions.is_empty());
    let people: Vec<Span> = sorted(resolved.names.people.iter().flat_map(|p| p.mentions.iter().map(|m| m.span)));
    resolved.countries.retain(|c| over(&people, c.span).is_none_or(|person| !is_part_of(c, person)));
    let bodies = resolved.names.bodies.iter().flat_map(|b| b.mentions.iter().map(|m| m.span));
    let names: Vec<Span> = sorted(bodies.chain(people.iter().copied()));
    resolved.dates.retain(|d| !hits(&names, d.span));
    let dates: Vec<Span> = sorted(resolved.dates.iter().map(|d| d.span));
    let known: Vec<Span> = sorted(resolved.dates.iter().filter(|d| d.value.is_some()).map(|d| d.span));
    let dated = |c: &CountCandidate<'_>| if c.quantity.kind == CountKind::Duration { &known } else { &dates };
    resolved.counts.retain(|c| !hits(&names, c.quantity.number) && !hits(dated(c), c.quantity.number));
}

fn sorted(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut all: Vec<Span> = spans.collect();
    all.sort_unstable();
    all
}

/// Whether what looks like a country can be a part of this person's name.
fn is_part_of(country: &CountryCandidate<'_>, person: Span) -> bool {
    let opens = country.span.start == person.start && country.span.end < person.end;
    !country.joined && (country.given || (country.surname && !opens))
}

/// The one of these, which are sorted and apart, that a span overlaps.
fn over(sorted: &[Span], span: Span) -> Option<Span> {
    let after = sorted.partition_point(|s| s.end <= span.start);
    sorted.get(after).copied().filter(|s| s.overlaps(span))
}

/// Whether any of these spans, which are sorted and apart, overlaps a span without lying within it.
fn hides(sorted: &[Span], span: Span) -> bool {
    let after = sorted.partition_point(|s| s.end <= span.start);
    sorted[after..].iter().take_while(|s| s.start < span.end).any(|s| *s == span || !span.contains(*s))
}

/// Whether a span overlaps any of these, which are sorted and apart.
fn hits(sorted: &[Span], span: Span) -> bool {
    over(sorted, span).is_some()
}
