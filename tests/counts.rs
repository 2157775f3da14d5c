//! Counts: a corpus of decisions for each language, and values that survive being written and read.
//!
//! A line of `counts/LANGUAGE.txt` is a phrase and, after `=>`, what it states: `WORDS = KIND
//! VALUE[..MAX] [UNIT] [MODIFIER] [NOUN]`, in text order, with `;` between. Nothing after `=>`: the
//! phrase states no quantity.

#[path = "common/phrases.rs"]
mod phrases;

use std::sync::LazyLock;

use arbtest::arbtest;
use dispaccio::emit::record::Count;
use dispaccio::lang::Language;
use dispaccio::options::Options;
use dispaccio::pipeline::Pipeline;
use dispaccio::read::Source;
use serde_json::{Value, json};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::new(Options::default()).expect("a pipeline"));

fn counts(language: Language, text: &str) -> Vec<Count> {
    let mut source = Source::from_text("phrase".into(), text.to_owned()).expect("a text");
    source.language = Some(language);
    PIPELINE.run(source).expect("a record").counts.expect("a list")
}

#[test]
fn a_corpus_of_decisions() {
    for language in Language::ALL {
        phrases::hold("counts", language, 120);
    }
}

/// A whole number, with hundredths or without, as a language writes it.
fn written(language: Language, whole: u32, hundredths: u32) -> String {
    let (group, point) = if language == Language::En { (',', '.') } else { ('.', ',') };
    let digits = whole.to_string();
    let grouped = digits.chars().enumerate().flat_map(|(i, c)| {
        let gap = i > 0 && (digits.len() - i).is_multiple_of(3);
        gap.then_some(group).into_iter().chain([c])
    });
    let grouped: String = grouped.collect();
    if hundredths == 0 { grouped } else { format!("{grouped}{point}{hundredths:02}") }
}

#[test]
fn values_survive_being_written_and_read() {
    let frames = [
        (Language::En, "They paid €{} for it.", "money"),
        (Language::En, "They paid {} dollars for it.", "money"),
        (Language::En, "It grew by {}% there.", "percent"),
        (Language::En, "It weighs {} kg in all.", "measure"),
        (Language::En, "It took {} hours in all.", "duration"),
        (Language::En, "They saw {} farmers there.", "count"),
        (Language::It, "Pagarono {} euro in tutto.", "money"),
        (Language::It, "Salì del {}% in un mese.", "percent"),
        (Language::It, "Pesa {} kg in tutto.", "measure"),
        (Language::It, "Durò {} ore in tutto.", "duration"),
        (Language::It, "Videro {} contadini in tutto.", "count"),
    ];
    arbtest(|u| {
        let (language, frame, kind) = u.choose(&frames)?;
        let most = *u.choose(&[99, 9_999, 999_999_999])?;
        let whole = u.int_in_range(2..=most)?;
        let hundredths = if u.arbitrary()? { u.int_in_range(0..=99)? } else { 0 };
        let text = frame.replace("{}", &written(*language, whole, hundredths));
        let found: Vec<Value> = counts(*language, &text).iter().map(|c| json!(c)).collect();
        let value = format!("{whole}.{hundredths:02}").parse::<f64>().expect("a number");
        assert!(found.len() == 1 && found[0]["kind"] == *kind && found[0]["value"].as_f64() == Some(value), "{text}: {found:?}");
        Ok(())
    });
}
