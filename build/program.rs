//! Turns the patterns of a layer's rules into one graph of nodes, and finds what each needs to match at all.
//!
//! A pattern is compiled from its end to its beginning: each part is given the node that comes after it and
//! returns the node that it begins with. Equal nodes are one, so rules that end alike share their ends, and every
//! node's successors have lower numbers than its own. Not here: files, or the sets of places (`places.rs`).

use std::collections::{BTreeSet, HashMap};

use anyhow::{Context, Result, bail, ensure};

use crate::builtin;
use crate::places::{self, Asked, Names, Places, Vocabulary};
use crate::syntax::{Pattern, Test};

/// The most captures that a rule may have.
const CAPTURES: usize = 8;
/// The most nodes that a rule may add to its layer.
const NODES: usize = 4000;

/// What a pattern can begin with, told for those who trace a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum First {
    Word(u32),
    Tag(u128),
    Kind(u8),
}

/// A node, as `src/rule/program.rs` describes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    Accept,
    Token { places: u16, next: u16 },
    Span { spans: u16, capture: Option<u8>, next: u16 },
    Either { spans: Vec<u16>, ones: u16, next: u16 },
    Split(u16, u16),
    Save(u8, u16),
    Behind { negative: bool, places: Option<u16>, spans: Vec<u16>, next: u16 },
    Ahead { negative: bool, look: u16, next: u16 },
    Start(u16),
    End(u16),
}

impl Node {
    fn successors(&self) -> Vec<u16> {
        match self {
            Self::Accept => Vec::new(),
            Self::Token { next, .. } | Self::Span { next, .. } | Self::Either { next, .. } => vec![*next],
            Self::Save(_, next) | Self::Behind { next, .. } => vec![*next],
            Self::Start(next) | Self::End(next) => vec![*next],
            Self::Split(one, other) | Self::Ahead { look: one, next: other, .. } => vec![*one, *other],
        }
    }

    /// As Rust source.
    fn source(&self) -> String {
        match self {
            Self::Behind { negative, places, spans, next } => {
                format!("Node::Behind {{ negative: {negative}, places: {places:?}, spans: &{spans:?}, next: {next} }}")
            }
            Self::Either { spans, ones, next } => format!("Node::Either {{ spans: &{spans:?}, ones: {ones}, next: {next} }}"),
            _ => format!("Node::{self:?}"),
        }
    }
}

/// A rule's part in its layer.
pub struct Program {
    pub captures: Vec<String>,
    pub first: Vec<First>,
    /// The node that the rule begins with.
    entry: u16,
    /// Sets of places, those that are read off the text apart from those that are made of others.
    needs: Vec<(Vec<u16>, Vec<u16>)>,
}

/// The nodes of a layer.
#[derive(Default)]
pub struct Graph {
    ids: HashMap<Node, u16>,
    nodes: Vec<Node>,
}

impl Graph {
    fn node(&mut self, node: Node) -> u16 {
        let next = self.nodes.len() as u16;
        *self.ids.entry(node.clone()).or_insert_with(|| {
            self.nodes.push(node);
            next
        })
    }

    /// Compiles a pattern into the graph.
    pub fn add(&mut self, pattern: &Pattern, names: &dyn Names, vocabulary: &mut Vocabulary) -> Result<Program> {
        let before = self.nodes.len();
        let mut compiler = Compiler { graph: self, names, vocabulary, captures: Vec::new() };
        compiler.number_captures(pattern);
        let end = compiler.graph.node(Node::Accept);
        let entry = compiler.pattern(pattern, None, end)?;
        let mut first = Vec::new();
        let passable = compiler.first(pattern, &mut first)?;
        let mut needs = compiler.needs(pattern)?;
        // What tells most, and is known without further work, is asked first.
        needs.sort_by_key(|n| n.weight);
        let needs = needs.into_iter().map(|n| n.places.into_iter().partition(|p| compiler.vocabulary.is_base(*p))).collect();
        let captures = compiler.captures;
        ensure!(captures.len() <= CAPTURES, "more than {CAPTURES} captures");
        ensure!(self.nodes.len() - before < NODES, "a pattern of over {NODES} nodes");
        ensure!(self.nodes.len() < usize::from(u16::MAX), "too many nodes in one layer");
        ensure!(!passable, "the whole pattern is optional");
        first.sort();
        first.dedup();
        Ok(Program { captures, first, entry, needs })
    }

