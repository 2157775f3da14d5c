//! Writes `ACCURACY.md`: how many mentions of the fixtures' articles, and how many phrases of the corpora, are right.
//!
//!     cargo run --profile iter --example accuracy
//!
//! A fixture's record is what the program gives (`dispaccio check fixtures` holds it to that); what is wrong in it stands in
//! `fixtures/errata.tsv`, so the two together give precision and recall. Phrases are run here. Not here: articles that are
//! not part of the repository, which the README tells of.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use dispaccio::emit::record::Record;
use dispaccio::lang::Language;
use dispaccio::options::{Category, Options};
use dispaccio::pipeline::Pipeline;
use dispaccio::read::{MAX_SIZE, Source};

#[path = "../tests/common/phrases.rs"]
mod phrases;

/// The command that writes the report.
pub const COMMAND: &str = "cargo run --profile iter --example accuracy";

#[allow(dead_code, reason = "a test has the report without the program")]
fn main() -> Result<()> {
    let path = root().join("ACCURACY.md");
    fs::write(&path, report()?).with_context(|| path.display().to_string())?;
    println!("{}", path.display());
    Ok(())
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The report, as the tree has it now.
pub fn report() -> Result<String> {
    let errata = errata()?;
    let mut out = format!(
        "# Accuracy\n\nWritten by `{COMMAND}`; a test keeps it up to date.\n\n\
         These are this repository's own articles and phrases, which the rules were written beside: they show what a change\n\
         does, not how well other articles are read. The README tells of those.\n\n\
         ## Articles\n\n\
         The mentions of `fixtures/en` and `fixtures/it`. What is wrong in their records stands, judged by hand, in\n\
         `fixtures/errata.tsv`: false mentions, missed ones, and rightly found ones whose value, kind or unit is wrong, which\n\
         count as both. How names are joined, and their roles, kinds and acronyms, are not judged here.\n"
    );
    for language in Language::ALL {
        let (articles, scores) = scores(language, &errata)?;
        let _ = write!(out, "\n### {language:?}, {articles} articles\n\n");
        out.push_str("| list | mentions | false | missed | wrong | precision | recall | F1 |\n");
        out.push_str("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        let mut all = Score::default();
        for category in Category::ALL {
            let score = scores.get(category.name()).copied().unwrap_or_default();
            score.row(category.name(), &mut out);
            all.add(score);
        }
        all.row("all", &mut out);
    }
    phrase_tables(&mut out)?;
    Ok(out)
}

/// The phrases that give what is wanted of them.
fn phrase_tables(out: &mut String) -> Result<()> {
    out.push_str(
        "\n## Phrases\n\nThe phrases of `tests/NAME/LANGUAGE.txt` that give exactly what stands beside them, of all.\n\n\
         | name | English | Italian |\n| --- | ---: | ---: |\n",
    );
    let pipeline = Pipeline::new(Options::default())?;
    for both in phrases::CORPORA.chunks(Language::ALL.len()) {
        let _ = write!(out, "| {} |", both[0].name);
        for corpus in both {
            let all = corpus.phrases().count();
            let _ = write!(out, " {} of {all} |", all - corpus.wrong(&pipeline).len());
        }
        out.push('\n');
    }
    Ok(())
}

/// What became of the mentions of a list.
#[derive(Clone, Copy, Default)]
struct Score {
    /// In the records.
    found: usize,
    /// Of those, what should not be there.
    spurious: usize,
    /// Of those, what has another value, kind or unit.
    wrong: usize,
    /// Not in the records, and should be.
    missed: usize,
}

impl Score {
    fn add(&mut self, other: Self) {
        self.found += other.found;
        self.spurious += other.spurious;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }

    fn row(self, name: &str, out: &mut String) {
        let right = (self.found - self.spurious - self.wrong) as f64;
        let share = |of: usize| if of == 0 { "–".to_owned() } else { format!("{:.3}", right / of as f64) };
        let wanted = self.found - self.spurious + self.missed;
        let f1 = if self.found + wanted == 0 { "–".to_owned() } else { format!("{:.3}", 2.0 * right / (self.found + wanted) as f64) };
        let Self { found, spurious, wrong, missed } = self;
        let _ = writeln!(out, "| {name} | {found} | {spurious} | {missed} | {wrong} | {} | {} | {f1} |", share(found), share(wanted));
    }
}

/// How often a text of a list is `[false, missed, wrong]` in a file.
type Errata = BTreeMap<(String, String, String), [usize; 3]>;

/// Every row of `fixtures/errata.tsv`, held to the articles and records that it speaks of.
fn errata() -> Result<Errata> {
    let path = root().join("fixtures/errata.tsv");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let mut errata = Errata::new();
    let mut before = "";
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        ensure!(before <= line, "fixtures/errata.tsv: not sorted by bytes: {line}");
        before = line;
        let [file, list, words, verdict] = line.split('\t').collect::<Vec<_>>()[..] else {
            bail!("fixtures/errata.tsv: not file, list, text and verdict: {line}");
        };
        let verdict = ["false", "missed", "wrong"].iter().position(|v| *v == verdict);
        let verdict = verdict.with_context(|| format!("fixtures/errata.tsv: none of false, missed, wrong: {line}"))?;
        errata.entry((file.into(), list.into(), words.into())).or_default()[verdict] += 1;
    }
    for ((file, list, words), [spurious, missed, wrong]) in &errata {
        let path = root().join("fixtures").join(file);
        let found = mentions(&record(&path)?, list)?.iter().filter(|m| *m == words).count();
        let text = Source::from_file(&path, MAX_SIZE)?.text;
        let stale = "fixtures/errata.tsv: out of date, or mistaken";
        ensure!(spurious + wrong <= found, "{stale}: {file} has no longer so many {list} `{words}` that may be false or wrong");
        ensure!(found + missed <= text.matches(words.as_str()).count(), "{stale}: {file} has now all {list} `{words}`");
    }
    Ok(errata)
}

/// The articles of a language, and the score of each list.
fn scores(language: Language, errata: &Errata) -> Result<(usize, BTreeMap<&'static str, Score>)> {
    let folder = root().join("fixtures").join(language.code());
    let mut articles = 0;
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_none_or(|e| e != "txt") {
            continue;
        }
        articles += 1;
        let record = record(&path)?;
        for category in Category::ALL {
            scores.entry(category.name()).or_default().found += mentions(&record, category.name())?.len();
        }
    }
    for ((file, list, _), [spurious, missed, wrong]) in errata {
        let category = Category::ALL.into_iter().find(|c| c.name() == list).context("a list")?;
        if file.starts_with(&format!("{}/", language.code())) {
            let score = Score { found: 0, spurious: *spurious, wrong: *wrong, missed: *missed };
            scores.entry(category.name()).or_default().add(score);
        }
    }
    Ok((articles, scores))
}

/// The record beside an article.
fn record(article: &Path) -> Result<Record> {
    let path = article.with_extension("json");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| format!("{}: no record", path.display()))
}

/// The texts of a list's mentions.
fn mentions<'r>(record: &'r Record, list: &str) -> Result<Vec<&'r str>> {
    let bodies = |list: &'r Option<Vec<_>>| list.iter().flatten().flat_map(body_mentions).collect();
    Ok(match list {
        "people" => record.people.iter().flatten().flat_map(|p| &p.mentions).map(|m| m.text.as_str()).collect(),
        "agencies" => bodies(&record.agencies),
        "organizations" => bodies(&record.organizations),
        "countries" => record.countries.iter().flatten().flat_map(|c| &c.mentions).map(|m| m.text.as_str()).collect(),
        "counts" => record.counts.iter().flatten().map(|c| c.text.as_str()).collect(),
        "dates" => record.dates.iter().flatten().map(|d| d.text.as_str()).collect(),
        other => bail!("`{other}` is no list of a record"),
    })
}

fn body_mentions(body: &dispaccio::emit::record::Body) -> impl Iterator<Item = &str> {
    body.mentions.iter().map(|m| m.text.as_str())
}
