//! Some sentences of an article laid out: the maps of all that is read off the text and its annotations.
//!
//! Not here: maps that are made of others (`super::made`).

use std::ops::Range;

use super::builtin;
use super::program::{NOT_ASKED, Places, Vocabulary};
use crate::tag::{Annotation, Tags};

/// How many words of 64 places a map has: so many that an article of the usual length is one block, and so few that
/// all maps of a block stay in the processor's cache.
pub const WIDTH: usize = 12;

/// How many places a block has at most.
pub const PLACES: usize = 64 * WIDTH;

/// A set of places, a bit each.
pub type Map = [u64; WIDTH];

/// A map's number in its arena.
pub type MapId = u32;

/// The empty set, in every arena.
pub const EMPTY: MapId = 0;
/// Every token.
pub const ALL_TOKENS: MapId = 1;
/// The first place of each sentence.
pub const STARTS: MapId = 2;
/// The place after the last token of each sentence.
pub const ENDS: MapId = 3;
/// Maps before the columns of tags.
const BEFORE_COLUMNS: usize = 4;

/// A map with fewer places than this is asked in which sentences they are; another may have them in all.
const RARE: u32 = 16;

/// The map of a set that is not made yet.
const UNMADE: MapId = MapId::MAX;

/// Some sentences, and all sets of places in them that rules ask for.
#[derive(Debug, Default)]
pub struct Block {
    /// For each place its token; for the end of a sentence the token after it.
    pub tokens: Vec<u32>,
    /// The maps.
    pub(super) maps: Vec<Map>,
    /// For each set of places its map.
    pub(super) map_of: Vec<MapId>,
    /// For each set the sentences that it may have places in; of one that is made of others 0 until it is asked for.
    pub(super) in_sentences: Vec<u64>,
    /// The sets that are made, of those in which annotations have a part, with the kinds of these.
    pub(super) passing: Vec<(u16, u64)>,
    /// The kinds of annotations that were noted of late, as bits.
    changed: u64,
    /// For each place the bit of its sentence; a block of more than 64 sentences gives a bit to several.
    sentences: Vec<u64>,
    /// For each sort of annotation those of two tokens or more, as places.
    longer: Vec<Vec<(u32, u32)>>,
}

/// How a language's blocks are laid out. The maps of tags stand first, a column each, for every token has several.
pub struct Columns {
    /// The tags that rules ask for.
    asked: u128,
    column: [u8; 128],
    /// What the maps of a block are before anything is known.
    blank: Vec<MapId>,
}

impl Columns {
    /// The columns of a language's tags.
    pub fn of(vocabulary: &Vocabulary) -> Self {
        let blank = vocabulary.places.iter().map(|p| if matches!(p, Places::Base) { EMPTY } else { UNMADE }).collect();
        let mut columns = Self { asked: 0, column: [0; 128], blank };
        for bit in (0..128).filter(|bit| vocabulary.tags[*bit] != NOT_ASKED) {
            columns.column[bit] = columns.asked.count_ones() as u8;
            columns.asked |= 1 << bit;
        }
        columns
    }

    fn map(&self, bit: usize) -> usize {
        BEFORE_COLUMNS + self.column[bit] as usize
    }
}

impl Block {
    /// Lays out some sentences; with a place more for the end of each they have no more than [`PLACES`].
    pub fn lay_out(&mut self, sentences: &[Range<u32>], tags: &Tags<'_>, vocabulary: &Vocabulary, columns: &Columns) {
        self.clear(vocabulary, columns);
        for (number, sentence) in sentences.iter().enumerate() {
            let from = self.tokens.len() as u32;
            self.tokens.extend(sentence.start..=sentence.end);
            self.sentences.resize(self.tokens.len(), 1 << (number % 64));
            let end = self.tokens.len() as u32 - 1;
            mark(&mut self.maps[STARTS as usize], from);
            mark(&mut self.maps[ENDS as usize], end);
            for (at, place) in sentence.clone().zip(from..) {
                self.place(at, place, tags, vocabulary, columns);
            }
        }
        self.finish_tags(vocabulary, columns);
    }

    /// Makes the block ready.
    fn clear(&mut self, vocabulary: &Vocabulary, columns: &Columns) {
        self.tokens.clear();
        self.sentences.clear();
        self.maps.clear();
        self.maps.resize(BEFORE_COLUMNS + columns.asked.count_ones() as usize, [0; WIDTH]);
        self.map_of.clear();
        self.map_of.extend_from_slice(&columns.blank);
        self.in_sentences.clear();
        self.in_sentences.resize(columns.blank.len(), 0);
        self.passing.clear();
        self.changed = 0;
        self.longer.iter_mut().for_each(Vec::clear);
        self.longer.resize_with(vocabulary.sort_count, Vec::new);
    }

