//! What holds of any input whatever: no panic, exact quotes, spans in order, one output.
//!
//! Inputs are arbitrary bytes, arbitrary Unicode, and the fixtures' sentences shuffled and damaged. Each
//! property has a fixed time, not a fixed number of inputs; a failure prints a seed that repeats it.

use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use arbtest::arbitrary::{self, Unstructured};
use arbtest::arbtest;
use dispaccio::emit::record::{Line, Record};
use dispaccio::lang::Language;
use dispaccio::options::Options;
use dispaccio::pipeline::Pipeline;
use dispaccio::read::Source;
use dispaccio::span::Offsets;

/// How long each property looks for an input that breaks it.
const BUDGET: Duration = Duration::from_millis(1500);

/// A pipeline for each way to count, which tells what made each mention.
static PIPELINES: LazyLock<[(Offsets, Pipeline); 3]> = LazyLock::new(|| {
    [Offsets::Chars, Offsets::Bytes, Offsets::Utf16].map(|offsets| {
        let options = Options { offsets, explain: true, ..Options::default() };
        (offsets, Pipeline::new(options).expect("a pipeline"))
    })
});

/// The sentences of the fixtures, by language.
static SENTENCES: LazyLock<[Vec<String>; 2]> = LazyLock::new(|| {
    ["en", "it"].map(|language| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(language);
        let mut paths: Vec<_> = std::fs::read_dir(folder).expect("fixtures").map(|e| e.expect("a file").path()).collect();
        paths.sort();
        let texts = paths.iter().filter(|p| p.extension().is_some_and(|e| e == "txt"));
        let cut = |p| std::fs::read_to_string(p).expect("a text").split_inclusive(['.', '\n']).map(str::to_owned).collect::<Vec<_>>();
        texts.flat_map(cut).filter(|s| !s.trim().is_empty()).collect()
    })
});

fn source(text: &str, language: Option<Language>) -> Option<Source> {
    let mut source = Source::from_text("x".into(), text.to_owned()).ok()?;
    source.language = language;
    source.published = Some(jiff::civil::date(2024, 5, 7));
    Some(source)
}

/// What `start..end` of a text is, in a reader's own units.
fn slice(text: &str, start: usize, end: usize, offsets: Offsets) -> Option<String> {
    match offsets {
        Offsets::Bytes => text.get(start..end).map(str::to_owned),
        Offsets::Chars => Some(text.chars().skip(start).take(end.checked_sub(start)?).collect()),
        Offsets::Utf16 => String::from_utf16(text.encode_utf16().collect::<Vec<u16>>().get(start..end)?).ok(),
    }
}

/// The mentions of an entity: their text, start and end.
type Mentions<'r> = Vec<(&'r str, usize, usize)>;

/// Where each mention of a list stands: entities in order of first mention, mentions in text order.
fn lists(record: &Record) -> Vec<(&'static str, Vec<Mentions<'_>>)> {
    let bodies = |list: &'static str| {
        let bodies = if list == "agencies" { &record.agencies } else { &record.organizations };
        (list, bodies.iter().flatten().map(|b| b.mentions.iter().map(|m| (m.text.as_str(), m.start, m.end)).collect()).collect())
    };
    let people = record.people.iter().flatten().map(|p| p.mentions.iter().map(|m| (m.text.as_str(), m.start, m.end)).collect());
    let countries = record.countries.iter().flatten().map(|c| c.mentions.iter().map(|m| (m.text.as_str(), m.start, m.end)).collect());
    let counts = record.counts.iter().flatten().map(|c| vec![(c.text.as_str(), c.start, c.end)]);
    let dates = record.dates.iter().flatten().map(|d| vec![(d.text.as_str(), d.start, d.end)]);
    vec![
        ("people", people.collect()),
        bodies("agencies"),
        bodies("organizations"),
        ("countries", countries.collect()),
        ("counts", counts.collect()),
        ("dates", dates.collect()),
    ]
}

/// Holds a record to its text.
fn check(text: &str, record: &Record, offsets: Offsets) {
    for (list, entities) in lists(record) {
        let mut all = Vec::new();
        for mentions in &entities {
            assert!(!mentions.is_empty(), "{list}: an entity without a mention in {text:?}");
            assert!(mentions.is_sorted_by_key(|m| m.1), "{list}: mentions out of order in {text:?}");
            for &(quote, start, end) in mentions {
                assert!(start < end, "{list}: nothing between {start} and {end} in {text:?}");
                assert_eq!(slice(text, start, end, offsets).as_deref(), Some(quote), "{list}: {offsets:?} {start}..{end} of {text:?}");
                assert_eq!(quote.trim(), quote, "{list}: white space around a mention in {text:?}");
                all.push((start, end));
            }
        }
        assert!(entities.is_sorted_by_key(|m| m[0].1), "{list}: not in order of first mention in {text:?}");
        all.sort_unstable_by_key(|(start, end)| (*start, std::cmp::Reverse(*end)));
        // A quantity may stand whole inside the noun that another counts ("five 40-foot containers").
        let nested = |pair: &[(usize, usize)]| list == "counts" && pair[1].1 <= pair[0].1 && pair[0] != pair[1];
        assert!(all.windows(2).all(|pair| pair[0].1 <= pair[1].0 || nested(pair)), "{list}: mentions overlap in {text:?}");
    }
    let skipped: Vec<(usize, usize)> = record.skipped.iter().map(|s| (s.start, s.end)).collect();
    assert!(skipped.windows(2).all(|pair| pair[0].1 <= pair[1].0), "skipped: out of order in {text:?}");
    for (start, end) in skipped {
        assert!(slice(text, start, end, offsets).is_some_and(|s| !s.is_empty()), "skipped: {start}..{end} of {text:?}");
    }
}

