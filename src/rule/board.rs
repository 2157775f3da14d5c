//! An article laid out for the matcher: for everything that rules ask of a place, a bit for each place.
//!
//! The tokens of each sentence, and one place more for its end, lie side by side; sentences are gathered into blocks
//! that fit the processor's cache. A set of places is then a few words of 64 bits, and what a rule asks of all places
//! is answered by a few operations on those words. The board is laid out once an article; annotations that are added
//! to the [`Tags`] are noted on it before the next layer. Not here: what a pattern makes of the sets
//! ([`super::reach`]).

use std::cell::RefCell;

use super::builtin;
use super::program::{NOT_ASKED, Vocabulary};
use crate::tag::Tags;

/// How many places a block has at least, unless the article ends; a long sentence makes it longer.
const BLOCK: usize = 960;

/// Where a map begins in its arena; all maps of a block have the same width.
pub type MapId = usize;

/// The empty set, in every arena.
pub const EMPTY: MapId = 0;

thread_local! {
    /// The memory of a board that is no longer needed, for the next article.
    static SPARE: RefCell<Board> = const { RefCell::new(Board::blank()) };
}

/// The whole article.
#[derive(Debug)]
pub struct Board {
    /// Blocks; those from `used` on are memory to be used again.
    blocks: Vec<Block>,
    used: usize,
    /// For each token its block and its place there.
    seats: Vec<Seat>,
    /// How many of the annotations have been noted.
    noted: usize,
}

#[derive(Clone, Copy, Debug)]
struct Seat {
    block: u32,
    place: u32,
}

/// The seat of a token that is in no sentence.
const NOWHERE: Seat = Seat { block: u32::MAX, place: 0 };

/// Some sentences.
#[derive(Debug, Default)]
pub struct Block {
    /// How many words of 64 places a map has.
    pub width: usize,
    /// For each place its token; for the end of a sentence the token after it.
    pub tokens: Vec<u32>,
    maps: Vec<u64>,
    /// For each set of places its map, and the sentences it has places in.
    at: Vec<(u32, u64)>,
    /// For each place the bit of its sentence; a block of more than 64 sentences gives a bit to several.
    sentences: Vec<u64>,
    /// For each sort of annotation those of two tokens or more, as places.
    longer: Vec<Vec<(u32, u32)>>,
}

impl Default for Board {
    fn default() -> Self {
        Self::blank()
    }
}

impl Board {
    const fn blank() -> Self {
        Self { blocks: Vec::new(), used: 0, seats: Vec::new(), noted: 0 }
    }

    /// Gives the board's memory to the next article on this thread.
    pub fn recycle(mut self) {
        self.used = 0;
        self.seats.clear();
        self.noted = 0;
        // A thread that is ending keeps nothing.
        let _ = SPARE.try_with(|spare| spare.replace(self));
    }

    /// Lays out the tokens, unless that is done, and notes the annotations that are new.
    pub fn update(&mut self, tags: &Tags<'_>, vocabulary: &Vocabulary) {
        if self.seats.is_empty() {
            *self = SPARE.take();
            self.lay_out(tags, vocabulary);
        }
        for annotation in &tags.annotations()[self.noted..] {
            let Seat { block, place } = self.seats[annotation.from as usize];
            let Some(block) = self.blocks[..self.used].get_mut(block as usize) else { continue };
            let end = place + (annotation.to - annotation.from);
            // The place after a sentence's last token is its end, whose token is the next one.
            let inside = block.tokens.get(end as usize) == Some(&annotation.to);
            for sort in vocabulary.sorts[annotation.kind as usize].iter().filter(|s| s.class.is_none_or(|c| c == annotation.class)) {
                block.mark(sort.starts, place);
                if inside && end == place + 1 {
                    block.mark(sort.ones, place);
                } else if inside {
                    block.longer[sort.number as usize].push((place, end));
                }
            }
        }
        self.noted = tags.annotations().len();
    }

