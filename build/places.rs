//! Numbers, for one language, the sets of places that its rules ask about: where a word stands, where a token has
//! a tag, where an annotation begins. Rules that ask the same share the answer.
//!
//! What is written here has the types of `src/rule/program.rs`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::hash::Hash;

use anyhow::{Context, Result, bail};

use crate::syntax::Test;

/// What the compiler asks of the lexicon.
pub trait Names {
    fn words(&self, literal: &str) -> Vec<u32>;
    fn tag(&self, name: &str) -> Result<u8>;
    fn kind(&self, name: &str) -> Result<u8>;
    fn class(&self, name: &str) -> Result<u16>;
}

/// A set of places, as `src/rule/program.rs` describes them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Places {
    Tag(u8),
    Word(u32),
    Exact(u32, String),
    Range(u32, u32),
    /// Where an annotation of a sort begins, or one of a single token stands.
    Starts(u16),
    Ones(u16),
    All(Vec<(u16, bool)>),
    Any(Vec<u16>),
}

/// A kind of annotation, or one class of it.
type Sort = (u8, Option<u16>);

/// What a pattern asks of an annotation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Spans {
    sort: u16,
    /// Those of a single token that pass.
    ones: u16,
    /// What is asked of a longer one: of its first token, of the other annotations of its words, of its last token.
    first: Vec<(u16, bool)>,
    same: Vec<(u16, bool)>,
    last: Vec<(u16, bool)>,
}

/// Numbers things in the order they come, equal ones alike.
struct Numbers<T>(HashMap<T, u16>, Vec<T>);

impl<T: Clone + Eq + Hash> Numbers<T> {
    fn new() -> Self {
        Self(HashMap::new(), Vec::new())
    }

    fn id(&mut self, thing: T) -> u16 {
        let next = self.1.len() as u16;
        *self.0.entry(thing.clone()).or_insert_with(|| {
            self.1.push(thing);
            next
        })
    }
}

/// What is asked of a word: its places, and those where it is written just so.
type AskedOf<'a> = (Option<u16>, Vec<(u16, &'a str)>);

/// All the sets of one language.
pub struct Vocabulary {
    places: Numbers<Places>,
    spans: Numbers<Spans>,
    sorts: Numbers<Sort>,
}

/// What an atom asks for.
pub enum Asked {
    /// A token, at these places.
    Token(u16),
    /// An annotation, of these.
    Span(u16),
}

impl Vocabulary {
    pub fn new() -> Self {
        Self { places: Numbers::new(), spans: Numbers::new(), sorts: Numbers::new() }
    }

    pub fn places(&mut self, places: Places) -> u16 {
        self.places.id(places)
    }

    pub fn of(&self, id: u16) -> &Places {
        &self.places.1[id as usize]
    }

    /// The places of some words.
    pub fn words(&mut self, words: impl IntoIterator<Item = u32>) -> Vec<u16> {
        words.into_iter().map(|w| self.places(Places::Word(w))).collect()
    }

    /// The places of any of some words.
    pub fn any_word(&mut self, words: &BTreeSet<u32>) -> u16 {
        let sets = self.words(words.iter().copied()).into_iter().collect();
        self.any(&sets)
    }

    /// Places of either set.
    pub fn either(&mut self, one: u16, other: u16) -> u16 {
        self.any(&(&self.members(one) | &self.members(other)))
    }

    /// The sets of which a set holds any.
    pub fn members(&self, id: u16) -> BTreeSet<u16> {
        match self.of(id) {
            Places::Any(members) => members.iter().copied().collect(),
            _ => BTreeSet::from([id]),
        }
    }

    /// Places of any of some sets.
    pub fn any(&mut self, sets: &BTreeSet<u16>) -> u16 {
        match sets.first() {
            Some(single) if sets.len() == 1 => *single,
            _ => self.places(Places::Any(sets.iter().copied().collect())),
        }
    }

