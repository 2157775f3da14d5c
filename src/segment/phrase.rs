//! How one block meets the boilerplate tables: as a whole, from its start, inside, or in parts.
//!
//! Not here: what the blocks around it make of that ([`super::boilerplate`]), nor any phrase.

use std::ops::Range;

use super::View;
use super::block::{Block, End, is_opener};
use super::token::TokenKind;
use crate::lang::data::kind;
use crate::lang::pack::{WordId, class_name};

/// How a phrase makes its line boilerplate: the `code` column of the tables, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum How {
    /// Part of a line or list of such.
    Item,
    /// A line of nothing else.
    Whole,
    /// A line of nothing else, and the short line below it.
    Label,
    /// A line of nothing else, and the teasers below it.
    Section,
    /// A line that begins so.
    Start,
    /// A short line that holds it.
    Inside,
}

impl How {
    fn of(code: &str) -> Self {
        match code {
            "start" => Self::Start,
            "section" => Self::Section,
            "label" => Self::Label,
            "item" => Self::Item,
            "inside" => Self::Inside,
            _ => Self::Whole,
        }
    }

    /// Whether a line of nothing but this is boilerplate by itself.
    fn stands_alone(self) -> bool {
        self != Self::Item
    }
}

/// What a block is, judged by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing known.
    Clean,
    /// Boilerplate if its neighbours are.
    Weak(&'static str),
    /// Boilerplate.
    Line(&'static str),
    /// Boilerplate, with the short line below it.
    Label(&'static str),
    /// Boilerplate that opens a section of teasers.
    Section(&'static str),
    /// Parts of it are boilerplate.
    Parts(Vec<(Range<u32>, &'static str)>),
}

/// A phrase of the tables in the text.
#[derive(Clone, Copy)]
struct Hit {
    length: u32,
    reason: &'static str,
    how: How,
}

/// The reason whose lines point to other articles; a line of nothing else opens a section.
const RELATED: &str = "related_links";
/// The reason of menus and breadcrumbs.
const NAVIGATION: &str = "navigation";

/// A longer block is never boilerplate by its words.
const MOST_WORDS: u32 = 90;
/// A phrase inside a longer block says nothing.
const MOST_WORDS_INSIDE: u32 = 45;
/// A longer block is no list of phrases.
const MOST_WORDS_WHOLE: u32 = 30;
/// Marks and numbers that may stand before a phrase.
const MOST_BEFORE: u32 = 4;

/// Judges a block.
pub fn judge(view: &View, block: &Block) -> Verdict {
    if block.words > MOST_WORDS || view.token(block.tokens.start).spaced && is_opening_quote(view.word(block.tokens.start)) {
        return Verdict::Clean;
    }
    let line = Line::of(view, block.tokens.clone());
    if block.words <= MOST_WORDS_WHOLE {
        match line.whole() {
            Verdict::Clean => {}
            verdict => return verdict,
        }
    }
    if let Some(reason) = line.start() {
        return Verdict::Line(reason);
    }
    if block.words <= MOST_WORDS_WHOLE && line.is_breadcrumbs() && block.end != End::Stop {
        return Verdict::Line(NAVIGATION);
    }
    if block.words <= MOST_WORDS_INSIDE
        && let Some(reason) = line.inside()
    {
        return Verdict::Line(reason);
    }
    let parts = line.parts();
    if parts.is_empty() { Verdict::Clean } else { Verdict::Parts(parts) }
}

fn is_opening_quote(mark: &str) -> bool {
    is_opener(mark) && !matches!(mark, "(" | "[" | "{")
}

/// Whether a mark stands between the links of a row.
fn is_separator(mark: &str) -> bool {
    matches!(mark, "|" | "•" | "·" | "›" | "»" | ">" | "/" | "→" | "▸" | "∙" | "●" | "◦" | "¦")
}

/// A block's tokens and their word ids.
struct Line<'v> {
    view: &'v View<'v>,
    tokens: Range<u32>,
    words: &'v [WordId],
}

impl<'v> Line<'v> {
    fn of(view: &'v View<'v>, tokens: Range<u32>) -> Self {
        let words = &view.words[tokens.start as usize..tokens.end as usize];
        Self { view, tokens, words }
    }

    fn is_mark(&self, at: u32) -> bool {
        self.view.token(at).kind == TokenKind::Mark
    }

    fn is_number(&self, at: u32) -> bool {
        self.view.token(at).kind == TokenKind::Number
    }

    /// The longest phrase at a token that `wanted` lets pass.
    fn hit(&self, at: u32, wanted: impl Fn(How) -> bool) -> Option<Hit> {
        let mut best: Option<Hit> = None;
        let (from, to) = ((at - self.tokens.start) as usize, self.words.len().min((at - self.tokens.start) as usize + 16));
        self.view.pack.phrases_at(&self.words[from..to], &self.view.tokens[at as usize..][..to - from], |length, row| {
            let row = self.view.pack.row(row);
            let how = How::of(row.code);
            if row.kind == kind::BOILERPLATE && wanted(how) && best.is_none_or(|b| (length as u32, how) > (b.length, b.how)) {
                best = Some(Hit { length: length as u32, reason: class_name(row.class), how });
            }
        });
        best
    }

    /// The block as nothing but phrases, marks and numbers.
    fn whole(&self) -> Verdict {
        let hits = self.hits(self.tokens.clone());
        match hits[..] {
            [] => self.doubled().map_or(Verdict::Clean, Verdict::Weak),
            [only] if only.how == How::Section || only.how == How::Start && only.reason == RELATED => Verdict::Section(only.reason),
            [only] if only.how == How::Label => Verdict::Label(only.reason),
            [only] if only.how == How::Item => Verdict::Weak(only.reason),
            [first, ..] => {
                let alone = hits.iter().find(|h| h.how.stands_alone());
                let separated = self.tokens.clone().any(|at| self.is_mark(at) && is_separator(self.view.word(at)));
                match alone {
                    Some(hit) => Verdict::Line(hit.reason),
                    None if hits.len() > 2 || separated => Verdict::Line(first.reason),
                    None => Verdict::Weak(first.reason),
                }
            }
        }
    }

    /// The phrases of a range that holds nothing else but marks and numbers; else none.
    fn hits(&self, range: Range<u32>) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut at = range.start;
        while at < range.end {
            match self.hit(at, |_| true).filter(|h| at + h.length <= range.end) {
                Some(hit) => {
                    hits.push(hit);
                    at += hit.length;
                }
                None if self.is_mark(at) || self.is_number(at) => at += 1,
                None => return Vec::new(),
            }
        }
        hits
    }

    /// A label that was scraped twice, icon and word: "FacebookFacebook".
    fn doubled(&self) -> Option<&'static str> {
        let from = self.tokens.clone().find(|at| !self.is_mark(*at))?;
        let text = self.view.span(&(from..self.tokens.end)).of(self.view.text);
        let (half, rest) = text.split_at_checked(text.len() / 2)?;
        if half != rest || half.len() < 2 || !half.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '-') {
            return None;
        }
        let tokens = super::token::tokenize(half, self.view.pack);
        let words = super::word_ids(half, &tokens, self.view.pack);
        let view = View { text: half, tokens: &tokens, words: &words, pack: self.view.pack };
        let line = Line::of(&view, 0..tokens.len() as u32);
        line.hits(line.tokens.clone()).first().map(|h| h.reason)
    }

    /// Why the block begins as boilerplate does, marks and numbers before that left out.
    fn start(&self) -> Option<&'static str> {
        for at in self.tokens.clone().take(MOST_BEFORE as usize + 1) {
            if let Some(hit) = self.hit(at, |how| matches!(how, How::Start | How::Inside)) {
                return Some(hit.reason);
            }
            if !self.is_mark(at) && !self.is_number(at) || is_opening_quote(self.view.word(at)) {
                return None;
            }
        }
        None
    }

    /// Why the block is boilerplate by a phrase inside it.
    fn inside(&self) -> Option<&'static str> {
        self.tokens.clone().find_map(|at| self.hit(at, |how| how == How::Inside)).map(|h| h.reason)
    }

    /// The pieces between separators.
    fn pieces(&self) -> Vec<Range<u32>> {
        let mut pieces = Vec::new();
        let mut from = self.tokens.start;
        for at in self.tokens.clone() {
            if self.is_mark(at) && is_separator(self.view.word(at)) && self.view.token(at).spaced {
                pieces.push(from..at);
                from = at + 1;
            }
        }
        pieces.push(from..self.tokens.end);
        pieces.retain(|p| !p.is_empty());
        pieces
    }

    /// Whether the block is a row of links, of which the first is a menu's: "Home › News › Politics".
    fn is_breadcrumbs(&self) -> bool {
        let pieces = self.pieces();
        pieces.len() > 2
            && pieces.iter().all(|p| p.len() <= 4)
            && self.hits(pieces[0].clone()).first().is_some_and(|h| h.reason == NAVIGATION)
    }

    /// The pieces between separators that are boilerplate each by itself.
    fn parts(&self) -> Vec<(Range<u32>, &'static str)> {
        let pieces = self.pieces();
        if pieces.len() < 2 {
            return Vec::new();
        }
        let judged = pieces.into_iter().filter_map(|piece| {
            let alone = self.hits(piece.clone()).into_iter().find(|h| h.how.stands_alone() && h.how != How::Section);
            alone.map(|hit| (piece, hit.reason))
        });
        judged.collect()
    }
}
