//! Runs a stage's rules over an article: layer by layer, sentence by sentence, only where a rule's
//! first test holds.
//!
//! Not here: what a constructor builds. Within a layer the longer annotation of a kind wins over
//! those it overlaps, then the rule that stands earlier.

use std::cell::RefCell;

use super::builtin;
use super::matcher::{Captured, Match, Scratch, try_at};
use super::program::{Action, Arg as ProgramArg, Layer, Need, Rule};
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

/// Runs the stage named `stage`: annotations go into `tags`; what else fired is returned, in text order.
pub fn run(stage: &str, pack: &Pack, tags: &mut Tags<'_>, build: &mut dyn Build) -> Vec<Fired> {
    let watched = watched(pack);
    let (mut fired, mut tried, mut scratch) = (Vec::new(), Vec::new(), Scratch::default());
    let mut live = Live::new(pack.rules());
    for layer in pack.layers().iter().filter(|l| l.stage == stage) {
        let mut made: Vec<(Annotation, u16)> = Vec::new();
        let sentences = tags.sentences().to_vec();
        live.number = 0;
        for sentence in &sentences {
            if !live.enter(layer, tags, sentence, watched) {
                continue;
            }
            for at in sentence.clone() {
                live.candidates(layer, tags, at, &mut tried);
                for &index in &tried {
                    let rule = &pack.rules()[index as usize];
                    if watched == Some(index) {
                        note(|trace| trace.tried += 1);
                    }
                    if !live.is_ahead(rule, at) {
                        continue;
                    }
                    if let Some(found) = try_at(rule, tags, at, sentence.start, sentence.end, &mut scratch) {
                        let before = made.len() + fired.len();
                        act(rule, index, &found, tags, build, &mut made, &mut fired);
                        if watched == Some(index) {
                            let span = tags.span(found.from, found.to);
                            let acted = made.len() + fired.len() > before;
                            note(|trace| if acted { &mut trace.fired } else { &mut trace.declined }.push(span));
                        }
                    }
                }
            }
        }
        for annotation in winners(made) {
            tags.add(annotation);
        }
    }
    fired
}

/// The rules worth trying in the sentence at hand.
struct Live {
    rules: &'static [Rule],
    holds: Holds,
    /// The rule that is being traced, which is always worth a try.
    watched: Option<u16>,
    /// For each rule, the sentence for which it was last asked whether a match is possible, and the answer.
    worth: Vec<(u32, bool)>,
    sentence: u32,
    /// The layer's lists by tag, without the rules that cannot match here: tags, and a range of `by_tag`.
    tags: Vec<(u128, std::ops::Range<usize>)>,
    by_tag: Vec<u16>,
    tag_bits: u128,
    /// For each token of the sentence, the kinds that begin there or after it.
    ahead: Vec<u64>,
    first: u32,
    /// The sentence's number in the article.
    number: usize,
}

impl Live {
    fn new(rules: &'static [Rule]) -> Self {
        let holds = Holds { kinds: 0, words: [0; 16] };
        Self {
            rules,
            holds,
            watched: None,
            worth: vec![(0, false); rules.len()],
            sentence: 0,
            tags: Vec::new(),
            by_tag: Vec::new(),
            tag_bits: 0,
            ahead: Vec::new(),
            first: 0,
            number: 0,
        }
    }

    /// Enters a sentence; whether any rule of the layer may begin in it.
    fn enter(&mut self, layer: &Layer, tags: &Tags<'_>, sentence: &std::ops::Range<u32>, watched: Option<u16>) -> bool {
        self.holds = Holds { kinds: tags.kinds_in(sentence.start, sentence.end), words: *tags.word_bits(self.number) };
        self.number += 1;
        self.watched = watched;
        self.sentence += 1;
        self.tags.clear();
        self.by_tag.clear();
        self.tag_bits = 0;
        for (bits, rules) in layer.tags {
            let from = self.by_tag.len();
            for &rule in *rules {
                if self.may_match(rule) {
                    self.by_tag.push(rule);
                }
            }
            if self.by_tag.len() > from {
                self.tags.push((*bits, from..self.by_tag.len()));
                self.tag_bits |= bits;
            }
        }
        let words = || layer.word_bits.iter().zip(&self.holds.words).any(|(a, b)| a & b != 0);
        let any = !self.tags.is_empty() || self.holds.kinds & layer.kind_bits != 0 || words();
        if any {
            self.look_ahead(tags, sentence);
        }
        any
    }

    fn look_ahead(&mut self, tags: &Tags<'_>, sentence: &std::ops::Range<u32>) {
        self.first = sentence.start;
        self.ahead.clear();
        self.ahead.resize(sentence.len(), 0);
        let mut kinds = 0;
        for (ahead, at) in self.ahead.iter_mut().zip(sentence.clone()).rev() {
            kinds |= tags.kinds_at(at);
            *ahead = kinds;
        }
    }

    /// Whether the annotations that a rule needs can still come at or after a token.
    fn is_ahead(&self, rule: &Rule, at: u32) -> bool {
        let ahead = self.ahead[(at - self.first) as usize];
        rule.needs.iter().all(|n| n.kinds & ahead != 0 || !n.words.is_empty())
    }

    fn may_match(&mut self, rule: u16) -> bool {
        let (asked, answer) = &mut self.worth[rule as usize];
        if *asked != self.sentence {
            let needs = self.rules[rule as usize].needs;
            (*asked, *answer) = (self.sentence, self.watched == Some(rule) || needs.iter().all(|n| self.holds.any(n)));
        }
        *answer
    }

    /// Puts the rules of a layer that can begin at a token into `found`, each once, in file order.
    fn candidates(&mut self, layer: &Layer, tags: &Tags<'_>, at: u32, found: &mut Vec<u16>) {
        found.clear();
        let set = tags.set(at);
        let word = tags.word(at);
        if set & builtin::RULE != 0
            && layer.word_bits[(word >> 6 & 15) as usize] >> (word & 63) & 1 == 1
            && let Ok(i) = layer.words.binary_search_by_key(&word, |(w, _)| *w)
        {
            found.extend(layer.words[i].1.iter().filter(|r| self.may_match(**r)));
        }
        if set & self.tag_bits != 0 {
            for (bits, range) in &self.tags {
                if set & bits != 0 {
                    found.extend_from_slice(&self.by_tag[range.clone()]);
                }
            }
        }
        let kinds = tags.kinds_at(at) & layer.kind_bits;
        if kinds != 0 {
            for (_, rules) in layer.kinds.iter().filter(|(kind, _)| kinds >> kind & 1 == 1) {
                found.extend(rules.iter().filter(|r| self.may_match(**r)));
            }
        }
        if found.len() > 1 {
            found.sort_unstable();
            found.dedup();
        }
    }
}

/// What a sentence holds, to tell the rules that cannot match in it.
struct Holds {
    kinds: u64,
    /// A bit for each word, by its ordinal modulo the number of bits.
    words: [u64; 16],
}

impl Holds {
    /// Whether any member of the set may stand in the sentence.
    fn any(&self, need: &Need) -> bool {
        need.kinds & self.kinds != 0 || need.words.iter().any(|w| self.words[(w >> 6 & 15) as usize] >> (w & 63) & 1 == 1)
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
