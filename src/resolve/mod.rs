//! Step 6: candidates → mentions and entities.
//!
//! Names are decided over the whole article ([`names`]), then overlaps between categories
//! ([`overlap`]). Not here: how a record is written.

pub mod names;
pub mod overlap;

use crate::extract::Candidates;
use crate::extract::counts::CountCandidate;
use crate::extract::countries::CountryCandidate;
use crate::lang::pack::Pack;
use crate::tag::Tags;

/// What an article turned out to hold.
#[derive(Debug)]
pub struct Resolved<'p> {
    /// People and bodies.
    pub names: names::Decided,
    /// Country mentions, in text order.
    pub countries: Vec<CountryCandidate<'p>>,
    /// Quantities, in text order.
    pub counts: Vec<CountCandidate<'p>>,
}

/// Decides among the candidates.
pub fn resolve<'p>(candidates: Candidates<'p>, tags: &Tags<'_>, pack: &'p Pack) -> Resolved<'p> {
    let names = names::resolve(&candidates.names, tags, pack);
    let mut resolved = Resolved { names, countries: candidates.countries, counts: candidates.counts };
    overlap::settle(&mut resolved);
    resolved
}
