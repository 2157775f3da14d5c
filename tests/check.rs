//! `dispaccio check`: what it finds, what it rewrites, what it reads back.

mod common;

use std::fs;
use std::path::Path;

use common::{ARTICLE, dispaccio_in, write};
use serde_json::{Value, json};

/// A folder of three fixtures without records: two articles and an empty file.
fn fixtures() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder.path().join("en/a.txt"), ARTICLE);
    write(&folder.path().join("en/b.txt"), ARTICLE);
    write(&folder.path().join("hard/empty.txt"), "");
    folder
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).expect("a file")).expect("JSON")
}

fn change(path: &Path, change: impl FnOnce(&mut Value)) {
    let mut record = read(path);
    change(&mut record);
    write(path, record.to_string());
}

#[test]
fn records_are_written_compared_and_rewritten() {
    let folder = fixtures();
    let check = |args: &[&str]| dispaccio_in(folder.path(), &[&["check"], args].concat());
    let ran = check(&["."]);
    assert_eq!(
        (ran.status, ran.err.as_str()),
        (1, "dispaccio: no fixtures: 3 x.txt, none with an x.json beside it (--update writes it)\n")
    );
    check(&["en/a.txt", "--update"]);
    let ran = check(&["."]);
    assert_eq!((ran.status, ran.out.as_str()), (0, "1 fixture: 1 as recorded, 0 not; 2 without a record (--update writes it)\n"));
    fs::remove_file(folder.path().join("en/a.json")).expect("removed");
    let ran = check(&[".", "--update"]);
    assert_eq!((ran.status, ran.out.lines().last()), (0, Some("3 fixtures: 0 as recorded, 3 rewritten")));
    assert_eq!(read(&folder.path().join("en/a.json"))["id"], "en/a.txt", "the path below the folder given");
    assert_eq!(read(&folder.path().join("hard/empty.json"))["error"]["kind"], "empty");
    let ran = check(&["."]);
    assert_eq!((ran.status, ran.out.as_str()), (0, "3 fixtures: 3 as recorded, 0 not\n"));

    let before = fs::read(folder.path().join("en/b.json")).expect("a record");
    change(&folder.path().join("en/b.json"), |r| {
        r["encoding"] = json!("utf-16le");
        let unseen = json!({"text": "the press", "start": 86, "end": 95});
        let people = r["people"].as_array_mut().expect("a list");
        people.push(json!({"name": "The Press", "roles": [], "affiliations": [], "mentions": [unseen]}));
    });
    let ran = check(&["."]);
    assert_eq!(ran.status, 1);
    let report = "  changed encoding: utf-16le → utf-8\n  lost    people: The Press\n          line 1: … 2024, and the two of them spoke to [the press].\n";
    assert_eq!(ran.out, format!("./en/b.txt\n{report}\n3 fixtures: 2 as recorded, 1 not\n"));
    assert_eq!(check(&["en", "--update"]).status, 0);
    assert_eq!(fs::read(folder.path().join("en/b.json")).expect("a record"), before, "rewritten as it was, id included");
}

#[test]
fn what_was_told_is_told_again() {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder.path().join("a.txt"), ARTICLE);
    let record = dispaccio_in(folder.path(), &["--lang", "it", "--published", "2024-05-07", "--only", "dates", "a.txt"]).out;
    write(&folder.path().join("a.json"), &record);
    let ran = dispaccio_in(folder.path(), &["check", "a.txt"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, "1 fixture: 1 as recorded, 0 not\n"));
    assert_eq!(dispaccio_in(folder.path(), &["check", "a.txt", "--update"]).status, 0);
    assert_eq!(read(&folder.path().join("a.json")), serde_json::from_str::<Value>(&record).expect("JSON"));
}

#[test]
fn what_cannot_be_checked() {
    let folder = fixtures();
    let check = |args: &[&str]| dispaccio_in(folder.path(), &[&["check"], args].concat());
    assert_eq!(check(&["nowhere"]).status, 1);
    fs::create_dir(folder.path().join("none")).expect("a folder");
    let ran = check(&["none"]);
    assert_eq!(
        (ran.status, ran.err.as_str()),
        (1, "dispaccio: no fixtures: 0 x.txt, none with an x.json beside it (--update writes it)\n")
    );

    check(&["en", "--update"]);
    change(&folder.path().join("en/a.json"), |r| r["colour"] = json!("red"));
    let ran = check(&["en"]);
    assert!(ran.status == 1 && ran.out.contains("the record does not have the right shape: unknown field `colour`"), "{}", ran.out);
    write(&folder.path().join("en/a.json"), "{ by hand");
    let ran = check(&["en", "--update"]);
    assert!(ran.status == 1 && ran.err.contains("not JSON (delete it to have it written anew)"), "{}", ran.err);
    assert_eq!(fs::read_to_string(folder.path().join("en/a.json")).expect("a file"), "{ by hand");
}

#[test]
fn junit_for_continuous_integration() {
    let folder = fixtures();
    let check = |args: &[&str]| dispaccio_in(folder.path(), &[&["check", ".", "--format", "junit"], args].concat());
    check(&["--update"]);
    let ran = check(&[]);
    assert_eq!(ran.status, 0);
    assert!(ran.out.contains("<testsuite name=\"fixtures\" tests=\"3\" failures=\"0\""), "{}", ran.out);
    change(&folder.path().join("en/a.json"), |r| r["people"] = json!([]));
    let ran = check(&[]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("name=\"a.txt\">\n      <failure message=\"gained  people: Matteo Renzi\">"), "{}", ran.out);
    assert!(ran.out.contains("[Matteo Renzi] met Antonio Tajani"), "the line of text: {}", ran.out);
}
