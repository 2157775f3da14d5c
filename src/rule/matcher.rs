//! Walks a pattern at one place where it matches, and finds the longest match and what it captures.
//!
//! A depth-first walk over all the ways through a pattern, earlier alternatives first; a way that ends further wins.
//! That a way leads to the pattern's end is known before it is taken ([`super::reach`]), so a walk tests nothing but
//! which annotations are meant. Steps are bounded all the same, so that no text makes a rule slow. Not here: which
//! rules are walked where ([`super::run`]).

use super::program::Node;
use super::reach::{Ground, Reach, passes};
use crate::tag::{Annotation, AnnotationId, Tags};

/// Steps that one walk may take; far above what any rule's own examples need.
const STEP_LIMIT: u32 = 4000;

/// Slots of a match: the mark and eight captures, a pair each.
const SLOTS: usize = 18;

/// A slot that was not set.
const UNSET: u32 = u32::MAX;

/// What a capture matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Captured {
    /// First token.
    pub from: u32,
    /// One past the last token.
    pub to: u32,
    /// The annotation, when the capture is directly on one.
    pub annotation: Option<AnnotationId>,
}

/// One match of a rule.
#[derive(Clone, Copy, Debug)]
pub struct Match {
    /// First token of what the rule marks.
    pub from: u32,
    /// One past the last token of what the rule marks.
    pub to: u32,
    slots: [u32; SLOTS],
    annotations: [u32; 8],
    begin: u32,
    end: u32,
}

impl Match {
    /// Whether the rule marks all that it matched.
    pub fn is_all_marked(&self) -> bool {
        self.from == self.begin && self.to == self.end
    }

    /// What the capture with this number matched, if it took part.
    pub fn capture(&self, number: u8) -> Option<Captured> {
        let at = 2 + 2 * number as usize;
        let (from, to) = (self.slots[at], self.slots[at + 1]);
        let annotation = self.annotations[number as usize];
        (from != UNSET && to != UNSET && from < to).then_some(Captured {
            from,
            to,
            annotation: (annotation != UNSET).then_some(annotation),
        })
    }
}

/// What walks share, so that none allocates: for each node, the places where it was already reached.
#[derive(Debug, Default)]
pub struct Scratch {
    attempt: u32,
    reached: Vec<(u32, u64)>,
}

impl Scratch {
    /// Begins a walk of a graph of this many nodes.
    fn begin(&mut self, nodes: usize) {
        self.attempt = self.attempt.wrapping_add(1);
        if self.reached.len() < nodes || self.attempt == 0 {
            self.reached.clear();
            self.reached.resize(nodes.next_power_of_two(), (0, 0));
            self.attempt = 1;
        }
    }

    /// Whether this walk comes to a node at this place, counted from where the walk began, for the first time. A
    /// second way to the same point can end nowhere further than the first.
    fn is_new(&mut self, node: u16, offset: u32) -> bool {
        if offset >= u64::BITS {
            return true;
        }
        let (attempt, places) = &mut self.reached[node as usize];
        if *attempt != self.attempt {
            (*attempt, *places) = (self.attempt, 0);
        }
        let new = *places >> offset & 1 == 0;
        *places |= 1 << offset;
        new
    }
}

/// The longest match of the pattern that begins with `node` at a place where it is known to match.
pub fn longest(node: u16, place: u32, ground: &mut Ground<'_>, tags: &Tags<'_>, reach: &mut Reach, scratch: &mut Scratch) -> Option<Match> {
    scratch.begin(ground.layer.nodes.len());
    let mut walk =
        Walk { ground, tags, reach, scratch, begin: place, slots: [UNSET; SLOTS], annotations: [UNSET; 8], best: None, steps: 0 };
    walk.go(node, place);
    let mut best = walk.best?;
    // A match lies in one sentence, whose tokens are numbered as its places are.
    let first = ground.block.tokens[place as usize];
    let token = |at: u32| at.wrapping_sub(place).wrapping_add(first);
    best.slots = best.slots.map(|slot| if slot == UNSET { UNSET } else { token(slot) });
    (best.begin, best.end) = (token(place), token(best.end));
    best.from = if best.slots[0] == UNSET { best.begin } else { best.slots[0] };
    best.to = if best.slots[1] == UNSET { best.end } else { best.slots[1] };
    (best.from < best.to).then_some(best)
}

struct Walk<'w, 'b, 't> {
    ground: &'w mut Ground<'b>,
    tags: &'w Tags<'t>,
    reach: &'w mut Reach,
    scratch: &'w mut Scratch,
    begin: u32,
    slots: [u32; SLOTS],
    annotations: [u32; 8],
    best: Option<Match>,
    steps: u32,
}

impl Walk<'_, '_, '_> {
    /// Goes on from a node at a place from which the end can be reached.
    fn go(&mut self, mut node: u16, mut at: u32) {
        loop {
            self.steps += 1;
            if self.steps > STEP_LIMIT {
                return;
            }
            node = match self.ground.layer.nodes[node as usize] {
                Node::Accept => return self.accept(at),
                Node::Token { next, .. } => {
                    at += 1;
                    next
                }
                Node::Span { spans, capture, next } => return self.spans(spans, capture, next, at),
                Node::Either { spans, next, .. } => {
                    return spans.iter().for_each(|spans| self.spans(*spans, None, next, at));
                }
                Node::Split(first, second) => match (self.reach.can(first, at), self.reach.can(second, at)) {
                    (true, true) => {
                        if !self.scratch.is_new(node, at - self.begin) {
                            return;
                        }
                        self.go(first, at);
                        second
                    }
                    (true, false) => first,
                    (false, _) => second,
                },
                Node::Save(slot, next) => {
                    let old = std::mem::replace(&mut self.slots[slot as usize], at);
                    self.go(next, at);
                    self.slots[slot as usize] = old;
                    return;
                }
                Node::Behind { next, .. } | Node::Ahead { next, .. } | Node::Start(next) | Node::End(next) => next,
            }
        }
    }

    fn accept(&mut self, end: u32) {
        if self.best.as_ref().is_none_or(|best| end > best.end) {
            self.best = Some(Match { from: 0, to: 0, begin: 0, slots: self.slots, annotations: self.annotations, end });
        }
    }

    /// Goes on after each annotation at a place that is one of `spans`.
    fn spans(&mut self, spans: u16, capture: Option<u8>, next: u16, at: u32) {
        let spans = &self.ground.vocabulary.spans[spans as usize];
        let token = self.ground.block.tokens[at as usize];
        for id in self.tags.starting_at(token) {
            let Annotation { kind, class, from, to, .. } = *self.tags.annotation(id);
            if kind != spans.kind || spans.class.is_some_and(|c| c != class) {
                continue;
            }
            let end = at + (to - from);
            // The place after a sentence's last token is its end, whose token is the next one.
            let inside = self.ground.block.tokens.get(end as usize) == Some(&to);
            let one = end == at + 1;
            let asked = |ground: &mut Ground<'_>| match one {
                true => ground.block.has(spans.ones, at, ground.vocabulary),
                false => passes(spans, at, end, ground),
            };
            if !(inside && self.reach.can(next, end) && asked(self.ground)) {
                continue;
            }
            let Some(capture) = capture else {
                self.go(next, end);
                continue;
            };
            let old = std::mem::replace(&mut self.annotations[capture as usize], id);
            self.go(next, end);
            self.annotations[capture as usize] = old;
        }
    }
}
