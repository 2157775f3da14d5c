//! Some sentences of an article laid out: the maps of all that is read off the text and its annotations.
//!
//! Not here: maps that are made of others ([`super::reach`]).

use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};

use super::builtin;
use super::program::{NOT_ASKED, Vocabulary};
use crate::tag::{Annotation, Tags};

/// Where a map begins in its arena; all maps of a block have the same width.
pub type MapId = usize;

/// The empty set, in every arena.
pub const EMPTY: MapId = 0;

/// A map with fewer places than this is asked in which sentences they are; another may have them in all.
const RARE: u32 = 16;

/// Counts the blocks that were laid out.
static LAID_OUT: AtomicU32 = AtomicU32::new(1);

/// Some sentences.
#[derive(Debug, Default)]
pub struct Block {
    /// Its number, which tells it from every block that was laid out lately.
    pub number: u32,
    /// How many words of 64 places a map has.
    pub width: usize,
    /// For each place its token; for the end of a sentence the token after it.
    pub tokens: Vec<u32>,
    /// The words of all maps, each with its full width.
    words: Vec<u64>,
    /// For each set of places what is known of it.
    bases: Vec<Base>,
    /// For each place the bit of its sentence; a block of more than 64 sentences gives a bit to several.
    sentences: Vec<u64>,
    /// For each sort of annotation those of two tokens or more, as places.
    longer: Vec<Vec<(u32, u32)>>,
}

/// A set of places that is read off the text.
#[derive(Clone, Copy, Debug, Default)]
struct Base {
    map: u32,
    /// The sentences that it may have places in.
    sentences: u64,
}

/// The maps of tags stand first, a column each, for every token has several.
pub struct Columns {
    /// The tags that rules ask for.
    asked: u128,
    column: [u8; 128],
}

/// Maps before the columns: the empty set, every token, the first place of each sentence, its end.
const BEFORE_COLUMNS: usize = 4;

impl Columns {
    /// The columns of a language's tags.
    pub fn of(vocabulary: &Vocabulary) -> Self {
        let mut columns = Self { asked: 0, column: [0; 128] };
        for bit in (0..128).filter(|bit| vocabulary.tags[*bit] != NOT_ASKED) {
            columns.column[bit] = columns.asked.count_ones() as u8;
            columns.asked |= 1 << bit;
        }
        columns
    }

    fn map(&self, bit: usize, width: usize) -> MapId {
        (BEFORE_COLUMNS + self.column[bit] as usize) * width
    }
}

impl Block {
    /// Lays out some sentences.
    pub fn lay_out(&mut self, sentences: &[Range<u32>], tags: &Tags<'_>, vocabulary: &Vocabulary, columns: &Columns) {
        let places = sentences.iter().map(|s| s.len() + 1).sum::<usize>();
        self.clear(places, vocabulary, columns);
        for (number, sentence) in sentences.iter().enumerate() {
            let from = self.tokens.len() as u32;
            self.tokens.extend(sentence.start..=sentence.end);
            self.sentences.resize(self.tokens.len(), 1 << (number % 64));
            let end = self.tokens.len() as u32 - 1;
            let (starts, ends) = (self.starts(), self.ends());
            mark(&mut self.words[starts..], from);
            mark(&mut self.words[ends..], end);
            for (at, place) in sentence.clone().zip(from..) {
                self.place(at, place, tags, vocabulary, columns);
            }
        }
        self.finish_tags(vocabulary, columns);
    }

    /// Makes the block ready for so many places.
    fn clear(&mut self, places: usize, vocabulary: &Vocabulary, columns: &Columns) {
        self.number = LAID_OUT.fetch_add(1, Ordering::Relaxed);
        self.width = places.div_ceil(64);
        self.tokens.clear();
        self.sentences.clear();
        self.words.clear();
        self.words.resize((BEFORE_COLUMNS + columns.asked.count_ones() as usize) * self.width, 0);
        self.bases.clear();
        self.bases.resize(vocabulary.places.len(), Base::default());
        self.longer.iter_mut().for_each(Vec::clear);
        self.longer.resize_with(vocabulary.sort_count, Vec::new);
    }

