//! Boilerplate: which blocks a web page left around the article, and why.
//!
//! Each block is judged by its own phrases first ([`super::phrase`]); then its neighbours count: lists
//! of links, the line below a label, teasers below "Explore more", scraps between two such lines. All
//! of it errs on the side of the article: what may belong to the body stays. Not here: any phrase.

use std::ops::Range;

use super::block::{Block, End};
use super::phrase::{Verdict, judge};
use super::{Skip, View};

/// What boilerplate was found.
pub struct Found {
    /// Why each block is boilerplate, if it is.
    pub blocks: Vec<Option<&'static str>>,
    /// All boilerplate as token ranges, in text order.
    pub ranges: Vec<(Range<u32>, &'static str)>,
}

/// Reasons that the first line of a text, which is more likely its headline, is not given.
const NEVER_FIRST: [&str; 4] = ["related_links", "photo_credit", "comments", "author_box"];
/// The most words of a label's value ("Category" and below it "World news").
const LABEL_WORDS: u32 = 4;
/// The most words of a scrap between two lines of boilerplate.
const SCRAP_WORDS: u32 = 12;
/// So many lone links under each other are a list of links.
const LIST: usize = 3;

/// Finds the boilerplate of a text.
pub fn find(view: &View, blocks: &[Block]) -> Found {
    let verdicts: Vec<Verdict> = blocks.iter().map(|b| judge(view, b)).collect();
    let mut reasons: Vec<Option<&'static str>> = vec![None; blocks.len()];
    let mut parts = Vec::new();
    for (at, verdict) in verdicts.iter().enumerate() {
        match verdict {
            Verdict::Line(reason) | Verdict::Label(reason) | Verdict::Section(reason) if at > 0 || !NEVER_FIRST.contains(reason) => {
                reasons[at] = Some(reason);
            }
            Verdict::Parts(found) => parts.extend(found.iter().cloned()),
            _ => {}
        }
    }
    labels(blocks, &verdicts, &mut reasons);
    for (at, verdict) in verdicts.iter().enumerate() {
        if matches!(verdict, Verdict::Section(_)) && reasons[at].is_some() {
            section(blocks, at, &mut reasons);
        }
    }
    weak(blocks, &verdicts, &mut reasons);
    scraps(blocks, &mut reasons);
    let mut ranges = parts;
    ranges.retain(|(part, _)| {
        !blocks.iter().zip(&reasons).any(|(b, r)| r.is_some() && b.tokens.start <= part.start && part.end <= b.tokens.end)
    });
    ranges.extend(blocks.iter().zip(&reasons).filter_map(|(b, r)| r.map(|r| (b.tokens.clone(), r))));
    ranges.sort_by_key(|(range, _)| range.start);
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

/// Marks the teasers below a section's heading: to the end of the text when all of the rest is
/// teasers, else the titles right below it.
fn section(blocks: &[Block], heading: usize, reasons: &mut [Option<&'static str>]) {
    let reason = reasons[heading];
    let rest = heading + 1..blocks.len();
    let end = if all_teasers(blocks, reasons, rest.clone()) { rest.end } else { titles_end(blocks, reasons, rest) };
    for at in heading + 1..end {
        reasons[at] = reasons[at].or(reason);
    }
}

/// Whether blocks are titles and what is left of the articles below them, never the running text of
/// one article: no two whole paragraphs together, the first after a title, and at least one cut off.
fn all_teasers(blocks: &[Block], reasons: &[Option<&'static str>], range: Range<usize>) -> bool {
    let rest: Vec<&Block> = range.filter(|at| reasons[*at].is_none()).map(|at| &blocks[at]).collect();
    let whole = |b: &Block| b.is_paragraph() && b.end != End::Ellipsis;
    let cut = |b: &Block| b.words > 12 && matches!(b.end, End::None | End::Open | End::Ellipsis);
    let first_is_title = rest.first().is_none_or(|b| b.is_title());
    let apart = rest.windows(2).all(|pair| !(whole(pair[0]) && whole(pair[1])));
    first_is_title && apart && (rest.iter().any(|b| cut(b)) || !rest.iter().any(|b| whole(b)))
}

/// The end of the titles at the start of a range. The last of several that stand apart is left to
/// the article when a paragraph follows: it may be its subhead.
fn titles_end(blocks: &[Block], reasons: &[Option<&'static str>], range: Range<usize>) -> usize {
    let start = range.start;
    let mut end = range.clone().find(|at| !blocks[*at].is_title() || reasons[*at].is_some()).unwrap_or(range.end);
    let list = (start..end).take_while(|at| *at == start || !blocks[*at].gap).count();
    if list > 1 {
        return start + list;
    }
    if end - start > 1 && end < range.end && reasons[end].is_none() {
        end -= 1;
    }
    end
}

/// Lone links are boilerplate beside other boilerplate, or when there are several of them.
fn weak(blocks: &[Block], verdicts: &[Verdict], reasons: &mut [Option<&'static str>]) {
    let mut at = 0;
    while at < blocks.len() {
        let run = (at..blocks.len()).take_while(|i| matches!(verdicts[*i], Verdict::Weak(_))).count();
        if run == 0 {
            at += 1;
            continue;
        }
        let beside = at > 0 && reasons[at - 1].is_some() || reasons.get(at + run).is_some_and(|r| r.is_some());
        if beside || run >= LIST {
            for i in at..at + run {
                if let (None, Verdict::Weak(reason)) = (reasons[i], &verdicts[i]) {
                    reasons[i] = Some(reason);
                }
            }
        }
        at += run;
    }
}

/// Short lines without a full stop between two lines of boilerplate, after the article has ended.
fn scraps(blocks: &[Block], reasons: &mut [Option<&'static str>]) {
    let body = |at: usize| reasons[at].is_none() && blocks[at].is_paragraph();
    let Some(last) = (0..blocks.len()).rev().find(|at| body(*at)) else { return };
    for at in last + 2..blocks.len().saturating_sub(1) {
        let scrap = blocks[at].words <= SCRAP_WORDS && blocks[at].end == End::None;
        if reasons[at].is_none() && scrap && reasons[at + 1].is_some() {
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
