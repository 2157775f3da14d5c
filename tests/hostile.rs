//! Input that no newspaper sends: what comes of it is a record or a clear error, one for each line, and in no more
//! memory than its text takes. `tests/hostile/` holds cases that fuzzing found (`fuzz/run`) or that began it;
//! `scripts/hostile/linear.py` shows that time is linear.

mod common;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use arbtest::arbitrary::{self, Unstructured};
use arbtest::arbtest;
use common::{ARTICLE, dispaccio};
use dispaccio::lang::Language;
use dispaccio::lang::table::Table;
use dispaccio::options::{Options, UserLexicon};
use dispaccio::pipeline::Pipeline;
use dispaccio::read::Source;
use dispaccio::read::jsonl::{Records, Settings};
use dispaccio::rule::syntax;
use serde_json::{Value, json};

/// How long each property looks for an input that breaks it.
const BUDGET: Duration = Duration::from_millis(800);

static PIPELINES: LazyLock<[Pipeline; 3]> = LazyLock::new(|| {
    [None, Some(Language::En), Some(Language::It)]
        .map(|language| Pipeline::new(Options { language, explain: true, ..Options::default() }).expect("a pipeline"))
});

fn settings() -> Settings {
    Settings { text: "text".into(), id: "id".into(), published: "published".into(), max_size: 1 << 20, ignore_language: false }
}

/// Extracts from every line, and says which lines there were.
fn lines(bytes: &[u8]) -> Vec<u64> {
    let mut records = Records::new(bytes, settings()).expect("a stream in memory");
    let mut numbers = Vec::new();
    while let Ok(Some(line)) = records.next_record() {
        numbers.push(line.number);
        if let Ok(source) = line.source {
            let id = source.id.clone();
            assert!(PIPELINES[1].run(source).is_ok_and(|record| record.id == id));
        }
    }
    numbers
}

/// Whatever bytes are given: as an article, as JSON Lines, as rules, as a table and as a user's words.
fn survives(bytes: &[u8]) {
    for pipeline in PIPELINES.iter() {
        let _ = Source::from_reader("x".into(), bytes, 1 << 20).and_then(|source| pipeline.run(source));
    }
    lines(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = (syntax::parse(text), Table::parse(text));
    if let Ok(lexicon) = UserLexicon::parse(text) {
        let pipeline = Pipeline::new(Options { lexicon: Some(lexicon), ..Options::default() }).expect("a pipeline");
        let _ = Source::from_text("x".into(), format!("{ARTICLE} {text}")).and_then(|source| pipeline.run(source));
    }
}

#[test]
fn cases_that_were_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile");
    let mut cases = 0;
    for entry in fs::read_dir(folder).expect("a folder") {
        survives(&fs::read(entry.expect("an entry").path()).expect("a file"));
        cases += 1;
    }
    assert!(cases >= 5, "only {cases} cases");
}

/// A line of JSON Lines, more or less.
fn line(u: &mut Unstructured<'_>) -> arbitrary::Result<Vec<u8>> {
    let values =
        ["\"Roma\"", "null", "5", "1e999", "[[[", "[]", "{\"a\":1}", "\"\\ud800\"", "\"\\u0000\"", "\"it\"", "\"2024-03-04\"", "tru"];
    let keys = ["text", "id", "published", "lang", "x", "", "te\\u0078t"];
    Ok(match u.int_in_range(0..=5)? {
        0 => Vec::new(),
        1 => b" \t\r".to_vec(),
        2 => u.arbitrary::<Vec<u8>>()?.into_iter().filter(|b| *b != b'\n').collect(),
        _ => {
            let mut fields = Vec::new();
            for _ in 0..u.int_in_range(0..=5)? {
                fields.push(format!("\"{}\":{}", u.choose(&keys)?, u.choose(&values)?));
            }
            format!("{{{}}}", fields.join(",")).into_bytes()
        }
    })
}

#[test]
fn no_line_is_lost() {
    arbtest(|u| {
        let mut bytes = Vec::new();
        let mut expected = Vec::new();
        for number in 1..=u.int_in_range(1..=12u64)? {
            let line = line(u)?;
            // A first line may be taken for a compressed stream, or lose a byte order mark.
            let line = if number == 1 && !line.starts_with(b"{") { b"{}".to_vec() } else { line };
            expected.extend((!line.trim_ascii().is_empty()).then_some(number));
            bytes.extend(line);
            bytes.push(b'\n');
        }
        bytes.truncate(bytes.len() - u.int_in_range(0..=1)?);
        assert_eq!(lines(&bytes), expected, "{:?}", String::from_utf8_lossy(&bytes));
        Ok(())
    })
    .budget(BUDGET);
}

