//! A small cache before the word table: news repeats its words, and the table takes its time.
//!
//! Direct-mapped, one a thread, the same for every pack since all share one table. A slot keeps the
//! word itself, so a hit is always right. Not here: what a word's key is.

use std::cell::RefCell;

use super::hash::hash;

/// Slots; a power of two.
const SLOTS: usize = 1 << 13;
/// The longest word that is kept, in bytes.
const LONGEST: usize = 27;

/// The length of a word, the word, and its id.
type Slot = [u8; 32];

/// Where a slot's id stands.
const ID: usize = 1 + LONGEST;

thread_local! {
    static CACHE: RefCell<Vec<Slot>> = const { RefCell::new(Vec::new()) };
}

/// The id of a word as it is written; `look_up` finds it where the cache has none.
pub fn word(written: &str, look_up: impl FnOnce(&str) -> u32) -> u32 {
    let bytes = written.as_bytes();
    if bytes.is_empty() || bytes.len() > LONGEST {
        return look_up(written);
    }
    CACHE.with_borrow_mut(|slots| {
        if slots.is_empty() {
            // Memory that comes zeroed from the system is not touched before it is used.
            *slots = vec![[0; 32]; SLOTS];
        }
        let slot = &mut slots[(hash(bytes) >> 40) as usize & (SLOTS - 1)];
        if slot[0] as usize != bytes.len() || &slot[1..1 + bytes.len()] != bytes {
            let id = look_up(written);
            slot[0] = bytes.len() as u8;
            slot[1..1 + bytes.len()].copy_from_slice(bytes);
            slot[ID..].copy_from_slice(&id.to_le_bytes());
            return id;
        }
        slot[ID..].first_chunk().map_or(0, |id| u32::from_le_bytes(*id))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hit_is_always_right() {
        let id = |w: &str| w.bytes().map(u32::from).sum();
        for round in 0..2 {
            for n in 0..40_000 {
                let written = format!("word{n}");
                assert_eq!(word(&written, |w| id(w)), id(&written), "{round}");
            }
        }
        assert_eq!(word(&"x".repeat(99), |_| 7), 7);
    }
}
