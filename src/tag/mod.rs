//! Step 4: what is known of each token and phrase before any decision.
//!
//! Words get their ids and tag sets, gazetteer phrases and numbers become annotations. All
//! readings are kept ("Marco", "may", "Sole"): choosing is the extractors' work. Not here: rules.

use std::ops::Range;

use crate::lang::data::kind;
use crate::lang::pack::{Pack, RowId, UNKNOWN, WordId};
use crate::rule::board::Board;
use crate::rule::builtin;
use crate::segment::token::{Case, Token, TokenKind, key};

pub mod number;
mod topic;

/// An annotation's place in its [`Tags`].
pub type AnnotationId = u32;

/// What an annotation carries besides its class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    None,
    /// A gazetteer row.
    Row(RowId),
    /// A number.
    Number(f64),
    /// A place in the list of what an extractor has built.
    Built(u32),
}

/// Some tokens, and what they may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Annotation {
    /// Its kind.
    pub kind: u8,
    /// Its class; `0` for none.
    pub class: u16,
    /// First token.
    pub from: u32,
    /// One past the last token.
    pub to: u32,
    /// What it carries.
    pub value: Value,
    /// The rule that marked it, or the name of the part that did.
    pub rule: &'static str,
}

/// No annotation: the end of a list.
const NONE: u32 = u32::MAX;

/// Everything known of an article's tokens. Annotations are added by layers; those that begin at a
/// token, and those that end before one, are found in constant time.
pub struct Tags<'t> {
    text: &'t str,
    tokens: &'t [Token],
    sentences: Vec<Range<u32>>,
    words: Vec<WordId>,
    sets: Vec<u128>,
    annotations: Vec<Annotation>,
    next_start: Vec<u32>,
    next_end: Vec<u32>,
    starts: Vec<u32>,
    ends: Vec<u32>,
    kinds: Vec<u64>,
    /// Where the rules' matcher lays the article out.
    board: Board,
}

impl<'t> Tags<'t> {
    /// Looks up every token, then every phrase.
    pub fn new(text: &'t str, tokens: &'t [Token], words: Vec<WordId>, sentences: Vec<Range<u32>>, pack: &Pack) -> Self {
        let known = |t: &Token, w: WordId| match w {
            UNKNOWN if t.kind == TokenKind::Word => builtin::UNLISTED | pack.tags_by_ending(&key(t.of(text))),
            _ => pack.tags(w),
        };
        let mut sets: Vec<u128> = tokens.iter().zip(&words).map(|(t, w)| shape(t) | known(t, *w)).collect();
        topic::spread(&mut sets);
        let mut tags = Self {
            text,
            tokens,
            sentences,
            words,
            sets,
            annotations: Vec::with_capacity(tokens.len() / 2),
            next_start: Vec::new(),
            next_end: Vec::new(),
            starts: vec![NONE; tokens.len() + 1],
            ends: vec![NONE; tokens.len() + 1],
            kinds: vec![0; tokens.len()],
            board: Board::default(),
        };
        tags.phrases(pack);
        number::annotate(&mut tags, pack.language());
        tags
    }

    /// Marks the gazetteers' phrases; the user's own words shut out the tables' where they stand.
    fn phrases(&mut self, pack: &Pack) {
        let mut found = Vec::new();
        for sentence in self.sentences.clone() {
            let mut own_until = sentence.start;
            for at in sentence.clone() {
                let (here, end) = (at as usize, sentence.end as usize);
                found.clear();
                if !pack.user().is_empty() {
                    pack.user().phrases_at(self.text, &self.tokens[here..end], |n, row| found.push((n, row)));
                    own_until = found.iter().map(|(n, _)| at + *n as u32).fold(own_until, u32::max);
                }
                if at >= own_until {
                    let reach = if self.sets[here] & builtin::PHRASE == 0 { here + 1 } else { end.min(here + 16) };
                    pack.phrases_at(&self.words[here..reach], &self.tokens[here..reach], |n, row| found.push((n, row)));
                }
                for (n, row) in &found {
                    let entry = pack.row(*row);
                    // Step 3 has read them, and what is left of a page's furniture means nothing to rules.
                    if entry.kind == kind::BOILERPLATE {
                        continue;
                    }
                    self.add(Annotation {
                        kind: entry.kind,
                        class: entry.class,
                        from: at,
                        to: at + *n as u32,
                        value: Value::Row(*row),
                        rule: "lexicon",
                    });
                }
            }
        }
    }

