//! The one error type of the library: what went wrong with one input.
//!
//! Each kind is a value of the record's `error.kind`. Not here: wrong usage and broken output,
//! which `anyhow` carries at the edge.

use std::fmt;

/// Why an input gave no extraction. The names are those of the record's `error.kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// The file or stream could not be read.
    Unreadable,
    /// The bytes are no text: NULs, or mostly control characters.
    NotText,
    /// Nothing but white space.
    Empty,
    /// Longer than the size limit.
    TooLarge,
    /// Confidently in a language other than those supported.
    UnsupportedLanguage,
    /// No telling which language it is.
    UndeterminedLanguage,
    /// A line of JSON Lines input that is no record.
    BadRecord,
}

/// What went wrong with one input, for people and for programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What a program matches on.
    pub kind: ErrorKind,
    /// What a person reads: no trailing full stop, no input name (whoever knows it adds it).
    pub message: String,
}

impl Error {
    /// An error of `kind` with a message.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// The library's result.
pub type Result<T> = std::result::Result<T, Error>;
