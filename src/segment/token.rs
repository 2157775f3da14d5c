//! Tokens: words, numbers and marks, as spans of the text.
//!
//! What counts as an elision, a clitic or an abbreviation is language data, asked for through
//! [`Joins`]; the same code therefore serves `build.rs`, which cuts the lexicons' surfaces into the
//! very tokens that text is cut into. Words are runs of letters; a run in a script without spaces
//! is cut at Unicode's word boundaries (UAX #29). Not here: sentences, zones, or what a word means.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

#[path = "case.rs"]
mod case;

pub use case::Case;
use case::case_of;

/// What a language joins and what it splits around apostrophes and dots.
///
/// Keys are as [`key`] makes them.
pub trait Joins {
    /// Whether `key`, which ends with `'`, is a word of its own before the word it is glued to ("dell'").
    fn is_elision(&self, key: &str) -> bool;
    /// Whether `key`, which begins with `'`, is a word of its own after the word it is glued to ("'s").
    fn is_clitic(&self, key: &str) -> bool;
    /// Whether `key`, which ends with a letter or a dot, is an abbreviation written with its dots ("dott.ssa", "mr.").
    fn is_abbreviation(&self, key: &str) -> bool;
    /// Whether `key`, with the sign before it if there is one, is written before the number it is glued to ("usd", "$us").
    fn is_number_prefix(&self, _key: &str) -> bool {
        false
    }
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with what joins them.
    Word,
    /// Begins with a digit: "1.234,50", "5mila", "35enne", "22nd".
    Number,
    /// A punctuation mark or symbol; an ellipsis is one.
    Mark,
    /// A web or mail address, which hides whatever words it holds.
    Address,
}

/// A word, number or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is made of.
    pub kind: TokenKind,
    /// How it is capitalised.
    pub case: Case,
    /// Whether white space (or the start of the text) stands before it.
    pub spaced: bool,
    /// Line breaks in the white space before it, at most 2.
    pub breaks: u8,
}

impl Token {
    /// The token's text.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }

    /// Whether the token begins with a capital letter.
    pub fn is_capitalised(&self) -> bool {
        matches!(self.case, Case::Capital | Case::Camel | Case::Upper | Case::Initial)
    }
}

/// The form under which a word is looked up: lower case, composed (NFC), `'` for any apostrophe,
/// without soft hyphens. Borrows when the word already has that form.
pub fn key(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(word);
    }
    if word.is_ascii() {
        return Cow::Owned(word.to_ascii_lowercase());
    }
    let folded = word.chars().filter(|c| !is_invisible(*c)).map(|c| if is_apostrophe(c) { '\'' } else { c });
    Cow::Owned(folded.nfc().flat_map(char::to_lowercase).collect())
}

/// Whether `c` is one of the characters written as an apostrophe.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '＇' | '`' | '´')
}

/// Characters that stand inside words without being seen: soft hyphen, zero-width marks, BOM.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{93a}'..='\u{94f}')
}

fn is_word_char(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && (c.is_alphabetic() || is_combining(c) || is_invisible(c)) && !matches!(c, 'º' | 'ª'))
}

/// Scripts written without spaces between words.
fn is_unspaced_script(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Cuts a text into tokens. Linear in the text's length; offsets are bytes.
///
/// A text over 4 GiB is cut up to that point (inputs are limited far below).
pub fn tokenize<J: Joins + ?Sized>(text: &str, joins: &J) -> Vec<Token> {
    let mut cutter = Cutter { text, joins, at: 0, tokens: Vec::with_capacity(text.len() / 5 + 8), spaced: true, breaks: 2 };
    cutter.run();
    cutter.tokens
}

struct Cutter<'t, J: ?Sized> {
    text: &'t str,
    joins: &'t J,
    at: usize,
    tokens: Vec<Token>,
    spaced: bool,
    breaks: u8,
}

impl<'t, J: Joins + ?Sized> Cutter<'t, J> {
    fn run(&mut self) {
        while let Some(c) = self.peek(self.at) {
            if c == ' ' {
                self.spaced = true;
                self.at += 1;
            } else if !self.plain_word() {
                self.piece(c);
            }
        }
    }

    /// Whatever begins with `c`.
    fn piece(&mut self, c: char) {
        if c.is_whitespace() || c.is_control() || c == '\u{feff}' {
            self.spaced = true;
            self.breaks = (self.breaks + u8::from(c == '\n')).min(2);
            self.at += c.len_utf8();
        } else if let Some(end) = self.address_end(c) {
            self.push(end, TokenKind::Address);
        } else if c.is_ascii_digit() {
            let end = self.number_end();
            self.push(end, TokenKind::Number);
        } else if is_unspaced_script(c) {
            self.unspaced_run();
        } else if is_word_char(c) {
            self.word();
        } else {
            let end = self.mark_end(c);
            self.push(end, TokenKind::Mark);
        }
    }

