//! Sentences: where they end within a block, and how they are capitalised.
//!
//! A dot that belongs to an abbreviation or initial is inside its token already; after some of those
//! a sentence may still end. Not here: which words they are, nor lines ([`super::block`]).

use std::ops::Range;

use super::block::{Block, is_closer, is_ellipsis, is_opener};
use super::boilerplate::Found;
use super::token::{Case, TokenKind};
use super::zone::BlockZone;
use super::{Capitals, Sentence, View, Zone};
use crate::lang::data::tag;

/// A longer sentence is cut, so that work on it stays linear.
const LONGEST: u32 = 2000;
/// So many marks at most close one sentence, or open the next.
const MARKS: u32 = 16;
/// A word of so many letters is no abbreviation, whatever follows its dot.
const LONG_WORD: usize = 6;

/// Cuts the blocks into sentences.
pub fn sentences(view: &View, blocks: &[Block], found: &Found, zones: &[BlockZone]) -> Vec<Sentence> {
    let mut cutter = Cutter { view, sentences: Vec::with_capacity(view.tokens.len() / 20 + blocks.len()) };
    let mut ranges = found.ranges.iter().map(|(range, _)| range).peekable();
    for (block, zone) in blocks.iter().zip(zones) {
        let mut from = block.tokens.start;
        if zone.dateline_end > from {
            cutter.add(from..zone.dateline_end, Zone::Dateline);
            from = zone.dateline_end;
        }
        while let Some(range) = ranges.next_if(|r| r.start < block.tokens.end) {
            cutter.cut(from..range.start.max(from), zone.zone);
            cutter.cut(range.start.max(from)..range.end, Zone::Boilerplate);
            from = range.end;
        }
        cutter.cut(from..block.tokens.end, zone.zone);
    }
    cutter.sentences
}

struct Cutter<'v> {
    view: &'v View<'v>,
    sentences: Vec<Sentence>,
}

