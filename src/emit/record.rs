//! The record: what one article gives, key by key in the order they are written.
//!
//! The types are the contract: the JSON Schema is derived from them, and reading a record back
//! refuses an unknown key. Not here: how spans become offsets, or how records are written out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};
use crate::lang::Language;
use crate::terms::SKIP_REASONS;
pub use crate::terms::{BodyKind, CountKind, CountryForm, Granularity, Modifier, PublishedFrom, ResolvedFrom};

/// The version of the record's shape.
pub const SCHEMA: &str = "1";

/// One line of dispaccio's output: the record of an article, or of an input that failed.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(title = "dispaccio record")]
pub enum Line {
    /// The article's extraction.
    Record(Box<Record>),
    /// The input failed.
    Failure(Failure),
}

impl Line {
    /// Reads a line back. An unknown key is an error, which names it.
    pub fn from_value(value: serde_json::Value) -> serde_json::Result<Self> {
        match value.get("error") {
            Some(_) => serde_json::from_value(value).map(Self::Failure),
            None => serde_json::from_value(value).map(Self::Record),
        }
    }
}

/// The record of an input that failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// The version of the record's shape.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: String,
    /// The input's name or its own id.
    pub id: serde_json::Value,
    /// What went wrong.
    pub error: FailureReason,
}

impl Failure {
    /// The record of the input `id`, which failed with `error`.
    pub fn new(id: serde_json::Value, error: &Error) -> Self {
        let error = FailureReason { kind: error.kind, message: error.message.clone() };
        Self { schema: SCHEMA.to_owned(), id, error }
    }
}

/// Why an input failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FailureReason {
    /// What a program matches on.
    pub kind: ErrorKind,
    /// What a person reads; the same as on standard error.
    pub message: String,
}

/// Everything extracted from one article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The version of the record's shape.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: String,
    /// The file's path as given, or the JSON Lines record's own id.
    pub id: serde_json::Value,
    /// The language the article was read in.
    pub language: Language,
    /// How sure the detection was, 0 to 1. It is 1 when the language was told, and only then.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub language_confidence: f64,
    /// The publication day, `YYYY-MM-DD`.
    #[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    pub published: Option<String>,
    /// Where the publication day comes from.
    pub published_from: Option<PublishedFrom>,
    /// The encoding the bytes were decoded from, by its WHATWG name in lower case.
    pub encoding: String,
    /// Named human beings. This list and those below are absent when `--only` leaves them out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<Vec<Person>>,
    /// Named public bodies and press agencies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agencies: Option<Vec<Body>>,
    /// Every other named body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organizations: Option<Vec<Body>>,
    /// States and dependent territories.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub countries: Option<Vec<Country>>,
    /// Quantities that the text states.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<Vec<Count>>,
    /// Calendar points and intervals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<Vec<Date>>,
    /// Boilerplate found in the text, and not extracted from unless asked to.
    pub skipped: Vec<Skipped>,
}

/// A named human being.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The fullest form used in the article, white space folded.
    pub name: String,
    /// Role phrases attached to the person, as written, without their article.
    pub roles: Vec<String>,
    /// Named bodies attached to the person.
    pub affiliations: Vec<String>,
    /// Where the person is named.
    pub mentions: Vec<Mention>,
}

/// A named body: an agency or an organization.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// The fullest form used in the article, or the lexicon's canonical name of an acronym.
    pub name: String,
    /// The acronym, when the article or the lexicon gives one.
    pub acronym: Option<String>,
    /// What sort of body it is.
    pub kind: BodyKind,
    /// ISO 3166-1 alpha-2 code of the country it belongs to.
    #[schemars(regex(pattern = "^[A-Z]{2}$"))]
    pub country: Option<String>,
    /// Where the body is named.
    pub mentions: Vec<Mention>,
}

/// A country with its mentions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// The country's short name in the article's language.
    pub name: String,
    /// ISO 3166-1 alpha-2 code; null for dissolved states.
    #[schemars(regex(pattern = "^[A-Z]{2}$"))]
    pub code: Option<String>,
    /// Where the country is named.
    pub mentions: Vec<CountryMention>,
}

/// Where a person or a body is named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mention {
    /// The text, exactly as it stands.
    pub text: String,
    /// First unit, in what `--offsets` says.
    pub start: usize,
    /// One past the last unit.
    pub end: usize,
    /// The rule that decided the mention, with `--explain`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The evidence for the name's class, with `--explain`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
}

/// Where a country is named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CountryMention {
    /// The text, exactly as it stands.
    pub text: String,
    /// First unit, in what `--offsets` says.
    pub start: usize,
    /// One past the last unit.
    pub end: usize,
    /// How the country is named.
    pub form: CountryForm,
    /// The rule that made the mention, with `--explain`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

/// A quantity that the text states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// The text, exactly as it stands.
    pub text: String,
    /// First unit, in what `--offsets` says.
    pub start: usize,
    /// One past the last unit.
    pub end: usize,
    /// What sort of quantity it is.
    pub kind: CountKind,
    /// The value; the lower end of a range.
    pub value: Number,
    /// The upper end of a range.
    pub max: Option<Number>,
    /// How the value is approximated.
    pub modifier: Option<Modifier>,
    /// ISO 4217 for money, a CLDR unit name for measures, durations and ages.
    pub unit: Option<String>,
    /// The noun phrase counted, white space folded.
    pub noun: Option<String>,
    /// The rule that made the mention, with `--explain`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

/// A calendar point or interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Date {
    /// The text, exactly as it stands.
    pub text: String,
    /// First unit, in what `--offsets` says.
    pub start: usize,
    /// One past the last unit.
    pub end: usize,
    /// ISO 8601-1, or EDTF (ISO 8601-2) where 8601-1 has none; null when nothing can be known.
    pub value: Option<String>,
    /// How fine the date is.
    pub granularity: Granularity,
    /// What completed the date.
    pub resolved_from: Option<ResolvedFrom>,
    /// The rule that made the mention, with `--explain`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

/// Boilerplate left out of the extraction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Skipped {
    /// First unit, in what `--offsets` says.
    pub start: usize,
    /// One past the last unit.
    pub end: usize,
    /// What sort of boilerplate it is.
    #[schemars(extend("enum" = SKIP_REASONS))]
    pub reason: String,
}

/// A number that is written without a decimal point when it is whole.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Number(pub f64);

impl Number {
    /// The number to fifteen digits, which is as many as a float holds for sure: 1.07 times a thousand million
    /// is 1070000000, not 1070000000.0000001.
    pub fn rounded(value: f64) -> Self {
        Self(format!("{value:.14e}").parse().unwrap_or(value))
    }
}

impl Serialize for Number {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Above 2^53 not every whole number has its own float, so the float form is kept.
        if self.0.fract() == 0.0 && self.0.abs() < 9_007_199_254_740_992.0 {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}
