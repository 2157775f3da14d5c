//! A quick hash for words, with which `build.rs` lays out the word table and the program looks into it, and for maps
//! that live for one article.
//!
//! The multiplicative hash of FxHash (the Firefox hasher), eight bytes at a time. Its high bits are the good ones.
//! Not here: the word table (`words`), or keys that a stranger could make collide on purpose to some gain: what a
//! text does to its own maps slows its own article.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

const FACTOR: u64 = 0x517c_c1b7_2722_0a95;

/// A map with this hash.
pub type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// The hash of some bytes.
pub fn hash(bytes: &[u8]) -> u64 {
    add(bytes.len() as u64, bytes)
}

fn add(hash: u64, bytes: &[u8]) -> u64 {
    let (blocks, rest) = bytes.as_chunks::<8>();
    let hash = blocks.iter().fold(hash, |hash, block| mix(hash, u64::from_le_bytes(*block)));
    if rest.is_empty() { hash } else { mix(hash, rest.iter().rev().fold(0, |block, byte| block << 8 | u64::from(*byte))) }
}

fn mix(hash: u64, block: u64) -> u64 {
    (hash.rotate_left(5) ^ block).wrapping_mul(FACTOR)
}

/// The same hash for the keys of a map.
#[derive(Clone, Copy, Default)]
pub struct Quick(u64);

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = add(self.0, bytes);
    }

    fn write_u8(&mut self, n: u8) {
        self.0 = mix(self.0, u64::from(n));
    }

    fn write_u32(&mut self, n: u32) {
        self.0 = mix(self.0, u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = mix(self.0, n);
    }

    fn write_usize(&mut self, n: usize) {
        self.0 = mix(self.0, n as u64);
    }

    /// A map looks at the low bits too.
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}
