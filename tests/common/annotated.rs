//! Strict readers of CoNLL documents and `.ann` files.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::{BTreeMap, BTreeSet};

use dispaccio::emit::placed::label;
use dispaccio::options::Category;
use dispaccio::span::Offsets;

fn category(name: &str) -> Category {
    Category::ALL.into_iter().find(|c| label(*c) == name).unwrap_or_else(|| panic!("no category {name:?}"))
}

/// What `start..end` of a text is, in a record's own units.
pub fn slice(text: &str, start: usize, end: usize, offsets: Offsets) -> String {
    match offsets {
        Offsets::Bytes => text[start..end].to_owned(),
        Offsets::Chars => text.chars().skip(start).take(end - start).collect(),
        Offsets::Utf16 => String::from_utf16(&text.encode_utf16().collect::<Vec<_>>()[start..end]).expect("UTF-16"),
    }
}

/// A mention as it is compared: its category, start, end and text.
pub type Mention = (Category, usize, usize, String);

/// The mentions that a CoNLL document holds, and its comments.
pub fn read_conll(document: &str, text: &str, offsets: Offsets) -> (Vec<Mention>, BTreeMap<String, Vec<String>>) {
    let mut comments: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut levels: Vec<Option<(Category, usize, usize)>> = Vec::new();
    let (mut found, mut last, mut blank) = (Vec::new(), 0, true);
    for line in document.lines() {
        if let Some((key, value)) = line.strip_prefix("# ").and_then(|c| c.split_once(" = ")) {
            assert!(!blank || comments.is_empty(), "comments stand on top only");
            comments.entry(key.to_owned()).or_default().push(value.to_owned());
            blank = false;
            continue;
        }
        assert!(!(line.is_empty() && blank), "one blank line at a time: {document}");
        blank = line.is_empty();
        if blank {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [token, start, end, tag, inner] = columns[..] else { panic!("five columns: {line:?}") };
        let (start, end): (usize, usize) = (start.parse().expect("a start"), end.parse().expect("an end"));
        assert!(start >= last && start < end, "tokens in order: {line}");
        last = end;
        assert_eq!(token, slice(text, start, end, offsets), "a token is the text's own");
        let inner: Vec<&str> = if inner == "O" { Vec::new() } else { inner.split('|').collect() };
        assert!(inner.last() != Some(&"O") && inner.iter().all(|t| !t.is_empty()), "{line}");
        let tags: Vec<&str> = std::iter::once(tag).chain(inner).collect();
        levels.resize(levels.len().max(tags.len()), None);
        for (depth, open) in levels.iter_mut().enumerate() {
            match tags.get(depth).filter(|t| **t != "O").map(|t| t.split_once('-').expect("a sign and a label")) {
                None => found.extend(open.take()),
                Some(("B", name)) => found.extend(open.replace((category(name), start, end))),
                Some(("I", name)) => {
                    let open = open.as_mut().unwrap_or_else(|| panic!("I without B: {line}"));
                    assert_eq!(open.0, category(name), "{line}");
                    open.2 = end;
                }
                Some((sign, _)) => panic!("{sign}: {line}"),
            }
        }
    }
    found.extend(levels.into_iter().flatten());
    let mut found: Vec<_> = found.into_iter().map(|(c, start, end)| (c, start, end, slice(text, start, end, offsets))).collect();
    found.sort_by_key(|(category, start, end, _)| (*start, *end, *category as u8));
    (found, comments)
}

/// A `T` line: its label, its pieces and its text.
pub type Standoff = (String, Vec<(usize, usize)>, String);

/// An `.ann` file, read back.
#[derive(Default)]
pub struct Ann {
    /// By its number.
    pub mentions: BTreeMap<usize, Standoff>,
    /// By mention and name.
    pub attributes: BTreeMap<(usize, String), String>,
    /// By mention and scheme: the value and what it is said of.
    pub references: BTreeMap<(usize, String), (String, String)>,
    pub notes: BTreeMap<usize, String>,
    pub groups: Vec<Vec<usize>>,
}

/// Reads an `.ann` file.
pub fn read_ann(ann: &str) -> Ann {
    let number = |id: &str| id[1..].parse::<usize>().unwrap_or_else(|_| panic!("{id}"));
    let mut read = Ann::default();
    let mut ids = BTreeSet::new();
    for line in ann.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let (id, said) = (columns[0], columns[1].split(' ').collect::<Vec<_>>());
        assert!(id == "*" || ids.insert(id.to_owned()), "{id} twice");
        match &id[..1] {
            "T" => {
                let (name, pieces) = columns[1].split_once(' ').expect("a label");
                let piece =
                    |p: &str| p.split_once(' ').map(|(s, e)| (s.parse().expect("a start"), e.parse().expect("an end"))).expect("a piece");
                read.mentions.insert(number(id), (name.to_owned(), pieces.split(';').map(piece).collect(), columns[2].to_owned()));
            }
            "A" => assert!(read.attributes.insert((number(said[1]), said[0].to_owned()), said[2].to_owned()).is_none()),
            "N" => {
                assert_eq!((said[0], said.len()), ("Reference", 3), "{line}");
                let (scheme, value) = said[2].split_once(':').expect("a scheme");
                let before = read.references.insert((number(said[1]), scheme.to_owned()), (value.to_owned(), columns[2].to_owned()));
                assert!(before.is_none(), "{line}");
            }
            "#" => _ = read.notes.insert(number(said[1]), columns[2].to_owned()),
            "*" => read.groups.push(said[1..].iter().map(|id| number(id)).collect()),
            _ => panic!("{line}"),
        }
    }
    read
}

impl Ann {
    pub fn attribute(&self, id: usize, name: &str) -> Option<&str> {
        self.attributes.get(&(id, name.to_owned())).map(String::as_str)
    }

    pub fn reference(&self, id: usize, scheme: &str) -> Option<&str> {
        self.references.get(&(id, scheme.to_owned())).map(|(value, _)| value.as_str())
    }

    /// The number of the mention of `category` from `start` to `end`.
    pub fn at(&self, category: Category, start: usize, end: usize) -> usize {
        let is = |(name, pieces, _): &Standoff| {
            name == label(category) && pieces.first().map(|p| p.0) == Some(start) && pieces.last().map(|p| p.1) == Some(end)
        };
        *self.mentions.iter().find(|(_, m)| is(m)).unwrap_or_else(|| panic!("no {} {start} {end}", label(category))).0
    }
}
