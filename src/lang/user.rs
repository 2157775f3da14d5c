//! The user's own words: `--lexicon FILE.tsv`.
//!
//! Rows of tab-separated cells: surface, kind, and if wanted canonical name, class, code and
//! acronym. Lines that begin with `#` are comments. Not here: how the words weigh against the
//! tables' ([`crate::tag`] lets the user's win).

use std::collections::HashMap;
use std::path::Path;

use super::data;
use super::pack::{Pack, Row, RowId, class_id};
use super::table::CaseWish;
use crate::error::{Error, ErrorKind, Result};
use crate::segment::token::{self, Joins, Token};

/// The most words that a user's surface may have.
const MOST_WORDS: usize = 12;

/// The kinds that a row may have, and the kind of annotation each becomes.
pub const USER_KINDS: [(&str, u8); 7] = [
    ("person", data::kind::PERSON),
    ("agency", data::kind::AGENCY),
    ("organization", data::kind::ORG),
    ("country", data::kind::COUNTRY),
    ("place", data::kind::CITY),
    ("role", data::kind::ROLE),
    ("none", data::kind::NONE),
];

/// One row of the user's.
#[derive(Clone, Debug)]
struct UserRow {
    surface: String,
    kind: u8,
    class: u16,
    name: String,
    code: String,
    acronym: String,
}

/// The user's own words, by their keys.
#[derive(Clone, Debug, Default)]
pub struct UserLexicon {
    rows: Vec<UserRow>,
    /// Rows by the key of their first word.
    by_first: HashMap<String, Vec<(Vec<String>, usize)>>,
}

impl UserLexicon {
    /// Reads a lexicon's text.
    ///
    /// # Errors
    /// `LINE: reason`, for the first row that is none.
    pub fn parse(text: &str) -> std::result::Result<Self, String> {
        let mut lexicon = Self::default();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim_end_matches('\r');
            if line.trim().is_empty() || line.starts_with('#') || (number == 0 && line.starts_with("surface\t")) {
                continue;
            }
            lexicon.add(line).map_err(|e| format!("{}: {e}", number + 1))?;
        }
        Ok(lexicon)
    }

    /// Reads a lexicon file.
    ///
    /// # Errors
    /// The reason the file could not be read, or `LINE: reason` for the first row that is none.
    pub fn load(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|e| Error::new(ErrorKind::Unreadable, e.to_string()))?;
        Self::parse(&text).map_err(|e| Error::new(ErrorKind::BadRecord, e))
    }

    fn add(&mut self, line: &str) -> std::result::Result<(), String> {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let [surface, kind, ..] = cells[..] else {
            return Err("a row wants at least a surface and a kind, with a tab between".into());
        };
        let names = || USER_KINDS.map(|(n, _)| n).join(", ");
        let Some((_, kind)) = USER_KINDS.iter().find(|(n, _)| *n == kind) else {
            return Err(format!("`{kind}` is no kind: {}", names()));
        };
        if cells.len() > 6 {
            return Err(format!("{} cells, where surface, kind, name, class, code and acronym are six", cells.len()));
        }
        let cell = |i: usize| cells.get(i).copied().unwrap_or("");
        let class = cell(3);
        if !class.is_empty() && class_id(class) == 0 {
            return Err(format!("`{class}` is no class"));
        }
        let words = surface.split_whitespace().count();
        if words == 0 || words > MOST_WORDS {
            return Err(format!("a surface of {words} words, where 1 to {MOST_WORDS} are wanted"));
        }
        let default_class = if *kind == data::kind::COUNTRY { "name" } else { "other" };
        self.rows.push(UserRow {
            surface: surface.to_owned(),
            kind: *kind,
            class: class_id(if class.is_empty() { default_class } else { class }),
            name: cell(2).to_owned(),
            code: cell(4).to_owned(),
            acronym: cell(5).to_owned(),
        });
        Ok(())
    }

    /// Cuts the surfaces as a language's text is cut.
    #[must_use]
    pub fn cut_by(mut self, joins: &impl Joins) -> Self {
        self.by_first.clear();
        for (number, row) in self.rows.iter().enumerate() {
            let keys: Vec<String> =
                token::tokenize(&row.surface, joins).iter().map(|t| token::key(t.of(&row.surface)).into_owned()).collect();
            if let Some(first) = keys.first() {
                self.by_first.entry(first.clone()).or_default().push((keys, number));
            }
        }
        self
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row with this number.
    pub fn row(&self, number: usize) -> Row<'_> {
        let row = &self.rows[number];
        Row { kind: row.kind, class: row.class, name: &row.name, code: &row.code, acronym: &row.acronym }
    }

    /// The longest of the user's surfaces that begins with the first of `tokens`: how many tokens it takes,
    /// and its rows.
    pub fn phrases_at(&self, text: &str, tokens: &[Token], mut see: impl FnMut(usize, RowId)) {
        let Some(first) = tokens.first() else { return };
        let Some(candidates) = self.by_first.get(token::key(first.of(text)).as_ref()) else {
            return;
        };
        for (keys, row) in candidates {
            let fits = keys.len() <= tokens.len() && keys.iter().zip(tokens).all(|(k, t)| token::key(t.of(text)) == k.as_str());
            let wish = CaseWish::of(&self.rows[*row].surface);
            if fits && (wish == CaseWish::Any || first.is_capitalised()) {
                see(keys.len(), Pack::user_row(*row));
            }
        }
    }
}
