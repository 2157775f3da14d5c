//! `dispaccio check`: fixtures against what is extracted from them now.
//!
//! A fixture is an `x.txt` with the expected record in an `x.json` beside it. What was told when
//! the record was made is read back from the record itself:
//!
//! - `language_confidence` is 1 only when the language was told, so then it is told again;
//! - `published_from` is `flag` or `record` when the day was told;
//! - a list that is absent was left out with `--only`.
//!
//! Offsets are characters; `rule` and `score` are not compared, and neither is the id, which a
//! record keeps when it is rewritten (a new one is the path below the folder given). Not here: how
//! two records are compared, which is in [`difference`].

mod difference;
mod junit;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use dispaccio::emit::json::{self, Style};
use dispaccio::emit::record::{Failure, Line};
use dispaccio::lang::Language;
use dispaccio::options::{Category, Options};
use dispaccio::pipeline::Pipeline;
use dispaccio::read::{self, MAX_SIZE, Source};
use serde_json::Value;

use crate::Outcome;
use crate::cli::{CheckArgs, ReportFormat};
use crate::inputs::files;
use crate::run::delivery::Output;

use self::junit::Case;

/// What became of one fixture.
enum Verdict {
    /// It is as recorded.
    Same,
    /// It is not: the differences, readable.
    Differs(String),
    /// There is no record to compare with.
    Unrecorded,
}

/// `dispaccio check`.
pub fn check(args: &CheckArgs) -> Result<Outcome> {
    let mut out = Output::new();
    let (mut cases, mut unrecorded) = (Vec::new(), 0);
    for root in &args.paths {
        for found in files(root, &["txt"], None) {
            let path = found.map_err(|(path, e)| anyhow::Error::new(e).context(path.display().to_string()))?;
            let failure = match fixture(root, &path, args.update).with_context(|| path.display().to_string())? {
                Verdict::Same => None,
                Verdict::Differs(report) => Some(report),
                Verdict::Unrecorded => {
                    unrecorded += 1;
                    continue;
                }
            };
            if let Some(report) = failure.as_ref().filter(|_| args.format == ReportFormat::Text) {
                out.written(|out| write!(out, "{}\n{report}\n", path.display()))?;
            }
            cases.push(Case { path: path.display().to_string(), failure });
        }
    }
    // Having compared nothing must not look like having found no difference.
    if cases.is_empty() {
        bail!("no fixtures: {unrecorded} x.txt, none with an x.json beside it (--update writes it)");
    }
    let differ = cases.iter().filter(|case| case.failure.is_some()).count();
    match args.format {
        ReportFormat::Junit => out.written(|out| out.write_all(junit::document(&cases).as_bytes()))?,
        ReportFormat::Text => out.written(|out| writeln!(out, "{}", summary(cases.len(), differ, unrecorded, args.update)))?,
    }
    out.flush()?;
    Ok(if differ == 0 || args.update { Outcome::Done } else { Outcome::Failed })
}

/// The last line of a report.
fn summary(all: usize, differ: usize, unrecorded: usize, update: bool) -> String {
    let done = if update { "rewritten" } else { "not" };
    let missing = if unrecorded > 0 { format!("; {unrecorded} without a record (--update writes it)") } else { String::new() };
    let fixtures = if all == 1 { "fixture" } else { "fixtures" };
    format!("{all} {fixtures}: {} as recorded, {differ} {done}{missing}", all - differ)
}

/// Compares one fixture and, with `update`, brings its record up to date.
fn fixture(root: &Path, text: &Path, update: bool) -> Result<Verdict> {
    let beside = text.with_extension("json");
    let Some(stored) = stored(&beside)? else {
        if !update {
            if !text.exists() {
                bail!("no such file");
            }
            return Ok(Verdict::Unrecorded);
        }
        let (line, _) = extract(text, name_below(root, text), Options::default());
        rewrite(&beside, &line)?;
        return Ok(Verdict::Differs("  new".to_owned()));
    };
    let id = stored.get("id").cloned().unwrap_or_else(|| name_below(root, text));
    let (now, source) = extract(text, id, options(&stored));
    let report = match Line::from_value(stored) {
        Ok(then) => difference::report(&then, &now, &source),
        Err(e) => format!("  the record does not have the right shape: {e}\n"),
    };
    if update {
        rewrite(&beside, &now)?;
    }
    Ok(if report.is_empty() { Verdict::Same } else { Verdict::Differs(report) })
}

/// The record beside a fixture, if there is one. What is no JSON is never written over.
fn stored(path: &Path) -> Result<Option<Value>> {
    match fs::read_to_string(path) {
        Ok(text) => {
            let hint = || format!("{}: not JSON (delete it to have it written anew)", path.display());
            serde_json::from_str(&text).map(Some).with_context(hint)
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e).with_context(|| path.display().to_string()),
    }
}

/// What was told when the record was made. Read from plain JSON, so that a record of an older
/// shape is still extracted as it was meant.
fn options(stored: &Value) -> Options {
    let field = |key: &str| stored.get(key);
    let told = field("language_confidence").and_then(Value::as_f64) == Some(1.0);
    let dated = matches!(field("published_from").and_then(Value::as_str), Some("flag" | "record"));
    let mut options = Options::default();
    if told {
        options.language = field("language").and_then(Value::as_str).and_then(Language::from_code);
    }
    if dated {
        options.published = field("published").and_then(Value::as_str).and_then(read::day);
    }
    if Category::ALL.iter().any(|c| field(c.name()).is_some()) {
        options.only = Category::ALL.into_iter().filter(|c| field(c.name()).is_some()).collect();
    }
    options
}

/// What a fixture gives now, and the text that its spans count in.
fn extract(path: &Path, id: Value, options: Options) -> (Line, String) {
    let source = Source::from_file(path, MAX_SIZE);
    let text = source.as_ref().map(|s| s.text.clone()).unwrap_or_default();
    let record = source.and_then(|s| Pipeline::new(options)?.run(Source { id: id.clone(), ..s }));
    let line = match record {
        Ok(record) => Line::Record(Box::new(record)),
        Err(error) => Line::Failure(Failure::new(id, &error)),
    };
    (line, text)
}

/// Writes a record laid out for the eye, whole or not at all.
fn rewrite(path: &Path, line: &Line) -> Result<()> {
    let mut bytes = Vec::new();
    json::write(line, Style::Pretty, &mut bytes)?;
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    let unfinished = path.with_extension("json.unfinished");
    fs::write(&unfinished, &bytes).and_then(|()| fs::rename(&unfinished, path)).with_context(|| format!("cannot write {}", path.display()))
}

/// A fixture's path below the folder given, with `/` whatever the system.
fn name_below(root: &Path, path: &Path) -> Value {
    let below = path.strip_prefix(root).ok().filter(|p| !p.as_os_str().is_empty());
    let below = below.map(PathBuf::from).or_else(|| path.file_name().map(PathBuf::from)).unwrap_or_default();
    let mut name = String::new();
    for part in below.components() {
        let _ = write!(name, "{}{}", if name.is_empty() { "" } else { "/" }, part.as_os_str().to_string_lossy());
    }
    name.into()
}