    /// Compiles the tests of an atom. The first kind that is named is what is taken.
    pub fn atom(&mut self, tests: &[Test], names: &dyn Names) -> Result<Asked> {
        let Some(taken) = tests.iter().position(|t| matches!(t, Test::Kind(..))) else {
            let all = tests.iter().map(|t| self.token_test(t, names)).collect::<Result<Vec<_>>>()?;
            return Ok(Asked::Token(self.all(all)));
        };
        let sort = self.sort(&tests[taken], names)?;
        let (mut first, mut same, mut last) = (Vec::new(), Vec::new(), Vec::new());
        for (_, test) in tests.iter().enumerate().filter(|(i, _)| *i != taken) {
            let (inner, negative) = match test {
                Test::Not(inner) => (&**inner, true),
                _ => (test, false),
            };
            match inner {
                Test::Kind(..) => same.push((self.sort(inner, names)?, negative)),
                Test::Last(inner) => {
                    let (places, not) = self.token_test(inner, names)?;
                    last.push((places, not != negative));
                }
                _ => first.push(self.token_test(test, names)?),
            }
        }
        let mut one = vec![(self.places(Places::Ones(sort)), false)];
        one.extend(first.iter().chain(&last));
        for (sort, negative) in &same {
            one.push((self.places(Places::Ones(*sort)), *negative));
        }
        let ones = self.all(one);
        Ok(Asked::Span(self.spans.id(Spans { sort, ones, first, same, last })))
    }

    /// Where a match of an atom begins, or more: what is asked of other annotations or of a last token is left out.
    pub fn needed(&mut self, tests: &[Test], names: &dyn Names) -> Result<u16> {
        let asks_token = |test: &&Test| match test {
            Test::Not(inner) => !matches!(**inner, Test::Kind(..) | Test::Last(_)),
            Test::Kind(..) | Test::Last(_) => false,
            _ => true,
        };
        let kinds = tests.iter().filter(|t| matches!(t, Test::Kind(..)));
        let asked = kinds.chain(tests.iter().filter(asks_token)).map(|t| self.token_test(t, names)).collect::<Result<Vec<_>>>()?;
        Ok(self.all(asked))
    }

    /// Where an annotation of a single token stands that a pattern asks for.
    pub fn ones(&self, spans: u16) -> u16 {
        self.spans.1[spans as usize].ones
    }

    /// Whether a set of places is read off the text and its annotations.
    pub fn is_base(&self, places: u16) -> bool {
        !matches!(self.of(places), Places::All(_) | Places::Any(_))
    }

    /// How little a set of places tells: words are rarer than annotations, and those rarer than tags.
    pub fn weight(&self, places: u16) -> usize {
        match self.of(places) {
            Places::Word(_) | Places::Exact(..) | Places::Range(..) => 1,
            Places::Starts(_) | Places::Ones(_) => 8,
            Places::All(all) if all.iter().any(|(p, not)| !not && self.weight(*p) == 1) => 2,
            Places::All(all) if all.iter().any(|(p, not)| !not && self.weight(*p) == 8) => 9,
            Places::All(_) | Places::Any(_) => 30,
            Places::Tag(_) => 20,
        }
    }

    /// The places that a test on a token alone holds at, or does not.
    fn token_test(&mut self, test: &Test, names: &dyn Names) -> Result<(u16, bool)> {
        let places = match test {
            Test::Not(inner) => {
                let (places, negative) = self.token_test(inner, names)?;
                return Ok((places, !negative));
            }
            Test::Last(inner) => return self.token_test(inner, names),
            Test::Word(literal) => Places::Word(single(literal, names)?),
            Test::Exact(literal) => Places::Exact(single(literal, names)?, literal.clone()),
            Test::Tag(tag) => Places::Tag(names.tag(tag)?),
            Test::Range(low, high) => Places::Range(*low, *high),
            Test::Kind(..) => Places::Starts(self.sort(test, names)?),
        };
        Ok((self.places(places), false))
    }

    pub fn sort(&mut self, test: &Test, names: &dyn Names) -> Result<u16> {
        let Test::Kind(kind, class) = test else { bail!("{test:?} names no kind") };
        let sort = (names.kind(kind)?, class.as_ref().map(|c| names.class(c)).transpose()?);
        let id = self.sorts.id(sort);
        self.places(Places::Starts(id));
        self.places(Places::Ones(id));
        Ok(id)
    }