    /// Most words, cut in one go: ASCII letters up to a space, or to a mark before a space that joins nothing. Whether
    /// one was there.
    fn plain_word(&mut self) -> bool {
        let bytes = &self.text.as_bytes()[self.at..];
        let letters = bytes.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let space = |at: usize| matches!(bytes.get(at), None | Some(b' ' | b'\n'));
        let ends = space(letters) || (matches!(bytes[letters], b',' | b';' | b':' | b'!' | b'?' | b')' | b'"') && space(letters + 1));
        if letters == 0 || !ends {
            return false;
        }
        let word = &bytes[..letters];
        let upper = word.iter().filter(|b| b.is_ascii_uppercase()).count();
        let case = match (word[0].is_ascii_uppercase(), upper) {
            (_, 0) => Case::Lower,
            (true, 1) if letters == 1 => Case::Initial,
            (true, 1) => Case::Capital,
            (true, _) if letters == upper => Case::Upper,
            _ => case_of(&self.text[self.at..self.at + letters]),
        };
        self.push_as(self.at + letters, TokenKind::Word, case);
        true
    }

    fn peek(&self, at: usize) -> Option<char> {
        let b = *self.text.as_bytes().get(at)?;
        if b < 0x80 { Some(b as char) } else { self.text[at..].chars().next() }
    }

    fn push(&mut self, end: usize, kind: TokenKind) {
        let case = if kind == TokenKind::Mark { Case::None } else { case_of(&self.text[self.at..end]) };
        self.push_as(end, kind, case);
    }

    fn push_as(&mut self, end: usize, kind: TokenKind, case: Case) {
        let start = self.at;
        self.tokens.push(Token { start: start as u32, end: end as u32, kind, case, spaced: self.spaced, breaks: self.breaks });
        self.at = end;
        self.spaced = false;
        self.breaks = 0;
    }

    /// The end of the run of word characters from `at`.
    fn letters_end(&self, mut at: usize) -> usize {
        while let Some(c) = self.peek(at) {
            if !is_word_char(c) || is_unspaced_script(c) {
                break;
            }
            at += c.len_utf8();
        }
        at
    }

    /// A word and whatever of it is split off: elision before, clitic after.
    fn word(&mut self) {
        let start = self.at;
        let mut end = self.letters_end(start);
        if end == start {
            end += self.peek(start).map_or(1, char::len_utf8);
        }
        loop {
            match self.peek(end) {
                Some(c) if is_apostrophe(c) => {
                    let after = end + c.len_utf8();
                    let tail = self.letters_end(after);
                    if tail > after && self.joins.is_clitic(&key(&self.text[end..tail])) {
                        self.push(end, TokenKind::Word);
                        return self.push(tail, TokenKind::Word);
                    }
                    if self.joins.is_elision(&key(&self.text[start..after])) {
                        return self.push(after, TokenKind::Word);
                    }
                    if tail == after {
                        return self.push(end, TokenKind::Word);
                    }
                    end = tail;
                }
                Some('&') => {
                    let tail = self.letters_end(end + 1);
                    if tail == end + 1 || self.text[end..].starts_with("&amp") {
                        return self.push(end, TokenKind::Word);
                    }
                    end = tail;
                }
                Some('.') => return self.dotted(start, end),
                _ if self.text.as_bytes().get(end).is_some_and(u8::is_ascii_digit) => {
                    let sign = if self.spaced { start } else { self.tokens.last().map_or(start, |t| t.start as usize) };
                    if [start, sign].iter().any(|from| self.joins.is_number_prefix(&key(&self.text[*from..end]))) {
                        return self.push(end, TokenKind::Word);
                    }
                    // "A380", "G20", "Covid19": a name with a number is one word.
                    let digits = self.text.as_bytes()[end..].iter().take_while(|b| b.is_ascii_digit()).count();
                    end = self.letters_end(end + digits);
                }
                _ => return self.push(end, TokenKind::Word),
            }
        }
    }

