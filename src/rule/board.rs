//! An article laid out for the matcher: for everything that rules ask of a place, a bit for each place.
//!
//! The tokens of each sentence, and one place more for its end, lie side by side; sentences are gathered into blocks
//! that fit the processor's cache. A set of places is then a few words of 64 bits, and what a rule asks of all places
//! is answered by a few operations on those words. The board is laid out once an article ([`super::block`]); annotations
//! that are added to the [`Tags`] are noted on it before the next layer. Not here: what a pattern makes of the sets
//! (`super::made`).

use std::cell::RefCell;
use std::ops::Range;

use super::block::{Block, Columns, PLACES};
use super::program::Vocabulary;
use crate::tag::Tags;

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
            block.note(place, annotation, vocabulary);
        }
        self.noted = tags.annotations().len();
        self.blocks[..self.used].iter_mut().for_each(Block::refresh);
    }

    /// The blocks, in text order.
    pub fn blocks(&mut self) -> &mut [Block] {
        &mut self.blocks[..self.used]
    }

    fn lay_out(&mut self, tags: &Tags<'_>, vocabulary: &Vocabulary) {
        self.seats.resize(tags.tokens().len(), NOWHERE);
        let columns = Columns::of(vocabulary);
        let pieces: Vec<Range<u32>> = tags.sentences().iter().flat_map(pieces).collect();
        let mut sentences = &pieces[..];
        while !sentences.is_empty() {
            let (mut count, mut places) = (0, 0);
            while count < sentences.len() && places + sentences[count].len() < PLACES {
                places += sentences[count].len() + 1;
                count += 1;
            }
            if self.used == self.blocks.len() {
                self.blocks.push(Block::default());
            }
            self.blocks[self.used].lay_out(&sentences[..count], tags, vocabulary, &columns);
            let mut place = 0;
            for sentence in &sentences[..count] {
                for seat in &mut self.seats[sentence.start as usize..sentence.end as usize] {
                    *seat = Seat { block: self.used as u32, place };
                    place += 1;
                }
                place += 1;
            }
            self.used += 1;
            sentences = &sentences[count..];
        }
    }
}

/// A sentence as blocks can hold it: whole, unless it has more tokens than a block has places.
fn pieces(sentence: &Range<u32>) -> impl Iterator<Item = Range<u32>> + use<> {
    const MOST: usize = PLACES - 1;
    let end = sentence.end;
    sentence.clone().step_by(MOST).map(move |from| from..end.min(from + MOST as u32))
}
