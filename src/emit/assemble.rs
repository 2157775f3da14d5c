//! What an article turned out to hold → its record: spans become offsets, names are folded.
//!
//! Not here: any decision about what is a mention.

use jiff::civil;

use super::offsets::Ruler;
use super::record::{Body, Count, Country, CountryMention, Date, Mention, Number, Person, Record, SCHEMA, Skipped};
use crate::extract::countries::CountryCandidate;
use crate::extract::counts::CountCandidate;
use crate::lang::Language;
use crate::options::{Category, Options};
use crate::resolve::Resolved;
use crate::resolve::calendar::DateMention;
use crate::resolve::names::{BodyEntity, NameMention};
use crate::segment::Skip;
use crate::span::Span;
use crate::terms::PublishedFrom;

/// What a record says besides its lists.
pub struct Header {
    /// The source's id.
    pub id: serde_json::Value,
    /// The language it was read in.
    pub language: Language,
    /// How sure that is.
    pub confidence: f64,
    /// The publication day, and where it comes from.
    pub published: Option<(civil::Date, PublishedFrom)>,
    /// The encoding it was decoded from.
    pub encoding: &'static str,
}

/// Makes the record.
pub fn assemble(text: &str, header: Header, resolved: &Resolved<'_>, skipped: &[Skip], options: &Options) -> Record {
    let writer = Writer { text, ruler: Ruler::new(text, options.offsets), explain: options.explain };
    let bodies = |agency: bool| resolved.names.bodies.iter().filter(|b| b.agency == agency).map(|b| writer.body(b)).collect();
    let people = || {
        let person = |p: &crate::resolve::names::PersonEntity| Person {
            name: p.name.clone(),
            roles: p.roles.clone(),
            affiliations: p.affiliations.clone(),
            mentions: writer.mentions(&p.mentions),
        };
        resolved.names.people.iter().map(person).collect()
    };
    let only = options.only;
    Record {
        schema: SCHEMA.to_owned(),
        id: header.id,
        language: header.language,
        language_confidence: header.confidence,
        published: header.published.map(|(day, _)| day.to_string()),
        published_from: header.published.map(|(_, from)| from),
        encoding: header.encoding.to_owned(),
        people: only.has(Category::People).then(people),
        agencies: only.has(Category::Agencies).then(|| bodies(true)),
        organizations: only.has(Category::Organizations).then(|| bodies(false)),
        countries: only.has(Category::Countries).then(|| writer.countries(&resolved.countries)),
        counts: only.has(Category::Counts).then(|| resolved.counts.iter().map(|c| writer.count(c)).collect()),
        dates: only.has(Category::Dates).then(|| resolved.dates.iter().map(|d| writer.date(d)).collect()),
        skipped: skipped.iter().map(|s| writer.skipped(s)).collect(),
    }
}

struct Writer<'t> {
    text: &'t str,
    ruler: Ruler<'t>,
    explain: bool,
}

impl Writer<'_> {
    fn quote(&self, span: Span) -> (String, usize, usize) {
        let (start, end) = self.ruler.range(span);
        (span.of(self.text).to_owned(), start, end)
    }

    fn mentions(&self, mentions: &[NameMention]) -> Vec<Mention> {
        let mention = |m: &NameMention| {
            let (text, start, end) = self.quote(m.span);
            let score = self.explain.then(|| (f64::from(m.score) * 100.0).round() / 100.0);
            Mention { text, start, end, rule: self.rule(m.rule), score }
        };
        mentions.iter().map(mention).collect()
    }

    fn skipped(&self, skip: &Skip) -> Skipped {
        let (start, end) = self.ruler.range(skip.span);
        Skipped { start, end, reason: skip.reason.to_owned() }
    }

    fn rule(&self, rule: &str) -> Option<String> {
        self.explain.then(|| rule.to_owned())
    }

    fn body(&self, body: &BodyEntity) -> Body {
        Body {
            name: body.name.clone(),
            acronym: body.acronym.clone(),
            kind: body.kind,
            country: body.country.clone(),
            mentions: self.mentions(&body.mentions),
        }
    }

    fn date(&self, date: &DateMention) -> Date {
        let (text, start, end) = self.quote(date.span);
        Date {
            text,
            start,
            end,
            value: date.value.clone(),
            granularity: date.granularity,
            resolved_from: date.from,
            rule: self.rule(date.rule),
        }
    }

    fn count(&self, candidate: &CountCandidate<'_>) -> Count {
        let (text, start, end) = self.quote(candidate.span);
        let quantity = &candidate.quantity;
        Count {
            text,
            start,
            end,
            kind: quantity.kind,
            value: Number::rounded(quantity.value),
            max: quantity.max.map(Number::rounded),
            modifier: quantity.modifier,
            unit: quantity.unit.as_ref().map(ToString::to_string),
            noun: quantity.noun.map(|noun| folded(noun.of(self.text))),
            rule: self.rule(candidate.rule),
        }
    }

    /// One entity a country, in order of first mention.
    fn countries(&self, mentions: &[CountryCandidate<'_>]) -> Vec<Country> {
        let mut all: Vec<Country> = Vec::new();
        for candidate in mentions {
            let (text, start, end) = self.quote(candidate.span);
            let code = Some(candidate.code).filter(|c| !c.is_empty()).map(str::to_owned);
            let name = if candidate.name.is_empty() { text.clone() } else { candidate.name.to_owned() };
            let mention = CountryMention { text, start, end, form: candidate.form, rule: self.rule(candidate.rule) };
            let same = |c: &&mut Country| if code.is_some() { c.code == code } else { c.code.is_none() && c.name == name };
            match all.iter_mut().find(same) {
                Some(country) => country.mentions.push(mention),
                None => all.push(Country { name, code, mentions: vec![mention] }),
            }
        }
        all
    }
}

/// A text with its white space folded to single spaces.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
