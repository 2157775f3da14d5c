//! Lists what is left out of articles, and why, for a reader to judge whether any of it belonged to a body.
//!
//! ```text
//! cargo run --release --example skipped -- PATH… [--sentences] [--around N]
//! ```
//!
//! A PATH is a text file, a JSON Lines file (`*.jsonl`, as `dispaccio --input jsonl` reads it) or a folder, of which
//! every such file below is read. A line of output is a part of an article: its id, the reason, how much of the text
//! the part is, and the part itself in double brackets with N characters on either side (60 unless told; line breaks
//! as ⏎). Then, for each reason, how many parts, in how many articles, and what share of all the text.
//!
//! `--sentences` puts every sentence of the articles on a line of its own first: a hard test, since most of what
//! tells boilerplate from a body is that it stands alone. Not here: whether a part is rightly left out.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use dispaccio::detect::detect;
use dispaccio::lang::{Language, pack::Pack, user::UserLexicon};
use dispaccio::read::{Source, jsonl};
use dispaccio::segment::{Skip, segment};
use walkdir::WalkDir;

/// Characters of the text on either side of a part.
const AROUND: usize = 60;
/// The largest text read, in bytes.
const MAX_SIZE: u64 = 64 << 20;

/// What was left out for one reason.
#[derive(Default)]
struct Sum {
    parts: usize,
    articles: usize,
    bytes: usize,
}

fn main() -> Result<()> {
    let (mut paths, mut sentences, mut around) = (Vec::new(), false, AROUND);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--sentences" => sentences = true,
            "--around" => around = args.next().unwrap_or_default().parse().context("--around wants a number")?,
            _ => paths.push(PathBuf::from(arg)),
        }
    }
    if paths.is_empty() {
        bail!("usage: skipped PATH… [--sentences] [--around N]");
    }
    let packs = Language::ALL.map(|language| Pack::open(language, UserLexicon::default()));
    let (mut sums, mut articles, mut bytes) = (BTreeMap::<&str, Sum>::new(), 0, 0);
    each_article(&paths, &mut |id, source| {
        let Some(language) = source.language.or_else(|| detect(&source.text).ok().map(|d| d.language)) else { return };
        let pack = &packs[language as usize];
        let text = if sentences { line_by_line(&source.text, pack) } else { source.text };
        let skipped = segment(&text, pack).skipped;
        articles += 1;
        bytes += text.len();
        for (i, skip) in skipped.iter().enumerate() {
            let sum = sums.entry(skip.reason).or_default();
            sum.parts += 1;
            sum.bytes += skip.span.of(&text).len();
            sum.articles += usize::from(!skipped[..i].iter().any(|s| s.reason == skip.reason));
            println!("{id}\t{}\t{:.1}%\t{}", skip.reason, percent(skip.span.of(&text).len(), text.len()), shown(&text, skip, around));
        }
    })?;
    for (reason, sum) in &sums {
        println!("{reason}: {} parts in {} articles, {:.3}% of the text", sum.parts, sum.articles, percent(sum.bytes, bytes));
    }
    let parts: usize = sums.values().map(|s| s.parts).sum();
    let left_out: usize = sums.values().map(|s| s.bytes).sum();
    println!("all: {parts} parts, {:.3}% of the text of {articles} articles", percent(left_out, bytes));
    Ok(())
}

/// Every article of the paths that can be read, with its id.
fn each_article(paths: &[PathBuf], see: &mut impl FnMut(String, Source)) -> Result<()> {
    for entry in paths.iter().flat_map(|path| WalkDir::new(path).sort_by_file_name()) {
        let path = entry?.into_path();
        match path.extension().and_then(|e| e.to_str()) {
            Some("jsonl") => each_record(&path, see).with_context(|| path.display().to_string())?,
            Some("txt") => {
                let id = path.display().to_string();
                if let Ok(source) = Source::from_bytes(id.clone().into(), std::fs::read(&path)?) {
                    see(id, source);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn each_record(path: &Path, see: &mut impl FnMut(String, Source)) -> Result<()> {
    let settings =
        jsonl::Settings { text: "text".into(), id: "id".into(), published: "published".into(), max_size: MAX_SIZE, ignore_language: false };
    let mut records = jsonl::Records::new(File::open(path)?, settings)?;
    while let Some(line) = records.next_record()? {
        if let Ok(source) = line.source {
            see(format!("{}:{}", path.file_stem().unwrap_or_default().to_string_lossy(), line.id), source);
        }
    }
    Ok(())
}

/// A text with each of its sentences on a line of its own, blank lines between.
fn line_by_line(text: &str, pack: &Pack) -> String {
    let segments = segment(text, pack);
    let sentences = segments.sentences.iter().map(|s| {
        let tokens = &segments.tokens[s.tokens.start as usize..s.tokens.end as usize];
        tokens.first().zip(tokens.last()).map_or("", |(first, last)| &text[first.start as usize..last.end as usize])
    });
    sentences.collect::<Vec<_>>().join("\n\n")
}

/// A part of a text in double brackets, between what stands around it.
fn shown(text: &str, skip: &Skip, around: usize) -> String {
    let (start, end) = (skip.span.start as usize, skip.span.end as usize);
    let from = text[..start].char_indices().rev().nth(around.saturating_sub(1)).map_or(0, |(at, _)| at);
    let to = text[end..].char_indices().nth(around).map_or(text.len(), |(at, _)| end + at);
    format!("{}[[{}]]{}", &text[from..start], &text[start..end], &text[end..to]).replace('\n', "⏎")
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}