    /// Notes what is known of a token.
    fn place(&mut self, at: u32, place: u32, tags: &Tags<'_>, vocabulary: &Vocabulary, columns: &Columns) {
        let all = self.all_tokens();
        mark(&mut self.words[all..], place);
        let set = tags.set(at);
        for (half, first) in [((set & columns.asked) as u64, 0), (((set & columns.asked) >> 64) as u64, 64)] {
            let mut rest = half;
            while rest != 0 {
                mark(&mut self.words[columns.map(first + rest.trailing_zeros() as usize, self.width)..], place);
                rest &= rest - 1;
            }
        }
        if let Some((word, exact)) = vocabulary.words.get(tags.word(at) as usize) {
            if *word != NOT_ASKED {
                self.add(*word, place);
            }
            for (places, _) in exact.iter().filter(|(_, word)| same_but_apostrophes(tags.token(at).of(tags.text()), word)) {
                self.add(*places, place);
            }
        }
        if set & builtin::NUMBER != 0
            && let Some(n) = small_integer(tags.token(at).of(tags.text()))
        {
            for (_, _, places) in vocabulary.ranges.iter().filter(|(low, high, _)| (*low..=*high).contains(&n)) {
                self.add(*places, place);
            }
        }
    }

    /// Makes the columns of tags the maps of their sets.
    fn finish_tags(&mut self, vocabulary: &Vocabulary, columns: &Columns) {
        for bit in (0..128).filter(|bit| columns.asked >> bit & 1 == 1) {
            let map = columns.map(bit, self.width);
            if self.map(map).iter().all(|w| *w == 0) {
                continue;
            }
            let sentences = self.sentences_of(self.map(map));
            self.bases[vocabulary.tags[bit] as usize] = Base { map: map as u32, sentences };
        }
    }

    /// Notes an annotation that begins at a place.
    pub fn note(&mut self, place: u32, annotation: &Annotation, vocabulary: &Vocabulary) {
        let end = place + (annotation.to - annotation.from);
        // The place after a sentence's last token is its end, whose token is the next one.
        let inside = self.tokens.get(end as usize) == Some(&annotation.to);
        for sort in vocabulary.sorts[annotation.kind as usize].iter().filter(|s| s.class.is_none_or(|c| c == annotation.class)) {
            self.add(sort.starts, place);
            if inside && end == place + 1 {
                self.add(sort.ones, place);
            } else if inside {
                self.longer[sort.number as usize].push((place, end));
            }
        }
    }

    /// Adds a place to a set.
    fn add(&mut self, places: u16, place: u32) {
        let base = &mut self.bases[places as usize];
        if base.map as MapId == EMPTY {
            base.map = self.words.len() as u32;
            self.words.resize(self.words.len() + self.width, 0);
        }
        base.sentences |= self.sentences[place as usize];
        mark(&mut self.words[base.map as usize..], place);
    }

    /// A map's words.
    pub fn map(&self, map: MapId) -> &[u64] {
        &self.words[map..map + self.width]
    }

    /// The map of a set of places that is read off the text.
    pub fn base(&self, places: u16) -> MapId {
        self.bases[places as usize].map as MapId
    }

    /// The sentences that a map may have places in, as bits.
    pub fn sentences_of(&self, words: &[u64]) -> u64 {
        if words.iter().map(|w| w.count_ones()).sum::<u32>() >= RARE {
            return u64::MAX;
        }
        places_of(words).fold(0, |all, place| all | self.sentences[place as usize])
    }

    /// The sentences that such a set may have places in, as bits.
    pub fn sentences(&self, places: u16) -> u64 {
        self.bases[places as usize].sentences
    }

    /// Every token.
    pub fn all_tokens(&self) -> MapId {
        self.width
    }

    /// The first place of each sentence.
    pub fn starts(&self) -> MapId {
        2 * self.width
    }

    /// The place after the last token of each sentence.
    pub fn ends(&self) -> MapId {
        3 * self.width
    }

    /// The annotations of a sort that have two tokens or more.
    pub fn longer(&self, sort: u16) -> &[(u32, u32)] {
        &self.longer[sort as usize]
    }
}

/// Sets the bit of a place in a map's words.
fn mark(words: &mut [u64], place: u32) {
    words[place as usize / 64] |= 1 << (place % 64);
}

/// The places of a map, in order.
pub fn places_of(words: &[u64]) -> impl Iterator<Item = u32> {
    words.iter().zip((0..).step_by(64)).flat_map(|(word, first)| {
        let mut rest = *word;
        std::iter::from_fn(move || {
            let place = (rest != 0).then(|| first + rest.trailing_zeros());
            rest &= rest.wrapping_sub(1);
            place
        })
    })
}

/// Whether a map has a place.
pub fn has(words: &[u64], place: u32) -> bool {
    words[place as usize / 64] >> (place % 64) & 1 == 1
}

/// The value of a token that is digits only.
fn small_integer(text: &str) -> Option<u32> {
    (text.len() <= 9).then(|| text.parse().ok()).flatten()
}

fn same_but_apostrophes(text: &str, word: &str) -> bool {
    text == word || (!text.is_ascii() && text.replace('’', "'") == word)
}
