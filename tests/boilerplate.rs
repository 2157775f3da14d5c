//! Boilerplate: pages of our own in each language whose every line is kept or left out, and why.
//!
//! `boilerplate/LANGUAGE.txt` says how its pages are written. A page is cut up by the program, and each of its lines
//! written down again as what became of it; that must be the line of the corpus.

use std::collections::BTreeSet;

use dispaccio::lang::Language;
use dispaccio::lang::pack::Pack;
use dispaccio::lang::table::Table;
use dispaccio::lang::user::UserLexicon;
use dispaccio::segment::{Skip, segment};
use dispaccio::span::Span;
use dispaccio::terms::SKIP_REASONS;

/// A corpus, and the headline and paragraph of the article around its lines.
struct Corpus {
    language: Language,
    text: &'static str,
    headline: &'static str,
    paragraph: &'static str,
}

const CORPORA: [Corpus; 2] = [
    Corpus {
        language: Language::En,
        text: include_str!("boilerplate/en.txt"),
        headline: "Police find missing boat near old pier",
        paragraph: "The harbour police said on Monday that they had found the boat near the old pier, empty and adrift.",
    },
    Corpus {
        language: Language::It,
        text: include_str!("boilerplate/it.txt"),
        headline: "Ritrovata la barca scomparsa vicino al molo",
        paragraph: "La capitaneria di porto ha detto lunedì di avere ritrovato la barca vicino al vecchio molo, vuota e alla deriva.",
    },
];

/// Where a line is put.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Between,
    Below,
}

/// A page as its lines should be marked.
struct Page {
    /// Where the corpus has it.
    number: usize,
    lines: Vec<String>,
}

/// How many decisions of either sort a corpus holds, and the reasons that it gives.
#[derive(Default)]
struct Tally {
    left_out: usize,
    kept: usize,
    reasons: BTreeSet<String>,
}

impl Tally {
    fn count(&mut self, line: &str) {
        match parse(line) {
            (_, parts) if !parts.is_empty() => {
                self.left_out += 1;
                self.reasons.extend(parts.into_iter().map(|(reason, _)| reason));
            }
            (text, _) if !text.is_empty() && !text.starts_with('¶') => self.kept += 1,
            _ => {}
        }
    }
}

/// The pages of a corpus: those that it writes out, and one for each line and place of the others.
fn pages(corpus: &Corpus, tally: &mut Tally) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    let mut places: Option<&[Place]> = None;
    for (at, line) in corpus.text.lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
        if let Some(heading) = line.strip_prefix("== ") {
            places = match heading {
                "anywhere" => Some(&[Place::Between, Place::Below]),
                "between paragraphs" => Some(&[Place::Between]),
                "below the article" => Some(&[Place::Below]),
                _ => None,
            };
            if places.is_none() {
                pages.push(Page { number: at + 1, lines: Vec::new() });
            }
            continue;
        }
        tally.count(line);
        match places {
            None => pages.iter_mut().last().into_iter().for_each(|page| page.lines.push(line.to_owned())),
            Some(_) if line.is_empty() => {}
            Some(places) => pages.extend(places.iter().map(|place| {
                let mut lines = vec!["- ¶ headline", "", "- ¶", "", "- ¶", "", line];
                if *place == Place::Between {
                    lines.extend(["", "- ¶", "", "- ¶"]);
                }
                Page { number: at + 1, lines: lines.into_iter().map(str::to_owned).collect() }
            })),
        }
    }
    pages
}

/// The text of a marked line, and the parts of it that are left out.
fn parse(line: &str) -> (String, Vec<(String, Span)>) {
    if line.is_empty() {
        return (String::new(), Vec::new());
    }
    let Some(body) = line.strip_prefix("- ") else {
        let (reason, text) = line.split_once("| ").unwrap_or_else(|| panic!("neither `- ` nor `REASON| `: {line}"));
        return (text.to_owned(), vec![(reason.to_owned(), Span::new(0, text.len() as u32))]);
    };
    let (mut text, mut parts) = (String::new(), Vec::new());
    for piece in body.split('}') {
        let (before, part) = piece.split_once('{').unwrap_or((piece, ""));
        text.push_str(before);
        if let Some((reason, part)) = part.split_once(": ") {
            let start = text.len() as u32;
            text.push_str(part);
            parts.push((reason.to_owned(), Span::new(start, text.len() as u32)));
        }
    }
    (text, parts)
}

/// A line marked as `skipped` would have it; the line begins at byte `from` of the page.
fn marked(line: &str, from: u32, skipped: &[Skip]) -> String {
    let to = from + line.len() as u32;
    let parts: Vec<(&str, u32, u32)> = skipped
        .iter()
        .filter(|s| s.span.start < to && s.span.end > from)
        .map(|s| (s.reason, s.span.start.max(from) - from, s.span.end.min(to) - from))
        .collect();
    match parts[..] {
        _ if line.is_empty() => String::new(),
        [(reason, 0, end)] if end as usize == line.len() => format!("{reason}| {line}"),
        _ => {
            let (mut out, mut at) = (String::from("- "), 0);
            for (reason, start, end) in parts {
                out += &format!("{}{{{reason}: {}}}", &line[at..start as usize], &line[start as usize..end as usize]);
                at = end as usize;
            }
            out + &line[at..]
        }
    }
}

/// What is wrong on a page: each line that came out otherwise.
fn mistakes(page: &Page, corpus: &Corpus, pack: &Pack) -> Vec<String> {
    let text_of = |line: &str| match parse(line).0.as_str() {
        "¶" => corpus.paragraph.to_owned(),
        "¶ headline" => corpus.headline.to_owned(),
        text => text.to_owned(),
    };
    let lines: Vec<String> = page.lines.iter().map(|line| text_of(line)).collect();
    let text = lines.join("\n");
    let skipped = segment(&text, pack).skipped;
    let mut wrong = Vec::new();
    let mut from = 0;
    for (line, wanted) in lines.iter().zip(&page.lines) {
        let found = marked(line, from, &skipped);
        let wanted = if wanted.starts_with("- ¶") { format!("- {line}") } else { wanted.clone() };
        if found != wanted {
            wrong.push(format!("{:?} line {}: wanted {wanted}\n{:>27} {found}", corpus.language, page.number, "found"));
        }
        from += line.len() as u32 + 1;
    }
    wrong
}

#[test]
fn a_corpus_of_pages() {
    let mut wrong = Vec::new();
    for corpus in &CORPORA {
        let mut tally = Tally::default();
        let pack = Pack::open(corpus.language, UserLexicon::default());
        wrong.extend(pages(corpus, &mut tally).iter().flat_map(|page| mistakes(page, corpus, &pack)));
        assert!(tally.left_out >= 60 && tally.kept >= 60, "{:?}: {} and {}", corpus.language, tally.left_out, tally.kept);
        let all: BTreeSet<String> = SKIP_REASONS.iter().map(|r| (*r).to_owned()).collect();
        assert_eq!(tally.reasons, all, "{:?}: every reason, and no other", corpus.language);
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_tables_give_no_other_reason_and_no_other_code() {
    let codes = ["item", "whole", "label", "section", "box", "foot", "below", "call", "apart", "named", "lead", "start"];
    for folder in ["en", "it", "shared"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/lang/{folder}/boilerplate.tsv"));
        let text = std::fs::read_to_string(&path).expect("a table");
        Table::parse(&text).expect("a table");
        for row in text.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert!(SKIP_REASONS.contains(&cells[1]) && codes.contains(&cells[2]), "{folder}: {row}");
        }
    }
}