impl Cutter<'_> {
    /// Cuts a stretch of one zone.
    fn cut(&mut self, tokens: Range<u32>, zone: Zone) {
        let mut from = tokens.start;
        let mut at = tokens.start;
        while at < tokens.end {
            let numbered = at == from + 1 && self.view.token(from).kind == TokenKind::Number && self.view.word(at) == ".";
            let end = self.sentence_end(at, tokens.end).filter(|_| !numbered).or((at + 1 - from >= LONGEST).then_some(at + 1));
            at = end.unwrap_or(at + 1);
            if end.is_some() {
                self.add(from..at, zone);
                from = at;
            }
        }
        self.add(from..tokens.end, zone);
    }

    fn add(&mut self, tokens: Range<u32>, zone: Zone) {
        if !tokens.is_empty() {
            let capitals = capitals(self.view, &tokens);
            self.sentences.push(Sentence { tokens, zone, capitals });
        }
    }

    /// The end of the sentence, if the token at `at` ends one: past the closing quotes and brackets.
    fn sentence_end(&self, at: u32, end: u32) -> Option<u32> {
        let token = self.view.token(at);
        let stop = match token.kind {
            TokenKind::Mark => Stop::of(self.view.word(at))?,
            TokenKind::Word if self.view.word(at).ends_with('.') => Stop::Abbreviation,
            _ => return None,
        };
        let mut next = at + 1;
        while next < end.min(at + MARKS) && !self.view.token(next).spaced && self.closes(next) {
            next += 1;
        }
        let ends = next == end || self.begins(at, stop, next, end);
        ends.then_some(next)
    }

    /// Whether a mark glued to what it follows closes it, or goes on shouting ("?!", "...").
    fn closes(&self, at: u32) -> bool {
        let word = self.view.word(at);
        self.view.token(at).kind == TokenKind::Mark && (is_closer(word) || Stop::of(word).is_some())
    }

    /// Whether a sentence begins at `next`, after a stop at `at`.
    fn begins(&self, at: u32, stop: Stop, next: u32, end: u32) -> bool {
        let opener =
            |i: &u32| self.view.token(*i).kind == TokenKind::Mark && (is_opener(self.view.word(*i)) || is_dash(self.view.word(*i)));
        let first = (next..end.min(next + MARKS)).find(|i| !opener(i)).unwrap_or(next);
        let token = self.view.token(first);
        let glued = !self.view.token(next).spaced;
        match stop {
            Stop::Abbreviation => token.is_capitalised() && self.may_end(at) && self.view.tags(first) & tag::FUNCTION != 0 && !glued,
            _ if glued => self.begins_glued(at, next),
            Stop::Dot if token.kind == TokenKind::Number => !self.wants_number(at),
            Stop::Dot if token.case == Case::Lower => first == next && next == at + 1 && self.is_long(at),
            Stop::Ellipsis | Stop::Call => token.case != Case::Lower && token.kind != TokenKind::Mark,
            Stop::Dot => token.kind != TokenKind::Mark || !matches!(self.view.word(first), "," | ";" | ":" | ")" | "%"),
        }
    }

    /// "the dollar.The bank": a small word, a dot, and a capitalised word with no space between; or
    /// what opens a bracket or quote.
    fn begins_glued(&self, at: u32, next: u32) -> bool {
        let before = at.checked_sub(1).map(|i| self.view.token(i));
        let small = before.is_some_and(|t| !t.spaced && t.breaks == 0 || t.kind == TokenKind::Word && t.case == Case::Lower);
        let word = self.view.token(next);
        let opens = word.kind == TokenKind::Mark && matches!(self.view.word(next), "(" | "“" | "«" | "[");
        opens
            || small
                && next == at + 1
                && matches!(word.case, Case::Capital | Case::Camel)
                && self.view.word(next).chars().count() > 1
                && before.is_some_and(|t| t.kind == TokenKind::Word)
    }

    /// Whether a sentence may end with the abbreviation at `at`.
    fn may_end(&self, at: u32) -> bool {
        let word = self.view.word(at);
        self.view.tags(at) & tag::ABBREVIATION_END != 0
            || word.bytes().filter(|b| *b == b'.').count() > 1 && self.view.tags(at) & tag::ABBREVIATION == 0
    }

    /// Whether the word before the dot at `at` is one that a number follows ("No. 5").
    fn wants_number(&self, at: u32) -> bool {
        let glued = !self.view.token(at).spaced;
        glued && at > 0 && self.view.tags(at - 1) & tag::BEFORE_NUMBER != 0
    }

    /// Whether the word before the dot at `at` is too long for an abbreviation.
    fn is_long(&self, at: u32) -> bool {
        at > 0 && self.view.token(at - 1).kind == TokenKind::Word && self.view.word(at - 1).chars().count() >= LONG_WORD
    }
}

/// What may end a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    Dot,
    Call,
    Ellipsis,
    Abbreviation,
}

impl Stop {
    fn of(mark: &str) -> Option<Self> {
        match mark {
            "." | "。" => Some(Self::Dot),
            "!" | "?" | "！" | "？" | "‼" | "⁉" => Some(Self::Call),
            mark if is_ellipsis(mark) => Some(Self::Ellipsis),
            _ => None,
        }
    }
}

fn is_dash(mark: &str) -> bool {
    matches!(mark, "–" | "—" | "-" | "•" | "*")
}

/// How a sentence is capitalised, judged by its words of weight.
fn capitals(view: &View, tokens: &Range<u32>) -> Capitals {
    let (mut upper, mut title, mut small) = (0, 0, false);
    for at in tokens.clone().filter(|at| view.token(*at).kind == TokenKind::Word) {
        match view.token(at).case {
            Case::Lower if view.tags(at) & tag::FUNCTION == 0 => return Capitals::Usual,
            Case::Lower => small = true,
            Case::Upper => upper += 1,
            Case::Capital | Case::Camel if view.tags(at) & tag::FUNCTION == 0 => title += 1,
            _ => {}
        }
    }
    match (upper, title) {
        (2.., _) if !small && upper > 2 * title => Capitals::Upper,
        _ if upper + title >= 3 && title >= 2 => Capitals::Title,
        _ => Capitals::Usual,
    }
}

#[cfg(test)]
mod tests {
    use crate::lang::Language;
    use crate::lang::pack::Pack;
    use crate::lang::user::UserLexicon;
    use crate::segment::segment;

