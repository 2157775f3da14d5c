//! CoNLL: a token a line, with BIO tags.
//!
//! `docs/formats.md` says what the columns hold. Tokens are those that the rules saw, cut once more where a
//! mention begins or ends inside one, so that every mention is whole tokens. Not here: values, which stand in
//! the record alone.

use std::fmt::Write;

use super::offsets::Ruler;
use super::placed::{Placed, label, place};
use super::record::{Line, Record};
use crate::lang::pack::Pack;
use crate::segment::segment;
use crate::span::{Offsets, Span};

/// The columns, as each document names them.
const COLUMNS: &str = "token start end tag inner";

/// A document: comments, a line for each token, a blank line after each sentence.
///
/// `offsets` is what the record counts in, and the columns too.
pub fn document(line: &Line, text: &str, offsets: Offsets) -> String {
    let mut out = String::with_capacity(text.len() * 4);
    // Writing to a string cannot fail.
    let _ = match line {
        Line::Record(record) => article(record, text, offsets, &mut out),
        Line::Failure(failure) => {
            let kind = serde_json::to_value(failure.error.kind).unwrap_or_default();
            let message = failure.error.message.replace(['\r', '\n'], " ");
            write!(out, "# id = {}\n# error = {}: {message}\n\n", failure.id, kind.as_str().unwrap_or_default())
        }
    };
    out
}

fn article(record: &Record, text: &str, offsets: Offsets, out: &mut String) -> std::fmt::Result {
    writeln!(out, "# id = {}\n# language = {}", record.id, record.language.code())?;
    if let Some(day) = &record.published {
        writeln!(out, "# published = {day}")?;
    }
    for skipped in &record.skipped {
        writeln!(out, "# skipped = {} {} {}", skipped.start, skipped.end, skipped.reason)?;
    }
    writeln!(out, "# columns = {COLUMNS}")?;
    let (placed, _) = place(record, text, offsets);
    let segments = segment(text, &Pack::open(record.language, Default::default()));
    let ruler = Ruler::new(text, offsets);
    let mut tagger = Tagger::new(&placed);
    for sentence in &segments.sentences {
        let mut any = false;
        for token in &segments.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize] {
            for piece in tagger.pieces(Span::new(token.start, token.end)) {
                // A script without spaces has ideographic ones, which are no tokens here.
                if piece.of(text).trim().is_empty() {
                    continue;
                }
                any = true;
                let (start, end) = ruler.range(piece);
                write!(out, "{}\t{start}\t{end}", piece.of(text))?;
                tagger.tag(piece, out)?;
            }
        }
        if any {
            out.push('\n');
        }
    }
    if !out.ends_with("\n\n") {
        out.push('\n'); // not one token
    }
    Ok(())
}

/// Tags pieces of text, in text order.
struct Tagger<'p> {
    /// The mentions of each level: the outermost, those inside them (or across their ends), and so on.
    levels: Vec<Level<'p>>,
    /// Where mentions begin and end, in text order.
    cuts: Vec<u32>,
    /// The first cut that is not behind yet.
    next: usize,
}

/// Mentions that do not overlap, in text order.
#[derive(Default)]
struct Level<'p> {
    mentions: Vec<&'p Placed<'p>>,
    /// The first that is not behind yet.
    next: usize,
    /// Whether a piece of it has been tagged.
    begun: bool,
}

impl<'p> Tagger<'p> {
    fn new(placed: &'p [Placed<'p>]) -> Self {
        let mut levels: Vec<Level> = vec![Level::default()];
        for mention in placed {
            let free = |level: &Level| level.mentions.last().is_none_or(|last| last.span.end <= mention.span.start);
            let level = levels.iter().position(free).unwrap_or_else(|| {
                levels.push(Level::default());
                levels.len() - 1
            });
            levels[level].mentions.push(mention);
        }
        let mut cuts: Vec<u32> = placed.iter().flat_map(|p| [p.span.start, p.span.end]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        Self { levels, cuts, next: 0 }
    }

    /// A token, cut where mentions begin or end inside it.
    fn pieces(&mut self, token: Span) -> Vec<Span> {
        while self.cuts.get(self.next).is_some_and(|cut| *cut <= token.start) {
            self.next += 1;
        }
        let mut pieces = Vec::with_capacity(1);
        let mut from = token.start;
        for cut in self.cuts[self.next..].iter().take_while(|cut| **cut < token.end) {
            pieces.push(Span::new(from, *cut));
            from = *cut;
        }
        pieces.push(Span::new(from, token.end));
        pieces
    }

    /// Writes the tags of a piece, and ends its line: the outermost mention's, then those of all others.
    fn tag(&mut self, piece: Span, out: &mut String) -> std::fmt::Result {
        let mut gap = 0;
        for (depth, level) in self.levels.iter_mut().enumerate() {
            let tag = level.tag(piece);
            match (depth, tag) {
                (0, None) => out.push_str("\tO\t"),
                (0, Some((sign, label))) => write!(out, "\t{sign}-{label}\t")?,
                (_, None) => gap += 1,
                (_, Some((sign, label))) => {
                    let bar = if out.ends_with('\t') { "" } else { "|" };
                    // A level that says nothing is said to, so that those below it keep their place.
                    out.push_str(bar);
                    out.push_str(&"O|".repeat(gap));
                    write!(out, "{sign}-{label}")?;
                    gap = 0;
                }
            }
        }
        out.push_str(if out.ends_with('\t') { "O\n" } else { "\n" });
        Ok(())
    }
}

impl Level<'_> {
    /// What a piece is to the mention that holds it: its beginning (B) or what follows (I), and its label.
    fn tag(&mut self, piece: Span) -> Option<(char, &'static str)> {
        while self.mentions.get(self.next).is_some_and(|m| m.span.end <= piece.start) {
            self.next += 1;
            self.begun = false;
        }
        let mention = self.mentions.get(self.next).filter(|m| m.span.overlaps(piece))?;
        let sign = if std::mem::replace(&mut self.begun, true) { 'I' } else { 'B' };
        Some((sign, label(mention.what.category())))
    }
}
