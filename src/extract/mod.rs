//! Step 5: tags → candidates, by rules.
//!
//! The one list of extractors is [`extract`]; each is a file here with its `.rules`. Candidates may
//! still overlap and compete: choosing between them is [`crate::resolve`]'s work.

pub mod countries;
pub mod counts;
pub mod date_expr;
pub mod dates;
pub mod names;

use crate::lang::pack::Pack;
use crate::tag::Tags;

/// Everything that may turn out to be a mention.
#[derive(Debug, Default)]
pub struct Candidates<'p> {
    /// States by name, demonym or abbreviation.
    pub countries: Vec<countries::CountryCandidate<'p>>,
    /// Calendar expressions, in text order.
    pub dates: Vec<date_expr::Stated>,
    /// Quantities.
    pub counts: Vec<counts::CountCandidate<'p>>,
    /// Names of people, bodies and places.
    pub names: names::Names,
}

/// Runs the extractors, in the order in which they build on each other.
pub fn extract<'p>(tags: &mut Tags<'_>, pack: &'p Pack) -> Candidates<'p> {
    let countries = countries::extract(tags, pack);
    let dates = dates::extract(tags, pack);
    let names = names::extract(tags, pack);
    let counts = counts::extract(tags, pack);
    Candidates { countries, counts, dates, names }
}
