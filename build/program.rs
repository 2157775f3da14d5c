//! Turns a rule's pattern into a program, and finds what the pattern can begin with.
//!
//! Not here: files, layers, or the writing of Rust source (`rules.rs`).

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail, ensure};

use crate::builtin;
use crate::syntax::{Pattern, Test};

/// What a pattern can begin with, by which a rule is found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum First {
    Word(u32),
    Tag(u8),
    Kind(u8),
}

/// What the compiler asks of the lexicon.
pub trait Names {
    fn words(&self, literal: &str) -> Vec<u32>;
    fn tag(&self, name: &str) -> Result<u8>;
    fn kind(&self, name: &str) -> Result<u8>;
    fn class(&self, name: &str) -> Result<u16>;
}

/// A program as Rust source, one string an instruction, and the captures' names.
pub struct Program {
    pub instructions: Vec<String>,
    pub captures: Vec<String>,
    pub first: Vec<First>,
    pub needs: Vec<Need>,
}

/// Compiles a pattern.
pub fn compile(pattern: &Pattern, names: &dyn Names) -> Result<Program> {
    let mut compiler = Compiler { names, out: Vec::new(), captures: Vec::new() };
    compiler.pattern(pattern, None)?;
    compiler.out.push("Inst::Accept".into());
    ensure!(compiler.captures.len() <= 8, "more than 8 captures");
    ensure!(compiler.out.len() < 4000, "a pattern of over 4000 instructions");
    let mut first = Vec::new();
    let passable = compiler.first(pattern, &mut first)?;
    ensure!(!passable, "the whole pattern is optional");
    first.sort();
    first.dedup();
    // Sets of many words turn few sentences away.
    let mut needs = compiler.needs(pattern)?;
    needs.retain(|n| n.words.len() <= 24);
    Ok(Program { instructions: compiler.out, captures: compiler.captures, first, needs })
}

struct Compiler<'n> {
    names: &'n dyn Names,
    out: Vec<String>,
    captures: Vec<String>,
}