/// Extracts a text in every way, and holds the records to it and to each other.
fn holds(text: &str, language: Option<Language>) {
    for (offsets, pipeline) in PIPELINES.iter() {
        let Some(source) = source(text, language) else { return };
        let Ok(record) = pipeline.run(source.clone()) else { return };
        check(text, &record, *offsets);
        let json = serde_json::to_string(&Line::Record(Box::new(record.clone()))).expect("JSON");
        let read = Line::from_value(serde_json::from_str(&json).expect("JSON")).expect("a record that the strict types accept");
        assert_eq!(read, Line::Record(Box::new(record)), "not read back alike: {text:?}");
        let again = pipeline.run(source).expect("what it gave before");
        let again = serde_json::to_string(&Line::Record(Box::new(again))).expect("JSON");
        assert_eq!(json, again, "another output the second time: {text:?}");
    }
}

/// Characters that texts are damaged with.
const NASTY: [&str; 26] = [
    "\u{a0}",
    "\u{ad}",
    "\u{feff}",
    "\u{200b}",
    "\u{301}",
    "\r\n",
    "\n\n",
    "\t",
    "'",
    "’",
    "“",
    "«",
    "(",
    "[",
    "-",
    "–",
    "…",
    "...",
    "&",
    "😀",
    "👩🏽‍⚕️",
    "İ",
    "ß",
    "ﬁ",
    "东京",
    "مرحبا",
];

/// Some sentences of the fixtures, cut, glued and damaged.
fn shuffled(u: &mut Unstructured<'_>, language: usize) -> arbitrary::Result<String> {
    let mut text = String::new();
    for _ in 0..u.int_in_range(1..=12)? {
        let from = if u.ratio(1, 12)? { 1 - language } else { language };
        let sentence = u.choose(&SENTENCES[from])?;
        let cut = if u.ratio(1, 4)? { u.choose_index(sentence.chars().count().max(1))? } else { usize::MAX };
        for c in sentence.chars().take(cut) {
            if u.ratio(1, 60)? {
                text.push_str(u.choose(&NASTY)?);
            }
            if !u.ratio(1, 80)? {
                text.push(c);
            }
        }
        if u.ratio(3, 4)? {
            text.push(' ');
        }
    }
    Ok(text)
}

#[test]
fn any_bytes_are_read_or_refused() {
    arbtest(|u| {
        let bytes: Vec<u8> = u.arbitrary()?;
        if let Ok(source) = Source::from_bytes("x".into(), bytes) {
            let text = source.text.clone();
            let (offsets, pipeline) = &PIPELINES[0];
            if let Ok(record) = pipeline.run(source) {
                check(&text, &record, *offsets);
            }
        }
        Ok(())
    })
    .budget(BUDGET);
}

#[test]
fn any_text_keeps_the_contract() {
    arbtest(|u| {
        let text: String = u.arbitrary()?;
        let language = *u.choose(&[None, Some(Language::En), Some(Language::It)])?;
        holds(&text, language);
        Ok(())
    })
    .budget(BUDGET);
}

#[test]
fn shuffled_sentences_keep_the_contract() {
    arbtest(|u| {
        let language = u.choose_index(2)?;
        let told = if u.ratio(1, 2)? { Some(Language::ALL[language]) } else { None };
        holds(&shuffled(u, language)?, told);
        Ok(())
    })
    .budget(2 * BUDGET);
}

#[test]
fn numbers_beyond_measure_are_left_out() {
    for number in ["9".repeat(308), "9".repeat(400), format!("{}e99", "9".repeat(300))] {
        for text in
            [format!("It cost ${number} billion and {number} of them."), format!("Costa {number}m, da {number} a {number} miliardi.")]
        {
            holds(&text, Some(Language::En));
            holds(&text, Some(Language::It));
        }
    }
}

#[test]
fn one_pipeline_serves_many_threads() {
    let texts: Vec<(Language, String)> =
        Language::ALL.into_iter().flat_map(|l| SENTENCES[l as usize].chunks(12).map(move |sentences| (l, sentences.concat()))).collect();
    let (_, pipeline) = &PIPELINES[0];
    let extract = |(language, text): &(Language, String)| {
        let record = pipeline.run(source(text, Some(*language)).expect("a text")).expect("a record");
        serde_json::to_string(&Line::Record(Box::new(record))).expect("JSON")
    };
    let alone: Vec<String> = texts.iter().map(extract).collect();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for (text, expected) in texts.iter().zip(&alone) {
                    assert_eq!(extract(text), *expected);
                }
            });
        }
    });
}
