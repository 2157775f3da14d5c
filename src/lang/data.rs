//! The compiled language data: generated constants and embedded maps.
//!
//! Not here: any meaning; [`super::pack`] gives the typed view.

#![expect(missing_docs, reason = "generated names of tables, tags, kinds and classes")]

use crate::rule::program::{Action, Arg, Entry, First, Layer, List, Need, Node, Places, Rule, Sort, Spans, Vocabulary};

include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));
include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// Words with their ordinals.
pub static WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.bin"));
/// Where each word's record stands, by the word's hash.
pub static WORD_SLOTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/word_slots.bin"));
/// For each ordinal and language the index of its tag set, two bytes each.
pub static WORD_SETS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/word_sets.bin"));
/// For each ordinal the branch of the phrases that begin with its word.
pub static PHRASE_ROOTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/phrase_roots.bin"));
/// The branches of the phrases.
pub static PHRASE_NODES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/phrase_nodes.bin"));
/// What leads from branch to branch.
pub static PHRASE_EDGES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/phrase_edges.bin"));
/// Rows of [`ROW_BYTES`] bytes.
pub static ROWS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rows.bin"));
/// All strings, one after the other.
pub static STRINGS: &str = include_str!(concat!(env!("OUT_DIR"), "/strings.bin"));
/// Where each string begins, four bytes each, and where the last ends.
pub static STRING_OFFSETS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/string_offsets.bin"));
/// Bytes of a row: kind, languages, class, then case wishes, name, code, acronym.
pub const ROW_BYTES: usize = 20;
