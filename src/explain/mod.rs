//! `dispaccio explain`: one article with the steps laid open, for whoever writes rules.
//!
//! For each sentence its tokens with their tags, the annotations with the rule that made each, the names with all the
//! evidence for and against them, what became a mention, and what did not and why. Not here: any decision; the steps
//! are run as [`dispaccio::pipeline`] runs them.

mod show;

use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use dispaccio::detect::{Detected, detect};
use dispaccio::emit::assemble::{Header, assemble};
use dispaccio::emit::record::Record;
use dispaccio::extract::{self, names::Names};
use dispaccio::lang::pack::Pack;
use dispaccio::options::Options;
use dispaccio::read::{MAX_SIZE, Source};
use dispaccio::resolve::names::pool::Forms;
use dispaccio::resolve::{self, Resolved};
use dispaccio::segment::{self, Segments};
use dispaccio::span::Span;
use dispaccio::tag::Tags;
use dispaccio::terms::PublishedFrom;

use crate::Outcome;
use crate::cli::{ExplainArgs, Usage};
use crate::run::delivery::Output;

/// An article with what each step made of it.
struct Workings<'w> {
    text: &'w str,
    pack: &'w Pack,
    segments: &'w Segments,
    tags: &'w Tags<'w>,
    names: &'w Names,
    forms: &'w Forms,
    proposed: &'w [Proposed],
    resolved: &'w Resolved<'w>,
    record: &'w Record,
}

/// What an extractor proposed, apart from names.
struct Proposed {
    list: &'static str,
    span: Span,
    rule: &'static str,
}

/// `dispaccio explain`.
pub fn explain(args: &ExplainArgs) -> Result<Outcome> {
    let source = source(&args.path)?;
    let places = places(args, &source.text)?;
    let lexicon = args.lexicon.as_ref().map(|path| crate::cli::lexicon(path)).transpose()?;
    let options = Options { language: args.lang.0, published: args.published, explain: true, lexicon, ..Options::default() };
    let mut out = Output::new();
    let text = laid_open(&source, &options, places.as_deref()).with_context(|| args.path.display().to_string())?;
    out.written(|out| out.write_all(text.as_bytes()))?;
    out.flush()?;
    Ok(Outcome::Done)
}

fn source(path: &Path) -> Result<Source> {
    let id = path.to_string_lossy().into_owned();
    if path.as_os_str() == "-" {
        return Ok(Source::from_reader("stdin".into(), std::io::stdin().lock(), MAX_SIZE)?);
    }
    Source::from_file(path, MAX_SIZE).with_context(|| id)
}

/// The bytes that were asked for; none asks for everything.
fn places(args: &ExplainArgs, text: &str) -> Result<Option<Vec<Span>>, Usage> {
    let at = |byte: usize, length: usize| Span::new(byte as u32, (byte + length) as u32);
    if let Some(offset) = args.at {
        let Some((byte, c)) = text.char_indices().nth(offset) else {
            return Err(Usage(format!("--at {offset}: the text has {} characters", text.chars().count())));
        };
        return Ok(Some(vec![at(byte, c.len_utf8())]));
    }
    let Some(wanted) = &args.find else { return Ok(None) };
    let found: Vec<Span> = text.match_indices(wanted.as_str()).map(|(byte, found)| at(byte, found.len())).collect();
    if found.is_empty() || wanted.is_empty() {
        return Err(Usage(format!("--find {wanted:?}: the text does not hold it")));
    }
    Ok(Some(found))
}

/// Runs the steps and tells of each, in the sentences that hold one of the places.
fn laid_open(source: &Source, options: &Options, places: Option<&[Span]>) -> Result<String> {
    let text = &source.text;
    let Detected { language, confidence } =
        options.language.map_or_else(|| detect(text), |language| Ok(Detected { language, confidence: 1.0 }))?;
    let pack = &Pack::open(language, options.lexicon.clone().unwrap_or_default());
    let segments = segment::segment(text, pack);
    let mut tags = Tags::new(text, &segments.tokens, segments.words.clone(), segments.ranges(false), pack);
    let candidates = extract::extract(&mut tags, pack);
    let mut forms = Forms::of(&candidates.names, &tags);
    forms.decide();
    let flag = options.published.map(|day| (day, PublishedFrom::Flag));
    let published = flag.or_else(|| resolve::published::find(&candidates.dates, &tags).map(|day| (day, PublishedFrom::Text)));
    let mut proposed: Vec<Proposed> = Vec::new();
    proposed.extend(candidates.countries.iter().map(|c| Proposed { list: "countries", span: c.span, rule: c.rule }));
    proposed.extend(candidates.counts.iter().map(|c| Proposed { list: "counts", span: c.span, rule: c.rule }));
    proposed.extend(candidates.dates.iter().map(|d| Proposed { list: "dates", span: d.span, rule: d.rule }));
    proposed.sort_by_key(|p| (p.span.start, p.list));
    let names = candidates.names.clone();
    let resolved = resolve::resolve(candidates, published.map(|(day, _)| day), &segments.sentences, &tags, pack);
    let header = Header { id: source.id.clone(), language, confidence, published, encoding: source.encoding };
    let record = assemble(text, header, &resolved, &segments.skipped, options);
    let workings = Workings {
        text,
        pack,
        segments: &segments,
        tags: &tags,
        names: &names,
        forms: &forms,
        proposed: &proposed,
        resolved: &resolved,
        record: &record,
    };
    Ok(workings.tell(places))
}

impl Workings<'_> {
    /// The bytes of some tokens.
    fn span(&self, tokens: &Range<u32>) -> Span {
        self.tags.span(tokens.start, tokens.end)
    }
}
