//! Runs one rule's program at one place, and finds the longest match.
//!
//! A depth-first walk over all the ways a program can go, earlier alternatives first; a way that
//! ends further wins. Steps are bounded, so that no text makes a rule slow. Not here: which rules
//! are tried where ([`super::run`]).

use super::builtin;
use super::program::{Inst, Rule, Test};
use crate::segment::token::Token;
use crate::tag::{Annotation, AnnotationId, Tags};

/// Instructions that one try of one rule may take; far above what any rule's own examples need.
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

/// What tries share, so that none allocates: for each instruction, the places where it was already reached.
#[derive(Debug, Default)]
pub struct Scratch {
    attempt: u32,
    reached: Vec<(u32, u64)>,
}

impl Scratch {
    /// Begins a try of a program of this length.
    fn begin(&mut self, instructions: usize) {
        self.attempt = self.attempt.wrapping_add(1);
        if self.reached.len() < instructions || self.attempt == 0 {
            self.reached.clear();
            self.reached.resize(instructions.next_power_of_two(), (0, 0));
            self.attempt = 1;
        }
    }

    /// Whether this try comes to an instruction at this place, counted from where the try began, for the first
    /// time. A second way to the same point can end nowhere further than the first.
    fn is_new(&mut self, pc: usize, offset: u32) -> bool {
        if offset >= u64::BITS {
            return true;
        }
        let (attempt, places) = &mut self.reached[pc];
        if *attempt != self.attempt {
            (*attempt, *places) = (self.attempt, 0);
        }
        let new = *places >> offset & 1 == 0;
        *places |= 1 << offset;
        new
    }
}

/// Tries `rule` at token `at`, inside the sentence of tokens `low..high`.
pub fn try_at(rule: &Rule, tags: &Tags<'_>, at: u32, low: u32, high: u32, scratch: &mut Scratch) -> Option<Match> {
    // Most tries end at the first token.
    match rule.program.iter().find(|i| !matches!(i, Inst::Save(_))) {
        Some(Inst::Token(tests)) if !tests.iter().all(|t| token_passes(tags, t, at)) => return None,
        Some(Inst::Annotation(kind, tests, _)) if tags.kinds_at(at) >> kind & 1 == 0 || !tests.iter().all(|t| may_pass(tags, t, at)) => {
            return None;
        }
        _ => {}
    }
    scratch.begin(rule.program.len());
    let mut walk = Walk {
        program: rule.program,
        tags,
        begin: at,
        low,
        high,
        slots: [UNSET; SLOTS],
        annotations: [UNSET; 8],
        best: None,
        steps: 0,
        looking: false,
        scratch,
    };
    walk.go(0, at);
    let mut best = walk.best?;
    best.begin = at;
    best.from = if best.slots[0] == UNSET { at } else { best.slots[0] };
    best.to = if best.slots[1] == UNSET { best.end } else { best.slots[1] };
    (best.from < best.to).then_some(best)
}

struct Walk<'r, 'a, 't> {
    program: &'r [Inst],
    tags: &'a Tags<'t>,
    begin: u32,
    low: u32,
    high: u32,
    slots: [u32; SLOTS],
    annotations: [u32; 8],
    best: Option<Match>,
    steps: u32,
    /// Inside a look-ahead, whose outcome each way to it needs anew.
    looking: bool,
    scratch: &'r mut Scratch,
}

