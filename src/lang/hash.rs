//! A quick hash for words, with which `build.rs` lays out the word table and the program looks into it.
//!
//! The multiplicative hash of FxHash (the Firefox hasher), eight bytes at a time. Its high bits are the good ones.
//! Not here: the table ([`super::words`]).

const FACTOR: u64 = 0x517c_c1b7_2722_0a95;

/// The hash of some bytes.
pub fn hash(bytes: &[u8]) -> u64 {
    let mix = |hash: u64, block: u64| (hash.rotate_left(5) ^ block).wrapping_mul(FACTOR);
    let (blocks, rest) = bytes.as_chunks::<8>();
    let hash = blocks.iter().fold(bytes.len() as u64, |hash, block| mix(hash, u64::from_le_bytes(*block)));
    if rest.is_empty() { hash } else { mix(hash, rest.iter().rev().fold(0, |block, byte| block << 8 | u64::from(*byte))) }
}
