//! People: one phrase for each decision that the rules make.
//!
//! A line of `people/LANGUAGE.txt` is a phrase and, after `=>`, the people that it names, with `;` between: the name and,
//! after `:` where it matters, a role or how often the person is mentioned (`x2`), with `,` between. `⏎` is a line break
//! in the phrase. Nothing after `=>`: the phrase names nobody. A heading, after `#`, says what the lines below it decide.

#[path = "common/phrases.rs"]
mod phrases;

use dispaccio::emit::record::Person;
use dispaccio::lang::Language;
use dispaccio::options::Options;
use dispaccio::pipeline::Pipeline;
use dispaccio::read::Source;

#[test]
fn english_phrases_name_the_people_they_name() {
    phrases::hold("people", Language::En, 120);
}

#[test]
fn italian_phrases_name_the_people_they_name() {
    phrases::hold("people", Language::It, 120);
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
