//! Step 6: candidates → mentions and entities.
//!
//! Names are decided over the whole article ([`names`]), then overlaps between categories
//! ([`overlap`]); dates are put on the [`calendar`], counted from a publication day that the text may
//! give ([`published`]). Not here: how a record is written.

pub mod calendar;
pub mod names;
pub mod overlap;
pub mod published;

use jiff::civil::Date;

use crate::extract::Candidates;
use crate::extract::countries::CountryCandidate;
use crate::extract::counts::CountCandidate;
use crate::lang::pack::Pack;
use crate::segment::Sentence;
use crate::tag::Tags;

/// What an article turned out to hold.
#[derive(Debug)]
pub struct Resolved<'p> {
    /// People and bodies.
    pub names: names::Decided,
    /// Country mentions, in text order.
    pub countries: Vec<CountryCandidate<'p>>,
    /// Dates, in text order.
    pub dates: Vec<calendar::DateMention>,
    /// Quantities, in text order.
    pub counts: Vec<CountCandidate<'p>>,
}

/// Decides among the candidates.
pub fn resolve<'p>(
    candidates: Candidates<'p>,
    published: Option<Date>,
    sentences: &[Sentence],
    tags: &Tags<'_>,
    pack: &'p Pack,
) -> Resolved<'p> {
    let names = names::resolve(&candidates.names, sentences, tags, pack);
    let dates = calendar::resolve(&candidates.dates, published);
    let mut resolved = Resolved { names, countries: candidates.countries, counts: candidates.counts, dates };
    overlap::settle(&mut resolved);
    resolved
}