    /// The nodes as Rust source.
    pub fn source(&self) -> String {
        self.nodes.iter().map(Node::source).collect::<Vec<_>>().join(", ")
    }

    /// A rule's part as Rust source, an `Entry`: all the nodes that can be reached from its first, in ascending order.
    pub fn entry_source(&self, rule: usize, program: &Program) -> String {
        let mut reached = BTreeSet::from([program.entry]);
        let mut open = vec![program.entry];
        while let Some(node) = open.pop() {
            open.extend(self.nodes[node as usize].successors().into_iter().filter(|n| reached.insert(*n)));
        }
        let needs: Vec<String> = program.needs.iter().map(|(base, made)| format!("Need {{ base: &{base:?}, made: &{made:?} }}")).collect();
        let nodes: Vec<u16> = reached.into_iter().collect();
        format!("Entry {{ rule: {rule}, node: {}, nodes: &{nodes:?}, needs: &[{}] }}", program.entry, needs.join(", "))
    }
}

struct Compiler<'c> {
    graph: &'c mut Graph,
    names: &'c dyn Names,
    vocabulary: &'c mut Vocabulary,
    captures: Vec<String>,
}

impl Compiler<'_> {
    /// Captures are numbered in the order in which they are written.
    fn number_captures(&mut self, pattern: &Pattern) {
        match pattern {
            Pattern::Sequence(all) | Pattern::Alternatives(all) => all.iter().for_each(|p| self.number_captures(p)),
            Pattern::Repeat(inner, ..) | Pattern::Mark(inner) | Pattern::Look { pattern: inner, .. } => self.number_captures(inner),
            Pattern::Capture(inner, name) => {
                if !self.captures.contains(name) {
                    self.captures.push(name.clone());
                }
                self.number_captures(inner);
            }
            Pattern::Atom(_) | Pattern::SentenceStart | Pattern::SentenceEnd => {}
        }
    }

    /// Compiles a pattern that `next` comes after; `capture` is the capture that directly wraps it.
    fn pattern(&mut self, pattern: &Pattern, capture: Option<u8>, next: u16) -> Result<u16> {
        Ok(match pattern {
            Pattern::Sequence(items) => items.iter().rev().try_fold(next, |next, p| self.pattern(p, None, next))?,
            Pattern::Alternatives(all) => self.alternatives(all, capture, next)?,
            Pattern::Repeat(inner, min, max) => {
                let mut begin = next;
                for _ in *min..*max {
                    let once = self.pattern(inner, capture, begin)?;
                    begin = self.split(once, next);
                }
                for _ in 0..*min {
                    begin = self.pattern(inner, capture, begin)?;
                }
                begin
            }
            Pattern::Atom(tests) => self.atom(tests, capture, next)?,
            Pattern::Capture(inner, name) => {
                let index = self.captures.iter().position(|c| c == name).context("a capture without a number")? as u8;
                let end = self.graph.node(Node::Save(3 + 2 * index, next));
                let begin = self.pattern(inner, Some(index), end)?;
                self.graph.node(Node::Save(2 + 2 * index, begin))
            }
            Pattern::Mark(inner) => {
                let end = self.graph.node(Node::Save(1, next));
                let begin = self.pattern(inner, None, end)?;
                self.graph.node(Node::Save(0, begin))
            }
            Pattern::Look { ahead: true, negative, pattern } => {
                let end = self.graph.node(Node::Accept);
                let look = self.pattern(pattern, None, end)?;
                self.graph.node(Node::Ahead { negative: *negative, look, next })
            }
            Pattern::Look { ahead: false, negative, pattern } => {
                let (mut places, mut spans) = (None, Vec::new());
                self.behind(pattern, &mut places, &mut spans)?;
                self.graph.node(Node::Behind { negative: *negative, places, spans, next })
            }
            Pattern::SentenceStart => self.graph.node(Node::Start(next)),
            Pattern::SentenceEnd => self.graph.node(Node::End(next)),
        })
    }

    /// Two ways on; two single tokens with the same way on are one token of either sort.
    fn split(&mut self, one: u16, other: u16) -> u16 {
        if one == other {
            return one;
        }
        match (self.graph.nodes[one as usize].clone(), self.graph.nodes[other as usize].clone()) {
            (Node::Token { places: a, next }, Node::Token { places: b, next: same }) if next == same => {
                let places = self.vocabulary.either(a, b);
                self.graph.node(Node::Token { places, next })
            }
            (Node::Token { places: a, next }, Node::Split(second, rest)) => match self.graph.nodes[second as usize].clone() {
                Node::Token { places: b, next: same } if next == same => {
                    let places = self.vocabulary.either(a, b);
                    let both = self.graph.node(Node::Token { places, next });
                    self.graph.node(Node::Split(both, rest))
                }
                _ => self.graph.node(Node::Split(one, other)),
            },
            _ => self.graph.node(Node::Split(one, other)),
        }
    }

    /// Alternatives that are single words are one test on a set of words; the others follow, in their order.
    fn alternatives(&mut self, all: &[Pattern], capture: Option<u8>, next: u16) -> Result<u16> {
        let words: BTreeSet<u32> = all.iter().filter_map(|p| self.single_word(p)).collect();
        let mut ways = Vec::new();
        if !words.is_empty() {
            let places = self.vocabulary.any_word(&words);
            ways.push(self.graph.node(Node::Token { places, next }));
        }
        for pattern in all.iter().filter(|p| self.single_word(p).is_none()).collect::<Vec<_>>() {
            ways.push(self.pattern(pattern, capture, next)?);
        }
        self.join_spans(&mut ways);
        let last = ways.pop().context("no alternative")?;
        Ok(ways.into_iter().rev().fold(last, |rest, way| self.split(way, rest)))
    }

    /// Neighbouring ways that are one annotation each, and go on alike, are one way.
    fn join_spans(&mut self, ways: &mut Vec<u16>) {
        ways.dedup_by(|way, before| {
            let one = |node: &Node| match node {
                Node::Span { spans, capture: None, next } => Some((vec![*spans], *next)),
                Node::Either { spans, next, .. } => Some((spans.clone(), *next)),
                _ => None,
            };
            let (first, second) = (one(&self.graph.nodes[*before as usize]), one(&self.graph.nodes[*way as usize]));
            let Some(((mut spans, next), (more, same))) = first.zip(second).filter(|((_, a), (_, b))| a == b) else { return false };
            debug_assert_eq!(next, same);
            spans.extend(more);
            let ones = spans.iter().fold(None, |sum, spans| {
                let ones = self.vocabulary.ones(*spans);
                Some(sum.map_or(ones, |sum| self.vocabulary.either(sum, ones)))
            });
            *before = self.graph.node(Node::Either { spans, ones: ones.unwrap_or_default(), next });
            true
        });
    }

    /// The word that a pattern is, if it is a literal of one word and nothing else.
    fn single_word(&self, pattern: &Pattern) -> Option<u32> {
        match pattern {
            Pattern::Atom(tests) => match &tests[..] {
                [Test::Word(literal)] => places::word_of(literal, self.names),
                _ => None,
            },
            _ => None,
        }
    }

    fn atom(&mut self, tests: &[Test], capture: Option<u8>, next: u16) -> Result<u16> {
        if let [Test::Word(literal)] = tests {
            let words = self.names.words(literal);
            return Ok(words.into_iter().rev().fold(next, |next, word| {
                let places = self.vocabulary.places(Places::Word(word));
                self.graph.node(Node::Token { places, next })
            }));
        }
        Ok(match self.vocabulary.atom(tests, self.names)? {
            Asked::Token(places) => self.graph.node(Node::Token { places, next }),
            Asked::Span(spans) => self.graph.node(Node::Span { spans, capture, next }),
        })
    }

    /// Collects the alternatives of a look-behind.
    fn behind(&mut self, pattern: &Pattern, places: &mut Option<u16>, spans: &mut Vec<u16>) -> Result<()> {
        match pattern {
            Pattern::Atom(tests) => match self.vocabulary.atom(tests, self.names)? {
                Asked::Token(more) => *places = Some(places.map_or(more, |places| self.vocabulary.either(places, more))),
                Asked::Span(more) => spans.push(more),
            },
            Pattern::Alternatives(all) => {
                let words: BTreeSet<u32> = all.iter().filter_map(|p| self.single_word(p)).collect();
                if !words.is_empty() {
                    let more = self.vocabulary.any_word(&words);
                    *places = Some(places.map_or(more, |places| self.vocabulary.either(places, more)));
                }
                for other in all.iter().filter(|p| self.single_word(p).is_none()).collect::<Vec<_>>() {
                    self.behind(other, places, spans)?;
                }
            }
            _ => bail!("a look-behind holds one token or annotation, or alternatives of such"),
        }
        Ok(())
    }

    /// Collects what the pattern can begin with; whether it can match nothing.
    fn first(&self, pattern: &Pattern, into: &mut Vec<First>) -> Result<bool> {
        Ok(match pattern {
            Pattern::Sequence(items) => {
                for item in items {
                    if !self.first(item, into)? {
                        return Ok(false);
                    }
                }
                true
            }
            Pattern::Alternatives(all) => {
                let mut passable = false;
                for pattern in all {
                    passable |= self.first(pattern, into)?;
                }
                passable
            }
            Pattern::Repeat(inner, min, _) => self.first(inner, into)? || *min == 0,
            Pattern::Capture(inner, _) | Pattern::Mark(inner) => self.first(inner, into)?,
            Pattern::Atom(tests) => {
                into.push(self.first_of(tests)?);
                false
            }
            Pattern::Look { .. } | Pattern::SentenceStart | Pattern::SentenceEnd => true,
        })
    }

    /// The most telling test of an atom.
    fn first_of(&self, tests: &[Test]) -> Result<First> {
        let rank = |t: &Test| match t {
            Test::Word(_) | Test::Exact(_) => 0,
            Test::Kind(..) => 1,
            Test::Range(..) => 2,
            // A tag of the tables tells more than the shape of a word.
            Test::Tag(tag) if self.names.tag(tag).is_ok_and(|t| t as usize >= builtin::BUILTIN.len()) => 3,
            Test::Tag(_) => 4,
            Test::Not(_) | Test::Last(_) => 9,
        };
        let tag = |name: &str| Ok::<_, anyhow::Error>(First::Tag(1 << self.names.tag(name)?));
        let best = tests.iter().min_by_key(|t| rank(t)).context("an empty atom")?;
        Ok(match best {
            Test::Word(w) | Test::Exact(w) => First::Word(places::first_word(w, self.names)?),
            Test::Kind(kind, _) => First::Kind(self.names.kind(kind)?),
            Test::Range(..) => tag("number")?,
            Test::Tag(name) => tag(name)?,
            Test::Not(_) | Test::Last(_) => tag("any")?,
        })
    }

    /// What every match holds: sets of which at least one member stands in it.
    fn needs(&mut self, pattern: &Pattern) -> Result<Vec<Need>> {
        Ok(match pattern {
            Pattern::Sequence(items) => items.iter().map(|p| self.needs(p)).collect::<Result<Vec<_>>>()?.concat(),
            Pattern::Alternatives(all) => {
                let each = all.iter().map(|p| self.needs(p)).collect::<Result<Vec<_>>>()?;
                // One set of each alternative, together: whichever alternative matches, one of its members stands.
                let chosen: Option<Vec<&Need>> = each.iter().map(|needs| needs.iter().min_by_key(|n| n.weight)).collect();
                chosen.map_or_else(Vec::new, |needs| vec![needs.into_iter().fold(Need::default(), |sum, n| sum.or(n))])
            }
            Pattern::Repeat(_, 0, _) | Pattern::Look { .. } | Pattern::SentenceStart | Pattern::SentenceEnd => Vec::new(),
            Pattern::Repeat(inner, ..) | Pattern::Capture(inner, _) | Pattern::Mark(inner) => self.needs(inner)?,
            Pattern::Atom(tests) => match &tests[..] {
                [Test::Word(literal)] => {
                    self.names.words(literal).into_iter().map(|w| Need::of(Places::Word(w), self.vocabulary)).collect()
                }
                _ => {
                    let places = self.vocabulary.needed(tests, self.names)?;
                    vec![Need { weight: self.vocabulary.weight(places), places: BTreeSet::from([places]) }]
                }
            },
        })
    }
}

/// Sets of places; a match holds a place of at least one of them.
#[derive(Clone, Debug, Default)]
struct Need {
    places: BTreeSet<u16>,
    /// How little it tells.
    weight: usize,
}

impl Need {
    fn of(places: Places, vocabulary: &mut Vocabulary) -> Self {
        let places = vocabulary.places(places);
        Self { weight: vocabulary.weight(places), places: BTreeSet::from([places]) }
    }

    fn or(mut self, other: &Self) -> Self {
        self.places.extend(&other.places);
        self.weight += other.weight;
        self
    }
}
