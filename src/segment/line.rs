//! A block as words in which phrases of the boilerplate tables are looked for.
//!
//! Not here: what a phrase that is found makes of the block ([`super::phrase`]).

use std::ops::Range;

use super::View;
use super::block::{is_closer, is_ellipsis, is_opener};
use super::phrase::How;
use super::token::{Case, TokenKind};
use crate::lang::data::{kind, tag};
use crate::lang::pack::{WordId, class_name};

/// A phrase of the tables in the text.
#[derive(Clone, Copy)]
pub(super) struct Hit {
    /// Its tokens.
    pub length: u32,
    /// The reason that it gives.
    pub reason: &'static str,
    /// How it meets its line.
    pub how: How,
}

/// Marks and numbers that may stand before a phrase that begins a line.
const MOST_BEFORE: u32 = 4;
/// The most tokens of a phrase.
const LONGEST_PHRASE: usize = 16;
/// The most tokens of a credit: its phrase and the names beside it.
const MOST_NAMED: usize = 18;
/// The most tokens of a sentence that holds nothing but a phrase and names.
const MOST_APART: usize = 18;
/// The most words in small letters among names.
const MOST_SMALL: usize = 3;
/// More words all in capitals are a headline, of which capitals say nothing.
const MOST_SHOUTED: usize = 5;
/// "…, the judge said": so many tokens at most between the mark and the verb.
const REPORT_REACH: u32 = 7;

/// Whether a mark opens a quotation.
pub(super) fn is_opening_quote(mark: &str) -> bool {
    is_opener(mark) && !matches!(mark, "(" | "[" | "{")
}

/// Whether a mark stands between the links of a row.
pub(super) fn is_separator(mark: &str) -> bool {
    matches!(mark, "|" | "•" | "·" | "›" | "»" | ">" | "/" | "→" | "▸" | "∙" | "●" | "◦" | "¦")
}

fn is_stop(mark: &str) -> bool {
    matches!(mark, "." | "!" | "?" | "‼" | "⁉") || is_ellipsis(mark)
}

/// A block's tokens and their word ids.
pub(super) struct Line<'v> {
    /// The text around it.
    pub view: &'v View<'v>,
    /// Its tokens.
    pub tokens: Range<u32>,
    words: &'v [WordId],
}

impl<'v> Line<'v> {
    pub(super) fn of(view: &'v View<'v>, tokens: Range<u32>) -> Self {
        let words = &view.words[tokens.start as usize..tokens.end as usize];
        Self { view, tokens, words }
    }

    pub(super) fn is_mark(&self, at: u32) -> bool {
        self.view.token(at).kind == TokenKind::Mark
    }

    fn is_number(&self, at: u32) -> bool {
        self.view.token(at).kind == TokenKind::Number
    }

    fn has(&self, at: u32, tags: u128) -> bool {
        self.view.tags(at) & tags != 0
    }

    /// The longest phrase at a token that `wanted` lets pass.
    pub(super) fn hit(&self, at: u32, wanted: impl Fn(How) -> bool) -> Option<Hit> {
        let mut best: Option<Hit> = None;
        let from = (at - self.tokens.start) as usize;
        let to = self.words.len().min(from + LONGEST_PHRASE);
        self.view.pack.phrases_at(&self.words[from..to], &self.view.tokens[at as usize..][..to - from], |length, row| {
            let row = self.view.pack.row(row);
            let how = How::of(row.code);
            if row.kind == kind::BOILERPLATE && wanted(how) && best.is_none_or(|b| (length as u32, how) > (b.length, b.how)) {
                best = Some(Hit { length: length as u32, reason: class_name(row.class), how });
            }
        });
        best
    }

