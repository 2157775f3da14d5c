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

/// What phrases are pieced together from; every piece begins or continues a quantity somewhere in the rules.
const PIECES: [&str; 48] = [
    "5", "0.5", "1,5", "12%", "€", "$", "PS3m", "½", "2nd", "35enne", "1999", "10.30", "7:45pm", "-", "–", "/", "+", "(", ")", ",", ".",
    "an hour", "un'ora", "and", "e", "or", "o", "half", "mezza", "to", "a", "da", "from", "between", "tra", "six", "cento", "million",
    "mila", "at least", "più di", "or so", "circa", "years", "anni", "km", "dollars", "gatti",
];

#[test]
fn quantities_hold_however_phrases_meet() {
    arbtest(|u| {
        let mut text = String::new();
        for _ in 0..u.int_in_range(1..=14)? {
            text.push_str(u.choose(&PIECES)?);
            text.push_str([" ", " ", "", "\u{a0}", "\n"][u.choose_index(5)?]);
        }
        if text.trim().is_empty() {
            return Ok(());
        }
        for language in Language::ALL {
            let mut before = 0;
            for count in counts(language, &text).iter().map(|c| json!(c)) {
                let place = |key: &str| count[key].as_u64().expect("an offset") as usize;
                let quoted: String = text.chars().skip(place("start")).take(place("end") - place("start")).collect();
                assert_eq!(count["text"], json!(quoted), "{text:?}");
                assert!(place("start") >= before, "{text:?}");
                before = place("start");
                let (value, max) = (count["value"].as_f64().expect("a value"), count["max"].as_f64());
                assert!(value.is_finite() && max.is_none_or(|max| max > value), "{text:?}: {count}");
                assert_eq!(max.is_some(), count["modifier"] == "range", "{text:?}: {count}");
                let unit = count["unit"].is_string();
                let has_unit = !matches!(count["kind"].as_str(), Some("count" | "percent"));
                assert_eq!(unit, has_unit, "{text:?}: {count}");
            }
        }
        Ok(())
    });
}
