//! Step 3: text → tokens and sentences.

pub mod token;

use std::ops::Range;

use token::{Joins, Token};

/// A text cut up.
pub struct Segments {
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Token ranges of its sentences.
    pub sentences: Vec<Range<u32>>,
}

/// Cuts a text up.
pub fn segment<J: Joins + ?Sized>(text: &str, joins: &J) -> Segments {
    let tokens = token::tokenize(text, joins);
    let mut sentences = Vec::new();
    let mut from = 0u32;
    for i in 0..tokens.len() {
        let ends =
            i + 1 == tokens.len() || tokens[i + 1].breaks > 0 || (matches!(tokens[i].of(text), "." | "!" | "?") && tokens[i + 1].spaced);
        if ends {
            sentences.push(from..i as u32 + 1);
            from = i as u32 + 1;
        }
    }
    Segments { tokens, sentences }
}
