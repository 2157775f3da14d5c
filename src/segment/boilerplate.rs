//! Boilerplate: which blocks a web page left around the article, and why.
//!
//! Each block is judged by its own phrases first ([`super::phrase`]); then its neighbours count: lists
//! of links, the line below a label, teasers below "Explore more", scraps between two such lines. All
//! of it errs on the side of the article: what may belong to the body stays. Not here: any phrase.

use std::ops::Range;

use super::block::{Block, End};
use super::phrase::{Verdict, judge, judge_foot};
use super::zone::{is_byline, is_publication_line};
use super::{Skip, View};

/// What boilerplate was found.
pub struct Found {
    /// Why each block is boilerplate, if it is.
    pub blocks: Vec<Option<&'static str>>,
    /// All boilerplate as token ranges, in text order.
    pub ranges: Vec<(Range<u32>, &'static str)>,
}

/// Reasons that the first line of a text, which is more likely its headline, is not given.
const NEVER_FIRST: [&str; 5] = ["related_links", "photo_credit", "comments", "author_box", "live_stamp"];
/// The most words of a label's value ("Category" and below it "World news").
const LABEL_WORDS: u32 = 4;
/// The most words of a scrap between two lines of boilerplate.
const SCRAP_WORDS: u32 = 12;
/// The most words of a teaser's title that stands apart; more may be a paragraph that was cut off.
const TEASER_WORDS: u32 = 16;
/// So many lone links under each other are a list of links.
const LIST: usize = 3;

/// Finds the boilerplate of a text.
pub fn find(view: &View, blocks: &[Block]) -> Found {
    let verdicts: Vec<Verdict> = blocks.iter().map(|b| judge(view, b)).collect();
    let mut reasons: Vec<Option<&'static str>> = vec![None; blocks.len()];
    for (at, verdict) in verdicts.iter().enumerate() {
        if let Verdict::Line(reason) | Verdict::Label(reason) | Verdict::Section(reason) = verdict
            && (at > 0 || !NEVER_FIRST.contains(reason))
        {
            reasons[at] = Some(reason);
        }
    }
    labels(blocks, &verdicts, &mut reasons);
    sections(blocks, &verdicts, &mut reasons);
    foot(view, blocks, &verdicts, &mut reasons);
    weak(blocks, &verdicts, &mut reasons);
    scraps(view, blocks, &mut reasons);
    let mut ranges = Vec::new();
    for ((block, reason), verdict) in blocks.iter().zip(&reasons).zip(verdicts) {
        match (reason, verdict) {
            (Some(reason), _) => ranges.push((block.tokens.clone(), *reason)),
            (None, Verdict::Parts(parts)) => ranges.extend(parts),
            _ => {}
        }
    }
    Found { blocks: reasons, ranges }
}

/// The line below a label is its value.
fn labels(blocks: &[Block], verdicts: &[Verdict], reasons: &mut [Option<&'static str>]) {
    for at in 0..blocks.len() {
        if let (Verdict::Label(reason), Some(value)) = (&verdicts[at], blocks.get(at + 1))
            && !value.gap
            && value.words <= LABEL_WORDS
            && value.end == End::None
            && at + 2 < blocks.len()
        {
            reasons[at + 1] = Some(reason);
        }
    }
}

/// Marks the teasers below each section's heading: to the end of the text when all of the rest is
/// teasers, else the titles right below it.
fn sections(blocks: &[Block], verdicts: &[Verdict], reasons: &mut [Option<&'static str>]) {
    let headings: Vec<usize> =
        (0..blocks.len()).filter(|at| matches!(verdicts[*at], Verdict::Section(_)) && reasons[*at].is_some()).collect();
    let teasers = if headings.is_empty() { Vec::new() } else { all_teasers(blocks, reasons) };
    for heading in headings {
        let reason = reasons[heading];
        let end = if teasers[heading + 1] { blocks.len() } else { titles_end(blocks, reasons, heading + 1..blocks.len()) };
        for teaser in &mut reasons[heading + 1..end] {
            *teaser = teaser.or(reason);
        }
        if end == blocks.len() {
            return;
        }
    }
}

/// For each block whether all from it to the end are titles and what is left of the articles below
/// them, never the running text of one article: the first is a title, no two whole paragraphs stand
/// together, and where there are paragraphs at all, at least two have a title and one is cut off.
fn all_teasers(blocks: &[Block], reasons: &[Option<&'static str>]) -> Vec<bool> {
    let whole = |b: &Block| b.is_paragraph() && b.end != End::Ellipsis;
    let long = |b: &Block| b.words > TEASER_WORDS;
    let cut = |b: &Block| long(b) && matches!(b.end, End::None | End::Open | End::Ellipsis);
    let mut teasers = vec![true; blocks.len() + 1];
    let (mut apart, mut paragraphs, mut any_cut, mut titled) = (true, false, false, 0);
    let mut first: Option<&Block> = None;
    for (at, block) in blocks.iter().enumerate().rev() {
        if reasons[at].is_none() {
            apart &= !(whole(block) && first.is_some_and(whole));
            let above = |b: &Block| !b.gap || long(b) || whole(b);
            titled += u32::from(block.gap && block.is_title() && !long(block) && first.is_some_and(above));
            paragraphs |= whole(block) || cut(block);
            any_cut |= cut(block);
            first = Some(block);
        }
        teasers[at] = first.is_none_or(Block::is_title) && apart && (!paragraphs || any_cut && titled > 1);
    }
    teasers
}

/// The end of the titles at the start of a range. The last of several that stand apart is left to
/// the article when a paragraph follows: it may be its subhead.
fn titles_end(blocks: &[Block], reasons: &[Option<&'static str>], range: Range<usize>) -> usize {
    let start = range.start;
    let long = |b: &Block| b.gap && b.words > TEASER_WORDS;
    let mut end = range.clone().find(|at| !blocks[*at].is_title() || reasons[*at].is_some() || long(&blocks[*at])).unwrap_or(range.end);
    let list = (start..end).take_while(|at| *at == start || !blocks[*at].gap).count();
    if list > 1 {
        return start + list;
    }
    if end - start > 1 && end < range.end && reasons[end].is_none() {
        end -= 1;
    }
    end
}

/// What only the foot of a page says, below the last line of the article that is no title; and a box about
/// its author, when its paragraph is that line.
fn foot(view: &View, blocks: &[Block], verdicts: &[Verdict], reasons: &mut [Option<&'static str>]) {
    for at in (1..blocks.len()).rev() {
        if reasons[at].is_some() {
            continue;
        }
        if let Some(reason) = judge_foot(view, &blocks[at]) {
            reasons[at] = Some(reason);
        } else if let (Verdict::Box(reason), true) = (&verdicts[at - 1], at > 1) {
            reasons[at - 1..=at].fill(Some(reason));
        } else if !blocks[at].is_title() {
            return;
        }
    }
}

/// Lone links are boilerplate beside other boilerplate, at the end of an article, or when there are
/// several of them; not the items of a list that the line above announces.
fn weak(blocks: &[Block], verdicts: &[Verdict], reasons: &mut [Option<&'static str>]) {
    let mut body = false;
    let mut at = 0;
    while at < blocks.len() {
        let run = (at..blocks.len()).take_while(|i| matches!(verdicts[*i], Verdict::Weak(_))).count();
        if run == 0 {
            body |= reasons[at].is_none() && blocks[at].is_paragraph();
            at += 1;
            continue;
        }
        let below = at + run;
        let announced = at > 0 && reasons[at - 1].is_none() && blocks[at - 1].end == End::Open;
        let alone = run == 1 && is_subhead(blocks, verdicts, reasons, at);
        let beside = at > 0 && reasons[at - 1].is_some() || reasons.get(below).is_some_and(|r| r.is_some());
        if !announced && (beside && !alone || run >= LIST || body && below == blocks.len()) {
            for i in at..below {
                if let (None, Verdict::Weak(reason)) = (reasons[i], &verdicts[i]) {
                    reasons[i] = Some(reason);
                }
            }
        }
        at = below;
    }
}

/// Whether a lone link may be a subhead: it stands apart, above a paragraph, and what is above it is of another sort.
fn is_subhead(blocks: &[Block], verdicts: &[Verdict], reasons: &[Option<&'static str>], at: usize) -> bool {
    let Some(below) = blocks.get(at + 1) else { return false };
    let same = at > 0 && matches!((&verdicts[at], reasons[at - 1]), (Verdict::Weak(one), Some(other)) if *one == other);
    blocks[at].gap && !below.is_title() && reasons[at + 1].is_none() && !same
}

/// Short lines without a full stop between two lines of boilerplate, after the article has ended; not
/// those that say who wrote it and when.
fn scraps(view: &View, blocks: &[Block], reasons: &mut [Option<&'static str>]) {
    let body = |at: usize| reasons[at].is_none() && blocks[at].is_paragraph();
    let Some(last) = (0..blocks.len()).rev().find(|at| body(*at)) else { return };
    for at in last + 2..blocks.len().saturating_sub(1) {
        let block = &blocks[at];
        let scrap = block.words <= SCRAP_WORDS && block.end == End::None;
        if reasons[at].is_none() && scrap && reasons[at + 1].is_some() && !is_byline(view, block) && !is_publication_line(view, block) {
            reasons[at] = reasons[at - 1];
        }
    }
}

/// The boilerplate as spans, neighbours of one reason together.
pub fn skips(view: &View, found: &Found) -> Vec<Skip> {
    let mut skips: Vec<(Range<u32>, &'static str)> = Vec::new();
    for (range, reason) in &found.ranges {
        match skips.last_mut() {
            Some((last, same)) if same == reason && last.end == range.start => last.end = range.end,
            _ => skips.push((range.clone(), reason)),
        }
    }
    skips.into_iter().map(|(range, reason)| Skip { span: view.span(&range), reason }).collect()
}
