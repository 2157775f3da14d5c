//! The compiled language data: generated constants and embedded maps.
//!
//! Not here: any meaning; [`super::pack`] gives the typed view.

#![expect(missing_docs, reason = "generated names of tables, tags, kinds and classes")]

use crate::rule::program::{Action, Arg, Entry, First, Layer, Node, Places, Rule, Sort, Spans, Vocabulary};

include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));
include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// Words to ordinals.
pub static WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.fst"));
/// For each ordinal and language the index of its tag set, two bytes each.
pub static WORD_SETS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/word_sets.bin"));
/// Phrases, as ordinals of three bytes, to rows.
pub static PHRASES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/phrases.fst"));
/// Rows of [`ROW_BYTES`] bytes.
pub static ROWS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rows.bin"));
/// All strings, one after the other.
pub static STRINGS: &str = include_str!(concat!(env!("OUT_DIR"), "/strings.bin"));
/// Where each string begins, four bytes each, and where the last ends.
pub static STRING_OFFSETS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/string_offsets.bin"));
/// Bytes of a row: kind, languages, class, then case wishes, name, code, acronym.
pub const ROW_BYTES: usize = 20;
