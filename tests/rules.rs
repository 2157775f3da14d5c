//! Runs the examples of every rule: its `yes` and its `no` lines, through the pipeline itself.
//!
//! A `yes` line holds when its rule fires on exactly the words in brackets, whether or not a longer
//! match then takes the words from it, and when the record says what stands after `=>`: of a date its
//! value, of a count its kind, value, unit and what else the line gives, of a country its code. A
//! `no` line holds when its rule does not fire, and yet its first test holds somewhere in the text: a
//! line that the rule is never tried on says nothing of it. Only a rule that fires wherever its first
//! test holds (`when COUNTRY`) needs no such near miss.
//!
//! A rule of `en/` or `it/` is run in its own language. A rule of `shared/` is run in both: each of
//! its `yes` lines must hold in at least one, and it must fire on no `no` line in either.
//!
//! The constructors that rules name need no test of their own: one that does not exist declines
//! whatever it is given, so the rule's `yes` lines fail here.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use dispaccio::emit::record::{Count, Number, Record};
use dispaccio::lang::Language;
use dispaccio::options::Options;
use dispaccio::pipeline::Pipeline;
use dispaccio::read::{self, Source};
use dispaccio::rule::run::{Trace, traced};
use dispaccio::rule::syntax::{self, Example, Pattern, Rule, Test};
use dispaccio::span::{Offsets, Span};

/// The rules files, with the languages that each serves.
fn files() -> Vec<(PathBuf, Vec<Language>)> {
    let lang = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lang");
    let mut all = Vec::new();
    let own = Language::ALL.map(|l| (l.code(), vec![l]));
    for (folder, languages) in own.into_iter().chain([("shared", Language::ALL.to_vec())]) {
        for entry in std::fs::read_dir(lang.join(folder)).expect("a folder of language data") {
            let path = entry.expect("a file").path();
            if path.extension().is_some_and(|e| e == "rules") {
                all.push((path, languages.clone()));
            }
        }
    }
    all.sort_by(|one: &(PathBuf, _), other| one.0.cmp(&other.0));
    all
}

/// What one example gave in one language.
struct Outcome {
    trace: Trace,
    record: Record,
}

fn run(pipeline: &Pipeline, language: Language, rule: &Rule, example: &Example) -> Result<Outcome, String> {
    let mut source = Source::from_text("example".into(), example.text.clone()).map_err(|e| e.to_string())?;
    source.language = Some(language);
    if let Some(day) = &example.published {
        source.published = Some(read::day(day).ok_or_else(|| format!("`at {day}` is no day"))?);
    }
    let (record, trace) = traced(&rule.name, || pipeline.run(source));
    Ok(Outcome { trace, record: record.map_err(|e| e.to_string())? })
}

/// What is wrong with a `yes` line, if anything.
fn yes(rule: &Rule, example: &Example, outcome: &Outcome, marked: Span) -> Result<(), String> {
    let Trace { tried, fired, declined, .. } = &outcome.trace;
    let quote = |spans: &[Span]| spans.iter().map(|s| format!("[{}]", s.of(&example.text))).collect::<Vec<_>>().join(" ");
    if !fired.contains(&marked) {
        return Err(match (fired.is_empty(), declined.is_empty(), tried) {
            (false, ..) => format!("marks {}", quote(fired)),
            (true, false, _) => format!("its constructor declines {}", quote(declined)),
            (true, true, 0) => "its first test holds nowhere".to_owned(),
            (true, true, _) => "does not fire".to_owned(),
        });
    }
    // A longer match of the rule itself would take the words from this one.
    let longer = fired.iter().find(|f| f.overlaps(marked) && f.len() > marked.len());
    if let Some(longer) = longer {
        return Err(format!("marks {} too", quote(&[*longer])));
    }
    let Some(expected) = &example.value else { return Ok(()) };
    let found = value(rule, outcome, marked)?;
    // A count's line may leave out what comes last.
    let fits = found == *expected || (rule.stage == "counts" && found.starts_with(&format!("{expected} ")));
    if fits { Ok(()) } else { Err(format!("gives {found}")) }
}

/// The value that the record has for what a rule marked.
fn value(rule: &Rule, outcome: &Outcome, marked: Span) -> Result<String, String> {
    let record = &outcome.record;
    let at = |start: usize, end: usize| (start, end) == (marked.start as usize, marked.end as usize);
    let missing = |found: Vec<&str>| format!("the record has no such mention, but [{}]", found.join("] ["));
    match rule.stage.as_str() {
        "dates" => {
            let dates = record.dates.iter().flatten();
            let date = dates.clone().find(|d| at(d.start, d.end));
            let date = date.ok_or_else(|| missing(dates.map(|d| d.text.as_str()).collect()))?;
            Ok(date.value.clone().unwrap_or_else(|| "null".to_owned()))
        }
        "counts" => {
            let counts = record.counts.iter().flatten();
            let count = counts.clone().find(|c| at(c.start, c.end));
            count.map(described).ok_or_else(|| missing(counts.map(|c| c.text.as_str()).collect()))
        }
        "countries" => {
            let countries = record.countries.iter().flatten();
            let country = countries.clone().find(|c| c.mentions.iter().any(|m| at(m.start, m.end)));
            let country = country.ok_or_else(|| missing(countries.map(|c| c.name.as_str()).collect()))?;
            Ok(country.code.clone().unwrap_or_else(|| "null".to_owned()))
        }
        stage => Err(format!("nothing is known of values of stage `{stage}`")),
    }
}

