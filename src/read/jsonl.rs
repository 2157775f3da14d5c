//! JSON Lines input: one record a line, read line by line in bounded memory.
//!
//! Blank lines are counted but are no records. A record without an id goes by its line number.
//! Cutting a stream into lines ([`Records::next_line`]) and reading a line ([`RawLine::read`]) are
//! apart, so that many threads can do the latter. Not here: what becomes of a record that cannot
//! be read; the JSON of a record is in `fields`.

mod fields;

use std::io::{self, BufRead, BufReader, Read};

use memchr::memchr;
use serde_json::Value;

use self::fields::{Field, Fields};
use super::packed::Unpacked;
use super::{Source, day, too_large};
use crate::error::{Error, ErrorKind, Result};
use crate::lang::Language;

/// How the lines are to be read.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The key of the text.
    pub text: String,
    /// The key of the id.
    pub id: String,
    /// The key of the publication day.
    pub published: String,
    /// The most bytes that a text may have.
    pub max_size: u64,
    /// Whether the records' own `lang` is passed over, because the language was told.
    pub ignore_language: bool,
}

/// One line of the input: its number, the id its record goes by, and what it gave.
#[derive(Debug)]
pub struct Line {
    /// Counted from 1, blank lines included.
    pub number: u64,
    /// The record's id, or the line's number.
    pub id: Value,
    /// The article, or why there is none.
    pub source: Result<Source>,
}

/// One line as it came, not yet read.
#[derive(Debug)]
pub struct RawLine {
    /// Counted from 1, blank lines included.
    pub number: u64,
    /// Its bytes without the line end; none when there are more of them than any text may take.
    pub bytes: Option<Vec<u8>>,
}

/// The records of a stream, compressed or not.
pub struct Records<R: Read> {
    input: BufReader<Unpacked<R>>,
    settings: Settings,
    line: Vec<u8>,
    number: u64,
}

impl<R: Read> Records<R> {
    /// The records of `input`, whose UTF-8 may begin with a BOM.
    pub fn new(input: R, settings: Settings) -> io::Result<Self> {
        let input = BufReader::with_capacity(1 << 16, Unpacked::new(input)?);
        Ok(Self { input, settings, line: Vec::new(), number: 0 })
    }

    /// Whether the next line is not there yet, so that reading it may have to wait.
    pub fn must_wait(&self) -> bool {
        memchr(b'\n', self.input.buffer()).is_none()
    }

    /// How many lines were read so far.
    pub fn lines_read(&self) -> u64 {
        self.number
    }

    /// The next record; none at the end of the stream.
    pub fn next_record(&mut self) -> io::Result<Option<Line>> {
        Ok(self.next_line()?.map(|line| line.read(&self.settings)))
    }

    /// The next line that is not blank; none at the end of the stream.
    pub fn next_line(&mut self) -> io::Result<Option<RawLine>> {
        loop {
            let Some(fits) = self.read_line()? else { return Ok(None) };
            self.number += 1;
            if self.number == 1 && self.line.starts_with(b"\xEF\xBB\xBF") {
                self.line.drain(..3);
            }
            if !fits || !self.line.trim_ascii().is_empty() {
                return Ok(Some(RawLine { number: self.number, bytes: fits.then(|| std::mem::take(&mut self.line)) }));
            }
        }
    }

    /// Reads up to the next line end and says whether the line was short enough to be kept.
    ///
    /// A line may be longer than its text: an escape takes six bytes for one, and there may be
    /// other keys.
    fn read_line(&mut self) -> io::Result<Option<bool>> {
        let longest = self.settings.max_size.saturating_mul(6).saturating_add(1 << 20);
        self.line.clear();
        let (mut any, mut fits) = (false, true);
        loop {
            let buffer = match self.input.fill_buf() {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if buffer.is_empty() {
                return Ok(any.then_some(fits));
            }
            any = true;
            let end = memchr(b'\n', buffer);
            let part = &buffer[..end.unwrap_or(buffer.len())];
            fits &= (self.line.len() + part.len()) as u64 <= longest;
            if fits {
                self.line.extend_from_slice(part);
            }
            let used = end.map_or(buffer.len(), |e| e + 1);
            self.input.consume(used);
            if end.is_some() {
                return Ok(Some(fits));
            }
        }
    }
}

impl RawLine {
    /// How many bytes of memory the line takes.
    pub fn size(&self) -> usize {
        self.bytes.as_ref().map_or(0, Vec::len)
    }