    /// The sentences of a text, with `|` between them.
    fn cut(language: Language, text: &str) -> String {
        let segments = segment(text, &Pack::open(language, UserLexicon::default()));
        let of = |t: &std::ops::Range<u32>| {
            &text[segments.tokens[t.start as usize].start as usize..segments.tokens[t.end as usize - 1].end as usize]
        };
        segments.sentences.iter().map(|s| of(&s.tokens)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn english_sentences() {
        for text in [
            "Mr. Smith met Dr. Jones.|They talked.",
            "He flew to the U.S. in May.",
            "He flew to the U.S.|The trip was long.",
            "The U.S. President spoke.|He was tired.",
            "J. R. Smith and A. Jones left.|Nobody saw them.",
            "It works for Acme Inc.|It always has.",
            "Acme Inc. shares fell.",
            "At 9 a.m. Police came.",
            "At 9 a.m.|The police came.",
            "See No. 5 and art. 3.|Then sign.",
            "The vote ended.|46 members were absent.",
            "“We won,” he said.|“Nobody died.”|Then he left.",
            "“Who did it?” she asked.|“I did!” he said.",
            "Wait... no.|He left…|Then it rained.",
            "He paid (not much).|(She paid more.)|They left.",
            "What?!|No way.",
            "It cost 3.5 million.|It was worth it.",
            "Booking.com and Node.js are down.|Both said so.",
            "1. The law.|2. The people.",
            "The end of the company.|iPhone sales fell.",
            "He lives on St. James St. in Mt. Vernon.",
            "Jan. 5 and Sept. 22 were cold.",
        ] {
            assert_eq!(cut(Language::En, &text.replace('|', " ")), text);
        }
    }

    #[test]
    fn italian_sentences() {
        for text in [
            "Il sig. Rossi e la sig.ra Bianchi.|La dott.ssa Neri.",
            "Secondo l'art. 5 del codice.|Poi basta.",
            "Il gen. Figliuolo e l'on. Di Maio parlano.|Tutti ascoltano.",
            "G. La Russa e A. Di Maggio.|Poi gli altri.",
            "Pane, vino, ecc. a volontà.",
            "Pane, vino, ecc.|Il resto manca.",
            "La Ferrari S.p.A. ha vinto.|È la terza volta.",
            "Lavora alla Ferrari S.p.A.|La società tace.",
            "«Chi è?», chiede.|«Sono io!»|Poi entra.",
            "«Non lo so.»|E se ne va.",
            "Finisce così...|Nessuno parla.",
            "Forse... ma no.",
            "Al n. 14 di via Roma.|Al n. 3 di via Po.",
            "La legge n. 241 del 1990.|Il d.lgs. 33 del 2013.",
            "Costa 1.234,50 euro.|È troppo.",
            "Perché?|Perché sì.",
            "Alle 5 di ieri.|46 server spenti.",
            "I km. percorsi sono 30 ca. al giorno.",
        ] {
            assert_eq!(cut(Language::It, &text.replace('|', " ")), text);
        }
        assert_eq!(
            cut(Language::It, "Perdite per 7 milioni di dollari.Il Bureau tace."),
            "Perdite per 7 milioni di dollari.|Il Bureau tace."
        );
        assert_eq!(cut(Language::It, "Sono quattro.(ANSA)."), "Sono quattro.|(ANSA).");
    }

    #[test]
    fn lines_end_sentences_unless_wrapped() {
        let wrapped = "The harbour police said on Monday that they had found the\nboat near the old pier, empty and adrift, and that Captain\nSmith was not on board. The boat belongs\nto a company.";
        assert_eq!(cut(Language::En, wrapped).matches('|').count(), 1);
        assert_eq!(cut(Language::En, "Boat found\nThe police said so."), "Boat found|The police said so.");
        assert_eq!(cut(Language::En, "Eggs\nflour\nsugar"), "Eggs|flour|sugar");
        assert_eq!(cut(Language::En, "He left for the\n\nharbour."), "He left for the|harbour.");
    }

    #[test]
    fn an_endless_sentence_is_cut() {
        let text = "word ".repeat(5000);
        let segments = segment(&text, &Pack::open(Language::En, UserLexicon::default()));
        assert!(segments.sentences.iter().all(|s| s.tokens.len() <= super::LONGEST as usize));
        assert_eq!(segments.sentences.iter().map(|s| s.tokens.len()).sum::<usize>(), 5000);
    }
}
