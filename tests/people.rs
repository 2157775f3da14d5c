//! People: one phrase for each decision that the rules make.
//!
//! A line of `people/LANGUAGE.txt` is a phrase and, after `=>`, the people that it names, with `;` between: the name and,
//! after `:` where it matters, a role or how often the person is mentioned (`x2`), with `,` between. `⏎` is a line break
//! in the phrase. Nothing after `=>`: the phrase names nobody. A heading, after `#`, says what the lines below it decide.

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

fn corpus(language: Language, text: &str, at_least: usize) {
    let pipeline = Pipeline::new(Options::default()).expect("a pipeline");
    let lines: Vec<&str> = text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
    let wrong: Vec<String> = lines.iter().filter_map(|line| check(&pipeline, language, line)).collect();
    assert!(wrong.is_empty(), "{} of {} phrases:\n{}", wrong.len(), lines.len(), wrong.join("\n"));
    assert!(lines.len() >= at_least, "only {} phrases", lines.len());
}

#[test]
fn english_phrases_name_the_people_they_name() {
    corpus(Language::En, include_str!("people/en.txt"), 120);
}

#[test]
fn italian_phrases_name_the_people_they_name() {
    corpus(Language::It, include_str!("people/it.txt"), 120);
}
