//! Agencies and organizations: one phrase for each decision that the rules make.
//!
//! A line of `bodies/LANGUAGE.txt` is a phrase and, after `=>`, the bodies that it names, with `;` between: the name and,
//! after `:`, its kind (`-` for any), then if it matters its country, its acronym after `=`, and how often it is
//! mentioned (`x2`). `agency other` tells the agencies' other from the organizations'. Nothing after `=>`: the phrase
//! names no body. A heading, after `#`, says what the lines below it decide.

mod common;

use dispaccio::emit::record::{Body, Record};
use dispaccio::lang::Language;
use dispaccio::options::Options;
use dispaccio::pipeline::Pipeline;
use dispaccio::read::Source;

/// What a line wants of a body.
struct Wanted<'l> {
    name: &'l str,
    kind: &'l str,
    country: Option<&'l str>,
    acronym: Option<&'l str>,
    mentions: Option<usize>,
}

impl<'l> Wanted<'l> {
    fn read(text: &'l str) -> Self {
        let (name, rest) = text.split_once(": ").unwrap_or_else(|| panic!("`{text}` has no kind"));
        let mut parts = rest.split(", ").map(str::trim);
        let mut wanted = Self { name, kind: parts.next().unwrap_or("-"), country: None, acronym: None, mentions: None };
        for part in parts {
            match (part.strip_prefix('='), part.strip_prefix('x')) {
                (Some(acronym), _) => wanted.acronym = Some(acronym),
                (_, Some(times)) => wanted.mentions = Some(times.parse().expect("a number of mentions")),
                _ => wanted.country = Some(part),
            }
        }
        wanted
    }

    /// What of a body is not as wanted.
    fn differs(&self, body: &Body, agency: bool) -> Option<String> {
        let mut kind = serde_json::to_value(body.kind).expect("a kind").as_str().expect("a name").to_owned();
        if kind == "other" && agency {
            kind = "agency other".to_owned();
        }
        let country = self.country.is_some_and(|c| body.country.as_deref() != Some(c));
        let acronym = self.acronym.is_some_and(|a| body.acronym.as_deref() != Some(a));
        let mentions = self.mentions.is_some_and(|m| body.mentions.len() != m);
        let wrong = body.name != self.name || (self.kind != "-" && self.kind != kind) || country || acronym || mentions;
        let found = || format!("{}: {kind}, {:?}, {:?}, x{}", body.name, body.country, body.acronym, body.mentions.len());
        wrong.then(|| format!("wants `{}: {}`, got `{}`", self.name, self.kind, found()))
    }
}

/// The bodies of a record in text order, and whether each is an agency.
fn bodies(record: &Record) -> Vec<(&Body, bool)> {
    let agencies = record.agencies.iter().flatten().map(|b| (b, true));
    let mut all: Vec<_> = agencies.chain(record.organizations.iter().flatten().map(|b| (b, false))).collect();
    all.sort_by_key(|(body, _)| body.mentions.first().map(|m| m.start));
    all
}

/// What of a line does not hold.
fn check(pipeline: &Pipeline, language: Language, line: &str) -> Option<String> {
    let (text, wanted) = line.split_once(" =>").unwrap_or_else(|| panic!("`{line}` has no `=>`"));
    let mut source = Source::from_text("phrase".into(), text.to_owned()).expect("a text");
    source.language = Some(language);
    let record = pipeline.run(source).expect("a record");
    let wanted: Vec<Wanted<'_>> = wanted.split(';').map(str::trim).filter(|w| !w.is_empty()).map(Wanted::read).collect();
    let found = bodies(&record);
    if wanted.len() != found.len() {
        let names: Vec<_> = found.iter().map(|(b, _)| format!("{}: {:?}", b.name, b.kind)).collect();
        return Some(format!("{line}\n    got {names:?}"));
    }
    let wrong = wanted.iter().zip(&found).find_map(|(w, (body, agency))| w.differs(body, *agency))?;
    Some(format!("{line}\n    {wrong}"))
}

fn corpus(language: Language, text: &str) {
    let pipeline = Pipeline::new(Options::default()).expect("a pipeline");
    common::corpus(text, 120, |line| check(&pipeline, language, line));
}

#[test]
fn english_phrases_name_the_bodies_they_name() {
    corpus(Language::En, include_str!("bodies/en.txt"));
}

#[test]
fn italian_phrases_name_the_bodies_they_name() {
    corpus(Language::It, include_str!("bodies/it.txt"));
}