    /// The blocks, in text order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks[..self.used]
    }

    fn lay_out(&mut self, tags: &Tags<'_>, vocabulary: &Vocabulary) {
        self.seats.resize(tags.tokens().len(), NOWHERE);
        let asked = (0..128).filter(|bit| vocabulary.tags[*bit] != NOT_ASKED).fold(0u128, |all, bit| all | 1 << bit);
        let mut sentences = tags.sentences();
        while !sentences.is_empty() {
            let (mut count, mut places) = (0, 0);
            while count < sentences.len() && places < BLOCK {
                places += sentences[count].len() + 1;
                count += 1;
            }
            if self.used == self.blocks.len() {
                self.blocks.push(Block::default());
            }
            let block = &mut self.blocks[self.used];
            block.clear(places, vocabulary);
            for (number, sentence) in sentences[..count].iter().enumerate() {
                block.sentences.resize(block.sentences.len() + sentence.len() + 1, 1 << (number % 64));
                block.mark_at(block.starts(), block.tokens.len() as u32);
                for at in sentence.clone() {
                    self.seats[at as usize] = Seat { block: self.used as u32, place: block.tokens.len() as u32 };
                    block.place(tags, at, asked, vocabulary);
                }
                block.mark_at(block.ends(), block.tokens.len() as u32);
                block.tokens.push(sentence.end);
            }
            self.used += 1;
            sentences = &sentences[count..];
        }
    }
}

impl Block {
    /// Makes the block ready for so many places.
    fn clear(&mut self, places: usize, vocabulary: &Vocabulary) {
        self.width = places.div_ceil(64);
        self.tokens.clear();
        self.maps.clear();
        // The empty set, and the three below.
        self.maps.resize(4 * self.width, 0);
        self.at.clear();
        self.at.resize(vocabulary.places.len(), (EMPTY as u32, 0));
        self.sentences.clear();
        self.longer.iter_mut().for_each(Vec::clear);
        self.longer.resize_with(vocabulary.sort_count, Vec::new);
    }

    /// Notes what is known of a token at the next place.
    fn place(&mut self, tags: &Tags<'_>, at: u32, asked: u128, vocabulary: &Vocabulary) {
        let place = self.tokens.len() as u32;
        self.tokens.push(at);
        self.mark_at(self.all_tokens(), place);
        let set = tags.set(at);
        let mut rest = set & asked;
        while rest != 0 {
            self.mark(vocabulary.tags[rest.trailing_zeros() as usize], place);
            rest &= rest - 1;
        }
        if let Some((any, exact)) = vocabulary.words.get(tags.word(at) as usize) {
            for places in *any {
                self.mark(*places, place);
            }
            for (places, _) in exact.iter().filter(|(_, word)| same_but_apostrophes(tags.token(at).of(tags.text()), word)) {
                self.mark(*places, place);
            }
        }
        if set & builtin::NUMBER != 0
            && let Some(n) = small_integer(tags.token(at).of(tags.text()))
        {
            for (_, _, places) in vocabulary.ranges.iter().filter(|(low, high, _)| (*low..=*high).contains(&n)) {
                self.mark(*places, place);
            }
        }
    }

    fn mark(&mut self, places: u16, place: u32) {
        let (map, sentences) = &mut self.at[places as usize];
        *sentences |= self.sentences[place as usize];
        if *map as MapId == EMPTY {
            *map = self.maps.len() as u32;
            self.maps.resize(self.maps.len() + self.width, 0);
        }
        let map = *map as MapId;
        self.mark_at(map, place);
    }

    fn mark_at(&mut self, map: MapId, place: u32) {
        self.maps[map + place as usize / 64] |= 1 << (place % 64);
    }

    /// A map's words.
    pub fn map(&self, map: MapId) -> &[u64] {
        &self.maps[map..map + self.width]
    }

    /// The map of a set of places that is read off the text.
    pub fn base(&self, places: u16) -> MapId {
        self.at[places as usize].0 as MapId
    }

    /// The sentences that such a set has places in, as bits.
    pub fn sentences(&self, places: u16) -> u64 {
        self.at[places as usize].1
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

/// The value of a token that is digits only.
fn small_integer(text: &str) -> Option<u32> {
    (text.len() <= 9).then(|| text.parse().ok()).flatten()
}

fn same_but_apostrophes(text: &str, word: &str) -> bool {
    text == word || (!text.is_ascii() && text.replace('’', "'") == word)
}
