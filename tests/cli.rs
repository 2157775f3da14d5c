//! The command line as the contract has it: inputs, ids, order, failures, exit statuses.

mod common;

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use common::{ARTICLE, Ran, dispaccio, dispaccio_in, mentions, write};
use serde_json::{Value, json};

/// What a run failed with: its only record's error kind and message, told on standard error too.
fn failure(ran: &Ran) -> (String, String) {
    assert_eq!(ran.status, 1, "{}", ran.err);
    let record = ran.record();
    assert_eq!(record.as_object().expect("an object").keys().collect::<Vec<_>>(), ["schema", "id", "error"]);
    let field = |key: &str| record["error"][key].as_str().expect("a string").to_owned();
    assert!(ran.err.contains(&field("message")), "{}", ran.err);
    (field("kind"), field("message"))
}

#[test]
fn one_article_on_standard_input() {
    let ran = dispaccio(&[], ARTICLE);
    let record = ran.record();
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert_eq!((&record["schema"], &record["id"], &record["language"]), (&json!("1"), &json!("stdin"), &json!("en")));
    let keys: Vec<_> = record.as_object().expect("an object").keys().map(String::as_str).collect();
    let head = ["schema", "id", "language", "language_confidence", "published", "published_from", "encoding"];
    let lists = ["people", "agencies", "organizations", "countries", "counts", "dates", "skipped"];
    assert_eq!(keys, [&head[..], &lists[..]].concat());
    assert_eq!(dispaccio(&["extract", "-"], ARTICLE).out, ran.out, "extract and - may be spelled out");
}

#[test]
fn files_and_folders_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["z.txt", "dir/b.txt", "dir/a/2.txt", "dir/a.txt", "dir/a/1.txt", "dir/notes.md", "dir/.hidden.txt"] {
        write(&folder.path().join(name), ARTICLE);
    }
    let ran = dispaccio_in(folder.path(), &["z.txt", "dir/", "./dir/b.txt"]);
    let ids: Vec<_> = ran.records().iter().map(|r| r["id"].as_str().expect("a path").to_owned()).collect();
    assert_eq!(ids, ["z.txt", "dir/a/1.txt", "dir/a/2.txt", "dir/a.txt", "dir/b.txt", "./dir/b.txt"]);
    assert_eq!((ran.status, ran.told().as_str()), (0, ""));
    assert!(ran.err.starts_with("dispaccio: 6 articles, 0 failed, 0.0 MB in "), "more than one is summed up: {}", ran.err);
    std::fs::create_dir(folder.path().join("none")).expect("a folder");
    let ran = dispaccio_in(folder.path(), &["none"]);
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (0, "", "dispaccio: none: no *.txt files below it\n"));
}

#[test]
fn a_failure_keeps_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder.path().join("a.txt"), ARTICLE);
    let ran = dispaccio_in(folder.path(), &["a.txt", "missing.txt", "a.txt"]);
    let records = ran.records();
    assert_eq!((ran.status, records.len()), (1, 3));
    assert_eq!((&records[1]["id"], &records[1]["error"]["kind"]), (&json!("missing.txt"), &json!("unreadable")));
    let reason = "cannot be read: No such file or directory (os error 2)";
    assert_eq!(records[1]["error"]["message"], reason);
    assert!(ran.err.starts_with(&format!("dispaccio: missing.txt: {reason}\ndispaccio: 3 articles, 1 failed, ")), "{}", ran.err);
    let quiet = dispaccio_in(folder.path(), &["--quiet", "a.txt", "missing.txt", "a.txt"]);
    assert_eq!((quiet.status, quiet.out, quiet.err.as_str()), (1, ran.out, ""));
}

#[test]
fn kinds_of_failure() {
    assert_eq!(failure(&dispaccio(&[], "")).0, "empty");
    assert_eq!(failure(&dispaccio(&[], " \r\n\u{A0}")).0, "empty");
    assert_eq!(failure(&dispaccio(&[], &b"\x7fELF\0\0\0\x01\x02"[..])).0, "not_text");
    let (kind, message) = failure(&dispaccio(&["--max-size", "1K"], "a".repeat(1025)));
    assert_eq!((kind.as_str(), message.as_str()), ("too_large", "larger than 1 KiB (--max-size raises the limit)"));
    assert_eq!(dispaccio(&["--max-size", "1K"], format!("{ARTICLE:<1024}")).status, 0);
    assert_eq!(failure(&dispaccio(&["--input", "jsonl"], "{\"text\":")).0, "bad_record");
}

