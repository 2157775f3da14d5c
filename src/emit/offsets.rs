//! Offsets: byte positions of a text counted in what the reader of the record slices by.
//!
//! One forward pass over the text notes the count at every 128th byte; a position is then counted
//! from the note before it, in any order. [`Located`] goes the other way, from a record back to the bytes of
//! its text. Not here: which spans there are.

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

/// Where the positions that a record tells stand in its text, in bytes.
pub struct Located(Vec<(usize, u32)>);

impl Located {
    /// Finds `wanted` positions, which count in `unit`, in one pass over the text.
    pub fn new(text: &str, unit: Offsets, mut wanted: Vec<usize>) -> Self {
        wanted.sort_unstable();
        wanted.dedup();
        let (mut found, mut next) = (Vec::with_capacity(wanted.len()), wanted.into_iter().peekable());
        let mut at = 0;
        for (byte, c) in text.char_indices().chain(std::iter::once((text.len(), '\0'))) {
            while next.next_if(|w| *w < at).is_some() {}
            if next.next_if_eq(&at).is_some() {
                found.push((at, byte as u32));
            }
            if next.peek().is_none() {
                break;
            }
            at += match unit {
                Offsets::Chars => 1,
                Offsets::Bytes => c.len_utf8(),
                Offsets::Utf16 => c.len_utf16(),
            };
        }
        Self(found)
    }

    /// The bytes from `start` to `end`, if both are positions that were asked for and that the text has.
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        let at = |unit: usize| self.0.binary_search_by_key(&unit, |(u, _)| *u).ok().map(|i| self.0[i].1);
        let (start, end) = (at(start)?, at(end)?);
        (start < end).then(|| Span::new(start, end))
    }
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
    fn located_where_they_were_counted() {
        let text = "È 😀 «Roma» 👩🏽‍⚕️ à";
        for unit in [Offsets::Chars, Offsets::Bytes, Offsets::Utf16] {
            let ruler = Ruler::new(text, unit);
            let bytes: Vec<u32> = (0..=text.len() as u32).filter(|b| text.is_char_boundary(*b as usize)).collect();
            let located = Located::new(text, unit, bytes.iter().rev().map(|b| ruler.at(*b)).collect());
            for pair in bytes.windows(2) {
                assert_eq!(located.span(ruler.at(pair[0]), ruler.at(pair[1])), Some(Span::new(pair[0], pair[1])), "{unit:?}");
            }
            assert_eq!(located.span(ruler.at(2), ruler.at(2)), None, "nothing is no span");
        }
        assert_eq!(Located::new("😀!", Offsets::Utf16, vec![0, 1, 2, 9]).span(0, 1), None, "half a character is no place");
        assert_eq!(Located::new("😀!", Offsets::Utf16, vec![0, 1, 2, 9]).span(0, 9), None, "beyond the end is none");
        assert_eq!(Located::new("😀!", Offsets::Utf16, vec![0, 1, 2, 9]).span(0, 2), Some(Span::new(0, 4)));
    }

    #[test]
    fn a_range_slices_the_text() {
        let text = "È 😀 Roma";
        let start = text.find("Roma").expect("Roma") as u32;
        let (start, end) = Ruler::new(text, Offsets::Chars).range(Span::new(start, start + 4));
        assert_eq!(text.chars().skip(start).take(end - start).collect::<String>(), "Roma");
    }
}
