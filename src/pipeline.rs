//! The seven steps, from a source to its record, on one screen.
//!
//! Not here: where sources come from and records go (the binary's `run`).

use crate::detect::{Detected, detect};
use crate::emit::assemble::{Header, assemble};
use crate::emit::record::Record;
use crate::error::Result;
use crate::lang::Language;
use crate::lang::pack::Pack;
use crate::options::Options;
use crate::read::Source;
use crate::tag::Tags;
use crate::terms::PublishedFrom;
use crate::{extract, resolve, segment};

/// Turns sources into records.
pub struct Pipeline {
    options: Options,
    packs: [Pack; Language::ALL.len()],
}

impl Pipeline {
    /// A pipeline that works as `options` say.
    pub fn new(options: Options) -> Result<Self> {
        let packs = Language::ALL.map(|language| Pack::open(language, options.lexicon.clone().unwrap_or_default()));
        Ok(Self { options, packs })
    }

    /// Extracts one article.
    pub fn run(&self, source: Source) -> Result<Record> {
        let options = &self.options;
        let told = options.language.or(source.language);
        let Detected { language, confidence } =
            told.map_or_else(|| detect(&source.text), |language| Ok(Detected { language, confidence: 1.0 }))?;
        let pack = &self.packs[language as usize];
        let segments = segment::segment(&source.text, pack);
        let mut tags = Tags::new(&source.text, &segments.tokens, segments.words.clone(), segments.ranges(options.keep_boilerplate), pack);
        let candidates = extract::extract(&mut tags, pack);
        let flag = options.published.map(|d| (d, PublishedFrom::Flag));
        let told = flag.or(source.published.map(|d| (d, PublishedFrom::Record)));
        let published = told.or_else(|| resolve::published::find(&candidates.dates, &tags).map(|d| (d, PublishedFrom::Text)));
        let resolved = resolve::resolve(candidates, published.map(|(day, _)| day), &segments.sentences, &tags, pack);
        let header = Header { id: source.id, language, confidence, published, encoding: source.encoding };
        Ok(assemble(&source.text, header, &resolved, &segments.skipped, options))
    }
}
