//! Step 1, bytes → [`Source`]: reads a text within a size limit and decodes it.
//!
//! UTF-8 with or without BOM, UTF-16 by BOM, otherwise Windows-1252. Every later span is an offset
//! into the text as decoded here: the BOM is gone, line ends stay as they are. JSON Lines records
//! are in [`jsonl`], compressed inputs in [`packed`]. Not here: which files to read, or what
//! language a text is in.

pub mod jsonl;
pub mod packed;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use jiff::civil;
use serde_json::Value;

use crate::error::{Error, ErrorKind, Result};
use crate::lang::Language;

/// The size limit of one text unless told otherwise: 64 MiB.
pub const MAX_SIZE: u64 = 64 << 20;

/// The highest limit there can be: spans are 32 bits wide, and decoding may triple a text.
pub const SIZE_CEILING: u64 = 1 << 30;

/// One article as it came in: its text, and what its input says about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The file's path as given, or the record's own id.
    pub id: Value,
    /// The decoded text.
    pub text: String,
    /// What the text was decoded from: the encoding's WHATWG name in lower case.
    pub encoding: &'static str,
    /// The publication day that the input itself states.
    pub published: Option<civil::Date>,
    /// The language that the input itself states.
    pub language: Option<Language>,
}

impl Source {
    /// A text that is already decoded, refused when it is empty or no text at all.
    pub fn from_text(id: Value, text: String) -> Result<Self> {
        checked(&text)?;
        Ok(Self { id, text, encoding: "utf-8", published: None, language: None })
    }

    /// Decodes `bytes`.
    pub fn from_bytes(id: Value, bytes: Vec<u8>) -> Result<Self> {
        let (text, encoding) = decode(bytes);
        checked(&text)?;
        Ok(Self { id, text, encoding, published: None, language: None })
    }

    /// Reads a stream, compressed or not, to its end, or to one byte past `max_size`.
    pub fn from_reader(id: Value, reader: impl Read, max_size: u64) -> Result<Self> {
        let reader = packed::Unpacked::new(reader).map_err(|e| unreadable(&e))?;
        let mut bytes = Vec::new();
        reader.take(max_size.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| unreadable(&e))?;
        if bytes.len() as u64 > max_size {
            return Err(too_large(max_size));
        }
        Self::from_bytes(id, bytes)
    }

    /// Reads a file. Its id is the path as given.
    pub fn from_file(path: &Path, max_size: u64) -> Result<Self> {
        let file = File::open(path).map_err(|e| unreadable(&e))?;
        Self::from_reader(path.to_string_lossy().into(), file, max_size)
    }
}

/// A day written `YYYY-MM-DD`, whatever time of day follows it.
pub fn day(written: &str) -> Option<civil::Date> {
    let written = written.trim();
    let shape = |(i, b): (usize, u8)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() };
    if written.len() < 10 || !written.bytes().take(10).enumerate().all(shape) {
        return None;
    }
    // jiff drops a time of day and an offset, but wants to know what a bare "Z" is to mean.
    written.trim_end_matches(['Z', 'z']).parse().ok()
}

/// The error of an input that the operating system does not hand over.
pub fn unreadable(reason: &std::io::Error) -> Error {
    Error::new(ErrorKind::Unreadable, format!("cannot be read: {reason}"))
}

fn too_large(max_size: u64) -> Error {
    Error::new(ErrorKind::TooLarge, format!("larger than {} (--max-size raises the limit)", in_words(max_size)))
}

/// A size in bytes as a person would put it.
fn in_words(size: u64) -> String {
    match size {
        _ if size >= 1 << 20 && size.is_multiple_of(1 << 20) => format!("{} MiB", size >> 20),
        _ if size >= 1 << 10 && size.is_multiple_of(1 << 10) => format!("{} KiB", size >> 10),
        1 => "1 byte".to_owned(),
        _ => format!("{size} bytes"),
    }
}

fn decode(bytes: Vec<u8>) -> (String, &'static str) {
    if let Some((encoding, bom)) = Encoding::for_bom(&bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[bom..]);
        return (text.into_owned(), name(encoding));
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, name(UTF_8)),
        Err(e) => {
            let encoding = if is_damaged_utf8(e.as_bytes()) { UTF_8 } else { WINDOWS_1252 };
            let (text, _) = encoding.decode_without_bom_handling(e.as_bytes());
            (text.into_owned(), name(encoding))
        }
    }
}

/// Whether bytes that are not UTF-8 are so only by damage, such as a file cut inside a character.
///
/// In a legacy encoding an accented letter next to ASCII is malformed UTF-8, and a sequence that
/// happens to be well formed is an oddity, the more so the longer it is; so the weightier side tells.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().map(|c| c.len_utf8() - 1).sum::<usize>();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > broken
}

