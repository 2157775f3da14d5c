//! Remembers, by a bit for each word of the tables, the words that no number begins with: nearly all, and taking a
//! word apart to see takes its time.
//!
//! Not here: how that is seen ([`Lexicon`]).

use std::cell::RefCell;

use super::lexicon::Lexicon;
use crate::lang::Language;
use crate::lang::pack::{UNKNOWN, WordId};
use crate::segment::token::key;

thread_local! {
    static PLAIN: RefCell<[Plain; Language::ALL.len()]> = RefCell::default();
}

/// The words of a language that are known to begin no number.
#[derive(Default)]
pub(super) struct Plain(Vec<u64>);

impl Plain {
    /// What this thread knows.
    pub fn of(language: Language) -> Self {
        PLAIN.with_borrow_mut(|all| std::mem::take(&mut all[language as usize]))
    }

    /// Keeps what is known for the next article.
    pub fn keep(self, language: Language) {
        PLAIN.with_borrow_mut(|all| all[language as usize] = self);
    }

    /// Whether no number begins with a word as it is written.
    pub fn is(&mut self, word: WordId, written: &str, lexicon: &Lexicon) -> bool {
        // Capitals differ from small letters in a bit that this test leaves out; accents begin no number word.
        if !lexicon.may_begin(written) {
            return true;
        }
        let (at, bit) = (word as usize / 64, 1 << (word % 64));
        if self.0.get(at).is_some_and(|bits| bits & bit != 0) {
            return true;
        }
        let plain = !lexicon.begins_number(key(written).trim_end_matches('.'));
        if plain && word != UNKNOWN {
            if self.0.len() <= at {
                self.0.resize(at + 1, 0);
            }
            self.0[at] |= bit;
        }
        plain
    }
}
