//! How a word is capitalised, judged by its letters alone.
//!
//! Not here: what that tells of a sentence.

use super::is_apostrophe;

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// No letters, or letters without case.
    None,
    /// No capital letter.
    Lower,
    /// A capital first, and at least one small letter.
    Capital,
    /// A capital first, small letters, and another capital ("WhatsApp", "PdL", "McLeod").
    Camel,
    /// Two letters or more, all capitals.
    Upper,
    /// One capital letter, alone or with a dot.
    Initial,
    /// A small letter first, a capital later ("iPhone").
    Mixed,
}

/// How a word is capitalised.
pub fn case_of(word: &str) -> Case {
    let (mut upper, mut lower, mut first) = (0u32, 0u32, Case::None);
    for c in word.chars() {
        if c.is_uppercase() {
            upper += 1;
            if first == Case::None {
                first = Case::Capital;
            }
        } else if c.is_lowercase() {
            lower += 1;
            if first == Case::None {
                first = Case::Lower;
            }
        }
    }
    match (first, upper, lower) {
        (Case::None, ..) => Case::None,
        (Case::Capital, 1, 0) => Case::Initial,
        (Case::Capital, _, 0) => Case::Upper,
        // "MPs" and "D'Angelo" are no trademarks.
        (Case::Capital, 2.., _) if !(word.contains(is_apostrophe) || lower == 1 && word.ends_with('s')) => Case::Camel,
        (Case::Capital, ..) => Case::Capital,
        (_, 0, _) => Case::Lower,
        _ => Case::Mixed,
    }
}
