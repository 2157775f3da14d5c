//! Runs a stage's rules over an article, layer by layer: within a layer all rules see the same annotations, so each
//! rule's matches are found for a whole block of text, and then acted on in text order.
//!
//! Not here: what a constructor builds. Within a layer the longer annotation of a kind wins over
//! those it overlaps, then the rule that stands earlier.

use std::cell::RefCell;

use super::block::{EMPTY, places_of};
use super::matcher::{Captured, Match, Scratch, longest};
use super::program::{Action, Arg as ProgramArg, First, Layer, Rule};
use super::reach::{Ground, Reach};
use crate::lang::pack::Pack;
use crate::span::Span;
use crate::tag::{Annotation, Tags, Value};

/// An argument that a constructor is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Arg {
    /// An optional capture that took no part.
    None,
    /// What was captured.
    Capture(Captured),
    /// A word that the rule gives.
    Symbol(&'static str),
    /// A number that the rule gives.
    Number(f64),
}

/// What an extractor makes of its rules' matches.
pub trait Build {
    /// The value of an annotation; `None` declines the match.
    fn build(&mut self, constructor: &'static str, args: &[Arg], tags: &Tags<'_>) -> Option<Value>;
}

/// For stages whose rules mark without values.
pub struct Plain;

impl Build for Plain {
    fn build(&mut self, _: &'static str, _: &[Arg], _: &Tags<'_>) -> Option<Value> {
        Some(Value::None)
    }
}

/// A match of a rule with all that it says, for stages that use evidence and attachments.
#[derive(Clone, Copy, Debug)]
pub struct Fired {
    /// The rule.
    pub rule: &'static Rule,
    /// Its match.
    pub found: Match,
}

/// What became of one rule, before any of its matches competed with others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// The rule's name.
    pub rule: String,
    /// At how many places the rule's first test held.
    pub tried: usize,
    /// What it marked.
    pub fired: Vec<Span>,
    /// What it would have marked, had its constructor not declined.
    pub declined: Vec<Span>,
}

thread_local! {
    static TRACE: RefCell<Option<Trace>> = const { RefCell::new(None) };
    /// Memory that the runs of a thread share.
    static FINDER: RefCell<Finder> = RefCell::default();
}

/// Does `work`, and tells what became of the rule of that name while it ran on this thread.
///
/// For the tests that run every rule's examples; a run that nobody traces pays nothing for it.
pub fn traced<T>(rule: &str, work: impl FnOnce() -> T) -> (T, Trace) {
    TRACE.set(Some(Trace { rule: rule.to_owned(), ..Trace::default() }));
    let done = work();
    (done, TRACE.take().unwrap_or_default())
}

/// Notes something in the trace.
fn note(what: impl FnOnce(&mut Trace)) {
    TRACE.with_borrow_mut(|trace| trace.as_mut().map(what));
}

/// The rule that is being traced, by its index.
fn watched(pack: &Pack) -> Option<u16> {
    let find = |trace: &Trace| pack.rules().iter().position(|r| r.name == trace.rule);
    TRACE.with_borrow(|trace| trace.as_ref().and_then(find)).map(|index| index as u16)
}

/// Counts the places where the first test of the rule that is traced holds.
fn note_first(layer: &Layer, watched: Option<u16>, pack: &Pack, tags: &Tags<'_>) {
    let Some(rule) = watched.filter(|rule| layer.entries.iter().any(|e| e.rule == *rule)) else { return };
    let begins = |first: &First, at: u32| match *first {
        First::Word(word) => tags.word(at) == word,
        First::Tag(bits) => tags.has(at, bits),
        First::Kind(kind) => tags.kinds_at(at) >> kind & 1 == 1,
    };
    let tokens = tags.sentences().iter().cloned().flatten();
    let tried = tokens.filter(|at| pack.rules()[rule as usize].first.iter().any(|f| begins(f, *at))).count();
    note(|trace| trace.tried += tried);
}

