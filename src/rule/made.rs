//! Sets of places that are made of others: "a capitalised word that is no place", "any of these words".
//!
//! Each is made for a whole block when it is first asked for, and made again only after annotations that have a part in
//! it were added. Not here: what is read off the text ([`super::block`]), or which rules ask ([`super::reach`]).

use super::block::{ALL_TOKENS, Block, EMPTY, Map, MapId, WIDTH, has};
use super::program::{Need, Places, Vocabulary};

impl Block {
    /// The sentences that may hold something of all that a rule needs, as bits.
    pub fn sentences_with(&mut self, needs: &[Need], vocabulary: &Vocabulary) -> u64 {
        let mut sentences = u64::MAX;
        for need in needs {
            let mut these = need.base.iter().fold(0, |all, places| all | self.in_sentences[*places as usize]);
            for places in need.made {
                these |= self.sentences(*places, vocabulary);
            }
            sentences &= these;
            if sentences == 0 {
                break;
            }
        }
        sentences
    }

    /// The sentences that a set may have places in, as bits.
    fn sentences(&mut self, places: u16, vocabulary: &Vocabulary) -> u64 {
        let map = self.map_of(places, vocabulary);
        if map != EMPTY && self.in_sentences[places as usize] == 0 {
            self.in_sentences[places as usize] = self.sentences_of(map);
        }
        self.in_sentences[places as usize]
    }

    /// Whether a place belongs to a set.
    pub fn has(&mut self, places: u16, place: u32, vocabulary: &Vocabulary) -> bool {
        let map = self.map_of(places, vocabulary);
        has(self.map(map), place)
    }

    /// The map of a set of places.
    pub fn map_of(&mut self, places: u16, vocabulary: &Vocabulary) -> MapId {
        if !self.is_made(places) {
            self.make(places, vocabulary);
        }
        self.map_of[places as usize]
    }

    /// Makes the map of a set of places from those of others.
    #[inline(never)]
    fn make(&mut self, places: u16, vocabulary: &Vocabulary) {
        let (kinds, map) = match vocabulary.places[places as usize] {
            Places::Base => return,
            Places::All(kinds, all) => (kinds, self.all_of(all)),
            Places::Any(kinds, any) => (kinds, self.any_of(any, vocabulary)),
        };
        if kinds != 0 {
            self.passing.push((places, kinds));
        }
        self.map_of[places as usize] = if map == [0; WIDTH] { EMPTY } else { self.maps.len() as MapId };
        if map != [0; WIDTH] {
            self.maps.push(map);
        }
    }

    /// The places of all these sets that are read off the text, or not of those that are flagged.
    fn all_of(&self, all: &[(u16, bool)]) -> Map {
        let of = |places: u16| self.map_of[places as usize];
        if all.iter().any(|(places, negative)| !negative && of(*places) == EMPTY) {
            return [0; WIDTH];
        }
        let (first, rest) = match all {
            [(first, false), rest @ ..] => (of(*first), rest),
            _ => (ALL_TOKENS, all),
        };
        let mut map = *self.map(first);
        for (places, negative) in rest.iter().filter(|(places, _)| of(*places) != EMPTY) {
            let flip = if *negative { u64::MAX } else { 0 };
            map.iter_mut().zip(self.map(of(*places))).for_each(|(to, other)| *to &= other ^ flip);
        }
        map
    }

    /// The places of any of these sets.
    fn any_of(&mut self, any: &[u16], vocabulary: &Vocabulary) -> Map {
        let mut map = [0; WIDTH];
        for places in any {
            let other = self.map_of(*places, vocabulary);
            if other != EMPTY {
                map.iter_mut().zip(self.map(other)).for_each(|(to, other)| *to |= other);
            }
        }
        map
    }
}
