//! Finds phrases in the compiled tree: for each first word a branch, and on it the words that may come next.
//!
//! Written by `build/store.rs`. Not here: whether a phrase's rows fit the text and the language.

use super::data;
use super::pack::{RowId, WordId};
use super::words::number;

/// Numbers of a branch: its first row, its first edge, and how many it has of both.
const BRANCH: usize = 3;
/// Bits of the count of edges, below that of rows.
const EDGE_BITS: u32 = 24;

/// Every phrase that begins with the first of `words`: how many words it takes, and its rows.
pub fn find(words: &[WordId], mut see: impl FnMut(usize, std::ops::Range<RowId>)) {
    let Some((first, rest)) = words.split_first() else { return };
    if *first as usize >= data::PHRASE_ROOTS.len() / 4 {
        return;
    }
    let mut branch = number(data::PHRASE_ROOTS, *first as usize);
    let mut rest = rest.iter();
    let mut taken = 1;
    while branch != 0 {
        let at = branch as usize * BRANCH;
        let counts = number(data::PHRASE_NODES, at + 2);
        let (rows, edges) = (counts >> EDGE_BITS, counts & !(u32::MAX << EDGE_BITS));
        if rows > 0 {
            let first = number(data::PHRASE_NODES, at);
            see(taken, first..first + rows);
        }
        let Some(word) = rest.next().filter(|_| edges > 0) else { return };
        branch = next(number(data::PHRASE_NODES, at + 1), edges, *word);
        taken += 1;
    }
}

/// The branch that a word leads to by one of some edges, which are sorted by word; 0 for none.
fn next(first: u32, edges: u32, word: WordId) -> u32 {
    let (mut low, mut high) = (first as usize, (first + edges) as usize);
    while low < high {
        let middle = (low + high) / 2;
        match number(data::PHRASE_EDGES, 2 * middle).cmp(&word) {
            std::cmp::Ordering::Equal => return number(data::PHRASE_EDGES, 2 * middle + 1),
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    0
}
