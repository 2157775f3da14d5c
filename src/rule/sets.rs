//! Numbered sets of places, each made when it is first asked for, in memory that is used again.
//!
//! Not here: what the sets are ([`super::reach`]).

use super::block::{EMPTY, MapId};

/// Numbered sets, each computed when it is first asked for.
#[derive(Debug, Default)]
pub struct Sets {
    /// Counts the blocks and layers, to tell which sets are of this one.
    pub turn: u32,
    /// The words of all maps.
    pub maps: Vec<u64>,
    /// Where the next map begins.
    pub top: usize,
    /// For each number the turn in which it was computed, and its map.
    known: Vec<(u32, u32)>,
    /// For each the turn in which it was asked for its sentences, and the answer.
    pub sentences: Vec<(u32, u64)>,
}

impl Sets {
    /// Forgets all sets: there may be so many, each with so many words.
    pub fn begin(&mut self, count: usize, width: usize) {
        self.turn = self.turn.wrapping_add(1);
        if self.turn == 0 {
            *self = Self { turn: 1, ..Self::default() };
        }
        if self.known.len() < count {
            self.known.resize(count, (0, 0));
            self.sentences.resize(count, (0, 0));
        }
        if self.maps.len() < width {
            self.maps.resize(width, 0);
        }
        self.maps[..width].fill(0);
        self.top = width;
    }

    #[cold]
    fn grow(&mut self, least: usize) {
        self.maps.resize(2 * least, 0);
    }

    /// Room for one more map, what stands before it, and where it begins.
    #[inline]
    pub fn room(&mut self, width: usize) -> (&[u64], &mut [u64], MapId) {
        let at = self.top;
        if self.maps.len() < at + width {
            self.grow(at + width);
        }
        let (before, rest) = self.maps.split_at_mut(at);
        (before, &mut rest[..width], at)
    }

    /// The map of a number, if it was computed.
    pub fn known(&self, number: u16) -> Option<MapId> {
        let (turn, map) = self.known[number as usize];
        (turn == self.turn).then_some(map as MapId)
    }

    /// The map of a number that was computed in this turn.
    pub fn of(&self, number: u16) -> MapId {
        self.known[number as usize].1 as MapId
    }

    /// Notes the map of a number.
    pub fn learn(&mut self, number: u16, map: MapId) {
        self.known[number as usize] = (self.turn, map as u32);
    }

    /// Keeps the map that was last given room, unless it is empty.
    pub fn keep(&mut self, at: MapId, width: usize) -> MapId {
        if self.maps[at..at + width].iter().all(|w| *w == 0) {
            return EMPTY;
        }
        self.top = at + width;
        at
    }
}
