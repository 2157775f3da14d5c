//! The fixtures' records, made by the library, with the texts that they quote.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::path::{Path, PathBuf};

use dispaccio::emit::record::{Failure, Line, Record};
use dispaccio::options::{Category, Options};
use dispaccio::pipeline::Pipeline;
use dispaccio::read::{MAX_SIZE, Source};

/// A fixture: its path below `fixtures/`, what it gives, and its text.
pub struct Fixture {
    /// Its path below `fixtures/`.
    pub name: String,
    /// What it gives.
    pub line: Line,
    /// Its decoded text; empty where it has none.
    pub text: String,
}

/// Every fixture.
pub fn fixtures(options: Options) -> Vec<Fixture> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut paths = Vec::new();
    texts(&root, &mut paths);
    paths.sort();
    let pipeline = Pipeline::new(options).expect("a pipeline");
    let fixture = |path: PathBuf| {
        let name = path.strip_prefix(&root).expect("below fixtures").to_string_lossy().into_owned();
        let source = Source::from_file(&path, MAX_SIZE);
        let text = source.as_ref().map(|s| s.text.clone()).unwrap_or_default();
        let line = match source.and_then(|s| pipeline.run(Source { id: name.as_str().into(), ..s })) {
            Ok(record) => Line::Record(Box::new(record)),
            Err(error) => Line::Failure(Failure::new(name.as_str().into(), &error)),
        };
        Fixture { name, line, text }
    };
    let all: Vec<Fixture> = paths.into_iter().map(fixture).collect();
    assert!(all.len() >= 50, "only {} fixtures", all.len());
    all
}

fn texts(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("a file").path()) {
        if path.is_dir() {
            texts(&path, found);
        } else if path.extension().is_some_and(|e| e == "txt") {
            found.push(path);
        }
    }
}

/// The record of a text.
pub fn record(text: &str, options: Options) -> Record {
    let source = Source::from_text("x".into(), text.to_owned()).expect("a text");
    Pipeline::new(options).and_then(|p| p.run(source)).expect("a record")
}

/// Every mention of a record, in text order: its category, start, end and text.
pub fn mentions(record: &Record) -> Vec<(Category, usize, usize, String)> {
    let mut all = Vec::new();
    let mut add = |category, start, end, text: &str| all.push((category, start, end, text.to_owned()));
    for m in record.people.iter().flatten().flat_map(|p| &p.mentions) {
        add(Category::People, m.start, m.end, &m.text);
    }
    for m in record.agencies.iter().flatten().flat_map(|b| &b.mentions) {
        add(Category::Agencies, m.start, m.end, &m.text);
    }
    for m in record.organizations.iter().flatten().flat_map(|b| &b.mentions) {
        add(Category::Organizations, m.start, m.end, &m.text);
    }
    for m in record.countries.iter().flatten().flat_map(|c| &c.mentions) {
        add(Category::Countries, m.start, m.end, &m.text);
    }
    for c in record.counts.iter().flatten() {
        add(Category::Counts, c.start, c.end, &c.text);
    }
    for d in record.dates.iter().flatten() {
        add(Category::Dates, d.start, d.end, &d.text);
    }
    all.sort_by_key(|(category, start, end, _)| (*start, *end, *category as u8));
    all
}

/// What texts are damaged with: what HTML, tabular files and offsets do not love.
const NASTY: [&str; 24] = [
    "\r\n",
    "\r",
    "\n\n",
    "\t",
    "\u{b}",
    "\u{c}",
    "\0",
    "\u{1}",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{ad}",
    "\u{a0}",
    "\u{3000}",
    "\u{fffe}",
    "😀",
    "东京 都",
    "<b>",
    "</div>",
    "&amp;",
    "\"'",
    "#",
    "]]>",
];

/// Some of the fixtures' sentences, cut, glued and damaged.
pub fn damaged(u: &mut arbtest::arbitrary::Unstructured<'_>) -> arbtest::arbitrary::Result<String> {
    use std::sync::LazyLock;
    static SENTENCES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let own = fixtures(Options::default()).into_iter().filter(|f| f.name.starts_with("en/") || f.name.starts_with("it/"));
        own.flat_map(|f| f.text.split_inclusive(['.', '\n']).map(str::to_owned).collect::<Vec<_>>()).collect()
    });
    let mut text = String::new();
    for _ in 0..u.int_in_range(1..=8)? {
        let sentence = u.choose(&SENTENCES)?;
        for c in sentence.chars() {
            if u.ratio(1, 40)? {
                text.push_str(u.choose(&NASTY)?);
            }
            if !u.ratio(1, 80)? {
                text.push(c);
            }
        }
    }
    Ok(text)
}

/// Records of a text that count in each unit, where it gives any.
pub fn in_every_unit(text: &str, language: dispaccio::lang::Language) -> Vec<(dispaccio::span::Offsets, Line)> {
    use dispaccio::span::Offsets;
    use std::sync::LazyLock;
    static PIPELINES: LazyLock<[(Offsets, Pipeline); 3]> = LazyLock::new(|| {
        [Offsets::Chars, Offsets::Bytes, Offsets::Utf16].map(|offsets| {
            let options = Options { offsets, keep_boilerplate: true, explain: true, ..Options::default() };
            (offsets, Pipeline::new(options).expect("a pipeline"))
        })
    });
    let run = |(offsets, pipeline): &(Offsets, Pipeline)| {
        let source = Source::from_text("x".into(), text.to_owned()).ok()?;
        let record = pipeline.run(Source { language: Some(language), ..source }).ok()?;
        Some((*offsets, Line::Record(Box::new(record))))
    };
    PIPELINES.iter().filter_map(run).collect()
}
