//! What one block says of itself: whether it is boilerplate as a whole, in parts, or only in some places.
//!
//! Not here: how phrases are found in it (`line`), what the blocks around it make of the
//! verdict ([`super::boilerplate`]), nor any phrase.

use std::ops::Range;

use super::View;
use super::block::{Block, End};
use super::line::{Line, is_opening_quote, is_separator};

/// How a phrase makes its line boilerplate: the `code` column of the tables, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// Part of a line or list of such.
    Item,
    /// A line of nothing else.
    Whole,
    /// A line of nothing else, and the short line below it.
    Label,
    /// A line of nothing else, and the teasers below it.
    Section,
    /// A line of nothing else, and the paragraph below it, with which the article ends.
    Box,
    /// A line below the article that begins so.
    Foot,
    /// A line below the article that holds it.
    Below,
    /// A short line that calls on the reader and holds it.
    Call,
    /// A sentence of nothing else, but for names after it.
    Apart,
    /// With nothing but names beside it: a line, a bracket, or the last words of a line.
    Named,
    /// A line that begins so and states nothing, or speaks to the reader.
    Lead,
    /// A line that begins so.
    Start,
}

impl How {
    pub(super) fn of(code: &str) -> Self {
        match code {
            "item" => Self::Item,
            "label" => Self::Label,
            "section" => Self::Section,
            "box" => Self::Box,
            "foot" => Self::Foot,
            "below" => Self::Below,
            "call" => Self::Call,
            "apart" => Self::Apart,
            "named" => Self::Named,
            "lead" => Self::Lead,
            "start" => Self::Start,
            _ => Self::Whole,
        }
    }