    /// Reads the line as a record.
    pub fn read(self, settings: &Settings) -> Line {
        let mut id = Value::from(self.number);
        let source = match self.bytes {
            None => Err(too_large(settings.max_size)),
            Some(bytes) => Fields::read(&bytes, settings).and_then(|mut fields| {
                if let Some(own) = fields.id.take() {
                    id = fields::exact(&own)?;
                }
                source(id.clone(), fields, settings)
            }),
        };
        Line { number: self.number, id, source }
    }
}

fn source(id: Value, fields: Fields, settings: &Settings) -> Result<Source> {
    let language = match string("lang", fields.lang)? {
        Some(tag) if !settings.ignore_language => language(&tag)?,
        _ => None,
    };
    let published = match string(&settings.published, fields.published)?.filter(|s| !s.trim().is_empty()) {
        Some(s) => Some(day(&s).ok_or_else(|| bad(format!("{:?} is no day like 2024-11-27: {s:?}", settings.published)))?),
        None => None,
    };
    let text = string(&settings.text, fields.text)?.ok_or_else(|| bad(format!("no {:?}", settings.text)))?;
    if text.len() as u64 > settings.max_size {
        return Err(too_large(settings.max_size));
    }
    Ok(Source { published, language, ..Source::from_text(id, text)? })
}

/// What a field that must be a string says; a null is as good as nothing.
fn string(key: &str, field: Field) -> Result<Option<String>> {
    match field {
        Field::Absent => Ok(None),
        Field::String(s) => Ok(Some(s)),
        Field::Other(sort) => Err(bad(format!("{key:?} is not a string but {sort}"))),
    }
}

/// The language of a BCP 47 tag ("it", "en-GB"), or none where it is left to detection.
fn language(tag: &str) -> Result<Option<Language>> {
    let primary = tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    match primary.as_str() {
        "" | "auto" | "und" => Ok(None),
        code => Language::from_code(code).map(Some).ok_or_else(|| {
            let known = Language::ALL.map(Language::code).join(" and ");
            Error::new(ErrorKind::UnsupportedLanguage, format!("its \"lang\" is {tag:?}, and only {known} are supported"))
        }),
    }
}

fn bad(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::BadRecord, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn settings(max_size: u64) -> Settings {
        Settings { text: "text".into(), id: "id".into(), published: "published".into(), max_size, ignore_language: false }
    }

    fn lines(input: &[u8], max_size: u64) -> Vec<Line> {
        let mut records = Records::new(input, settings(max_size)).expect("a stream");
        std::iter::from_fn(|| records.next_record().expect("no I/O error")).collect()
    }

    fn one(line: &str) -> Line {
        lines(line.as_bytes(), 1000).pop().expect("one record")
    }

    fn failure(line: &str) -> (ErrorKind, String) {
        let error = one(line).source.expect_err(line);
        (error.kind, error.message)
    }

    #[test]
    fn ids_are_kept_or_counted() {
        let input = b"\xEF\xBB\xBF{\"text\":\"a\"}\r\n\n{\"text\":\"b\",\"id\":{\"z\":1,\"a\":[2]}}\n{\"text\":\"c\",\"id\":null}";
        let ids: Vec<_> = lines(input, 1000).into_iter().map(|l| (l.id, l.source.expect("a source").text)).collect();
        assert_eq!(ids, [(json!(1), "a".into()), (json!({"z": 1, "a": [2]}), "b".into()), (json!(4), "c".into())]);
        assert_eq!(serde_json::to_string(&ids[1].0).expect("json"), r#"{"z":1,"a":[2]}"#, "key order is the record's own");
    }

    #[test]
    fn what_the_record_says_of_itself() {
        let source = |line| one(line).source.expect("a source");
        assert_eq!(source(r#"{"text":"a","lang":"en-GB"}"#).language, Some(Language::En));
        assert_eq!(source(r#"{"text":"a","lang":"IT"}"#).language, Some(Language::It));
        assert_eq!(source(r#"{"text":"a","lang":"auto","published":""}"#).language, None);
        assert_eq!(source(r#"{"text":"a","published":"2024-11-27T10:00:00Z"}"#).published, Some(jiff::civil::date(2024, 11, 27)));
        assert_eq!(source("{\"text\":\"\\ufeffa\\u00e8\\ud83d\\ude00\"}").text, "\u{FEFF}aè😀", "the text is the record's, BOM and all");
    }

    #[test]
    fn bad_records_say_what_is_wrong() {
        for (line, reason) in [
            (r#"{"text":"\ud800"}"#, "not JSON: unexpected end of hex escape at column 16"),
            (r#"{"text":"#, "not JSON: EOF while parsing a value at column 8"),
            (r#"["text"]"#, "not a JSON object but an array"),
            (r#"{"id":7}"#, "no \"text\""),
            (r#"{"text":5}"#, "\"text\" is not a string but a number"),
            (r#"{"text":"a","published":20241127}"#, "\"published\" is not a string but a number"),
            (r#"{"text":"a","published":"27/11"}"#, "\"published\" is no day like 2024-11-27: \"27/11\""),
            (r#"{"text":"a","lang":1}"#, "\"lang\" is not a string but a number"),
            (r#"{"text":"a","id":123456789012345678901}"#, "its id is too large a number to be kept exactly; write it as a string"),
        ] {
            assert_eq!(failure(line), (ErrorKind::BadRecord, reason.to_owned()), "{line}");
        }
        let error = lines(b"{\"text\":\"\xE8\"}", 1000).pop().expect("one").source.expect_err("not UTF-8");
        assert_eq!(error.kind, ErrorKind::BadRecord);
        assert_eq!(one(r#"{"id":"x","text":5}"#).id, json!("x"), "a bad record keeps its id");
        assert_eq!(one(r#"{"text":5,"text":"a"}"#).source.expect("a source").text, "a", "the last of two counts");
    }

    #[test]
    fn other_kinds_of_failure() {
        assert_eq!(failure(r#"{"text":" "}"#).0, ErrorKind::Empty);
        assert_eq!(failure(r#"{"text":"a\u0000b\u0000"}"#).0, ErrorKind::NotText);
        assert_eq!(failure(r#"{"text":"a","lang":"fr"}"#).0, ErrorKind::UnsupportedLanguage);
    }

    #[test]
    fn a_long_line_costs_only_itself() {
        let long = format!("{{\"text\":\"{}\"}}\n{{\"text\":\"b\"}}\n", "x".repeat(2 << 20));
        let lines = lines(long.as_bytes(), 10);
        assert_eq!(lines[0].source.as_ref().expect_err("too large").kind, ErrorKind::TooLarge);
        assert_eq!((lines[1].number, lines[1].source.is_ok()), (2, true));
        assert_eq!(failure(&format!("{{\"text\":\"{}\"}}", "x".repeat(1001))).0, ErrorKind::TooLarge);
    }
}
