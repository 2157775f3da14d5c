//! `ACCURACY.md` is what the command in its head writes now.

#[path = "../examples/accuracy.rs"]
mod accuracy;

#[test]
fn the_report_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/ACCURACY.md");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    let now = accuracy::report().unwrap_or_else(|error| panic!("{error:#}"));
    let changed: Vec<&str> = now.lines().filter(|line| !committed.lines().any(|l| l == *line)).collect();
    assert!(committed == now, "ACCURACY.md is out of date: run `{}`\nnow:\n{}", accuracy::COMMAND, changed.join("\n"));
}
