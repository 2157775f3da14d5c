//! JSON: a record on one line for programs, or laid out for the eye.
//!
//! Laid out, a value that fits the line stays on it, so a mention is a line and a changed mention a
//! changed line. Not here: other formats.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::record::Line;

/// How a record is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// One line.
    Compact,
    /// Laid out for the eye.
    Pretty,
}

/// How wide a laid-out line may be, its indent included.
const WIDTH: usize = 120;

/// Writes a record and a line end.
pub fn write(line: &Line, style: Style, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    match style {
        Style::Compact => serde_json::to_writer(&mut *out, line)?,
        Style::Pretty => {
            let mut text = String::new();
            lay_out(&serde_json::to_value(line)?, 0, 0, true, &mut text);
            out.write_all(text.as_bytes())?;
        }
    }
    out.write_all(b"\n")
}

/// Lays a value out at `indent`; `used` is what already stands on its line, and `open` spreads it
/// over lines even where it fits.
fn lay_out(value: &Value, indent: usize, used: usize, open: bool, text: &mut String) {
    if !open {
        let before = text.len();
        inline(value, text);
        if used + text[before..].chars().count() < WIDTH {
            return;
        }
        text.truncate(before);
    }
    match value {
        Value::Array(items) if !items.is_empty() => {
            spread(text, '[', ']', indent, items.len(), |i, text| lay_out(&items[i], indent + 1, indent + 1, false, text));
        }
        Value::Object(fields) if !fields.is_empty() => {
            let fields: Vec<_> = fields.iter().collect();
            spread(text, '{', '}', indent, fields.len(), |i, text| {
                let before = text.len();
                key(fields[i].0, text);
                let used = indent + 1 + text[before..].chars().count();
                lay_out(fields[i].1, indent + 1, used, false, text);
            });
        }
        other => inline(other, text),
    }
}

fn spread(text: &mut String, open: char, close: char, indent: usize, items: usize, mut item: impl FnMut(usize, &mut String)) {
    text.push(open);
    for i in 0..items {
        text.push_str(if i == 0 { "\n" } else { ",\n" });
        text.extend(std::iter::repeat_n(' ', indent + 1));
        item(i, text);
    }
    text.push('\n');
    text.extend(std::iter::repeat_n(' ', indent));
    text.push(close);
}

/// A value on one line, with a space after each comma and colon.
fn inline(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (i, item) in items.iter().enumerate() {
                text.push_str(if i == 0 { "" } else { ", " });
                inline(item, text);
            }
            text.push(']');
        }
        Value::Object(fields) => inline_object(fields, text),
        scalar => text.push_str(&scalar.to_string()),
    }
}

fn inline_object(fields: &Map<String, Value>, text: &mut String) {
    text.push('{');
    for (i, (name, value)) in fields.iter().enumerate() {
        text.push_str(if i == 0 { "" } else { ", " });
        key(name, text);
        inline(value, text);
    }
    text.push('}');
}

fn key(name: &str, text: &mut String) {
    text.push_str(&Value::from(name).to_string());
    text.push_str(": ");
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn laid_out(value: &Value) -> String {
        let mut text = String::new();
        lay_out(value, 0, 0, true, &mut text);
        text
    }

    #[test]
    fn short_values_stay_on_their_line() {
        let value = json!({"schema": "1", "dates": [{"text": "21 aprile", "start": 5}], "skipped": []});
        assert_eq!(laid_out(&value), "{\n \"schema\": \"1\",\n \"dates\": [{\"text\": \"21 aprile\", \"start\": 5}],\n \"skipped\": []\n}");
    }

    #[test]
    fn long_values_are_spread_and_read_back_alike() {
        let mention = json!({"text": "così \"detto\"\n", "start": 5, "end": 14});
        let value = json!({"people": [{"name": "x", "mentions": vec![mention; 8]}], "empty": {}, "long": "y".repeat(WIDTH)});
        let text = laid_out(&value);
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), value);
        assert_eq!(text.lines().filter(|l| l.contains("\"start\": 5")).count(), 8, "a mention is a line:\n{text}");
        assert!(text.lines().all(|l| l.contains("yyy") || l.chars().count() <= WIDTH), "{text}");
    }
}
