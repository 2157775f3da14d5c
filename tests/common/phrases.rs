//! The phrase corpora (`tests/NAME/LANGUAGE.txt`): how they are read, and what of them does not hold.
//!
//! A line is a phrase and, after `=>`, what is found in it, in text order, with `;` between; nothing after `=>`: the phrase
//! holds none. `⏎` is a line break. A heading, after `#`, says what the lines below it decide. How each corpus writes what
//! is found stands in the test of its name.

#![allow(dead_code, reason = "each of those who share it uses its own part")]

use dispaccio::emit::record::{Body, Person, Record};
use dispaccio::lang::Language;
use dispaccio::options::Options;
use dispaccio::pipeline::Pipeline;
use dispaccio::read::Source;
use jiff::civil;
use serde_json::json;

/// The day that the phrases of `dates` are read as published on: a Tuesday.
pub const PUBLISHED: civil::Date = civil::date(2024, 5, 7);

/// What was found, if that is not what a line wants.
type Differs = fn(&Record, &str) -> Option<String>;

/// The phrases of one kind in one language.
pub struct Corpus {
    /// Its folder.
    pub name: &'static str,
    /// The language that its phrases are read in.
    pub language: Language,
    text: &'static str,
    differs: Differs,
}

macro_rules! corpora {
    ($($name:literal $differs:expr;)*) => {[$(
        Corpus { name: $name, language: Language::En, text: include_str!(concat!("../", $name, "/en.txt")), differs: $differs },
        Corpus { name: $name, language: Language::It, text: include_str!(concat!("../", $name, "/it.txt")), differs: $differs },
    )*]};
}

/// Every corpus.
pub const CORPORA: [Corpus; 10] = corpora! {
    "people" people_differ;
    "bodies" bodies_differ;
    "countries" |record, wanted| unlike(countries(record), wanted);
    "counts" |record, wanted| unlike(counts(record), wanted);
    "dates" |record, wanted| unlike(dates(record), wanted);
};

impl Corpus {
    /// Each phrase with what is wanted of it.
    pub fn phrases(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let lines = self.text.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
        let parts = |line: &'static str| line.split_once("=>").unwrap_or_else(|| panic!("no => in {line}"));
        lines.map(parts).map(|(phrase, wanted)| (phrase.trim(), wanted.trim()))
    }

    /// The phrases that do not give what is wanted of them, with what they give.
    pub fn wrong(&self, pipeline: &Pipeline) -> Vec<String> {
        let wrong = |(phrase, wanted): (&str, &str)| {
            let mut source = Source::from_text("phrase".into(), phrase.replace('⏎', "\n")).expect("a text");
            source.language = Some(self.language);
            source.published = (self.name == "dates").then_some(PUBLISHED);
            let got = (self.differs)(&pipeline.run(source).expect("a record"), wanted)?;
            Some(format!("{phrase} => {wanted}\n    got {got}"))
        };
        self.phrases().filter_map(wrong).collect()
    }
}

/// Holds the corpus of a name and a language, which has so many phrases at least.
pub fn hold(name: &str, language: Language, at_least: usize) {
    let corpus = CORPORA.iter().find(|c| c.name == name && c.language == language).expect("a corpus");
    let pipeline = Pipeline::new(Options::default()).expect("a pipeline");
    let (all, wrong) = (corpus.phrases().count(), corpus.wrong(&pipeline));
    assert!(wrong.is_empty(), "{} of {all} phrases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(all >= at_least, "only {all} phrases");
}

fn unlike(found: Vec<String>, wanted: &str) -> Option<String> {
    let found = found.join("; ");
    (found != wanted).then_some(found)
}

fn countries(record: &Record) -> Vec<String> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for country in record.countries.iter().flatten() {
        let code = country.code.as_deref().unwrap_or("-");
        found.extend(country.mentions.iter().map(|m| (m.start, format!("{} {code}", m.text))));
    }
    found.sort();
    found.into_iter().map(|(_, mention)| mention).collect()
}