impl Walk<'_, '_, '_> {
    fn go(&mut self, mut pc: usize, mut at: u32) {
        loop {
            self.steps += 1;
            if self.steps > STEP_LIMIT {
                return;
            }
            match self.program[pc] {
                Inst::Token(tests) => {
                    if at >= self.high || !tests.iter().all(|t| token_passes(self.tags, t, at)) {
                        return;
                    }
                    at += 1;
                }
                Inst::Annotation(kind, tests, capture) => return self.annotations_from(kind, tests, capture, pc, at),
                Inst::Split(first, second) => {
                    if !self.looking && !self.scratch.is_new(pc, at - self.begin) {
                        return;
                    }
                    self.go(first as usize, at);
                    pc = second as usize;
                    continue;
                }
                Inst::Jump(to) => {
                    pc = to as usize;
                    continue;
                }
                Inst::Save(slot) => {
                    let old = std::mem::replace(&mut self.slots[slot as usize], at);
                    self.go(pc + 1, at);
                    self.slots[slot as usize] = old;
                    return;
                }
                Inst::Behind { negative, alternatives } => {
                    if alternatives.iter().any(|tests| self.precedes(tests, at)) == negative {
                        return;
                    }
                }
                Inst::Ahead { negative, end } => {
                    if self.follows(pc + 1, at) == negative {
                        return;
                    }
                    pc = end as usize;
                    continue;
                }
                Inst::Start => {
                    if at != self.low {
                        return;
                    }
                }
                Inst::End => {
                    if at != self.high {
                        return;
                    }
                }
                Inst::Accept => return self.accept(at),
            }
            pc += 1;
        }
    }

    fn accept(&mut self, end: u32) {
        if self.best.is_none_or(|b| end > b.end) {
            self.best = Some(Match { from: 0, to: 0, begin: 0, slots: self.slots, annotations: self.annotations, end });
        }
    }

    /// Goes on after each annotation at `at` that passes.
    fn annotations_from(&mut self, kind: u8, tests: &[Test], capture: Option<u8>, pc: usize, at: u32) {
        if at >= self.high || self.tags.kinds_at(at) >> kind & 1 == 0 {
            return;
        }
        let class = class_of(tests);
        for id in self.tags.starting_at(at) {
            let annotation = self.tags.annotation(id);
            if annotation.kind != kind
                || class.is_some_and(|c| annotation.class != c)
                || annotation.to > self.high
                || !tests.iter().all(|t| self.annotation_passes(t, id, at))
            {
                continue;
            }
            let Some(capture) = capture else {
                self.go(pc + 1, annotation.to);
                continue;
            };
            let old = std::mem::replace(&mut self.annotations[capture as usize], id);
            self.go(pc + 1, annotation.to);
            self.annotations[capture as usize] = old;
        }
    }

    fn follows(&mut self, pc: usize, at: u32) -> bool {
        let (best, looking) = (self.best.take(), std::mem::replace(&mut self.looking, true));
        self.go(pc, at);
        let found = self.best.is_some();
        (self.best, self.looking) = (best, looking);
        found
    }

    fn precedes(&self, tests: &[Test], at: u32) -> bool {
        if at <= self.low {
            return false;
        }
        match kind_of(tests) {
            None => tests.iter().all(|t| token_passes(self.tags, t, at - 1)),
            Some(kind) => self.tags.ending_at(at).any(|id| {
                let Annotation { kind: of, from, .. } = *self.tags.annotation(id);
                of == kind && from >= self.low && tests.iter().all(|t| self.annotation_passes(t, id, from))
            }),
        }
    }

    /// Tests an annotation: other kinds must mark the same tokens, other tests look at its first token.
    fn annotation_passes(&self, test: &Test, id: AnnotationId, at: u32) -> bool {
        let annotation = self.tags.annotation(id);
        let same = |matches: &dyn Fn(&Annotation) -> bool| {
            self.tags.starting_at(at).map(|other| self.tags.annotation(other)).any(|other| other.to == annotation.to && matches(other))
        };
        match test {
            Test::Kind(kind) => annotation.kind == *kind || same(&|a| a.kind == *kind),
            Test::KindClass(kind, class) => same(&|a| a.kind == *kind && a.class == *class),
            Test::Not(inner) => !self.annotation_passes(inner, id, at),
            Test::Last(inner) => token_passes(self.tags, inner, annotation.to - 1),
            _ => token_passes(self.tags, test, at),
        }
    }
}

/// Whether a test on an annotation that begins at a token may hold; only what looks at that token alone is asked.
fn may_pass(tags: &Tags<'_>, test: &Test, at: u32) -> bool {
    match test {
        Test::Word(_) | Test::Words(_) | Test::Exact(_) | Test::Tag(_) | Test::Range(..) => token_passes(tags, test, at),
        Test::Kind(kind) | Test::KindClass(kind, _) => tags.kinds_at(at) >> kind & 1 == 1,
        Test::Not(inner) => match inner {
            Test::Word(_) | Test::Words(_) | Test::Exact(_) | Test::Tag(_) | Test::Range(..) => !token_passes(tags, inner, at),
            _ => true,
        },
        Test::Last(_) => true,
    }
}

/// Tests a token.
fn token_passes(tags: &Tags<'_>, test: &Test, at: u32) -> bool {
    match test {
        Test::Word(word) => tags.word(at) == *word,
        Test::Words(words) => words.binary_search(&tags.word(at)).is_ok(),
        Test::Exact(word) => same_but_apostrophes(tags.token(at).of(tags.text()), word),
        Test::Tag(bits) => tags.set(at) & bits != 0,
        Test::Range(low, high) => {
            tags.set(at) & builtin::NUMBER != 0 && small_integer(tags.token(at), tags.text()).is_some_and(|n| (*low..=*high).contains(&n))
        }
        Test::Kind(kind) => tags.kinds_at(at) >> kind & 1 == 1,
        Test::KindClass(kind, class) if tags.kinds_at(at) >> kind & 1 == 1 => tags.starting_at(at).any(|id| {
            let annotation = tags.annotation(id);
            annotation.kind == *kind && annotation.class == *class
        }),
        Test::KindClass(..) => false,
        Test::Not(inner) => !token_passes(tags, inner, at),
        Test::Last(inner) => token_passes(tags, inner, at),
    }
}

/// The kind that an atom consumes, if it consumes an annotation.
fn kind_of(tests: &[Test]) -> Option<u8> {
    tests.iter().find_map(|t| match t {
        Test::Kind(kind) | Test::KindClass(kind, _) => Some(*kind),
        _ => None,
    })
}

/// The class that the annotation an atom consumes must have, if the test that names its kind names one.
fn class_of(tests: &[Test]) -> Option<u16> {
    tests
        .iter()
        .find_map(|t| match t {
            Test::Kind(_) => Some(None),
            Test::KindClass(_, class) => Some(Some(*class)),
            _ => None,
        })
        .flatten()
}

/// The value of a token that is digits only.
fn small_integer(token: &Token, text: &str) -> Option<u32> {
    let text = token.of(text);
    (text.len() <= 9).then(|| text.parse().ok()).flatten()
}

fn same_but_apostrophes(text: &str, word: &str) -> bool {
    text == word || (!text.is_ascii() && text.replace('’', "'") == word)
}
