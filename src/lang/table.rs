//! Reads a table of language data: its header and its rows, with errors that name the line.
//!
//! `build.rs`, the user's `--lexicon` and the tests read tables through this one parser. Not here:
//! what the rows become.

/// What a table's rows are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableType {
    /// Single words and the tags they carry.
    Words,
    /// Phrases that become annotations of this kind.
    Gazetteer(String),
    /// The words that numbers are made of.
    NumberWords,
    /// The letters that change digits they are glued to.
    NumberSuffixes,
    /// Endings, and the tags of the words that have them.
    Endings,
}

/// One table.
#[derive(Clone, Debug)]
pub struct Table {
    /// What its rows are.
    pub table_type: TableType,
    /// The columns' names.
    pub columns: Vec<String>,
    /// The values of the header's `# source:` lines.
    pub sources: Vec<String>,
    /// Line number (from 1) and cells of each row.
    pub rows: Vec<(usize, Vec<String>)>,
}

impl Table {
    /// Reads a table's text.
    ///
    /// # Errors
    /// `LINE: reason`, for a header that lacks a part or a row that does not fit it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (mut table_type, mut columns, mut sources) = (None, Vec::new(), Vec::new());
        let mut rows = Vec::new();
        for (number, line) in text.lines().enumerate().map(|(i, l)| (i + 1, l)) {
            if let Some(comment) = line.strip_prefix('#') {
                let comment = comment.trim();
                if let Some(value) = comment.strip_prefix("source:") {
                    sources.push(value.trim().to_owned());
                } else if let Some(value) = comment.strip_prefix("type:") {
                    table_type = Some(parse_type(value.trim()).map_err(|e| format!("{number}: {e}"))?);
                } else if let Some(value) = comment.strip_prefix("columns:") {
                    columns = value.split_whitespace().map(str::to_owned).collect();
                }
                continue;
            }
            if line.is_empty() {
                continue;
            }
            let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
            if cells.len() > columns.len() || cells[0].is_empty() {
                return Err(format!(
                    "{number}: {} cells where the header names {} columns, the first never empty",
                    cells.len(),
                    columns.len()
                ));
            }
            rows.push((number, cells));
        }
        let table_type = table_type.ok_or("1: the header has no `# type:` line")?;
        let known: &[&str] = match table_type {
            TableType::Words => &["word", "tags"],
            TableType::Gazetteer(_) => &["surface", "class", "name", "full", "code", "acronym"],
            TableType::NumberWords | TableType::NumberSuffixes => &["surface", "class", "code"],
            TableType::Endings => &["ending", "base", "wants", "tags"],
        };
        if columns.first().is_none_or(|c| c != known[0]) {
            return Err(format!("1: the first column must be `{}`", known[0]));
        }
        if let Some(odd) = columns.iter().find(|c| !known.contains(&c.as_str())) {
            return Err(format!("1: unknown column `{odd}`"));
        }
        Ok(Self { table_type, columns, sources, rows })
    }

    /// A row's cell in the column of that name; empty when the table or the row has none.
    pub fn cell<'r>(&self, row: &'r [String], column: &str) -> &'r str {
        self.columns.iter().position(|c| c == column).and_then(|i| row.get(i)).map_or("", String::as_str)
    }
}

fn parse_type(value: &str) -> Result<TableType, String> {
    match value.split_once(' ') {
        None if value == "words" => Ok(TableType::Words),
        None if value == "endings" => Ok(TableType::Endings),
        Some(("numbers", "words")) => Ok(TableType::NumberWords),
        Some(("numbers", "suffixes")) => Ok(TableType::NumberSuffixes),
        Some(("gazetteer", kind)) if kind.bytes().all(|b| b.is_ascii_uppercase()) => Ok(TableType::Gazetteer(kind.to_owned())),
        _ => Err(format!("`{value}` is no table type: `words`, `endings`, `gazetteer KIND`, `numbers words` or `numbers suffixes`")),
    }
}

/// How strict a word of a surface is about capital letters in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseWish {
    /// Any case.
    Any,
    /// Begins with a capital.
    Capital,
    /// All capitals.
    Upper,
}

impl CaseWish {
    /// What a word, as a table writes it, asks of the text.
    pub fn of(word: &str) -> Self {
        let letters = || word.chars().filter(|c| c.is_alphabetic());
        if !letters().next().is_some_and(char::is_uppercase) {
            Self::Any
        } else if letters().count() > 1 && letters().all(char::is_uppercase) {
            Self::Upper
        } else {
            Self::Capital
        }
    }

    /// The wish as two bits, and back.
    pub fn bits(self) -> u32 {
        self as u32
    }
}