/// A count as `=>` gives it: `KIND VALUE[..MAX] [UNIT] [MODIFIER] [NOUN]`.
fn described(count: &Count) -> String {
    let name = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let number = |n: Number| serde_json::to_string(&n).unwrap_or_default();
    let mut words = vec![name(serde_json::json!(count.kind)), number(count.value)];
    if let Some(max) = count.max {
        words[1] = format!("{}..{}", words[1], number(max));
    }
    words.extend(count.unit.clone());
    words.extend(count.modifier.map(|m| name(serde_json::json!(m))));
    words.extend(count.noun.clone());
    words.join(" ")
}

/// What is wrong with a `no` line, if anything.
fn no(rule: &Rule, example: &Example, outcomes: &[(Language, Outcome)]) -> Result<(), String> {
    for (language, outcome) in outcomes {
        if let Some(span) = outcome.trace.fired.first() {
            return Err(format!("fires on [{}] ({})", span.of(&example.text), language.code()));
        }
    }
    let tried = outcomes.iter().any(|(_, o)| o.trace.tried > 0) || is_one_test(&rule.pattern);
    if tried { Ok(()) } else { Err("is no near miss: the rule's first test holds nowhere".to_owned()) }
}

/// Whether a pattern asks for no more than one word, or for one test of one place.
fn is_one_test(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Atom(tests) => tests.len() == 1 || tests.iter().any(|t| matches!(t, Test::Word(_))),
        Pattern::Sequence(items) => {
            let mut asked = items.iter().filter(|p| !matches!(p, Pattern::Repeat(_, 0, _)));
            asked.next().is_some_and(is_one_test) && asked.next().is_none()
        }
        Pattern::Alternatives(all) => all.iter().all(is_one_test),
        Pattern::Capture(inner, _) | Pattern::Mark(inner) => is_one_test(inner),
        Pattern::Repeat(..) | Pattern::Look { .. } | Pattern::SentenceStart | Pattern::SentenceEnd => false,
    }
}

fn holds(pipeline: &Pipeline, languages: &[Language], rule: &Rule, example: &Example) -> Result<(), String> {
    let outcomes: Vec<(Language, Outcome)> =
        languages.iter().map(|l| Ok((*l, run(pipeline, *l, rule, example)?))).collect::<Result<_, String>>()?;
    let Some((start, end)) = example.mark else { return no(rule, example, &outcomes) };
    let marked = Span::new(start as u32, end as u32);
    let mut reasons = Vec::new();
    for (language, outcome) in &outcomes {
        match yes(rule, example, outcome, marked) {
            Ok(()) => return Ok(()),
            Err(reason) => reasons.push(format!("{reason} ({})", language.code())),
        }
    }
    Err(reasons.join("; "))
}

#[test]
fn every_rule_does_what_its_examples_say() {
    let options = Options { offsets: Offsets::Bytes, keep_boilerplate: true, ..Options::default() };
    let pipeline = Pipeline::new(options).expect("a pipeline");
    let (mut lines, mut failures) = (0, Vec::new());
    for (path, languages) in files() {
        let text = std::fs::read_to_string(&path).expect("a file");
        let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("a path of the crate").display().to_string();
        let rules = syntax::parse(&text).unwrap_or_else(|e| panic!("{name}:{e}")).rules;
        for rule in &rules {
            for example in &rule.examples {
                lines += 1;
                if let Err(reason) = holds(&pipeline, &languages, rule, example) {
                    let word = if example.mark.is_some() { "yes" } else { "no" };
                    let wanted = example.value.as_ref().map_or_else(String::new, |v| format!(" => {v}"));
                    failures.push(format!("{name}:{}: {}: {word} {}{wanted}\n    {reason}", example.line, rule.name, marked(example)));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} of {lines} lines do not hold:\n\n{}\n", failures.len(), failures.join("\n"));
}

/// An example's text with its brackets.
fn marked(example: &Example) -> String {
    match example.mark {
        None => example.text.clone(),
        Some((start, end)) => format!("{}[{}]{}", &example.text[..start], &example.text[start..end], &example.text[end..]),
    }
}

#[test]
fn rules_are_named_after_their_folder_and_stage() {
    let mut names = BTreeSet::new();
    for (path, _) in files() {
        let folder = path.parent().and_then(Path::file_name).expect("a folder").to_string_lossy().into_owned();
        for rule in syntax::parse(&std::fs::read_to_string(&path).expect("a file")).expect("rules").rules {
            let prefix = format!("{folder}.{}.", rule.stage);
            assert!(rule.name.starts_with(&prefix), "{}:{}: {} should begin with {prefix}", path.display(), rule.line, rule.name);
            assert!(names.insert(rule.name.clone()), "{}:{}: a second {}", path.display(), rule.line, rule.name);
        }
    }
}