#[test]
fn languages_that_are_refused() {
    let french = "Le président de la République a annoncé jeudi que les enquêteurs avaient saisi vingt-trois voitures dans la région.";
    let (kind, message) = failure(&dispaccio(&[], french));
    assert_eq!(kind, "unsupported_language");
    assert!(message.contains("French"), "{message}");
    assert_eq!(failure(&dispaccio(&[], "12345 67890")).0, "undetermined_language");
    assert_eq!(dispaccio(&["--lang", "en"], french).record()["language_confidence"], 1.0);
}

#[test]
fn wrong_usage() {
    for args in [
        &["--nonsense"][..],
        &["--lang", "fr"],
        &["--only", "people,places"],
        &["--published", "yesterday"],
        &["--offsets", "words"],
        &["--max-size", "0"],
        &["--text-field", "body"],
        &["--quiet", "check", "fixtures"],
        &["--lexicon", "/nowhere.tsv"],
        &["check"],
    ] {
        let ran = dispaccio(args, ARTICLE);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(!ran.err.is_empty(), "{args:?}");
    }
    let help = dispaccio(&["--help"], "");
    assert!(help.status == 0 && help.out.contains("Exit status"), "{}", help.out);
}

#[test]
fn encodings() {
    let utf16 = |units: fn(u16) -> [u8; 2]| "\u{FEFF}Così è la vita".encode_utf16().flat_map(units).collect::<Vec<u8>>();
    for (bytes, encoding) in [
        ("Così è la vita".as_bytes().to_vec(), "utf-8"),
        ("\u{FEFF}Così è la vita".as_bytes().to_vec(), "utf-8"),
        (utf16(u16::to_le_bytes), "utf-16le"),
        (utf16(u16::to_be_bytes), "utf-16be"),
        (b"Cos\xEC \xE8 la vita".to_vec(), "windows-1252"),
    ] {
        assert_eq!(dispaccio(&["--lang", "it"], bytes).record()["encoding"], encoding);
    }
}

#[test]
fn json_lines_keep_order_and_ids() {
    let input = format!(
        "{}\n\n{}\r\n{}\n{}",
        json!({"text": ARTICLE, "id": "x"}),
        json!({"text": ARTICLE}),
        json!({"text": 5, "id": {"n": 1}}),
        json!({"text": ARTICLE, "id": 7.5}),
    );
    let ran = dispaccio(&["--input", "jsonl"], input);
    let ids: Vec<Value> = ran.records().iter().map(|r| r["id"].clone()).collect();
    assert_eq!(ids, [json!("x"), json!(3), json!({"n": 1}), json!(7.5)]);
    assert_eq!(ran.status, 1);
    let reason = "line 4: \"text\" is not a string but a number";
    assert!(ran.err.starts_with(&format!("dispaccio: stdin: {reason}\ndispaccio: 4 articles, 1 failed, ")), "{}", ran.err);
    assert_eq!(ran.records()[2]["error"], json!({"kind": "bad_record", "message": reason}));
}

#[test]
fn json_lines_say_more_than_their_text() {
    let record = |args: &[&str], line: Value| dispaccio(&[&["--input", "jsonl"], args].concat(), line.to_string()).record();
    let own = json!({"text": ARTICLE, "published": "2024-11-27T08:30:00Z", "lang": "en-GB"});
    let given = record(&[], own.clone());
    assert_eq!((&given["published"], &given["published_from"]), (&json!("2024-11-27"), &json!("record")));
    assert_eq!(given["language_confidence"], 1.0);
    let told = record(&["--published", "2024-01-02", "--lang", "it"], own);
    assert_eq!((&told["published"], &told["published_from"]), (&json!("2024-01-02"), &json!("flag")));
    assert_eq!(told["language"], "it");
    let keys = ["--text-field", "body", "--id-field", "url", "--published-field", "day"];
    let renamed = record(&keys, json!({"body": ARTICLE, "url": "u", "day": "2024-11-27", "text": 1, "id": 2}));
    assert_eq!((&renamed["id"], &renamed["published"]), (&json!("u"), &json!("2024-11-27")));
    assert_eq!(record(&[], json!({"text": ARTICLE, "published": "27/11/2024"}))["error"]["kind"], "bad_record");
    assert_eq!(record(&[], json!({"text": ARTICLE, "lang": "fr"}))["error"]["kind"], "unsupported_language");
    assert_eq!(record(&["--lang", "en"], json!({"text": ARTICLE, "lang": "fr"}))["language"], "en");
}

#[test]
fn lists_not_asked_for_are_absent() {
    let record = dispaccio(&["--only", "people,dates"], ARTICLE).record();
    for (list, there) in [
        ("people", true),
        ("dates", true),
        ("skipped", true),
        ("agencies", false),
        ("organizations", false),
        ("countries", false),
        ("counts", false),
    ] {
        assert_eq!(record.get(list).is_some(), there, "{list}");
    }
}

