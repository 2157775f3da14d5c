//! A record's mentions, back in the text that they quote: what every format but JSON begins with.
//!
//! A record counts in the units it was asked for and lists mentions by entity; here they stand by bytes, in
//! text order, each with what it names. Not here: any format.

use super::offsets::Located;
use super::record::{Body, Count, Country, CountryMention, Date, Mention, Person, Record};
use crate::options::Category;
use crate::span::{Offsets, Span};

/// A mention in its text.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'r> {
    /// Its bytes.
    pub span: Span,
    /// What it names.
    pub what: What<'r>,
    /// The number of what it names in the record's list.
    pub entry: usize,
}

/// What a mention names, and the mention itself as the record has it.
#[derive(Clone, Copy, Debug)]
pub enum What<'r> {
    /// A human being.
    Person(&'r Person, &'r Mention),
    /// An agency.
    Agency(&'r Body, &'r Mention),
    /// An organization.
    Organization(&'r Body, &'r Mention),
    /// A country.
    Country(&'r Country, &'r CountryMention),
    /// A quantity.
    Count(&'r Count),
    /// A date.
    Date(&'r Date),
}

impl<'r> What<'r> {
    /// The record's list that it stands in.
    pub fn category(self) -> Category {
        match self {
            Self::Person(..) => Category::People,
            Self::Agency(..) => Category::Agencies,
            Self::Organization(..) => Category::Organizations,
            Self::Country(..) => Category::Countries,
            Self::Count(_) => Category::Counts,
            Self::Date(_) => Category::Dates,
        }
    }

    /// Where it starts and ends, in the record's units.
    pub fn range(self) -> (usize, usize) {
        match self {
            Self::Person(_, m) | Self::Agency(_, m) | Self::Organization(_, m) => (m.start, m.end),
            Self::Country(_, m) => (m.start, m.end),
            Self::Count(c) => (c.start, c.end),
            Self::Date(d) => (d.start, d.end),
        }
    }

    /// The rule that made it, where the record tells.
    pub fn rule(self) -> Option<&'r str> {
        match self {
            Self::Person(_, m) | Self::Agency(_, m) | Self::Organization(_, m) => m.rule.as_deref(),
            Self::Country(_, m) => m.rule.as_deref(),
            Self::Count(c) => c.rule.as_deref(),
            Self::Date(d) => d.rule.as_deref(),
        }
    }
}

/// What a category is called where each mention carries a label of its own.
pub fn label(category: Category) -> &'static str {
    match category {
        Category::People => "PERSON",
        Category::Agencies => "AGENCY",
        Category::Organizations => "ORGANIZATION",
        Category::Countries => "COUNTRY",
        Category::Counts => "COUNT",
        Category::Dates => "DATE",
    }
}

/// A record's mentions in text order, a longer one before those inside it; then its boilerplate, with the reasons.
///
/// `offsets` is what the record counts in. What does not fit the text is left out, which happens only to the record
/// of another text.
pub fn place<'r>(record: &'r Record, text: &str, offsets: Offsets) -> (Vec<Placed<'r>>, Vec<(Span, &'r str)>) {
    let all = entries(record);
    let ends = |(start, end): (usize, usize)| [start, end];
    let skipped = record.skipped.iter().flat_map(|s| [s.start, s.end]);
    let located = Located::new(text, offsets, all.iter().flat_map(|(_, w)| ends(w.range())).chain(skipped).collect());
    let in_text = |(start, end): (usize, usize)| located.span(start, end);
    let place = |(entry, what): (usize, What<'r>)| in_text(what.range()).map(|span| Placed { span, what, entry });
    let mut placed: Vec<Placed<'r>> = all.into_iter().filter_map(place).collect();
    placed.sort_by_key(|p| (p.span.start, std::cmp::Reverse(p.span.end), p.what.category() as u8));
    let skipped = record.skipped.iter().filter_map(|s| in_text((s.start, s.end)).map(|span| (span, s.reason.as_str())));
    (placed, skipped.collect())
}

/// Every mention of a record, list by list, with its entry's number.
fn entries(record: &Record) -> Vec<(usize, What<'_>)> {
    let mut all = Vec::new();
    for (i, person) in record.people.iter().flatten().enumerate() {
        all.extend(person.mentions.iter().map(|m| (i, What::Person(person, m))));
    }
    for (i, body) in record.agencies.iter().flatten().enumerate() {
        all.extend(body.mentions.iter().map(|m| (i, What::Agency(body, m))));
    }
    for (i, body) in record.organizations.iter().flatten().enumerate() {
        all.extend(body.mentions.iter().map(|m| (i, What::Organization(body, m))));
    }
    for (i, country) in record.countries.iter().flatten().enumerate() {
        all.extend(country.mentions.iter().map(|m| (i, What::Country(country, m))));
    }
    all.extend(record.counts.iter().flatten().enumerate().map(|(i, count)| (i, What::Count(count))));
    all.extend(record.dates.iter().flatten().enumerate().map(|(i, date)| (i, What::Date(date))));
    all
}