    /// A word that a dot follows: the dot belongs to it in abbreviations, initials, acronyms and site names.
    fn dotted(&mut self, start: usize, end: usize) {
        let bytes = self.text.as_bytes();
        let mut run = end;
        let mut ends = Vec::new();
        while bytes.get(run) == Some(&b'.') {
            ends.push(run + 1);
            let tail = self.letters_end(run + 1);
            if tail == run + 1 {
                break;
            }
            ends.push(tail);
            run = tail;
            if ends.len() > 24 {
                break;
            }
        }
        if let Some(&known) = ends.iter().rev().find(|e| self.joins.is_abbreviation(&key(&self.text[start..**e]))) {
            return self.push(known, TokenKind::Word);
        }
        let chars = |from: usize, to: usize| self.text[from..to].chars().take(3).count();
        if chars(start, end) == 1 && self.text[start..end].chars().all(char::is_alphabetic) {
            // Single letters and dots: "U.S.", "J.", "e.g.". The last part may lack its dot.
            let (mut stop, mut from) = (end + 1, end + 1);
            loop {
                let tail = self.letters_end(from);
                if tail == from || chars(from, tail) != 1 {
                    break;
                }
                stop = if bytes.get(tail) == Some(&b'.') { tail + 1 } else { tail };
                if stop == tail {
                    break;
                }
                from = stop;
            }
            let lone = stop == end + 1;
            if !lone || self.text[start..end].chars().all(char::is_uppercase) {
                return self.push(stop, TokenKind::Word);
            }
        }
        let tail = self.letters_end(end + 1);
        if tail > end + 2 && self.text[end + 1..tail].chars().all(char::is_lowercase) && bytes.get(tail) != Some(&b'\'') {
            return self.push(tail, TokenKind::Word);
        }
        self.push(end, TokenKind::Word);
    }

    /// Digits with inner separators, and the letters glued to them.
    fn number_end(&self) -> usize {
        let bytes = self.text.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let mut end = self.at;
        loop {
            while digit(end) {
                end += 1;
            }
            match self.peek(end) {
                Some(c) if (matches!(c, '.' | ',') || is_apostrophe(c)) && digit(end + c.len_utf8()) => end += c.len_utf8(),
                _ => break,
            }
        }
        let letters = self.letters_end(end);
        // "4x4", "24h24": letters between digits belong to one token.
        if letters > end && digit(letters) {
            let mut tail = letters;
            while digit(tail) {
                tail += 1;
            }
            return self.letters_end(tail);
        }
        letters
    }

    fn mark_end(&self, c: char) -> usize {
        let mut end = self.at + c.len_utf8();
        if c == '.' {
            while self.text.as_bytes().get(end) == Some(&b'.') {
                end += 1;
            }
        } else if is_apostrophe(c) {
            let tail = self.letters_end(end);
            let digits = self.text.as_bytes()[end..].iter().take_while(|b| b.is_ascii_digit()).count();
            if (tail > end && self.joins.is_clitic(&key(&self.text[self.at..tail]))) || (digits == 2 && tail == end) {
                return tail.max(end);
            }
        }
        end
    }

    /// Text in a script without spaces, cut at Unicode's word boundaries.
    fn unspaced_run(&mut self) {
        let from = self.at;
        let len: usize = self.text[from..].chars().take_while(|c| is_unspaced_script(*c) || is_combining(*c)).map(char::len_utf8).sum();
        for piece in self.text[from..from + len].split_word_bounds() {
            self.push(self.at + piece.len(), TokenKind::Word);
        }
    }

    /// The end of a web or mail address that begins here.
    fn address_end(&self, first: char) -> Option<usize> {
        if !(first.is_ascii_alphanumeric() || matches!(first, '@' | '#'))
            || !(self.spaced || self.tokens.last().is_some_and(|t| t.kind == TokenKind::Mark))
        {
            return None;
        }
        let bytes = &self.text.as_bytes()[self.at..];
        let chunk = bytes
            .iter()
            .take(2048)
            .take_while(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"' | b'(' | b')' | b'[' | b']'))
            .count();
        let chunk = &bytes[..chunk];
        let handle = matches!(first, '@' | '#') && chunk.len() > 1 && chunk[1].is_ascii_alphabetic();
        let mail = chunk.iter().position(|b| *b == b'@').is_some_and(|at| at > 0 && chunk[at..].contains(&b'.'));
        let site = chunk.starts_with(b"www.") || chunk.windows(3).take(12).any(|w| w == b"://");
        if handle {
            let len = 1 + chunk[1..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
            return Some(self.at + len);
        }
        if !(mail || site) {
            return None;
        }
        let len = chunk.iter().rposition(|b| b.is_ascii_alphanumeric() || *b == b'/').map_or(chunk.len(), |p| p + 1);
        Some(self.at + len)
    }
}

#[cfg(test)]
#[path = "token_tests.rs"]
mod tests;