fn name(encoding: &'static Encoding) -> &'static str {
    match encoding {
        e if e == UTF_8 => "utf-8",
        e if e == UTF_16LE => "utf-16le",
        e if e == UTF_16BE => "utf-16be",
        _ => "windows-1252",
    }
}

/// Refuses what is no text, and text that says nothing.
fn checked(text: &str) -> Result<()> {
    if is_binary(text) {
        return Err(Error::new(ErrorKind::NotText, "not a text: too many control characters"));
    }
    if text.chars().all(|c| c.is_whitespace() || c == '\u{FEFF}') {
        return Err(Error::new(ErrorKind::Empty, "no text but white space"));
    }
    Ok(())
}

/// Whether more than one byte in a thousand is NUL, or more than one in fifty another control
/// character. A scraped text has a stray one at most; compressed data read as Windows-1252, the
/// hardest case, has one in six.
fn is_binary(text: &str) -> bool {
    let (mut nuls, mut controls) = (0usize, 0usize);
    // Most texts have none: neither below the space, nor DEL, nor the two bytes of those above it.
    let bytes = text.as_bytes();
    let low = bytes.iter().any(|b| *b < b' ' && !matches!(b, b'\n' | b'\r' | b'\t') || *b == 0x7f);
    if !low && memchr::memchr_iter(0xc2, bytes).all(|at| bytes.get(at + 1).is_some_and(|b| *b >= 0xa0)) {
        return false;
    }
    for c in text.chars() {
        nuls += usize::from(c == '\0');
        controls += usize::from(c.is_control() && !c.is_whitespace());
    }
    nuls * 1000 > text.len() || controls * 50 > text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Source> {
        Source::from_bytes("x".into(), bytes.to_vec())
    }

    fn decoded(bytes: &[u8]) -> (String, &'static str) {
        let source = read(bytes).expect("a text");
        (source.text, source.encoding)
    }

    fn refused(bytes: &[u8]) -> ErrorKind {
        read(bytes).expect_err("no text").kind
    }

    #[test]
    fn decodes_what_newsrooms_send() {
        assert_eq!(decoded("Così è".as_bytes()), ("Così è".into(), "utf-8"));
        assert_eq!(decoded(b"\xEF\xBB\xBFRoma\r\n"), ("Roma\r\n".into(), "utf-8"));
        assert_eq!(decoded(b"\xFF\xFER\0o\0\xEC\0"), ("Roì".into(), "utf-16le"));
        assert_eq!(decoded(b"\xFE\xFF\0R\0o\0\xEC"), ("Roì".into(), "utf-16be"));
        assert_eq!(decoded(b"Cos\xEC costa 5 \x80"), ("Così costa 5 €".into(), "windows-1252"));
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let cut = &"perché così è là".as_bytes()[..19];
        assert_eq!(decoded(cut), ("perché così è l\u{FFFD}".into(), "utf-8"));
        assert_eq!(decoded(b"\x93\xC8\x94 disse"), ("“È” disse".into(), "windows-1252"), "\\xC8\\x94 is well formed by chance");
    }

    #[test]
    fn refuses_what_is_no_text() {
        assert_eq!(refused(b""), ErrorKind::Empty);
        assert_eq!(refused(b"\xEF\xBB\xBF \r\n\xC2\xA0"), ErrorKind::Empty);
        assert_eq!(refused(b"\x7fELF\x02\x01\x01\0\0\0\0\0"), ErrorKind::NotText);
        assert_eq!(refused(b"R\0o\0m\0a\0"), ErrorKind::NotText);
        let article = "Un testo lungo quanto un articolo. ".repeat(40) + "\0";
        assert!(read(article.as_bytes()).is_ok(), "one stray NUL spoils nothing");
    }

    #[test]
    fn reads_no_further_than_the_limit() {
        let read = |limit| Source::from_reader("x".into(), &b"12345"[..], limit);
        assert!(read(5).is_ok());
        let error = read(4).expect_err("too large");
        assert_eq!((error.kind, error.message.as_str()), (ErrorKind::TooLarge, "larger than 4 bytes (--max-size raises the limit)"));
        assert!(Source::from_reader("x".into(), std::io::repeat(b'a'), 1000).is_err());
    }

    #[test]
    fn a_day_may_carry_a_time() {
        let expected = Some(civil::date(2024, 11, 27));
        for written in [
            "2024-11-27",
            " 2024-11-27 ",
            "2024-11-27T23:59",
            "2024-11-27T23:59:59.123Z",
            "2024-11-27 10:00:00",
            "2024-11-27T23:59:59+05:00",
        ] {
            assert_eq!(day(written), expected, "{written}");
        }
        for written in ["", "2024", "2024-11", "2024-11-31", "27/11/2024", "20241127", "2024-11-27x", "2024-11-27T99:00", "+002024-11-27"] {
            assert_eq!(day(written), None, "{written}");
        }
    }
}