    /// Whether a line of nothing but this is boilerplate by itself.
    fn stands_alone(self) -> bool {
        !matches!(self, Self::Item | Self::Box)
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
    /// Boilerplate with the paragraph below it, if the article ends with that.
    Box(&'static str),
    /// Parts of it are boilerplate.
    Parts(Vec<(Range<u32>, &'static str)>),
}

/// The reason whose lines point to other articles; a line of nothing else opens a section.
const RELATED: &str = "related_links";
/// The reason of menus and breadcrumbs.
const NAVIGATION: &str = "navigation";

/// A longer block is never boilerplate by its words.
const MOST_WORDS: u32 = 90;
/// A phrase inside a longer block says nothing of all of it.
const MOST_WORDS_INSIDE: u32 = 45;
/// A longer block is no list of phrases.
const MOST_WORDS_WHOLE: u32 = 30;
/// A longer block states something even without a full stop.
const MOST_WORDS_UNSTATED: u32 = 14;
/// A longer question or label before a call is a paragraph of the article.
const MOST_WORDS_BEFORE_CALL: usize = 12;

/// Judges a block.
pub fn judge(view: &View, block: &Block) -> Verdict {
    if block.words > MOST_WORDS || is_quotation(view, block) {
        return Verdict::Clean;
    }
    let line = Line::of(view, block.tokens.clone());
    if line.first_hit(|_| true).is_none() {
        if let Some(reason) = line.doubled().filter(|_| block.words <= MOST_WORDS_WHOLE) {
            return Verdict::Weak(reason);
        }
    } else {
        match opening(&line, block) {
            Verdict::Clean => {}
            verdict => return verdict,
        }
    }
    if let Some(reason) = line.named(&block.tokens) {
        return Verdict::Line(reason);
    }
    let mut parts = pieces(&line);
    if parts.is_empty() {
        parts = sentences(&line, block);
    }
    match &parts[..] {
        [] => Verdict::Clean,
        [(range, reason)] if *range == block.tokens => Verdict::Line(reason),
        _ => Verdict::Parts(parts),
    }
}

/// Judges a block by the phrase that it begins with.
fn opening(line: &Line, block: &Block) -> Verdict {
    if block.words <= MOST_WORDS_WHOLE {
        match whole(line) {
            Verdict::Clean => {}
            verdict => return verdict,
        }
        if is_breadcrumbs(line) && block.end != End::Stop {
            return Verdict::Line(NAVIGATION);
        }
    }
    start(line, block).map_or(Verdict::Clean, Verdict::Line)
}

/// Why a block is boilerplate if it stands below the article.
pub fn judge_foot(view: &View, block: &Block) -> Option<&'static str> {
    if block.words > MOST_WORDS || is_quotation(view, block) {
        return None;
    }
    let line = Line::of(view, block.tokens.clone());
    let begun = line.first_hit(|how| how == How::Foot);
    let held = || block.tokens.clone().find_map(|at| line.hit(at, |how| how == How::Below));
    let hit = begun.or_else(|| (block.words <= MOST_WORDS_INSIDE).then(held).flatten())?;
    (!line.is_reported()).then_some(hit.reason)
}

fn is_quotation(view: &View, block: &Block) -> bool {
    view.token(block.tokens.start).spaced && is_opening_quote(view.word(block.tokens.start))
}

/// The block as nothing but phrases, marks and numbers.
fn whole(line: &Line) -> Verdict {
    let hits = line.hits(line.tokens.clone());
    match hits[..] {
        [] => line.doubled().map_or(Verdict::Clean, Verdict::Weak),
        [only] if only.how == How::Section || only.how == How::Start && only.reason == RELATED => Verdict::Section(only.reason),
        [only] if only.how == How::Label => Verdict::Label(only.reason),
        [only] if only.how == How::Box => Verdict::Box(only.reason),
        [only] if only.how == How::Item => Verdict::Weak(only.reason),
        [first, ..] => {
            let alone = hits.iter().find(|h| h.how.stands_alone());
            let separated = line.tokens.clone().any(|at| line.is_mark(at) && is_separator(line.view.word(at)));
            match alone {
                Some(hit) => Verdict::Line(hit.reason),
                None if hits.len() > 2 || separated => Verdict::Line(first.reason),
                None => Verdict::Weak(first.reason),
            }
        }
    }
}

/// Why the block begins as boilerplate does, unless it says what somebody said.
fn start(line: &Line, block: &Block) -> Option<&'static str> {
    let hit = line.first_hit(|how| matches!(how, How::Start | How::Lead))?;
    let states = block.end == End::Stop || block.words > MOST_WORDS_UNSTATED;
    let holds = hit.how == How::Start || !states || line.speaks_to_reader();
    (holds && !line.is_reported()).then_some(hit.reason)
}

/// Whether the block is a row of links, of which the first is a menu's: "Home › News › Politics".
fn is_breadcrumbs(line: &Line) -> bool {
    let pieces = line.pieces();
    pieces.len() > 2 && pieces.iter().all(|p| p.len() <= 4) && line.hits(pieces[0].clone()).first().is_some_and(|h| h.reason == NAVIGATION)
}

/// The pieces between separators that are boilerplate each by itself.
fn pieces(line: &Line) -> Vec<(Range<u32>, &'static str)> {
    let pieces = line.pieces();
    if pieces.len() < 2 {
        return Vec::new();
    }
    let judged = pieces.into_iter().filter_map(|piece| {
        let alone = line.hits(piece.clone()).into_iter().find(|h| h.how.stands_alone() && h.how != How::Section);
        alone.map(|hit| hit.reason).or_else(|| line.named(&piece)).map(|reason| (piece, reason))
    });
    judged.collect()
}

/// The sentences and brackets of a block that are boilerplate, in text order.
fn sentences(line: &Line, block: &Block) -> Vec<(Range<u32>, &'static str)> {
    let sentences = line.sentences();
    let mut parts = Vec::new();
    // Of a paragraph, only the last words may be something else.
    let from = if block.words > MOST_WORDS_INSIDE { sentences.len().saturating_sub(1) } else { 0 };
    for (i, sentence) in sentences.iter().enumerate().skip(from) {
        let last = i + 1 == sentences.len();
        let before = block.tokens.start..sentence.start;
        if block.words <= MOST_WORDS_INSIDE
            && let Some(reason) = line.call(sentence)
        {
            let led = line.is_call_or_label(&before) && before.len() <= MOST_WORDS_BEFORE_CALL;
            let from = if led { block.tokens.start } else { sentence.start };
            parts.clear();
            parts.push((from..block.tokens.end, reason));
            return parts;
        }
        if let Some(reason) = line.apart(sentence) {
            let rest = sentence.end..block.tokens.end;
            let all = line.is_names(&before) && line.is_names(&rest);
            parts.push((if all { block.tokens.clone() } else { sentence.clone() }, reason));
            if all {
                return vec![(block.tokens.clone(), reason)];
            }
        } else if let Some(reason) = (last && i > 0).then(|| line.named(sentence)).flatten() {
            parts.push((sentence.clone(), reason));
        } else {
            parts.extend(line.brackets(sentence).filter_map(|bracket| Some((bracket.clone(), line.named(&bracket)?))));
        }
    }
    parts
}
