//! Bytes → record: whatever comes in, compressed or not, in any encoding, gives a record whose spans quote the text
//! and which reads back alike, or an error. The first byte says how to extract.

#![no_main]

use std::sync::LazyLock;

use dispaccio::emit::record::{Line, Record};
use dispaccio::lang::Language;
use dispaccio::options::Options;
use dispaccio::pipeline::Pipeline;
use dispaccio::read::Source;
use dispaccio::span::Offsets;
use libfuzzer_sys::fuzz_target;

static PIPELINES: LazyLock<Vec<Pipeline>> = LazyLock::new(|| {
    let languages = [None, Some(Language::En), Some(Language::It)];
    let options = languages.into_iter().flat_map(|language| {
        [false, true].map(|keep_boilerplate| Options { language, keep_boilerplate, offsets: Offsets::Bytes, explain: true, ..Options::default() })
    });
    options.map(|options| Pipeline::new(options).expect("a pipeline")).collect()
});

fn check(text: &str, record: &Record) {
    let people = record.people.iter().flatten().flat_map(|p| p.mentions.iter().map(|m| (&m.text, m.start, m.end)));
    let counts = record.counts.iter().flatten().map(|c| (&c.text, c.start, c.end));
    let dates = record.dates.iter().flatten().map(|d| (&d.text, d.start, d.end));
    for (quote, start, end) in people.chain(counts).chain(dates) {
        assert_eq!(text.get(start..end), Some(quote.as_str()));
    }
    let value = serde_json::to_value(Line::Record(Box::new(record.clone()))).expect("JSON");
    assert_eq!(Line::from_value(value).expect("a record"), Line::Record(Box::new(record.clone())));
}

fuzz_target!(|bytes: &[u8]| {
    let Some((how, rest)) = bytes.split_first() else { return };
    let Ok(source) = Source::from_reader("x".into(), rest, 1 << 20) else { return };
    let text = source.text.clone();
    if let Ok(record) = PIPELINES[*how as usize % PIPELINES.len()].run(source) {
        check(&text, &record);
    }
});
