//! Runs the program as a user does.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// An article whose people and date nobody can miss.
pub const ARTICLE: &str = "Matteo Renzi met Antonio Tajani in Rome on 3 March 2024, and the two of them spoke to the press.";

/// What a run gave.
pub struct Ran {
    /// The exit status.
    pub status: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    /// The records on standard output, one a line.
    pub fn records(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
    }

    /// Standard error without the line that sums up, which tells the time it took.
    pub fn told(&self) -> String {
        let summary = |line: &str| line.contains(" failed, ") && line.ends_with(" MB/s)");
        self.err.lines().filter(|line| !summary(line)).map(|line| format!("{line}\n")).collect()
    }

    /// The only record on standard output.
    pub fn record(&self) -> Value {
        let mut records = self.records();
        assert_eq!(records.len(), 1, "{}", self.out);
        records.remove(0)
    }
}

/// Runs the program with these arguments and this standard input.
pub fn dispaccio(args: &[&str], stdin: impl Into<Vec<u8>>) -> Ran {
    run(Command::new(env!("CARGO_BIN_EXE_dispaccio")).args(args).write_stdin(stdin))
}

/// Runs the program in a folder.
pub fn dispaccio_in(folder: &Path, args: &[&str]) -> Ran {
    run(Command::new(env!("CARGO_BIN_EXE_dispaccio")).args(args).current_dir(folder).write_stdin(""))
}

fn run(command: &mut Command) -> Ran {
    let output = command.output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ran { status: output.status.code().expect("an exit status"), out: text(output.stdout), err: text(output.stderr) }
}

/// Writes a file, and the folders it needs.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    let folder = path.parent().expect("a folder");
    std::fs::create_dir_all(folder).and_then(|()| std::fs::write(path, bytes)).expect("written");
}

/// Every mention in a record: its text, start and end.
pub fn mentions(record: &Value) -> Vec<(String, usize, usize)> {
    let mut found = Vec::new();
    collect(record, &mut found);
    found
}

fn collect(value: &Value, found: &mut Vec<(String, usize, usize)>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(fields) => {
            let number = |key: &str| fields.get(key).and_then(Value::as_u64).map(|n| n as usize);
            if let (Some(Value::String(text)), Some(start), Some(end)) = (fields.get("text"), number("start"), number("end")) {
                found.push((text.clone(), start, end));
            }
            fields.values().for_each(|field| collect(field, found));
        }
        _ => {}
    }
}
