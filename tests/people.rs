//! People: one phrase for each decision that the rules make.
//!
//! A line of `people/LANGUAGE.txt` is a phrase and, after `=>`, the people that it names, with `;` between: the name and,
//! after `:` where it matters, a role or how often the person is mentioned (`x2`), with `,` between. `⏎` is a line break
//! in the phrase. Nothing after `=>`: the phrase names nobody. A heading, after `#`, says what the lines below it decide.

mod common;

use dispaccio::emit::record::Person;
use dispaccio::lang::Language;
use dispaccio::options::Options;
use dispaccio::pipeline::Pipeline;
use dispaccio::read::Source;

/// What a line wants of a person.
struct Wanted<'l> {
    name: &'l str,
    roles: Vec<&'l str>,
    mentions: Option<usize>,
}

impl<'l> Wanted<'l> {
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

/// A person as a line gives one.
fn described(person: &Person) -> String {
    let mut parts = person.roles.clone();
    parts.push(format!("x{}", person.mentions.len()));
    format!("{}: {}", person.name, parts.join(", "))
}

/// What of a line does not hold.
fn check(pipeline: &Pipeline, language: Language, line: &str) -> Option<String> {
    let (text, wanted) = line.split_once(" =>").unwrap_or_else(|| panic!("`{line}` has no `=>`"));
    let mut source = Source::from_text("phrase".into(), text.replace('⏎', "\n")).expect("a text");
    source.language = Some(language);
    let found = pipeline.run(source).expect("a record").people.expect("a list");
    let wanted: Vec<Wanted<'_>> = wanted.split(';').map(str::trim).filter(|w| !w.is_empty()).map(Wanted::read).collect();
    let same = wanted.len() == found.len() && wanted.iter().zip(&found).all(|(w, person)| w.is(person));
    let got = || found.iter().map(described).collect::<Vec<_>>().join("; ");
    (!same).then(|| format!("{line}\n    got {}", got()))
}

fn corpus(language: Language, text: &str) {
    let pipeline = Pipeline::new(Options::default()).expect("a pipeline");
    common::corpus(text, 120, |line| check(&pipeline, language, line));
}

#[test]
fn english_phrases_name_the_people_they_name() {
    corpus(Language::En, include_str!("people/en.txt"));
}

#[test]
fn italian_phrases_name_the_people_they_name() {
    corpus(Language::It, include_str!("people/it.txt"));
}

/// Each person's mentions, with commas between.
fn mentions(pipeline: &Pipeline, language: Language, text: &str) -> Vec<String> {
    let mut source = Source::from_text("text".into(), text.to_owned()).expect("a text");
    source.language = Some(language);
    let record = pipeline.run(source).expect("a record");
    let texts = |person: &Person| person.mentions.iter().map(|m| m.text.as_str()).collect::<Vec<_>>().join(", ");
    record.people.iter().flatten().map(texts).collect()
}

#[test]
fn aliases_join_and_namesakes_stay_apart() {
    let pipeline = Pipeline::new(Options::default()).expect("a pipeline");
    for (language, text, wanted) in [
        (
            Language::En,
            "Ramón \"El Lobo\" Guzmán was arrested, police said. El Lobo was taken to prison. Guzmán said nothing.",
            &["Ramón \"El Lobo\" Guzmán, El Lobo, Guzmán"] as &[&str],
        ),
        (
            Language::En,
            "John Smith and his wife Mary Smith were arrested. Mr Smith did not speak. Mrs Smith said she was innocent.",
            &["John Smith, Smith", "Mary Smith, Smith"],
        ),
        (Language::En, "John Smith said he was ill. J. Smith was fined later.", &["John Smith, J. Smith"]),
        (
            Language::It,
            "Giuseppe Ferri, detto Lupetto, è stato arrestato. Lupetto ha detto di essere innocente.",
            &["Giuseppe Ferri, Lupetto, Lupetto"],
        ),
        (
            Language::It,
            "Mario Rossi e Anna Rossi sono stati arrestati. Il signor Rossi ha taciuto. La signora Rossi ha detto la sua.",
            &["Mario Rossi, Rossi", "Anna Rossi, Rossi"],
        ),
        (Language::It, "Mario Rossi è stato arrestato. I fratelli Rossi sono di Milano.", &["Mario Rossi"]),
    ] {
        assert_eq!(mentions(&pipeline, language, text), wanted, "{text}");
    }
}
