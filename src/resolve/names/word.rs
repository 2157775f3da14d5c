//! Numbers for the words of names, so that names are compared without their letters.
//!
//! A word of the tables has its number there; the others of an article are numbered as they come. Not here: names.

use crate::lang::hash::QuickMap;
use crate::lang::pack::{UNKNOWN, WordId};
use crate::segment::token::key;
use crate::tag::Tags;

/// A word's number: equal for words that have the same key.
pub type Number = u32;

/// The numbers of an article's words that no table holds.
#[derive(Debug, Default)]
pub struct Numbers {
    unlisted: QuickMap<String, Number>,
}

/// A number that no word has.
const NONE: Number = UNKNOWN;

/// Numbers of unlisted words begin here, far above those of the tables.
const FIRST_UNLISTED: Number = WordId::MAX / 2;

impl Numbers {
    /// The number of a token, which gets one if it has none.
    pub fn give(&mut self, tags: &Tags<'_>, at: u32) -> Number {
        match tags.word(at) {
            UNKNOWN => {
                let key = key(tags.token(at).of(tags.text()));
                if let Some(number) = self.unlisted.get(key.as_ref()) {
                    return *number;
                }
                let number = FIRST_UNLISTED + self.unlisted.len() as Number;
                self.unlisted.insert(key.into_owned(), number);
                number
            }
            word => word,
        }
    }

    /// The number of a token; if it has none, one that no word has.
    pub fn of(&self, tags: &Tags<'_>, at: u32) -> Number {
        match tags.word(at) {
            UNKNOWN => self.unlisted.get(key(tags.token(at).of(tags.text())).as_ref()).copied().unwrap_or(NONE),
            word => word,
        }
    }
}
