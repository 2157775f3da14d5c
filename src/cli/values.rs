//! What options take: their values as types, and how these are typed.
//!
//! Not here: the options themselves.

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use dispaccio::lang::Language;
use dispaccio::options::Category;
use dispaccio::read;
use jiff::civil;

/// The values of `--lang`, as help shows them; a test holds them to the table of languages.
pub const LANGUAGES: &str = "auto|en|it";

/// How `check` reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For the eye.
    #[value(help = None)]
    Text,
    /// For continuous integration.
    #[value(help = None)]
    Junit,
}

/// What the inputs are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InputKind {
    /// Each input is one article.
    #[value(help = None)]
    Text,
    /// Each line of an input is a record with an article.
    #[value(help = None)]
    Jsonl,
}

impl InputKind {
    /// How the names of such inputs end, below a folder.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["txt"],
            Self::Jsonl => &["jsonl", "ndjson"],
        }
    }
}

/// When a bar is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Progress {
    /// For long work on a terminal.
    #[value(help = None)]
    Auto,
    /// For long work.
    #[value(help = None)]
    Always,
    /// Not at all.
    #[value(help = None)]
    Never,
}

/// How records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One line a record.
    #[value(help = None)]
    Jsonl,
    /// Laid out for the eye.
    #[value(help = None)]
    Pretty,
    /// A page for each article.
    #[value(help = None)]
    Html,
    /// A token a line, with BIO tags.
    #[value(help = None)]
    Conll,
    /// brat standoff.
    #[value(help = None)]
    Brat,
}

/// What offsets count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "lower")]
pub enum Unit {
    /// Unicode scalar values.
    #[value(help = None)]
    Chars,
    /// Bytes of UTF-8.
    #[value(help = None)]
    Bytes,
    /// UTF-16 code units.
    #[value(help = None)]
    Utf16,
}

/// The language that was told, if any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told(pub Option<Language>);

/// Parses a language.
pub fn language() -> impl TypedValueParser<Value = Told> {
    let codes = std::iter::once("auto").chain(Language::ALL.map(Language::code));
    PossibleValuesParser::new(codes).map(|code| Told(Language::from_code(&code)))
}

/// Parses the name of a list.
pub fn category() -> impl TypedValueParser<Value = Category> {
    PossibleValuesParser::new(Category::ALL.map(Category::name)).try_map(|name| Category::from_name(&name).ok_or("no such list"))
}

/// Parses a day.
pub fn day(written: &str) -> Result<civil::Date, &'static str> {
    read::day(written).ok_or("a day is written YYYY-MM-DD")
}

/// Parses "500000", "64M", "64MiB"; K, M and G are powers of 1024.
pub fn size(written: &str) -> Result<u64, String> {
    let digits = written.find(|c: char| !c.is_ascii_digit()).unwrap_or(written.len());
    let (number, unit) = written.split_at(digits);
    let shift = match unit.to_ascii_uppercase().trim_end_matches('B').trim_end_matches('I') {
        "" => 0,
        "K" => 10,
        "M" => 20,
        "G" => 30,
        _ => return Err("a size is a number of bytes, or of K, M or G".to_owned()),
    };
    let size = number.parse::<u64>().ok().and_then(|n| n.checked_mul(1 << shift)).filter(|&n| (1..=read::SIZE_CEILING).contains(&n));
    size.ok_or_else(|| format!("a size is between 1 and {}G", read::SIZE_CEILING >> 30))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_names_every_language() {
        assert_eq!(LANGUAGES, format!("auto|{}", Language::ALL.map(Language::code).join("|")));
    }

    #[test]
    fn sizes() {
        assert_eq!(size("500000"), Ok(500_000));
        assert_eq!(size("64M"), Ok(read::MAX_SIZE));
        assert_eq!(size("1kib"), Ok(1024));
        assert_eq!(size("1GB"), Ok(read::SIZE_CEILING));
        for wrong in ["", "0", "2G", "M", "1.5M", "-1", "99999999999999999999", "1X"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
