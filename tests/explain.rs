//! `dispaccio explain`: what it lays open, and how it is narrowed.

mod common;

use common::{ARTICLE, dispaccio, write};

/// Two sentences: a name, a count and a date in the first, a duration inside a date in the second.
const TEXT: &str = "Matteo Renzi met 40 officials in Rome on 3 March 2024. Three days earlier he had written “3 March” on a card.\n";

#[test]
fn every_step_is_told() {
    let ran = dispaccio(&["explain", "-"], TEXT);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    for (what, line) in [
        ("the head", "stdin  en "),
        ("the sentence", "sentence 1 (body) 0–54  Matteo Renzi met 40 officials"),
        ("a token's tags", "0  Matteo             word cap title"),
        ("an annotation", "NUMBER.digits            40  number  = 40"),
        ("evidence", "person  shared.names.two-words"),
        ("a decision", "Matteo Renzi  → person  (person +"),
        ("a person", "people         Matteo Renzi  Matteo Renzi  "),
        ("a count", "counts         40 officials  count 40  "),
        ("a date", "dates          3 March 2024  2024-03-03  en.dates.day-month-year"),
        ("what lost, and to what", "counts         Three days  "),
        ("the winner", "to dates “Three days earlier”"),
    ] {
        assert!(ran.out.contains(line), "{what}: no {line:?} in\n{}", ran.out);
    }
}

#[test]
fn one_place_is_enough() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.txt");
    write(&path, TEXT);
    let path = path.to_str().expect("UTF-8");
    let sentences = |args: &[&str]| {
        let ran = dispaccio(&[&["explain", path], args].concat(), "");
        assert_eq!(ran.status, 0, "{}", ran.err);
        ran.out.lines().filter_map(|line| line.strip_prefix("sentence ")).map(|line| line[..1].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(sentences(&[]), ["1", "2"]);
    assert_eq!(sentences(&["--at", "7"]), ["1"]);
    assert_eq!(sentences(&["--at", "60"]), ["2"]);
    assert_eq!(sentences(&["--find", "earlier"]), ["2"]);
    assert_eq!(sentences(&["--find", "3 March"]), ["1", "2"]);
}

#[test]
fn what_cannot_be_is_said() {
    for (args, status, told) in [
        (&["explain", "-", "--at", "5000"][..], 2, "dispaccio: --at 5000: the text has 96 characters\n"),
        (&["explain", "-", "--find", "Bianchi"], 2, "dispaccio: --find \"Bianchi\": the text does not hold it\n"),
        (&["explain", "no-such.txt"], 1, "dispaccio: no-such.txt: cannot be read: No such file or directory (os error 2)\n"),
    ] {
        let ran = dispaccio(args, ARTICLE);
        assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (status, "", told), "{args:?}");
    }
    assert_eq!(dispaccio(&["explain", "-"], "").err, "dispaccio: no text but white space\n");
}
