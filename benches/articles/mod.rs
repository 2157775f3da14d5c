//! Articles for the benches, of any length, made of the fixtures' own sentences: the same call gives the same text.
//!
//! An article has the head of one fixture (its lines before the first paragraph) and then paragraphs of sentences
//! drawn from all fixtures of its language, so that it has their names, numbers, dates and damage, and their
//! boilerplate now and then.

use std::fs;
use std::path::Path;

use dispaccio::lang::Language;

/// A line of at least so many bytes is a paragraph, a shorter one a headline, a dateline or furniture.
const PARAGRAPH: usize = 120;

/// Sentences of a paragraph.
const SENTENCES: usize = 4;

/// What articles of a language are made of.
pub struct Articles {
    heads: Vec<String>,
    sentences: Vec<String>,
    tails: Vec<String>,
}

impl Articles {
    /// Those of the fixtures of a language.
    pub fn of(language: Language) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(language.code());
        let mut paths: Vec<_> = fs::read_dir(folder).expect("fixtures").map(|e| e.expect("a file").path()).collect();
        paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
        paths.sort();
        let mut made = Self { heads: Vec::new(), sentences: Vec::new(), tails: Vec::new() };
        for path in paths {
            made.add(&fs::read_to_string(path).expect("a text"));
        }
        made
    }

    fn add(&mut self, text: &str) {
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let first = lines.iter().position(|line| line.len() >= PARAGRAPH).unwrap_or(lines.len());
        self.heads.push(lines[..first].join("\n\n"));
        for line in &lines[first..] {
            match line.len() >= PARAGRAPH {
                true => self.sentences.extend(sentences(line).map(str::to_owned)),
                false => self.tails.push((*line).to_owned()),
            }
        }
    }

    /// An article of about `bytes` bytes; `seed` tells one of that length from another.
    pub fn article(&self, bytes: usize, seed: u64) -> String {
        let mut draw = Draw(seed);
        let mut text = draw.of(&self.heads).to_owned();
        while text.len() < bytes {
            text.push_str("\n\n");
            for _ in 0..SENTENCES {
                text.push_str(draw.of(&self.sentences));
                text.push(' ');
            }
            text.pop();
        }
        text.push_str("\n\n");
        text.push_str(draw.of(&self.tails));
        text.push('\n');
        text
    }
}

/// Cuts a paragraph after full stops that a capital follows: near enough for text to measure with.
fn sentences(paragraph: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    let ends = paragraph.match_indices(". ").map(|(at, _)| at + 1).chain([paragraph.len()]);
    ends.filter_map(move |end| {
        let next = paragraph[end..].trim_start().chars().next();
        if next.is_some_and(|c| !c.is_uppercase()) || end - from < 30 {
            return None;
        }
        let sentence = paragraph[from..end].trim();
        from = end;
        Some(sentence)
    })
}

/// Numbers that look drawn: SplitMix64.
struct Draw(u64);

impl Draw {
    fn of<'a>(&mut self, list: &'a [String]) -> &'a str {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        &list[((mixed ^ (mixed >> 31)) % list.len() as u64) as usize]
    }
}
