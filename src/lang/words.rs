//! Finds words in the compiled table: a hash table in the program's own memory, which no start has to open.
//!
//! A slot holds where its word's record stands and some bits of the word's hash, so that a word which is not there
//! is nearly always known by its slot alone; a record holds the word itself, so a hit is always right. Written by
//! `build/store.rs`. Not here: what a word's key is, or its tags.

use super::data;
use super::hash::hash;
use super::pack::{UNKNOWN, WordId};

/// Bits of a slot that tell where its word stands; the others are of the word's hash.
const OFFSET_BITS: u32 = 23;

/// The id of the word that is exactly this.
pub fn find(word: &str) -> WordId {
    let hash = hash(word.as_bytes());
    let mask = data::WORD_SLOTS.len() / 4 - 1;
    let mut at = (hash >> 40) as usize & mask;
    loop {
        let slot = number(data::WORD_SLOTS, at);
        if slot == 0 {
            return UNKNOWN;
        }
        if (slot ^ (hash >> 31) as u32) >> OFFSET_BITS == 0 {
            let record = &data::WORDS[(slot & !(u32::MAX << OFFSET_BITS)) as usize..];
            if record[0] as usize == word.len() && &record[4..4 + word.len()] == word.as_bytes() {
                return u32::from_le_bytes([record[1], record[2], record[3], 0]);
            }
        }
        at = (at + 1) & mask;
    }
}

/// The number at a place of a list of numbers of four bytes each.
pub fn number(list: &[u8], at: usize) -> u32 {
    list[4 * at..].first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes))
}
