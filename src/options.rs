//! What a run may be told: one plain struct, the same for the command line, `check` and a program
//! that uses the library. Not here: how it is typed on a command line.

use jiff::civil;

use crate::lang::Language;
pub use crate::lang::user::UserLexicon;
use crate::span::Offsets;

/// What a run may be told about every text it reads.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The language, instead of detecting it.
    pub language: Option<Language>,
    /// The day that relative dates are counted from.
    pub published: Option<civil::Date>,
    /// The lists to fill; the others are left out of the record.
    pub only: Only,
    /// What offsets count.
    pub offsets: Offsets,
    /// Whether each mention tells what made it.
    pub explain: bool,
    /// Whether boilerplate is extracted from, like any other text.
    pub keep_boilerplate: bool,
    /// The user's own words.
    pub lexicon: Option<UserLexicon>,
}

/// A list of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the record's own keys")]
pub enum Category {
    People,
    Agencies,
    Organizations,
    Countries,
    Counts,
    Dates,
}

impl Category {
    /// Every list, in the record's order.
    pub const ALL: [Self; 6] = [Self::People, Self::Agencies, Self::Organizations, Self::Countries, Self::Counts, Self::Dates];

    /// The list's key in the record.
    pub fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Agencies => "agencies",
            Self::Organizations => "organizations",
            Self::Countries => "countries",
            Self::Counts => "counts",
            Self::Dates => "dates",
        }
    }

    /// The list that has this key.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.name() == name)
    }
}

/// A set of the record's lists; all of them unless told otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Only(u8);

impl Only {
    /// Whether the list is asked for.
    pub fn has(self, category: Category) -> bool {
        self.0 & (1 << category as u8) != 0
    }
}

impl Default for Only {
    fn default() -> Self {
        Category::ALL.into_iter().collect()
    }
}

impl FromIterator<Category> for Only {
    fn from_iter<I: IntoIterator<Item = Category>>(categories: I) -> Self {
        Self(categories.into_iter().fold(0, |set, c| set | 1 << c as u8))
    }
}