    fn all(&mut self, mut all: Vec<(u16, bool)>) -> u16 {
        all.sort_unstable_by_key(|(id, negative)| (*negative, *id));
        all.dedup();
        match all[..] {
            [(single, false)] => single,
            _ => self.places(Places::All(all)),
        }
    }

    /// The kinds of annotation that have a part in a set of places, as bits.
    fn kinds(&self, places: u16) -> u64 {
        match self.of(places) {
            Places::Starts(sort) | Places::Ones(sort) => 1 << self.sorts.1[*sort as usize].0,
            Places::All(all) => all.iter().fold(0, |kinds, (p, _)| kinds | self.kinds(*p)),
            Places::Any(any) => any.iter().fold(0, |kinds, p| kinds | self.kinds(*p)),
            Places::Tag(_) | Places::Word(_) | Places::Exact(..) | Places::Range(..) => 0,
        }
    }

    /// Everything as Rust source, a `Vocabulary`; `named` is how many words rules name.
    pub fn source(&self, named: usize) -> Result<String> {
        let id = |places: &Places| self.places.0.get(places).copied().unwrap_or(u16::MAX);
        let mut tags = [u16::MAX; 128];
        let mut words: BTreeMap<u32, AskedOf<'_>> = BTreeMap::new();
        let (mut ranges, mut places) = (Vec::new(), Vec::new());
        for (i, set) in self.places.1.iter().enumerate().map(|(i, set)| (i as u16, set)) {
            places.push(match set {
                Places::All(all) => format!("Places::All({}, &{all:?})", self.kinds(i)),
                Places::Any(any) => format!("Places::Any({}, &{any:?})", self.kinds(i)),
                _ => "Places::Base".to_owned(),
            });
            match set {
                Places::Tag(tag) => tags[*tag as usize] = i,
                Places::Word(word) => words.entry(*word).or_default().0 = Some(i),
                Places::Exact(word, text) => words.entry(*word).or_default().1.push((i, text)),
                Places::Range(low, high) => ranges.push((*low, *high, i)),
                _ => {}
            }
        }
        let word = |w: usize| {
            words
                .get(&(w as u32))
                .map_or_else(|| format!("({}, &[])", u16::MAX), |(places, exact)| format!("({}, &{exact:?})", places.unwrap_or(u16::MAX)))
        };
        let mut kinds: BTreeMap<u8, Vec<String>> = BTreeMap::new();
        for (i, (kind, class)) in self.sorts.1.iter().enumerate() {
            let (starts, ones) = (id(&Places::Starts(i as u16)), id(&Places::Ones(i as u16)));
            kinds.entry(*kind).or_default().push(format!("Sort {{ number: {i}, class: {class:?}, starts: {starts}, ones: {ones} }}"));
        }
        let sorts: Vec<String> =
            (0..64).map(|kind| format!("&[{}]", kinds.get(&kind).map_or_else(String::new, |s| s.join(", ")))).collect();
        let spans = self.spans.1.iter().map(|s| {
            let (kind, class) = self.sorts.1[s.sort as usize];
            format!(
                "Spans {{ kind: {kind}, class: {class:?}, sort: {}, ones: {}, first: &{:?}, same: &{:?}, last: &{:?} }}",
                s.sort, s.ones, s.first, s.same, s.last
            )
        });
        let mut source = String::new();
        write!(source, "Vocabulary {{ places: &[{}], spans: &[{}], ", places.join(", "), spans.collect::<Vec<_>>().join(", "))?;
        write!(source, "tags: {tags:?}, words: &[{}], ", (0..named).map(word).collect::<Vec<_>>().join(", "))?;
        write!(source, "ranges: &{ranges:?}, sorts: &[{}], sort_count: {} }}", sorts.join(", "), self.sorts.1.len())?;
        Ok(source)
    }
}

fn single(literal: &str, names: &dyn Names) -> Result<u32> {
    match names.words(literal)[..] {
        [word] => Ok(word),
        _ => bail!("`{literal}` is more than one word, and tests are on one"),
    }
}

/// The one word that a literal is, when it is one.
pub fn word_of(literal: &str, names: &dyn Names) -> Option<u32> {
    single(literal, names).ok()
}

/// The first word of a literal.
pub fn first_word(literal: &str, names: &dyn Names) -> Result<u32> {
    names.words(literal).first().copied().context("an empty word")
}
