//! brat standoff: a text, and beside it a line for each thing said of it.
//!
//! `docs/formats.md` says what the lines hold. brat counts characters whatever the record counts in. Not here: where the
//! files go.

use std::collections::BTreeMap;
use std::fmt::{Result, Write};

use serde::Serialize;

use super::offsets::Ruler;
use super::placed::{Placed, What, label, place};
use super::record::{Body, Count, CountKind, Person, Record};
use crate::options::Category;
use crate::span::{Offsets, Span};

/// What brat must be told before it shows such files: `annotation.conf`.
pub const ANNOTATION_CONF: &str = include_str!("brat/annotation.conf");

/// The colours, the same as on the pages: `visual.conf`.
pub const VISUAL_CONF: &str = include_str!("brat/visual.conf");

/// The `.ann` file of an article; its `.txt` is the text itself.
///
/// `offsets` is what the record counts in.
pub fn annotations(record: &Record, text: &str, offsets: Offsets) -> String {
    let (placed, _) = place(record, text, offsets);
    let mut ann = Ann { ruler: Ruler::new(text, Offsets::Chars), text, out: String::new(), notes: 0, attributes: 0, references: 0 };
    // Writing to a string cannot fail.
    let _ = ann.all(&placed);
    ann.out
}

struct Ann<'t> {
    ruler: Ruler<'t>,
    text: &'t str,
    out: String,
    notes: usize,
    attributes: usize,
    references: usize,
}

impl Ann<'_> {
    fn all(&mut self, placed: &[Placed]) -> Result {
        let mut entries: BTreeMap<(u8, usize), Vec<usize>> = BTreeMap::new();
        for (i, mention) in placed.iter().enumerate() {
            let id = i + 1;
            self.mention(id, mention)?;
            let mentions = entries.entry((mention.what.category() as u8, mention.entry)).or_default();
            mentions.push(id);
            if mentions.len() == 1 {
                self.notes(id, mention.what)?;
            }
        }
        for mentions in entries.values().filter(|m| m.len() > 1) {
            self.out.push_str("*\tEquiv");
            mentions.iter().try_for_each(|id| write!(self.out, " T{id}"))?;
            self.out.push('\n');
        }
        Ok(())
    }

    /// A mention with its attributes (closed lists) and its references (everything else).
    fn mention(&mut self, id: usize, mention: &Placed) -> Result {
        let pieces = lines(mention.span, self.text);
        write!(self.out, "T{id}\t{} ", label(mention.what.category()))?;
        for (i, piece) in pieces.iter().enumerate() {
            let (start, end) = self.ruler.range(*piece);
            write!(self.out, "{}{start} {end}", if i == 0 { "" } else { ";" })?;
        }
        let quotes: Vec<&str> = pieces.iter().map(|p| p.of(self.text)).collect();
        writeln!(self.out, "\t{}", quotes.join(" "))?;
        let place = |list: Category| format!("{}/{}", list.name(), mention.entry);
        match mention.what {
            What::Person(person, _) => self.reference(id, "RECORD", &place(Category::People), &person.name),
            What::Agency(body, _) => self.body(id, body, &place(Category::Agencies)),
            What::Organization(body, _) => self.body(id, body, &place(Category::Organizations)),
            What::Country(country, m) => {
                self.attribute(id, "Form", &m.form)?;
                self.reference(id, "RECORD", &place(Category::Countries), &country.name)?;
                country.code.iter().try_for_each(|code| self.reference(id, "ISO3166", code, &country.name))
            }
            What::Count(count) => self.count(id, count),
            What::Date(date) => {
                self.attribute(id, "Granularity", &date.granularity)?;
                date.resolved_from.iter().try_for_each(|from| self.attribute(id, "ResolvedFrom", from))?;
                date.value.iter().try_for_each(|value| self.reference(id, "EDTF", value, &date.text))
            }
        }
    }

    fn body(&mut self, id: usize, body: &Body, place: &str) -> Result {
        self.attribute(id, "Kind", &body.kind)?;
        self.reference(id, "RECORD", place, &body.name)?;
        body.country.iter().try_for_each(|code| self.reference(id, "ISO3166", code, &body.name))
    }

    fn count(&mut self, id: usize, count: &Count) -> Result {
        self.attribute(id, "Kind", &count.kind)?;
        count.modifier.iter().try_for_each(|modifier| self.attribute(id, "Modifier", modifier))?;
        self.reference(id, "VALUE", &json(&count.value), &count.text)?;
        count.max.iter().try_for_each(|max| self.reference(id, "MAX", &json(max), &count.text))?;
        let scheme = if count.kind == CountKind::Money { "ISO4217" } else { "CLDR" };
        count.unit.iter().try_for_each(|unit| self.reference(id, scheme, unit, &count.text))
    }

    /// What a list's entry says besides, on its first mention.
    fn notes(&mut self, id: usize, what: What) -> Result {
        let list = |name: &'static str, values: &[String]| (!values.is_empty()).then(|| format!("{name}: {}", values.join(" | ")));
        let person = |p: &Person| vec![list("roles", &p.roles), list("affiliations", &p.affiliations)];
        let said = match what {
            What::Person(p, _) => person(p),
            What::Agency(b, _) | What::Organization(b, _) => vec![b.acronym.as_ref().map(|a| format!("acronym: {a}"))],
            What::Count(c) => vec![c.noun.as_ref().map(|n| format!("noun: {n}"))],
            What::Country(..) | What::Date(_) => Vec::new(),
        };
        let said: Vec<String> = said.into_iter().flatten().collect();
        if said.is_empty() {
            return Ok(());
        }
        self.notes += 1;
        writeln!(self.out, "#{}\tAnnotatorNotes T{id}\t{}", self.notes, folded(&said.join("; ")))
    }

    fn attribute(&mut self, id: usize, name: &str, value: &impl Serialize) -> Result {
        self.attributes += 1;
        writeln!(self.out, "A{}\t{name} T{id} {}", self.attributes, json(value).trim_matches('"'))
    }

    fn reference(&mut self, id: usize, scheme: &str, value: &str, said: &str) -> Result {
        self.references += 1;
        writeln!(self.out, "N{}\tReference T{id} {scheme}:{value}\t{}", self.references, folded(said))
    }
}

/// The parts of a span that stand on one line each: brat knows no line break inside a mention, and its columns no tab.
fn lines(span: Span, text: &str) -> Vec<Span> {
    let mut from = span.start;
    let mut pieces = Vec::with_capacity(1);
    for part in span.of(text).split_inclusive(['\n', '\r', '\t']) {
        let (piece, lead) = (part.trim(), part.len() - part.trim_start().len());
        let start = from + lead as u32;
        from += part.len() as u32;
        if !piece.is_empty() {
            pieces.push(Span::new(start, start + piece.len() as u32));
        }
    }
    pieces
}

/// A value as the record has it.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