    /// The phrases of a range that holds nothing else but marks and numbers; else none.
    pub(super) fn hits(&self, range: Range<u32>) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut at = range.start;
        while at < range.end {
            match self.hit(at, |how| !matches!(how, How::Foot | How::Below | How::Call)).filter(|h| at + h.length <= range.end) {
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
    pub(super) fn doubled(&self) -> Option<&'static str> {
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

    /// The first phrase that `wanted` lets pass, when only marks and numbers stand before it.
    pub(super) fn first_hit(&self, wanted: impl Fn(How) -> bool) -> Option<Hit> {
        for at in self.tokens.clone().take(MOST_BEFORE as usize + 1) {
            if let Some(hit) = self.hit(at, &wanted) {
                return Some(hit);
            }
            if !self.is_mark(at) && !self.is_number(at) || is_opening_quote(self.view.word(at)) {
                return None;
            }
        }
        None
    }

    /// Whether a word speaks to the reader.
    pub(super) fn speaks_to_reader(&self) -> bool {
        self.tokens.clone().any(|at| self.has(at, tag::READER))
    }

    /// Whether the block says what somebody said: "…, the judge said".
    pub(super) fn is_reported(&self) -> bool {
        let mut mark = None;
        for at in self.tokens.clone() {
            if self.is_mark(at) && (self.view.word(at) == "," || is_closer(self.view.word(at)) && self.view.word(at) != ")") {
                mark = Some(at);
            }
            let near = mark.is_some_and(|mark| at - mark <= REPORT_REACH);
            if near && self.has(at, tag::SPEECH_VERB) && !self.view.token(at).is_capitalised() {
                return true;
            }
        }
        false
    }

    /// The pieces between separators.
    pub(super) fn pieces(&self) -> Vec<Range<u32>> {
        let parts = |at: u32| is_separator(self.view.word(at)) && self.view.token(at).spaced;
        self.cut(|at| parts(at).then_some(at + 1), 1)
    }

    /// The sentences, as far as stops show them.
    pub(super) fn sentences(&self) -> Vec<Range<u32>> {
        let ends = |at: u32| is_stop(self.view.word(at)) && at + 1 < self.tokens.end && self.view.token(at + 1).spaced;
        self.cut(|at| ends(at).then_some(at + 1), 0)
    }

    /// Cuts the block before what `next` gives for a mark, of which the last `drop` tokens are left out.
    fn cut(&self, next: impl Fn(u32) -> Option<u32>, drop: u32) -> Vec<Range<u32>> {
        let mut pieces = Vec::new();
        let mut from = self.tokens.start;
        for at in self.tokens.clone().filter(|at| self.is_mark(*at)) {
            if let Some(next) = next(at) {
                pieces.push(from..next - drop);
                from = next;
            }
        }
        pieces.push(from..self.tokens.end);
        pieces.retain(|p| !p.is_empty());
        pieces
    }

    /// The brackets in a range, with their marks.
    pub(super) fn brackets(&self, range: &Range<u32>) -> impl Iterator<Item = Range<u32>> {
        let end = range.end;
        range.clone().filter(|at| self.is_mark(*at) && self.view.word(*at) == "(").filter_map(move |open| {
            let close = (open..end).take(MOST_NAMED).find(|at| self.is_mark(*at) && self.view.word(*at) == ")")?;
            Some(open..close + 1)
        })
    }

    /// Why a range is boilerplate that holds nothing but a phrase and names.
    pub(super) fn named(&self, range: &Range<u32>) -> Option<&'static str> {
        if range.len() > MOST_NAMED {
            return None;
        }
        let (mut at, mut found) = (range.start, None);
        let (mut small, mut shouted, mut names) = (0, 0, 0);
        while at < range.end {
            let hit = self.hit(at, |how| matches!(how, How::Named | How::Item | How::Whole)).filter(|h| at + h.length <= range.end);
            if let Some(hit) = hit.filter(|h| h.how == How::Named || found.is_some_and(|f| f == h.reason)) {
                found = found.or(Some(hit.reason));
                at += hit.length;
                continue;
            }
            let token = self.view.token(at);
            if token.kind == TokenKind::Word {
                names += usize::from(token.is_capitalised());
                shouted += usize::from(token.case == Case::Upper);
                small += usize::from(!token.is_capitalised());
                if !token.is_capitalised() && !self.has(at, tag::FUNCTION | tag::PARTICLE) || small > MOST_SMALL {
                    return None;
                }
            } else if self.is_mark(at) && is_stop(self.view.word(at)) && at + 1 < range.end {
                return None;
            }
            at += 1;
        }
        found.filter(|_| shouted < names || shouted <= MOST_SHOUTED)
    }

    /// Whether a token is no word in small letters.
    fn is_named(&self, at: u32) -> bool {
        let token = self.view.token(at);
        token.kind != TokenKind::Word || token.is_capitalised()
    }

    /// Whether a range holds no word but names and small words.
    pub(super) fn is_names(&self, range: &Range<u32>) -> bool {
        range.len() <= MOST_NAMED && range.clone().all(|at| self.is_named(at) || self.has(at, tag::FUNCTION))
    }

    /// Why a sentence calls on the reader to do what boilerplate wants.
    pub(super) fn call(&self, sentence: &Range<u32>) -> Option<&'static str> {
        let first = sentence.clone().find(|at| !self.is_mark(*at))?;
        if !self.has(first, tag::CALL) {
            return None;
        }
        let hit = sentence.clone().find_map(|at| self.hit(at, |how| how == How::Call))?;
        (!self.is_reported()).then_some(hit.reason)
    }

    /// Whether a range is empty or ends as what leads to a call does: with a question mark, a colon.
    pub(super) fn is_call_or_label(&self, range: &Range<u32>) -> bool {
        range.is_empty() || matches!(self.view.word(range.end - 1), "?" | "!" | ":")
    }

    /// Why a sentence is boilerplate that begins with a phrase after which nothing but a name or a mark comes.
    pub(super) fn apart(&self, sentence: &Range<u32>) -> Option<&'static str> {
        if sentence.len() > MOST_APART {
            return None;
        }
        for at in sentence.clone() {
            let begins = at == sentence.start || self.is_mark(at - 1) || self.is_number(at - 1);
            let hit = begins.then(|| self.hit(at, |how| how == How::Apart)).flatten();
            if let Some(hit) = hit.filter(|h| at + h.length <= sentence.end) {
                let after = at + hit.length;
                return (after == sentence.end || self.is_named(after)).then_some(hit.reason);
            }
            if !self.is_named(at) && !self.has(at, tag::FUNCTION) {
                return None;
            }
        }
        None
    }
}
