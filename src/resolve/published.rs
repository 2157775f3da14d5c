//! The publication day, where the text plainly gives it: behind a label, in a dateline, on a line of its own.
//!
//! Which places those are, the rules of stage `dates` say (kind PUBDAY). Not here: the day that a flag
//! or the input gives, which goes before.

use jiff::civil::Date;

use crate::extract::date_expr::{Looks, Stated};
use crate::lang::data::{class, kind};
use crate::resolve::calendar;
use crate::tag::Tags;
use crate::terms::{Granularity, ResolvedFrom};

/// A dateline stands within so many sentences from the start.
const HEAD: usize = 6;

/// The day on which the text says it was published: as a label says, else a dateline, else a label of its last change.
pub fn find(dates: &[Stated], tags: &Tags<'_>) -> Option<Date> {
    let head = tags.sentences().iter().take(HEAD).next_back().map_or(0, |s| s.end);
    let mut places: Vec<_> = tags.annotations().iter().filter(|a| a.kind == kind::PUBDAY).collect();
    places.retain(|a| a.class != class::LINE || a.from < head);
    places.sort_by_key(|a| (a.class == class::UPDATED, a.class != class::PUBLISHED, a.from));
    places.iter().find_map(|place| {
        let span = tags.span(place.from, place.to);
        let date = dates.iter().find(|date| span.contains(date.span))?;
        full_day(date)
    })
}

/// The day of a date that says it in full.
fn full_day(date: &Stated) -> Option<Date> {
    let alone = Stated { looks: Looks::Unsaid, ..date.clone() };
    let resolved = calendar::resolve(&[alone], None).pop()?;
    let full = resolved.granularity == Granularity::Day && resolved.from == Some(ResolvedFrom::Itself);
    if full { resolved.value?.parse().ok() } else { None }
}