/// Runs the stage named `stage`: annotations go into `tags`; what else fired is returned, in text order.
pub fn run(stage: &str, pack: &Pack, tags: &mut Tags<'_>, build: &mut dyn Build) -> Vec<Fired> {
    let watched = watched(pack);
    let mut board = tags.take_board();
    let (mut fired, mut finder) = (Vec::new(), FINDER.take());
    for layer in pack.layers().iter().filter(|l| l.stage == stage) {
        note_first(layer, watched, pack, tags);
        board.update(tags, pack.vocabulary());
        let mut made: Vec<(Annotation, u16)> = Vec::new();
        for block in board.blocks() {
            finder.find(Ground { layer, block, vocabulary: pack.vocabulary() }, tags);
            for (_, index, number) in &finder.hits {
                let found = &finder.found[*number as usize];
                let before = made.len() + fired.len();
                act(&pack.rules()[*index as usize], *index, found, tags, build, &mut made, &mut fired);
                if watched == Some(*index) {
                    let span = tags.span(found.from, found.to);
                    let acted = made.len() + fired.len() > before;
                    note(|trace| if acted { &mut trace.fired } else { &mut trace.declined }.push(span));
                }
            }
        }
        for annotation in winners(made) {
            tags.add(annotation);
        }
    }
    tags.put_board(board);
    FINDER.set(finder);
    fired
}

/// Finds the matches of a layer's rules in a block.
#[derive(Default)]
struct Finder {
    reach: Reach,
    scratch: Scratch,
    /// The places where the rule at hand matches.
    places: Vec<u32>,
    /// Where each match begins, whose it is, and its place in `found`.
    hits: Vec<(u32, u16, u32)>,
    found: Vec<Match>,
}

impl Finder {
    /// Finds every match; the hits are in text order, those at one place in file order.
    fn find(&mut self, mut ground: Ground<'_>, tags: &Tags<'_>) {
        self.hits.clear();
        self.found.clear();
        self.reach.begin(ground.layer.nodes.len());
        for entry in ground.layer.entries {
            let map = self.reach.find(entry, &mut ground);
            if map == EMPTY {
                continue;
            }
            self.places.clear();
            self.places.extend(places_of(self.reach.map(map)));
            for place in &self.places {
                if let Some(found) = longest(entry.node, *place, &mut ground, tags, &mut self.reach, &mut self.scratch) {
                    self.hits.push((*place, entry.rule, self.found.len() as u32));
                    self.found.push(found);
                }
            }
        }
        self.hits.sort_unstable();
    }
}

fn act(
    rule: &'static Rule,
    index: u16,
    found: &Match,
    tags: &Tags<'_>,
    build: &mut dyn Build,
    made: &mut Vec<(Annotation, u16)>,
    fired: &mut Vec<Fired>,
) {
    let mut kept = false;
    for action in rule.actions {
        match action {
            Action::Annotate { kind, class, class_of, constructor } => {
                let of = |c: u8| found.capture(c).and_then(|c| c.annotation).map_or(0, |id| tags.annotation(id).class);
                let class = class_of.map_or(*class, of);
                let value = match constructor {
                    None => Some(Value::None),
                    Some((name, args)) => {
                        let args: Vec<Arg> = args.iter().map(|a| argument(a, found)).collect();
                        build.build(name, &args, tags)
                    }
                };
                if let Some(value) = value {
                    made.push((Annotation { kind: *kind, class, from: found.from, to: found.to, value, rule: rule.name }, index));
                }
            }
            Action::Evidence(..) | Action::Attach(..) => kept = true,
        }
    }
    if kept {
        fired.push(Fired { rule, found: *found });
    }
}

fn argument(arg: &ProgramArg, found: &Match) -> Arg {
    match arg {
        ProgramArg::Capture(number) => found.capture(*number).map_or(Arg::None, Arg::Capture),
        ProgramArg::Symbol(word) => Arg::Symbol(word),
        ProgramArg::Number(n) => Arg::Number(*n),
    }
}

/// Of annotations of one kind that overlap the longest, then the rule that stands earlier.
fn winners(mut made: Vec<(Annotation, u16)>) -> Vec<Annotation> {
    made.sort_by_key(|(a, rule)| (a.kind, std::cmp::Reverse(a.to - a.from), *rule, a.from));
    let mut kept: Vec<Annotation> = Vec::new();
    let mut taken: Vec<bool> = Vec::new();
    let mut kind = u8::MAX;
    for (annotation, _) in made {
        if annotation.kind != kind {
            kind = annotation.kind;
            taken.clear();
        }
        let (from, to) = (annotation.from as usize, annotation.to as usize);
        if taken.len() < to {
            taken.resize(to, false);
        }
        if taken[from..to].iter().any(|t| *t) {
            continue;
        }
        taken[from..to].fill(true);
        kept.push(annotation);
    }
    kept.sort_by_key(|a| (a.from, std::cmp::Reverse(a.to)));
    kept
}
