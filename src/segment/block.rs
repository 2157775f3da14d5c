//! Blocks: lines, put together again where they were wrapped at a margin.
//!
//! A block is a paragraph, a headline, an item of a list. Not here: what a block is good for.

use std::ops::Range;

use super::View;
use super::token::{Case, TokenKind, is_apostrophe};

/// A line, or the lines of one wrapped paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its tokens; at least one.
    pub tokens: Range<u32>,
    /// Whether a blank line stands before it.
    pub gap: bool,
    /// How many words and numbers it has.
    pub words: u32,
    /// The mark that ends it, closing quotes and brackets left out.
    pub end: End,
}

/// How a block or line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With a full stop.
    Stop,
    /// With a question or exclamation mark.
    Call,
    /// With an ellipsis: cut off, or trailing off.
    Ellipsis,
    /// With a comma, colon, semicolon or dash: something follows.
    Open,
    /// With a word.
    None,
}

/// Whether a mark closes something: a quotation or a bracket. Straight quotes may.
pub fn is_closer(mark: &str) -> bool {
    matches!(mark, ")" | "]" | "}" | "”" | "»" | "\"" | "›" | "″" | "''") || mark.chars().all(is_apostrophe)
}

/// Whether a mark opens something. Straight quotes may.
pub fn is_opener(mark: &str) -> bool {
    matches!(mark, "(" | "[" | "{" | "“" | "„" | "«" | "\"" | "‹" | "¿" | "¡" | "‘" | "'" | "‟" | "‚")
}

/// Whether a mark is an ellipsis.
pub fn is_ellipsis(mark: &str) -> bool {
    mark == "…" || mark.len() > 1 && mark.bytes().all(|b| b == b'.')
}

/// A line is wrapped at a margin when it is at least this long (bytes) …
const WRAPPED_AT_LEAST: u32 = 40;
/// … and no longer than this.
const WRAPPED_AT_MOST: u32 = 140;

/// A title that ends with an abbreviation has no more words than this.
const ABBREVIATED_TITLE: u32 = 12;

/// Puts the lines of a text together.
pub fn blocks(view: &View) -> Vec<Block> {
    let lines = lines(view);
    let margin = margin(view, &lines);
    let mut blocks: Vec<Range<u32>> = Vec::with_capacity(lines.len());
    for line in lines {
        match blocks.last_mut() {
            Some(last) if continues(view, last, &line, margin) => last.end = line.end,
            _ => blocks.push(line),
        }
    }
    blocks.into_iter().map(|tokens| measure(view, tokens)).collect()
}

fn lines(view: &View) -> Vec<Range<u32>> {
    let mut lines = Vec::new();
    let mut from = 0;
    for at in 1..view.tokens.len() as u32 {
        if view.token(at).breaks > 0 {
            lines.push(from..at);
            from = at;
        }
    }
    if !view.tokens.is_empty() {
        lines.push(from..view.tokens.len() as u32);
    }
    lines
}

fn measure(view: &View, tokens: Range<u32>) -> Block {
    let words = tokens.clone().filter(|at| matches!(view.token(*at).kind, TokenKind::Word | TokenKind::Number)).count() as u32;
    let mut end = end_of(view, &tokens);
    // A long block that ends with an abbreviation's dot ends with a full stop; a headline ("… hit the U.S.") does not.
    if end == End::None && words > ABBREVIATED_TITLE && view.word(tokens.end - 1).ends_with('.') {
        end = End::Stop;
    }
    Block { gap: view.token(tokens.start).breaks > 1, words, end, tokens }
}

/// The length of the text's longest wrapped line, where lines are wrapped at all.
fn margin(view: &View, lines: &[Range<u32>]) -> Option<u32> {
    let mut wrapped = 0;
    let mut longest = 0;
    for pair in lines.windows(2) {
        if runs_on(view, &pair[0], &pair[1]) {
            wrapped += 1;
            longest = longest.max(view.span(&pair[0]).len());
        }
    }
    (wrapped >= 2).then_some(longest)
}

/// Whether the next line is the rest of this one beyond doubt: it goes on in lower case.
fn runs_on(view: &View, line: &Range<u32>, next: &Range<u32>) -> bool {
    let first = view.token(next.start);
    let length = view.span(line).len();
    first.breaks == 1
        && first.case == Case::Lower
        && first.kind == TokenKind::Word
        && (WRAPPED_AT_LEAST..=WRAPPED_AT_MOST).contains(&length)
        && matches!(end_of(view, line), End::None | End::Open)
}

/// Whether the next line belongs to the block whose last line is known only by its tokens.
fn continues(view: &View, block: &Range<u32>, next: &Range<u32>, margin: Option<u32>) -> bool {
    let from = (block.start..block.end).rev().find(|at| view.token(*at).breaks > 0).unwrap_or(block.start);
    let line = from..block.end;
    if runs_on(view, &line, next) {
        return true;
    }
    // Where lines are wrapped, a full line also runs on before a capital, a number or a quote.
    let full = |margin: u32| view.span(&line).len() * 5 >= margin * 4;
    view.token(next.start).breaks == 1
        && margin.is_some_and(full)
        && view.span(&line).len() <= WRAPPED_AT_MOST
        && matches!(end_of(view, &line), End::None | End::Open)
        && (view.token(next.start).kind != TokenKind::Mark || is_opener(view.word(next.start)))
}

/// How a range of tokens ends.
pub fn end_of(view: &View, tokens: &Range<u32>) -> End {
    let last = tokens.clone().rev().find(|at| !(view.token(*at).kind == TokenKind::Mark && is_closer(view.word(*at))));
    let Some(word) = last.filter(|at| view.token(*at).kind == TokenKind::Mark).map(|at| view.word(at)) else { return End::None };
    match word {
        "." | "。" => End::Stop,
        "!" | "?" | "！" | "？" | "‼" | "⁉" => End::Call,
        "," | ":" | ";" | "–" | "—" | "-" => End::Open,
        mark if is_ellipsis(mark) => End::Ellipsis,
        _ => End::None,
    }
}

impl Block {
    /// Whether it looks like a title: short, with a word in it, and without a full stop.
    pub fn is_title(&self) -> bool {
        let most = if self.end == End::None { 25 } else { 18 };
        (1..=most).contains(&self.words) && matches!(self.end, End::None | End::Call | End::Ellipsis)
    }

    /// Whether it looks like a paragraph of an article.
    pub fn is_paragraph(&self) -> bool {
        self.words > 12 && matches!(self.end, End::Stop | End::Call | End::Ellipsis)
    }
}