#[test]
fn damaged_archives_are_refused_or_read() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(ARTICLE.as_bytes()).expect("written");
    let packed = [
        gzip.finish().expect("finished"),
        ruzstd::encoding::compress_to_vec(ARTICLE.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest),
    ];
    arbtest(|u| {
        let mut bytes = u.choose(&packed)?.clone();
        for _ in 0..u.int_in_range(1..=4)? {
            let at = u.choose_index(bytes.len())?;
            bytes[at] = u.arbitrary()?;
        }
        if u.ratio(1, 4)? {
            bytes.truncate(u.choose_index(bytes.len())?);
        }
        survives(&bytes);
        Ok(())
    })
    .budget(BUDGET);
}

#[test]
fn any_bytes_are_survived_by_every_parser() {
    arbtest(|u| {
        survives(&u.arbitrary::<Vec<u8>>()?);
        Ok(())
    })
    .budget(BUDGET);
}

/// The kind of error of the record that a line of JSON Lines gives, or null.
fn kind(line: impl Into<Vec<u8>>) -> Value {
    dispaccio(&["--input", "jsonl", "--lang", "en"], line).record()["error"]["kind"].clone()
}

#[test]
fn records_that_are_traps() {
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let text = json!(ARTICLE);
    for (line, expected) in [
        (format!("{{\"x\":{},\"text\":{text}}}", deep(500_000)), Value::Null),
        (format!("{{\"id\":{},\"text\":{text}}}", deep(500)), json!("bad_record")),
        (format!("{{\"text\":{}}}", deep(500_000)), json!("bad_record")),
        (deep(500_000), json!("bad_record")),
        ("[".repeat(500_000), json!("bad_record")),
        (format!("{{\"id\":\"{}\",\"text\":{text}}}", "x".repeat(100_000)), json!("bad_record")),
        ("{\"text\":\"\\ud83d\"}".to_owned(), json!("bad_record")),
        ("{\"text\":\"\\ude00\\ud83d\"}".to_owned(), json!("bad_record")),
        (format!("{{\"text\":\"{}\"}}", "\\u0000".repeat(9)), json!("not_text")),
        (format!("{{\"text\":\"{}\"}}", "\\u0301".repeat(100_000)), Value::Null),
        (format!("{{\"text\":\"{}\"}}", "x".repeat(1_000_000)), Value::Null),
        (format!("{{\"text\":{text},\"text\":7}}"), json!("bad_record")),
        (format!("{{\"text\":7,\"text\":{text}}}"), Value::Null),
        (format!("{{{}\"text\":{text}}}", "\"k\":0,".repeat(200_000)), Value::Null),
    ] {
        let shown: String = line.chars().take(60).collect();
        assert_eq!(kind(line), expected, "{shown}…");
    }
}

#[test]
fn a_trap_costs_only_itself() {
    let good = json!({"text": ARTICLE}).to_string();
    let input = format!("{good}\n{}\n{good}\n{{\"text\":\"{}\"}}\n{good}\n", "[".repeat(100_000), "x".repeat(3 << 20));
    let ran = dispaccio(&["--input", "jsonl", "--max-size", "1M"], input);
    let kinds: Vec<Value> = ran.records().iter().map(|r| r["error"]["kind"].clone()).collect();
    assert_eq!(kinds, [Value::Null, json!("bad_record"), Value::Null, json!("too_large"), Value::Null]);
}

/// What is not asked for is not kept: the program is given less memory than it would take.
#[cfg(target_os = "linux")]
#[test]
fn memory_is_that_of_the_text() {
    let mut line = b"{\"x\":[0".to_vec();
    line.extend(b",0".repeat(8 << 20));
    line.extend(format!("],\"text\":{}}}\n", json!(ARTICLE)).into_bytes());
    let mut child = std::process::Command::new("sh")
        .args(["-c", "ulimit -v 400000; exec \"$0\" --input jsonl --jobs 1", env!("CARGO_BIN_EXE_dispaccio")])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("a shell");
    child.stdin.take().expect("a pipe").write_all(&line).expect("sent");
    let output = child.wait_with_output().expect("it ends");
    let record: Value = serde_json::from_slice(&output.stdout).expect("a record");
    assert_eq!(record["people"][0]["name"], "Matteo Renzi");
}
