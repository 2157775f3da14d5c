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
use dispaccio::emit::record::{Count, Date, Mention, Record};
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
        let name = match language {
            Language::En => "English",
            Language::It => "Italian",
        };
        let _ = write!(out, "\n### {name}, {articles} articles\n\n");
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

/// A mention that a record has wrong.
struct Erratum {
    file: String,
    category: Category,
    verdict: Verdict,
}

#[derive(Clone, Copy, PartialEq)]
enum Verdict {
    False,
    Missed,
    Wrong,
}

/// Every row of `fixtures/errata.tsv`, held to the articles and records that it speaks of.
fn errata() -> Result<Vec<Erratum>> {
    let path = root().join("fixtures/errata.tsv");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let mut keys = Vec::new();
    let mut errata = Vec::new();
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let row = || format!("fixtures/errata.tsv: {line}");
        let cells: Vec<&str> = line.split('\t').collect();
        let (&[file, list, start, words, verdict], said) = cells.split_first_chunk().with_context(row)?;
        let category = Category::ALL.into_iter().find(|c| c.name() == list).with_context(row)?;
        let start: usize = start.parse().with_context(row)?;
        let verdict = match verdict {
            "false" => Verdict::False,
            "missed" => Verdict::Missed,
            "wrong" => Verdict::Wrong,
            _ => bail!("{}: none of false, missed, wrong", row()),
        };
        let article = root().join("fixtures").join(file);
        let stands = Source::from_file(&article, MAX_SIZE)?.text.chars().skip(start).take(words.chars().count()).eq(words.chars());
        ensure!(stands, "{}: the article does not have it there", row());
        let record = record(&article)?;
        let found = mentions(&record, category).into_iter().find(|m| (m.0, m.1) == (start, words));
        ensure!(found.is_some() != (verdict == Verdict::Missed), "{}: no longer so, delete the row", row());
        let as_said = verdict != Verdict::Wrong || found.is_some_and(|m| [m.2.as_str()] == said);
        ensure!(as_said, "{}: it says something else now, judge it again", row());
        keys.push((file, list, start, words));
        errata.push(Erratum { file: file.into(), category, verdict });
    }
    ensure!(keys.is_sorted_by(|a, b| a < b), "fixtures/errata.tsv: not sorted by file, list, start and text, or a row twice");
    Ok(errata)
}

/// The articles of a language, and the score of each list.
fn scores(language: Language, errata: &[Erratum]) -> Result<(usize, BTreeMap<&'static str, Score>)> {
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
            scores.entry(category.name()).or_default().found += mentions(&record, category).len();
        }
    }
    for erratum in errata.iter().filter(|e| Path::new(&e.file).starts_with(language.code())) {
        let score = scores.entry(erratum.category.name()).or_default();
        *match erratum.verdict {
            Verdict::False => &mut score.spurious,
            Verdict::Missed => &mut score.missed,
            Verdict::Wrong => &mut score.wrong,
        } += 1;
    }
    Ok((articles, scores))
}

/// The record beside an article.
fn record(article: &Path) -> Result<Record> {
    let path = article.with_extension("json");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| format!("{}: no record", path.display()))
}

/// The mentions of a list: where each starts, its text, and what is said of it in `fixtures/errata.tsv`.
fn mentions(record: &Record, category: Category) -> Vec<(usize, &str, String)> {
    fn named<'r>(mentions: impl Iterator<Item = &'r Mention>) -> Vec<(usize, &'r str, String)> {
        mentions.map(|m| (m.start, m.text.as_str(), String::new())).collect()
    }
    let said = |c: &Count| {
        let kind = serde_json::to_value(c.kind).unwrap_or_default();
        let unit = c.unit.as_deref().map(|u| format!(" {u}")).unwrap_or_default();
        format!("{} {}{unit}", kind.as_str().unwrap_or_default(), c.value.0)
    };
    match category {
        Category::People => named(record.people.iter().flatten().flat_map(|p| &p.mentions)),
        Category::Agencies => named(record.agencies.iter().flatten().flat_map(|b| &b.mentions)),
        Category::Organizations => named(record.organizations.iter().flatten().flat_map(|b| &b.mentions)),
        Category::Countries => {
            let all = record.countries.iter().flatten().flat_map(|c| &c.mentions);
            all.map(|m| (m.start, m.text.as_str(), String::new())).collect()
        }
        Category::Counts => record.counts.iter().flatten().map(|c| (c.start, c.text.as_str(), said(c))).collect(),
        Category::Dates => {
            let said = |d: &Date| d.value.clone().unwrap_or_else(|| "-".into());
            record.dates.iter().flatten().map(|d| (d.start, d.text.as_str(), said(d))).collect()
        }
    }
}
