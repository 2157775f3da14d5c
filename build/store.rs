//! Lays out what is compiled from the tables, so that the program finds words and phrases without opening anything.
//!
//! What is written here is read by `src/lang/words.rs`, `src/lang/phrases.rs` and `src/lang/pack.rs`; they change
//! together.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::hash::hash;
use crate::lexicon::Lexicon;

/// Bits of a slot that tell where its word stands; the others are of the word's hash.
const OFFSET_BITS: u32 = 23;

/// Writes everything.
pub fn write(lexicon: &Lexicon, out: &Path) -> Result<()> {
    write_words(lexicon, out)?;
    write_phrases(lexicon, out)?;
    write_strings(lexicon, out)
}

/// A hash table: slots that point to records, each a word with its length before it and its ordinal.
fn write_words(lexicon: &Lexicon, out: &Path) -> Result<()> {
    let count = (lexicon.words.len() * 3 / 2).next_power_of_two();
    let (mut slots, mut records) = (vec![0u32; count], vec![0u8]);
    let mut words: Vec<(&String, &u32)> = lexicon.words.iter().collect();
    words.sort_by_key(|(_, ordinal)| **ordinal);
    for (word, ordinal) in words {
        ensure!(word.len() < 256, "`{word}` is too long a word");
        ensure!(records.len() < 1 << OFFSET_BITS, "too many words for slots of {OFFSET_BITS} bits");
        let hash = hash(word.as_bytes());
        let mut at = (hash >> 40) as usize & (count - 1);
        while slots[at] != 0 {
            at = (at + 1) & (count - 1);
        }
        slots[at] = (hash >> 31) as u32 & (u32::MAX << OFFSET_BITS) | records.len() as u32;
        records.push(word.len() as u8);
        records.extend(&ordinal.to_le_bytes()[..3]);
        records.extend(word.as_bytes());
    }
    let sets: Vec<u8> = lexicon.word_sets.iter().flatten().flat_map(|s| s.to_le_bytes()).collect();
    std::fs::write(out.join("word_sets.bin"), sets)?;
    std::fs::write(out.join("word_slots.bin"), slots.iter().flat_map(|s| s.to_le_bytes()).collect::<Vec<u8>>())?;
    Ok(std::fs::write(out.join("words.bin"), records)?)
}

/// The phrases that begin alike.
#[derive(Default)]
struct Branch {
    first_row: u32,
    rows: u32,
    /// The next word, and the branch that it leads to.
    edges: Vec<(u32, usize)>,
}

/// A tree of phrases: for each first word its branch; branches with their rows and their edges; edges, sorted by word.
fn write_phrases(lexicon: &Lexicon, out: &Path) -> Result<()> {
    let (mut roots, mut branches, mut rows, mut count) = (Vec::new(), vec![Branch::default()], Vec::new(), 0);
    for (words, here) in &lexicon.phrases {
        ensure!(here.len() < 256, "{} rows for one phrase", here.len());
        let first = words[0] as usize;
        if roots.len() <= first {
            roots.resize(first + 1, 0u32);
        }
        if roots[first] == 0 {
            roots[first] = branches.len() as u32;
            branches.push(Branch::default());
        }
        let mut at = roots[first] as usize;
        for word in &words[1..] {
            // Phrases come sorted, so an edge that is there is the last.
            at = match branches[at].edges.last() {
                Some((last, to)) if last == word => *to,
                _ => {
                    let to = branches.len();
                    branches[at].edges.push((*word, to));
                    branches.push(Branch::default());
                    to
                }
            };
        }
        (branches[at].first_row, branches[at].rows) = (count, here.len() as u32);
        count += here.len() as u32;
        for row in here {
            rows.extend([row.kind, row.mask]);
            rows.extend(row.class.to_le_bytes());
            for number in [row.case, row.name, row.code, row.acronym] {
                rows.extend(number.to_le_bytes());
            }
        }
    }
    let (mut nodes, mut edges, mut count) = (Vec::new(), Vec::new(), 0u32);
    for branch in &branches {
        ensure!(branch.edges.len() < 1 << 24, "too many phrases begin alike");
        nodes.extend([branch.first_row, count, branch.rows << 24 | branch.edges.len() as u32]);
        count += branch.edges.len() as u32;
        edges.extend(branch.edges.iter().flat_map(|(word, to)| [*word, *to as u32]));
    }
    for (name, numbers) in [("phrase_roots.bin", roots), ("phrase_nodes.bin", nodes), ("phrase_edges.bin", edges)] {
        std::fs::write(out.join(name), numbers.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>())?;
    }
    Ok(std::fs::write(out.join("rows.bin"), rows)?)
}

/// The strings that rows refer to, and the small tables as Rust source.
fn write_strings(lexicon: &Lexicon, out: &Path) -> Result<()> {
    let (mut offsets, mut text) = (Vec::new(), String::new());
    for string in &lexicon.strings {
        offsets.extend((text.len() as u32).to_le_bytes());
        text.push_str(string);
    }
    offsets.extend((text.len() as u32).to_le_bytes());
    std::fs::write(out.join("strings.bin"), text)?;
    std::fs::write(out.join("string_offsets.bin"), offsets)?;
    let mut source = String::new();
    writeln!(source, "pub static TAGS: &[&str] = &{:?};", lexicon.tags())?;
    let bit = |name: &str| lexicon.tags().iter().position(|t| t == name).map(|bit| 1u128 << bit);
    let about = |t: &String| t.strip_prefix("topic_").and_then(|topic| Some((bit(t)?, bit(&format!("about_{topic}"))?)));
    writeln!(source, "pub static TOPICS: &[(u128, u128)] = &{:?};", lexicon.tags().iter().filter_map(about).collect::<Vec<_>>())?;
    source.push_str(&lexicon.small_tables);
    writeln!(source, "pub static TAG_SETS: &[u128] = &{:?};", lexicon.sets)?;
    Ok(std::fs::write(out.join("lexicon.rs"), source)?)
}
