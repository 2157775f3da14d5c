//! Offsets: byte positions of a text counted in what the reader of the record slices by.
//!
//! One forward pass over the text notes the count at every 128th byte; a position is then counted
//! from the note before it, in any order. Not here: which spans there are.

use crate::span::{Offsets, Span};

/// The distance of two notes: short to count across, long enough to cost little memory.
const STEP: usize = 128;

/// Counts positions of one text.
pub struct Ruler<'t> {
    text: &'t [u8],
    unit: Offsets,
    /// The count at each multiple of `STEP`; none where every byte counts as one.
    notes: Option<Vec<u32>>,
}

impl<'t> Ruler<'t> {
    /// Reads the text through once, unless each of its bytes counts as one.
    pub fn new(text: &'t str, unit: Offsets) -> Self {
        let bytes = text.as_bytes();
        let notes = (unit != Offsets::Bytes && !text.is_ascii()).then(|| {
            let running = |sum: &mut u32, part: &[u8]| {
                let before = *sum;
                *sum += count(part, unit);
                Some(before)
            };
            bytes.chunks(STEP).scan(0, running).collect()
        });
        Self { text: bytes, unit, notes }
    }

    /// Where a byte position stands in the ruler's unit.
    pub fn at(&self, byte: u32) -> usize {
        let byte = byte as usize;
        match self.notes.as_ref().map(|notes| notes.get(byte / STEP).or(notes.last())) {
            Some(Some(&note)) => {
                // A text whose length is a multiple of the step ends without a note of its own.
                let from = (byte / STEP).min((self.text.len() - 1) / STEP) * STEP;
                (note + count(&self.text[from..byte], self.unit)) as usize
            }
            _ => byte,
        }
    }

    /// Where a span starts and ends in the ruler's unit.
    pub fn range(&self, span: Span) -> (usize, usize) {
        (self.at(span.start), self.at(span.end))
    }
}

/// How many units begin in these bytes. A character begins at any byte but `10xxxxxx`; one that
/// begins with `11110xxx` takes two units of UTF-16.
fn count(bytes: &[u8], unit: Offsets) -> u32 {
    let wide = unit == Offsets::Utf16;
    bytes.iter().map(|&b| u32::from(b & 0xC0 != 0x80) + u32::from(wide && b >= 0xF0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every position of `text`, against the plain definition.
    fn agrees(text: &str) {
        for unit in [Offsets::Chars, Offsets::Bytes, Offsets::Utf16] {
            let ruler = Ruler::new(text, unit);
            for byte in (0..=text.len()).rev().filter(|&b| text.is_char_boundary(b)) {
                let before = &text[..byte];
                let expected = match unit {
                    Offsets::Chars => before.chars().count(),
                    Offsets::Bytes => byte,
                    Offsets::Utf16 => before.encode_utf16().count(),
                };
                assert_eq!(ruler.at(byte as u32), expected, "{unit:?} at byte {byte} of {text:?}");
            }
        }
    }

    #[test]
    fn counts_as_defined() {
        agrees("");
        agrees("plain ASCII");
        agrees("così, 😀 and 👩🏽‍⚕️");
        agrees(&"è😀a".repeat(100));
        agrees(&"a".repeat(STEP));
        agrees(&"è".repeat(STEP));
        agrees(&"è".repeat(STEP / 2));
    }

    #[test]
    fn counts_any_text() {
        arbtest::arbtest(|u| {
            agrees(&u.arbitrary::<String>()?.repeat(3));
            Ok(())
        });
    }

    #[test]
    fn a_range_slices_the_text() {
        let text = "È 😀 Roma";
        let start = text.find("Roma").expect("Roma") as u32;
        let (start, end) = Ruler::new(text, Offsets::Chars).range(Span::new(start, start + 4));
        assert_eq!(text.chars().skip(start).take(end - start).collect::<String>(), "Roma");
    }
}
