//! Dates: a corpus of decisions for each language, and that every value is one a reader of ISO 8601 or EDTF takes.
//!
//! A line of `dates/LANGUAGE.txt` is a phrase, read as published on [`PUBLISHED`], and after `=>` the dates in it:
//! the words and their value, `-` for none, in text order, with `;` between. Nothing after `=>`: it holds no date.

#[path = "common/phrases.rs"]
mod phrases;

use dispaccio::emit::record::Date;
use dispaccio::lang::Language;
use dispaccio::options::Options;
use dispaccio::pipeline::Pipeline;
use dispaccio::read::Source;
use jiff::civil;

use self::phrases::{CORPORA, PUBLISHED};

fn dates(pipeline: &Pipeline, language: Language, text: &str, published: Option<civil::Date>) -> Vec<Date> {
    let mut source = Source::from_text("phrase".into(), text.to_owned()).expect("a text");
    source.language = Some(language);
    source.published = published;
    pipeline.run(source).expect("a record").dates.expect("a list of dates")
}

#[test]
fn a_corpus_of_decisions() {
    for language in Language::ALL {
        phrases::hold("dates", language, 100);
    }
}

#[test]
fn every_value_is_valid_however_phrases_meet() {
    let pipeline = Pipeline::new(Options::default()).expect("a pipeline");
    for corpus in CORPORA.iter().filter(|c| c.name == "dates") {
        let words: Vec<&str> = corpus.phrases().flat_map(|(phrase, _)| phrase.split(' ')).collect();
        arbtest::arbtest(|u| {
            let count = u.int_in_range(1..=30)?;
            let text = (0..count).map(|_| u.choose(&words).copied()).collect::<Result<Vec<_>, _>>()?.join(" ");
            let published = u.arbitrary::<bool>()?.then_some(PUBLISHED);
            for date in dates(&pipeline, corpus.language, &text, published) {
                assert!(date.value.as_deref().is_none_or(is_valid), "{date:?} in {text}");
            }
            Ok(())
        });
    }
}

/// Whether a value is ISO 8601-1, or what of EDTF a record may hold.
fn is_valid(value: &str) -> bool {
    match value.split_once('/') {
        Some((from, to)) => is_point(from) && is_point(to) && (from <= to || !is_alike(from, to)),
        None => is_point(value),
    }
}

/// Whether two points are written alike, so that their letters' order is that of time: a season or a week stands in
/// the month's place, a year is shorter than a day.
fn is_alike(one: &str, other: &str) -> bool {
    let months = |s: &str| s.get(5..7).is_none_or(|month| month < "13");
    one.len() == other.len() && !one.starts_with('-') && months(one) && months(other)
}

/// A day, week, month, season, year, decade or century; `X` for a digit that is not known.
fn is_point(value: &str) -> bool {
    let (sign, body) = value.strip_prefix('-').map_or(("", value), |body| ("-", body));
    let Some((year, rest)) = body.split_at_checked(4) else { return false };
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let number = |s: &str| if s.len() == 2 && digits(s) { s.parse().unwrap_or(0) } else { 0 };
    let whole = digits(year) || year == "XXXX" && sign.is_empty();
    match rest.strip_prefix('-').map(|rest| rest.split_once('-').map_or((rest, None), |(a, b)| (a, Some(b)))) {
        None => rest.is_empty() && digits(year.trim_end_matches('X')) && !year.ends_with("XXX"),
        Some((week, None)) if week.starts_with('W') => digits(year) && (1..=53).contains(&number(&week[1..])),
        Some((month, None)) => whole && matches!(number(month), 1..=12 | 21..=24),
        Some((month, Some(day))) => {
            let year = if year == "XXXX" { 2000 } else { year.parse().unwrap_or(0) };
            let year = if sign.is_empty() { year } else { -year };
            whole && civil::Date::new(year, number(month), number(day)).is_ok()
        }
    }
}

#[test]
fn the_check_itself() {
    let valid = "2024 -0043 202X 19XX 2024-05 2024-21 2024-W19 2024-05-07 XXXX-04-21 XXXX-04 2024-05-03/2024-05-07 197X/198X";
    for value in valid.split(' ') {
        assert!(is_valid(value), "{value}");
    }
    for value in "24 2XXX 2024-13 2024-25 2024-W54 2023-02-29 2024-05-07/ /2024 2024/2023 XXXX-W01 May 2024-5-7".split(' ') {
        assert!(!is_valid(value), "{value}");
    }
}

#[test]
fn the_publication_day_that_the_text_gives() {
    let pipeline = Pipeline::new(Options::default()).expect("a pipeline");
    let heads = [
        (Language::En, "3 May 2024 • 3 minute read\n\n", true),
        (Language::En, "By Ann Price\n5 min read | 3 May 2024\n\n", true),
        (Language::En, "May 3, 2024, by Ann Price\n\n", true),
        (Language::En, "Published: 10:30 GMT, 3 May 2024\n\n", true),
        (Language::En, "ROME (Reuters) - 3 May 2024 - ", true),
        (Language::En, "The bridge was shut on 3 May 2024.\n\n", false),
        (Language::En, "The deadline is 3 May 2024.\n\n", false),
        (Language::It, "3 maggio 2024 • 3 minuti di lettura\n\n", true),
        (Language::It, "di Redazione 3 maggio 2024\n\n", true),
        (Language::It, "3 maggio 2024 - Redazione\n\n", true),
        (Language::It, "Pubblicato alle 10:30 del 3 maggio 2024\n\n", true),
        (Language::It, "(Adnkronos) - Roma, 3 maggio 2024 - ", true),
        (Language::It, "Il ponte fu chiuso il 3 maggio 2024.\n\n", false),
        (Language::It, "La scadenza è il 3 maggio 2024.\n\n", false),
    ];
    for (language, head, told) in heads {
        let body = match language {
            Language::En => "It rained yesterday.",
            Language::It => "Ieri pioveva.",
        };
        let found = dates(&pipeline, language, &format!("{head}{body}\n"), None);
        let yesterday = found.last().expect("a date").value.as_deref() == Some("2024-05-02");
        assert_eq!(yesterday, told, "{head:?}");
    }
}
