//! Terms: the closed vocabularies that records, rules and resolution share.
//!
//! Each variant is a value of the record, in snake case. Not here: the record's structure
//! ([`crate::emit::record`]).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where the publication day comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PublishedFrom {
    /// `--published`.
    Flag,
    /// The JSON Lines record's own `published`.
    Record,
    /// A dateline or metadata line of the text.
    Text,
}

/// What sort of body an agency or organization is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BodyKind {
    /// Agency: a police force.
    Police,
    /// Agency: prosecutors and courts.
    Judiciary,
    /// Agency: an intelligence service.
    Intelligence,
    /// Agency: armed forces.
    Military,
    /// Agency: cabinets, ministries, departments.
    Government,
    /// Agency: parliaments and their committees.
    Legislature,
    /// Agency: regions, provinces, towns.
    LocalGovernment,
    /// Agency: central banks and authorities.
    Regulator,
    /// Agency: bodies of the international community.
    International,
    /// Agency: rescue and civil protection.
    Emergency,
    /// Agency: public health bodies.
    Health,
    /// Agency: press agencies.
    NewsAgency,
    /// Organization: a company or a brand acting as one.
    Company,
    /// Organization: a political party.
    Party,
    /// Organization: newspapers, broadcasters, sites.
    Media,
    /// Organization: a trade union.
    Union,
    /// Organization: universities, schools, institutes.
    University,
    /// Organization: associations and charities.
    Ngo,
    /// Organization: clubs, leagues, federations.
    Sports,
    /// Organization: churches and religious bodies.
    Religious,
    /// Organization: criminal, terrorist and hacker groups.
    Criminal,
    /// Either: none of the others.
    Other,
}

/// How a country is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CountryForm {
    /// A name: short, official or usual.
    Name,
    /// A demonym or an adjective.
    Demonym,
    /// An abbreviation.
    Abbreviation,
}

/// What sort of quantity a count is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CountKind {
    /// Things counted.
    Count,
    /// An amount of money.
    Money,
    /// A percentage.
    Percent,
    /// A measure in a unit.
    Measure,
    /// A length of time.
    Duration,
    /// A person's age.
    Age,
}

/// How a count's value is approximated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Modifier {
    /// Near the value.
    About,
    /// The value or more.
    AtLeast,
    /// More than the value.
    MoreThan,
    /// The value or less.
    AtMost,
    /// Less than the value.
    LessThan,
    /// Just under the value.
    Nearly,
    /// Some multiples of the value: "dozens".
    MultiplesOf,
    /// From the value to `max`.
    Range,
}

/// How fine a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Granularity {
    Day,
    Week,
    Weekend,
    Month,
    Season,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
    Interval,
}

/// What completed a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ResolvedFrom {
    /// The expression says it all.
    #[serde(rename = "self")]
    Itself,
    /// Another date of the article.
    Document,
    /// The publication day.
    Published,
}

/// Why a part of a text is left out: every `reason` of `skipped`, which is a class of the boilerplate tables.
pub const SKIP_REASONS: [&str; 13] = [
    "advertisement",
    "author_box",
    "comments",
    "cookies",
    "legal",
    "live_stamp",
    "navigation",
    "newsletter",
    "paywall",
    "photo_credit",
    "reading_time",
    "related_links",
    "share_links",
];

impl BodyKind {
    /// The kind's name in records, tables and rules.
    pub fn name(self) -> &'static str {
        KIND_NAMES.iter().find(|(kind, _)| *kind == self).map_or("other", |(_, name)| name)
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        KIND_NAMES.iter().find(|(_, n)| *n == name).map(|(kind, _)| *kind)
    }

    /// Whether bodies of this kind are agencies; [`BodyKind::Other`] alone does not tell.
    pub fn is_agency(self) -> bool {
        KIND_NAMES.iter().position(|(kind, _)| *kind == self).is_some_and(|i| i < AGENCY_KINDS)
    }
}

/// How many of [`KIND_NAMES`] are agencies.
const AGENCY_KINDS: usize = 12;

const KIND_NAMES: [(BodyKind, &str); 22] = [
    (BodyKind::Police, "police"),
    (BodyKind::Judiciary, "judiciary"),
    (BodyKind::Intelligence, "intelligence"),
    (BodyKind::Military, "military"),
    (BodyKind::Government, "government"),
    (BodyKind::Legislature, "legislature"),
    (BodyKind::LocalGovernment, "local_government"),
    (BodyKind::Regulator, "regulator"),
    (BodyKind::International, "international"),
    (BodyKind::Emergency, "emergency"),
    (BodyKind::Health, "health"),
    (BodyKind::NewsAgency, "news_agency"),
    (BodyKind::Company, "company"),
    (BodyKind::Party, "party"),
    (BodyKind::Media, "media"),
    (BodyKind::Union, "union"),
    (BodyKind::University, "university"),
    (BodyKind::Ngo, "ngo"),
    (BodyKind::Sports, "sports"),
    (BodyKind::Religious, "religious"),
    (BodyKind::Criminal, "criminal"),
    (BodyKind::Other, "other"),
];