    /// Adds an annotation.
    pub fn add(&mut self, annotation: Annotation) -> AnnotationId {
        let id = self.annotations.len() as u32;
        let (from, to) = (annotation.from as usize, annotation.to as usize);
        self.next_start.push(std::mem::replace(&mut self.starts[from], id));
        self.next_end.push(std::mem::replace(&mut self.ends[to], id));
        self.kinds[from] |= 1 << annotation.kind;
        self.annotations.push(annotation);
        id
    }

    /// Lends the board to the matcher, which gives it back with [`Self::put_board`].
    pub fn take_board(&mut self) -> Board {
        std::mem::take(&mut self.board)
    }

    /// Keeps the board until the next stage.
    pub fn put_board(&mut self, board: Board) {
        self.board = board;
    }

    /// The article's text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The article's tokens.
    pub fn tokens(&self) -> &'t [Token] {
        self.tokens
    }

    /// A token.
    pub fn token(&self, at: u32) -> &'t Token {
        &self.tokens[at as usize]
    }

    /// The token ranges of the sentences to extract from.
    pub fn sentences(&self) -> &[Range<u32>] {
        &self.sentences
    }

    /// A token's word id.
    pub fn word(&self, at: u32) -> WordId {
        self.words[at as usize]
    }

    /// A token's tags.
    pub fn set(&self, at: u32) -> u128 {
        self.sets[at as usize]
    }

    /// Whether a token has any of these tags.
    pub fn has(&self, at: u32, tags: u128) -> bool {
        self.sets[at as usize] & tags != 0
    }

    /// An annotation.
    pub fn annotation(&self, id: AnnotationId) -> &Annotation {
        &self.annotations[id as usize]
    }

    /// Every annotation, in the order they were added.
    pub fn annotations(&self) -> &[Annotation] {
        &self.annotations
    }

    /// The annotations that begin at a token, the latest first.
    pub fn starting_at(&self, at: u32) -> impl Iterator<Item = AnnotationId> + '_ {
        chain(self.starts[at as usize], &self.next_start)
    }

    /// The annotations that end just before a token, the latest first.
    pub fn ending_at(&self, at: u32) -> impl Iterator<Item = AnnotationId> + '_ {
        chain(self.ends[at as usize], &self.next_end)
    }

    /// The longest annotation of a kind that begins at a token.
    pub fn longest_at(&self, at: u32, kind: u8) -> Option<&Annotation> {
        if self.kinds[at as usize] >> kind & 1 == 0 {
            return None;
        }
        self.starting_at(at).map(|id| self.annotation(id)).filter(|a| a.kind == kind).max_by_key(|a| a.to)
    }

    /// The kinds of the annotations that begin at a token, as bits.
    pub fn kinds_at(&self, at: u32) -> u64 {
        self.kinds[at as usize]
    }

    /// The kinds of the annotations that begin in a range of tokens, as bits.
    pub fn kinds_in(&self, from: u32, to: u32) -> u64 {
        self.kinds[from as usize..to as usize].iter().fold(0, |all, k| all | k)
    }

    /// The bytes of a range of tokens.
    pub fn span(&self, from: u32, to: u32) -> crate::span::Span {
        crate::span::Span::new(self.tokens[from as usize].start, self.tokens[to as usize - 1].end)
    }

    /// The text of a range of tokens.
    pub fn words_text(&self, from: u32, to: u32) -> &'t str {
        self.span(from, to).of(self.text)
    }
}

impl Drop for Tags<'_> {
    fn drop(&mut self) {
        self.take_board().recycle();
    }
}

fn chain(first: u32, next: &[u32]) -> impl Iterator<Item = AnnotationId> + '_ {
    std::iter::successors((first != NONE).then_some(first), |id| Some(next[*id as usize]).filter(|n| *n != NONE))
}

/// The built-in tags of a token.
fn shape(token: &Token) -> u128 {
    let kind = match token.kind {
        TokenKind::Word => builtin::WORD,
        TokenKind::Number => builtin::NUMBER,
        TokenKind::Mark => builtin::MARK,
        TokenKind::Address => builtin::ADDRESS,
    };
    let case = match token.case {
        Case::None => 0,
        Case::Lower => builtin::LOWER,
        Case::Capital => builtin::CAP | builtin::TITLE,
        Case::Camel => builtin::CAP | builtin::TITLE | builtin::CAMEL,
        Case::Upper => builtin::CAP | builtin::UPPER,
        Case::Initial => builtin::CAP | builtin::INITIAL,
        Case::Mixed => builtin::MIXED,
    };
    let space = if token.spaced { builtin::SPACED } else { builtin::GLUED };
    let line = if token.breaks > 0 { builtin::LINE_START } else { 0 };
    builtin::ANY | kind | case | space | line
}
