//! JSON Lines → records: a record or an error for each line that is not blank, and no line lost.

#![no_main]

use std::sync::LazyLock;

use dispaccio::lang::Language;
use dispaccio::options::Options;
use dispaccio::pipeline::Pipeline;
use dispaccio::read::jsonl::{Records, Settings};
use libfuzzer_sys::fuzz_target;

static PIPELINE: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::new(Options { language: Some(Language::En), ..Options::default() }).expect("a pipeline"));

fn settings() -> Settings {
    Settings { text: "text".into(), id: "id".into(), published: "published".into(), max_size: 1 << 20, ignore_language: false }
}

fuzz_target!(|bytes: &[u8]| {
    let mut records = Records::new(bytes, settings()).expect("a stream in memory");
    let mut numbers = Vec::new();
    // What is compressed may end in an error; what is not, may not.
    while let Ok(Some(line)) = records.next_record() {
        numbers.push(line.number);
        if let Ok(source) = line.source {
            let id = source.id.clone();
            if let Ok(record) = PIPELINE.run(source) {
                assert_eq!(record.id, id);
            }
        }
    }
    let packed = [&b"\x1f\x8b"[..], b"\x28\xb5\x2f\xfd"].iter().any(|magic| bytes.starts_with(magic));
    let skippable = bytes.first().is_some_and(|b| b & 0xf0 == 0x50) && bytes[1..].starts_with(b"\x2a\x4d\x18");
    if !packed && !skippable {
        let plain = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let lines = plain.split(|b| *b == b'\n').zip(1..);
        let expected: Vec<u64> = lines.filter(|(line, _)| !line.trim_ascii().is_empty()).map(|(_, number)| number).collect();
        assert_eq!(numbers, expected);
    }
});
