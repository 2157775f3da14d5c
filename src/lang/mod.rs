//! The one table of languages. A language is a folder beside this file and a line here.
//!
//! Not here: what a language's tables hold; [`pack`] gives the typed view of it.

mod cache;
pub mod data;
pub mod feasts;
pub mod hash;
pub mod labels;
pub mod pack;
mod phrases;
pub mod table;
pub mod user;
mod words;

/// A supported language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub enum Language {
    /// English.
    #[serde(rename = "en")]
    En,
    /// Italian.
    #[serde(rename = "it")]
    It,
}

impl Language {
    /// Every supported language, in the order of their packs.
    pub const ALL: [Self; 2] = [Self::En, Self::It];

    /// The ISO 639-1 code, which is also the name of the language's folder.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::It => "it",
        }
    }

    /// The language of an ISO 639-1 code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.code() == code)
    }
}