#[test]
fn records_laid_out_for_the_eye() {
    let pretty = dispaccio(&["--format", "pretty"], ARTICLE);
    assert!(pretty.out.starts_with("{\n \"schema\": \"1\",\n"), "{}", pretty.out);
    let pretty: Value = serde_json::from_str(&pretty.out).expect("JSON");
    assert_eq!(pretty, dispaccio(&[], ARTICLE).record());
}

#[test]
fn offsets_count_what_was_asked_for() {
    let text = format!("\u{FEFF}Città 😀\r\n\r\n{ARTICLE}\r\n{ARTICLE}");
    let decoded = text.trim_start_matches('\u{FEFF}');
    let spoken =
        |record: Value| mentions(&record).into_iter().filter(|(t, ..)| t == "Antonio Tajani" || t == "3 March 2024").collect::<Vec<_>>();
    type Slice = fn(&str, usize, usize) -> String;
    let units: [(&str, Slice); 3] = [
        ("chars", |t, start, end| t.chars().skip(start).take(end - start).collect()),
        ("bytes", |t, start, end| t[start..end].to_owned()),
        ("utf16", |t, start, end| String::from_utf16(&t.encode_utf16().collect::<Vec<_>>()[start..end]).expect("UTF-16")),
    ];
    for (unit, slice) in units {
        let found = spoken(dispaccio(&["--lang", "en", "--offsets", unit], text.as_str()).record());
        assert_eq!(found.len(), 4, "{unit}: {found:?}");
        for (mention, start, end) in found {
            assert_eq!(slice(decoded, start, end), mention, "{unit}");
        }
    }
    let default = dispaccio(&["--lang", "en"], text.as_str()).out;
    assert_eq!(default, dispaccio(&["--lang", "en", "--offsets", "chars"], text.as_str()).out);
}

#[test]
fn mentions_explained() {
    let plain = dispaccio(&[], ARTICLE).record();
    assert!(plain["people"][0]["mentions"][0].get("rule").is_none());
    let explained = dispaccio(&["--explain"], ARTICLE).record();
    assert!(explained["people"][0]["mentions"][0]["rule"].is_string() && explained["people"][0]["mentions"][0]["score"].is_number());
    assert!(explained["dates"][0]["rule"].is_string());
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dispaccio"))
        .args(["--input", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("a pipe");
    let line = format!("{}\n", json!({"text": ARTICLE}));
    // The program may be gone before it has read everything: that is the point.
    let _ = (0..1000).try_for_each(|_| stdin.write_all(line.as_bytes()));
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn a_record_is_answered_before_the_next_is_sent() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dispaccio"))
        .args(["--input", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let (mut stdin, stdout) = (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
    let (sender, answers) = mpsc::channel();
    thread::spawn(move || BufReader::new(stdout).lines().try_for_each(|line| sender.send(line)));
    for _ in 0..2 {
        writeln!(stdin, "{}", json!({"text": ARTICLE})).expect("sent");
        let answer = answers.recv_timeout(Duration::from_secs(20)).expect("an answer while the input is open");
        assert!(answer.expect("a line").starts_with("{\"schema\""));
    }
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let full = std::fs::File::options().write(true).open("/dev/full").expect("a full disk");
    let mut child = Command::new(env!("CARGO_BIN_EXE_dispaccio"))
        .stdin(Stdio::piped())
        .stdout(full)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child.stdin.take().expect("a pipe").write_all(ARTICLE.as_bytes()).expect("sent");
    let output = child.wait_with_output().expect("it ends");
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(err.starts_with("dispaccio: cannot write the output: No space left on device"), "{err}");
}

#[test]
fn completions_and_the_manual_page() {
    for (shell, holds) in [
        ("bash", "complete -F _dispaccio"),
        ("zsh", "#compdef dispaccio"),
        ("fish", "complete -c dispaccio"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        let ran = dispaccio(&["completions", shell], "");
        assert!(ran.status == 0 && ran.out.contains(holds) && ran.out.contains("published"), "{shell}: {}", ran.out);
    }
    let ran = dispaccio(&["man"], "");
    assert!(ran.out.contains(".TH dispaccio 1") && ran.out.contains("\\-\\-published"), "{}", ran.out);
    assert_eq!(dispaccio(&["completions", "cmd"], "").status, 2);
}

#[test]
fn a_misspelt_command_is_told() {
    let ran = dispaccio(&["chek", "fixtures"], "");
    assert_eq!((ran.status, ran.err.as_str()), (2, "dispaccio: there is no file \"chek\"; the command is `dispaccio check`\n"));
    assert!(dispaccio(&["--formt", "html"], "").err.contains("a similar argument exists: '--format'"));
}