impl Compiler<'_> {
    /// `capture` is the capture that directly wraps the pattern.
    fn pattern(&mut self, pattern: &Pattern, capture: Option<usize>) -> Result<()> {
        match pattern {
            Pattern::Sequence(items) => items.iter().try_for_each(|p| self.pattern(p, None))?,
            Pattern::Alternatives(all) => self.alternatives(all, capture)?,
            Pattern::Repeat(inner, min, max) => {
                for _ in 0..*min {
                    self.pattern(inner, capture)?;
                }
                let mut splits = Vec::new();
                for _ in *min..*max {
                    splits.push(self.hole());
                    self.pattern(inner, capture)?;
                }
                let end = self.out.len();
                for at in splits {
                    self.out[at] = format!("Inst::Split({}, {end})", at + 1);
                }
            }
            Pattern::Atom(tests) => self.atom(tests, capture)?,
            Pattern::Capture(inner, name) => {
                let index = self.captures.iter().position(|c| c == name).unwrap_or_else(|| {
                    self.captures.push(name.clone());
                    self.captures.len() - 1
                });
                self.out.push(format!("Inst::Save({})", 2 + 2 * index));
                self.pattern(inner, Some(index))?;
                self.out.push(format!("Inst::Save({})", 3 + 2 * index));
            }
            Pattern::Mark(inner) => {
                self.out.push("Inst::Save(0)".into());
                self.pattern(inner, None)?;
                self.out.push("Inst::Save(1)".into());
            }
            Pattern::Look { ahead: true, negative, pattern } => {
                let at = self.hole();
                self.pattern(pattern, None)?;
                self.out.push("Inst::Accept".into());
                self.out[at] = format!("Inst::Ahead {{ negative: {negative}, end: {} }}", self.out.len());
            }
            Pattern::Look { ahead: false, negative, pattern } => {
                let alternatives = self.behind(pattern)?;
                self.out.push(format!("Inst::Behind {{ negative: {negative}, alternatives: &[{}] }}", alternatives.join(", ")));
            }
            Pattern::SentenceStart => self.out.push("Inst::Start".into()),
            Pattern::SentenceEnd => self.out.push("Inst::End".into()),
        }
        Ok(())
    }

    fn hole(&mut self) -> usize {
        self.out.push(String::new());
        self.out.len() - 1
    }

    /// Alternatives that are single words become one test on a set of words; the others follow, in their order.
    fn alternatives(&mut self, all: &[Pattern], capture: Option<usize>) -> Result<()> {
        let mut words: Vec<u32> = all.iter().filter_map(|p| self.single_word(p)).collect();
        words.sort_unstable();
        words.dedup();
        let others: Vec<&Pattern> = all.iter().filter(|p| self.single_word(p).is_none()).collect();
        let branches = others.len() + usize::from(!words.is_empty());
        let mut jumps = Vec::new();
        for i in 0..branches {
            let split = (i + 1 < branches).then(|| self.hole());
            match i.checked_sub(usize::from(!words.is_empty())) {
                None => self.out.push(format!("Inst::Token(&[Test::Words(&{words:?})])")),
                Some(other) => self.pattern(others[other], capture)?,
            }
            if let Some(split) = split {
                jumps.push(self.hole());
                self.out[split] = format!("Inst::Split({}, {})", split + 1, self.out.len());
            }
        }
        let end = self.out.len();
        for at in jumps {
            self.out[at] = format!("Inst::Jump({end})");
        }
        Ok(())
    }

    /// The word that a pattern is, if it is a literal of one word and nothing else.
    fn single_word(&self, pattern: &Pattern) -> Option<u32> {
        match pattern {
            Pattern::Atom(tests) => match &tests[..] {
                [Test::Word(literal)] => match self.names.words(literal)[..] {
                    [word] => Some(word),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }

    fn atom(&mut self, tests: &[Test], capture: Option<usize>) -> Result<()> {
        if let [Test::Word(literal)] = tests {
            for word in self.names.words(literal) {
                self.out.push(format!("Inst::Token(&[Test::Word({word})])"));
            }
            return Ok(());
        }
        let kind = tests.iter().find_map(|t| if let Test::Kind(kind, _) = t { Some(kind) } else { None });
        let kind = kind.map(|k| self.names.kind(k)).transpose()?;
        let tests = self.tests(tests)?;
        self.out.push(match kind {
            None => format!("Inst::Token({tests})"),
            Some(kind) => format!("Inst::Annotation({kind}, {tests}, {capture:?})"),
        });
        Ok(())
    }

    fn tests(&self, tests: &[Test]) -> Result<String> {
        let all: Vec<String> = tests.iter().map(|t| self.test(t)).collect::<Result<_>>()?;
        Ok(format!("&[{}]", all.join(", ")))
    }

    fn test(&self, test: &Test) -> Result<String> {
        Ok(match test {
            Test::Word(literal) => format!("Test::Word({})", self.single(literal)?),
            Test::Exact(word) => {
                self.single(word)?;
                format!("Test::Exact({word:?})")
            }
            Test::Tag(name) => format!("Test::Tag({})", 1u128 << self.names.tag(name)?),
            Test::Kind(kind, None) => format!("Test::Kind({})", self.names.kind(kind)?),
            Test::Kind(kind, Some(class)) => format!("Test::KindClass({}, {})", self.names.kind(kind)?, self.names.class(class)?),
            Test::Range(low, high) => format!("Test::Range({low}, {high})"),
            Test::Not(inner) => format!("Test::Not(&{})", self.test(inner)?),
            Test::Last(inner) => format!("Test::Last(&{})", self.test(inner)?),
        })
    }

    fn single(&self, literal: &str) -> Result<u32> {
        match self.names.words(literal)[..] {
            [word] => Ok(word),
            _ => bail!("`{literal}` is more than one word, and tests are on one"),
        }
    }

    /// The alternatives of a look-behind, each a list of tests.
    fn behind(&self, pattern: &Pattern) -> Result<Vec<String>> {
        match pattern {
            Pattern::Atom(tests) => Ok(vec![self.tests(tests)?]),
            Pattern::Alternatives(all) => {
                let words: Vec<u32> = all.iter().filter_map(|p| self.single_word(p)).collect::<BTreeSet<u32>>().into_iter().collect();
                let others = all.iter().filter(|p| self.single_word(p).is_none());
                let mut tests = others.map(|p| self.behind(p)).collect::<Result<Vec<_>>>()?.concat();
                if !words.is_empty() {
                    tests.push(format!("&[Test::Words(&{words:?})]"));
                }
                Ok(tests)
            }
            _ => bail!("a look-behind holds one token or annotation, or alternatives of such"),
        }
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
        let best = tests.iter().min_by_key(|t| rank(t)).context("an empty atom")?;
        Ok(match best {
            Test::Word(w) | Test::Exact(w) => First::Word(*self.names.words(w).first().context("an empty word")?),
            Test::Kind(kind, _) => First::Kind(self.names.kind(kind)?),
            Test::Range(..) => First::Tag(self.names.tag("number")?),
            Test::Tag(tag) => First::Tag(self.names.tag(tag)?),
            Test::Not(_) | Test::Last(_) => First::Tag(self.names.tag("any")?),
        })
    }

    /// What every match holds: sets of which at least one member stands in it.
    fn needs(&self, pattern: &Pattern) -> Result<Vec<Need>> {
        Ok(match pattern {
            Pattern::Sequence(items) => items.iter().map(|p| self.needs(p)).collect::<Result<Vec<_>>>()?.concat(),
            Pattern::Alternatives(all) => {
                let each = all.iter().map(|p| self.needs(p)).collect::<Result<Vec<_>>>()?;
                // One set of each alternative, together: whichever alternative matches, one of its members stands.
                let chosen: Option<Vec<&Need>> =
                    each.iter().map(|needs| needs.iter().min_by_key(|n| n.words.len() + 8 * n.kinds.count_ones() as usize)).collect();
                chosen.map_or_else(Vec::new, |needs| vec![needs.into_iter().fold(Need::default(), |sum, n| sum.or(n))])
            }
            Pattern::Repeat(_, 0, _) | Pattern::Look { .. } | Pattern::SentenceStart | Pattern::SentenceEnd => Vec::new(),
            Pattern::Repeat(inner, ..) | Pattern::Capture(inner, _) | Pattern::Mark(inner) => self.needs(inner)?,
            Pattern::Atom(tests) => {
                let mut needs = Vec::new();
                for test in tests {
                    match test {
                        Test::Kind(kind, _) => needs.push(Need { kinds: 1 << self.names.kind(kind)?, words: BTreeSet::new() }),
                        Test::Word(literal) | Test::Exact(literal) => {
                            needs.extend(self.names.words(literal).into_iter().map(|w| Need { kinds: 0, words: BTreeSet::from([w]) }));
                        }
                        _ => {}
                    }
                }
                needs
            }
        })
    }
}

/// A set of annotation kinds and words; a match holds at least one of them.
#[derive(Clone, Debug, Default)]
pub struct Need {
    pub kinds: u64,
    pub words: BTreeSet<u32>,
}

impl Need {
    fn or(mut self, other: &Self) -> Self {
        self.kinds |= other.kinds;
        self.words.extend(&other.words);
        self
    }

    /// As Rust source.
    pub fn source(&self) -> String {
        format!("Need {{ kinds: {}, words: &{:?} }}", self.kinds, self.words.iter().collect::<Vec<_>>())
    }
}