fn counts(record: &Record) -> Vec<String> {
    let described = |count| {
        let count = json!(count);
        let word = |key: &str| count[key].as_str().map(str::to_owned);
        let max = if count["max"].is_null() { String::new() } else { format!("..{}", count["max"]) };
        let kind = word("kind").unwrap_or_default();
        let mut words = vec![format!("{} = {kind} {}{max}", word("text").unwrap_or_default(), count["value"])];
        words.extend(["unit", "modifier", "noun"].into_iter().filter_map(word));
        words.join(" ")
    };
    record.counts.iter().flatten().map(described).collect()
}

fn dates(record: &Record) -> Vec<String> {
    record.dates.iter().flatten().map(|d| format!("{} {}", d.text, d.value.as_deref().unwrap_or("-"))).collect()
}

/// The parts of a line's right side.
fn parts(wanted: &str) -> impl Iterator<Item = &str> {
    wanted.split(';').map(str::trim).filter(|part| !part.is_empty())
}

fn people_differ(record: &Record, wanted: &str) -> Option<String> {
    let found = record.people.as_deref().expect("a list");
    let wanted: Vec<WantedPerson<'_>> = parts(wanted).map(WantedPerson::read).collect();
    let same = wanted.len() == found.len() && wanted.iter().zip(found).all(|(w, person)| w.is(person));
    let described = |person: &Person| {
        let mut parts = person.roles.clone();
        parts.push(format!("x{}", person.mentions.len()));
        format!("{}: {}", person.name, parts.join(", "))
    };
    (!same).then(|| found.iter().map(described).collect::<Vec<_>>().join("; "))
}

/// What a line wants of a person.
struct WantedPerson<'l> {
    name: &'l str,
    roles: Vec<&'l str>,
    mentions: Option<usize>,
}

impl<'l> WantedPerson<'l> {
    fn read(text: &'l str) -> Self {
        let (name, rest) = text.split_once(": ").unwrap_or((text, ""));
        let mut wanted = Self { name, roles: Vec::new(), mentions: None };
        for part in rest.split(", ").filter(|p| !p.is_empty()) {
            match part.strip_prefix('x').and_then(|times| times.parse().ok()) {
                Some(times) => wanted.mentions = Some(times),
                None => wanted.roles.push(part),
            }
        }
        wanted
    }

    /// Whether a person is the one wanted.
    fn is(&self, person: &Person) -> bool {
        let roles = self.roles.is_empty() || person.roles == self.roles;
        person.name == self.name && roles && self.mentions.is_none_or(|times| person.mentions.len() == times)
    }
}

fn bodies_differ(record: &Record, wanted: &str) -> Option<String> {
    let agencies = record.agencies.iter().flatten().map(|b| (b, true));
    let mut found: Vec<_> = agencies.chain(record.organizations.iter().flatten().map(|b| (b, false))).collect();
    found.sort_by_key(|(body, _)| body.mentions.first().map(|m| m.start));
    let wanted: Vec<WantedBody<'_>> = parts(wanted).map(WantedBody::read).collect();
    if wanted.len() != found.len() {
        return Some(format!("{:?}", found.iter().map(|(b, _)| format!("{}: {:?}", b.name, b.kind)).collect::<Vec<_>>()));
    }
    wanted.iter().zip(&found).find_map(|(w, (body, agency))| w.differs(body, *agency))
}

/// What a line wants of a body.
struct WantedBody<'l> {
    name: &'l str,
    kind: &'l str,
    country: Option<&'l str>,
    acronym: Option<&'l str>,
    mentions: Option<usize>,
}

impl<'l> WantedBody<'l> {
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

    /// A body, if it is not the one wanted.
    fn differs(&self, body: &Body, agency: bool) -> Option<String> {
        let mut kind = json!(body.kind).as_str().expect("a name").to_owned();
        if kind == "other" && agency {
            kind = "agency other".to_owned();
        }
        let country = self.country.is_some_and(|c| body.country.as_deref() != Some(c));
        let acronym = self.acronym.is_some_and(|a| body.acronym.as_deref() != Some(a));
        let mentions = self.mentions.is_some_and(|m| body.mentions.len() != m);
        let wrong = body.name != self.name || (self.kind != "-" && self.kind != kind) || country || acronym || mentions;
        wrong.then(|| format!("{}: {kind}, {:?}, {:?}, x{}", body.name, body.country, body.acronym, body.mentions.len()))
    }
}