    /// Notes what is known of a token.
    fn place(&mut self, at: u32, place: u32, tags: &Tags<'_>, vocabulary: &Vocabulary, columns: &Columns) {
        mark(&mut self.maps[ALL_TOKENS as usize], place);
        let set = tags.set(at);
        for (half, first) in [((set & columns.asked) as u64, 0), (((set & columns.asked) >> 64) as u64, 64)] {
            let mut rest = half;
            while rest != 0 {
                mark(&mut self.maps[columns.map(first + rest.trailing_zeros() as usize)], place);
                rest &= rest - 1;
            }
        }
        if let Some(&(word, exact)) = vocabulary.words.get(tags.word(at) as usize) {
            if word != NOT_ASKED {
                self.add(word, place);
            }
            for (places, _) in
                vocabulary.exact[exact as usize].iter().filter(|(_, word)| same_but_apostrophes(tags.token(at).of(tags.text()), word))
            {
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
            let map = columns.map(bit) as MapId;
            if *self.map(map) != [0; WIDTH] {
                let places = vocabulary.tags[bit] as usize;
                self.in_sentences[places] = self.sentences_of(map);
                self.map_of[places] = map;
            }
        }
    }

    /// Notes an annotation that begins at a place.
    pub fn note(&mut self, place: u32, annotation: &Annotation, vocabulary: &Vocabulary) {
        self.changed |= 1 << annotation.kind;
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
        let places = places as usize;
        if self.map_of[places] == EMPTY {
            self.map_of[places] = self.maps.len() as MapId;
            self.maps.push([0; WIDTH]);
        }
        self.in_sentences[places] |= self.sentences[place as usize];
        mark(&mut self.maps[self.map_of[places] as usize], place);
    }

    /// Forgets the sets in which annotations have a part that were noted since this was last done.
    pub fn refresh(&mut self) {
        let changed = std::mem::take(&mut self.changed);
        if changed == 0 {
            return;
        }
        let (map_of, in_sentences) = (&mut self.map_of, &mut self.in_sentences);
        self.passing.retain(|(places, kinds)| {
            let stays = kinds & changed == 0;
            if !stays {
                map_of[*places as usize] = UNMADE;
                in_sentences[*places as usize] = 0;
            }
            stays
        });
    }

    /// Whether a set that is made of others was made.
    pub(super) fn is_made(&self, places: u16) -> bool {
        self.map_of[places as usize] != UNMADE
    }

    /// A map.
    pub fn map(&self, map: MapId) -> &Map {
        &self.maps[map as usize]
    }

    /// The sentences that a map may have places in, as bits.
    pub(super) fn sentences_of(&self, map: MapId) -> u64 {
        let map = self.map(map);
        if map.iter().map(|w| w.count_ones()).sum::<u32>() >= RARE {
            return u64::MAX;
        }
        places_of(map).fold(0, |all, place| all | self.sentences[place as usize])
    }

    /// The sentence of a place, as a bit.
    pub fn sentence(&self, place: u32) -> u64 {
        self.sentences[place as usize]
    }

    /// The annotations of a sort that have two tokens or more.
    pub fn longer(&self, sort: u16) -> &[(u32, u32)] {
        &self.longer[sort as usize]
    }
}

/// Sets the bit of a place in a map's words.
fn mark(map: &mut Map, place: u32) {
    map[place as usize / 64] |= 1 << (place % 64);
}

/// The places of a map, in order.
pub fn places_of(map: &Map) -> impl Iterator<Item = u32> {
    map.iter().zip((0..).step_by(64)).flat_map(|(word, first)| {
        let mut rest = *word;
        std::iter::from_fn(move || {
            let place = (rest != 0).then(|| first + rest.trailing_zeros());
            rest &= rest.wrapping_sub(1);
            place
        })
    })
}

/// Whether a map has a place.
pub fn has(map: &Map, place: u32) -> bool {
    map[place as usize / 64] >> (place % 64) & 1 == 1
}

/// The value of a token that is digits only.
fn small_integer(text: &str) -> Option<u32> {
    (text.len() <= 9).then(|| text.parse().ok()).flatten()
}

fn same_but_apostrophes(text: &str, word: &str) -> bool {
    text == word || (!text.is_ascii() && text.replace('’', "'") == word)
}
