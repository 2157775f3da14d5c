//! Zones: which blocks are headlines, bylines and datelines, and where a dateline within a block ends.
//!
//! Not here: boilerplate ([`super::boilerplate`]), nor what a byline or dateline says.

use std::ops::Range;

use super::block::{Block, End, is_ellipsis};
use super::boilerplate::Found;
use super::token::{Case, TokenKind};
use super::{View, Zone};
use crate::lang::data::{kind, tag};

/// A block's zone, and the first token after the dateline that it begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockZone {
    /// The block's zone, but for its dateline.
    pub zone: Zone,
    /// Where the dateline ends; the block's start when it has none.
    pub dateline_end: u32,
}

/// A subhead has no more words than this.
const SUBHEAD_WORDS: u32 = 16;
/// A byline has no more words than this.
const BYLINE_WORDS: u32 = 20;
/// A line that says when the article was published has no more words than this.
const META_WORDS: u32 = 12;
/// A dateline has no more tokens than this.
const DATELINE_TOKENS: u32 = 18;
/// So many paragraphs from the start may begin with a dateline.
const DATELINE_PARAGRAPHS: usize = 3;

/// The zone of each block.
pub fn zones(view: &View, blocks: &[Block], found: &Found) -> Vec<BlockZone> {
    let clean = |at: usize| found.blocks[at].is_none();
    let paragraph = |at: usize| clean(at) && !blocks[at].is_title();
    let first = (0..blocks.len()).find(|at| paragraph(*at)).unwrap_or(blocks.len());
    let last = (0..blocks.len()).rev().find(|at| paragraph(*at)).unwrap_or(blocks.len());
    let mut seen_title = false;
    let mut paragraphs = 0;
    let mut zones = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate() {
        let outside = at < first || at > last;
        let zone = match () {
            () if !clean(at) => Zone::Boilerplate,
            () if is_byline(view, block) || seen_title && outside && is_name_line(view, blocks, at) => Zone::Byline,
            () if outside && (seen_title || at > last) && is_publication_line(view, block) => Zone::Dateline,
            () if at < first && block.is_title() => Zone::Headline,
            () if at < last && is_subhead(view, blocks, found, at) => Zone::Headline,
            () => Zone::Body,
        };
        seen_title |= zone == Zone::Headline;
        let may_begin = zone == Zone::Body && block.words > 8 && paragraphs < DATELINE_PARAGRAPHS;
        paragraphs += usize::from(zone == Zone::Body);
        let dateline_end = if may_begin { dateline_end(view, block) } else { block.tokens.start };
        zones.push(BlockZone { zone, dateline_end });
    }
    zones
}

/// Whether a block is a short line of its own between paragraphs.
fn is_subhead(view: &View, blocks: &[Block], found: &Found, at: usize) -> bool {
    let block = &blocks[at];
    let short = |b: &Block| b.is_title() && b.words <= SUBHEAD_WORDS && b.end != End::Ellipsis;
    let first = view.token(block.tokens.start);
    let next = (at + 1..blocks.len()).find(|i| found.blocks[*i].is_none());
    let above = at.checked_sub(1).map(|i| &blocks[i]);
    // One that stands among lines of its own length, with no blank line between, is an item of a list.
    let listed = |other: Option<&Block>, gap: bool| !gap && other.is_some_and(short);
    let below = next.map(|i| &blocks[i]);
    short(block)
        && (first.is_capitalised() || first.kind == TokenKind::Number)
        && !listed(above, block.gap)
        && below.is_some_and(|b| !short(b) || !listed(Some(b), b.gap))
}

fn is_capitalised_word(view: &View, at: u32) -> bool {
    view.token(at).kind == TokenKind::Word && view.token(at).is_capitalised()
}

/// Whether a block says who wrote the article: a phrase of the tables, and capitalised names to the
/// end of the line or to a mark.
pub(super) fn is_byline(view: &View, block: &Block) -> bool {
    if block.words > BYLINE_WORDS || block.end == End::Open {
        return false;
    }
    let from = block.tokens.start as usize;
    let reach = (block.tokens.end as usize).min(from + 8);
    let words = &view.words[from..reach];
    let mut phrase = 0;
    view.pack.phrases_at(words, &view.tokens[from..reach], |length, row| {
        if view.pack.row(row).kind == kind::BYLINE {
            phrase = phrase.max(length as u32);
        }
    });
    let name = block.tokens.start + phrase..block.tokens.end;
    let length = name.clone().take_while(|at| is_name_part(view, *at)).count() as u32;
    let capitals = (name.start..name.start + length).filter(|at| is_capitalised_word(view, *at)).count();
    let after = name.start + length;
    let joined = || view.tags(after) & tag::FUNCTION != 0 && (phrase > 1 || name.contains(&(after + 1)) && is_name_part(view, after + 1));
    let ends = after == name.end || view.token(after).kind != TokenKind::Word || joined();
    // A phrase of one word begins many a headline: two names then, and little else on the line.
    let wanted = if phrase == 1 { 2 } else { 1 };
    let short = phrase > 1 || block.words <= capitals as u32 + 8;
    let stop = block.end != End::Stop || block.words <= 6;
    phrase > 0 && capitals >= wanted && ends && short && stop
}

/// Whether a token may stand inside a person's name.
fn is_name_part(view: &View, at: u32) -> bool {
    let token = view.token(at);
    match token.kind {
        TokenKind::Word => {
            let tags = view.tags(at);
            let name = tags & (tag::GIVEN1 | tag::GIVEN2 | tag::PARTICLE | tag::PARTICLE_CAP) != 0;
            if token.is_capitalised() { name || tags & tag::FUNCTION == 0 } else { tags & tag::PARTICLE != 0 }
        }
        TokenKind::Mark => !token.spaced && view.word(at) == "-",
        _ => false,
    }
}

/// Whether a block is a bare name of two to four words with the day of publication right below it.
fn is_name_line(view: &View, blocks: &[Block], at: usize) -> bool {
    let block = &blocks[at];
    let named = block.tokens.clone().all(|t| is_name_part(view, t)) && is_capitalised_word(view, block.tokens.start);
    (2..=5).contains(&block.words) && named && blocks.get(at + 1).is_some_and(|below| !below.gap && is_publication_line(view, below))
}

/// Whether a block is a short line with a full date: a year, and a number that can be a day.
pub(super) fn is_publication_line(view: &View, block: &Block) -> bool {
    let (mut years, mut days) = (0, 0);
    for at in block.tokens.clone().filter(|at| view.token(*at).kind == TokenKind::Number) {
        match view.word(at).trim_end_matches(|c: char| c.is_alphabetic()).parse::<u32>() {
            Ok(1990..=2100) => years += 1,
            Ok(1..=31) => days += 1,
            _ => {}
        }
    }
    block.words <= META_WORDS && years > 0 && days > 0
}

/// The first token after the dateline that a block begins with ("ROME, March 3 (Reuters) –").
fn dateline_end(view: &View, block: &Block) -> u32 {
    let tokens = &block.tokens;
    let limit = tokens.end.min(tokens.start + DATELINE_TOKENS);
    let mut end = tokens.start;
    while let Some(dash) = (end..limit).find(|at| is_dash(view, *at)) {
        let stretch = end..dash;
        let fits = if end == tokens.start { opens_dateline(view, stretch) } else { continues_dateline(view, stretch) };
        if !fits || dash + 1 >= tokens.end || view.token(dash + 1).case == Case::Lower {
            break;
        }
        end = dash + 1;
    }
    if end == tokens.start { place_and_stop(view, tokens) } else { end }
}

fn is_dash(view: &View, at: u32) -> bool {
    let token = view.token(at);
    let parted = token.spaced || at > 0 && view.word(at - 1) == ")";
    token.kind == TokenKind::Mark && parted && matches!(view.word(at), "–" | "—" | "-" | "―" | "‒")
}

/// Whether tokens are a dateline's first: a place all in capitals, or one with a date or an agency in
/// brackets, and nothing that belongs to a sentence.
fn opens_dateline(view: &View, tokens: Range<u32>) -> bool {
    let (mut numbers, mut brackets, mut plain, mut depth) = (0, 0, 0, 0);
    for at in tokens.clone() {
        let token = view.token(at);
        match (token.kind, view.word(at)) {
            (TokenKind::Mark, "(") => (brackets, depth) = (brackets + 1, depth + 1),
            (TokenKind::Mark, ")") => depth -= 1,
            (TokenKind::Mark, "," | "." | "/" | "-" | "'" | "’") => {}
            (TokenKind::Mark, _) => return false,
            (TokenKind::Number, _) => numbers += 1,
            (TokenKind::Word, _) if token.is_capitalised() || depth > 0 => {}
            _ => plain += 1,
        }
    }
    // A month in small letters, a particle of the place's name, "our own": never a whole clause.
    let few = plain <= 2 || numbers > 0 && plain <= 3;
    let shouted = !tokens.is_empty() && view.token(tokens.start).case == Case::Upper && view.word(tokens.start).chars().count() > 2;
    let placed = !tokens.is_empty() && is_capitalised_word(view, tokens.start);
    few && placed && (numbers > 0 || brackets > 0 || shouted && plain == 0)
}

/// Whether tokens between two dashes still belong to the dateline: a date, or an agency.
fn continues_dateline(view: &View, tokens: Range<u32>) -> bool {
    let number = tokens.clone().any(|at| view.token(at).kind == TokenKind::Number);
    let bracketed = !tokens.is_empty() && view.word(tokens.start) == "(" && view.word(tokens.end - 1) == ")";
    tokens.len() <= 5 && (number || bracketed)
}

/// The end of a place in capitals with a full stop, before text that is not ("CATANIA. They paid…").
fn place_and_stop(view: &View, tokens: &Range<u32>) -> u32 {
    let shouted = |at: &u32| view.token(*at).case == Case::Upper && view.token(*at).kind == TokenKind::Word;
    let stop = tokens.clone().take_while(shouted).count() as u32 + tokens.start;
    let next_shouts = tokens.clone().skip((stop - tokens.start) as usize + 1).take(3).all(|at| shouted(&at));
    let fits = (1..=3).contains(&(stop - tokens.start)) && stop + 1 < tokens.end && view.word(stop) == "." && !is_ellipsis(view.word(stop));
    let long = view.word(tokens.start).chars().count() > 3;
    if fits && long && !next_shouts && view.token(stop + 1).is_capitalised() { stop + 1 } else { tokens.start }
}

#[cfg(test)]
mod tests {
    use crate::lang::Language;
    use crate::lang::pack::Pack;
    use crate::lang::user::UserLexicon;
    use crate::segment::{Capitals, Zone, segment};

    /// The sentences of a text with the first letters of their zones.
    fn zones(language: Language, text: &str) -> Vec<(char, String)> {
        let segments = segment(text, &Pack::open(language, UserLexicon::default()));
        let letter = |zone| match zone {
            Zone::Headline => 'H',
            Zone::Dateline => 'D',
            Zone::Byline => 'B',
            Zone::Body => '-',
            Zone::Boilerplate => 'X',
        };
        let of = |t: &std::ops::Range<u32>| {
            text[segments.tokens[t.start as usize].start as usize..segments.tokens[t.end as usize - 1].end as usize].to_owned()
        };
        segments.sentences.iter().map(|s| (letter(s.zone), of(&s.tokens))).collect()
    }

    const EN: &str = "The harbour police said on Monday that they had found the boat near the old pier, empty and adrift.";
    const IT: &str = "La capitaneria di porto ha detto lunedì di avere ritrovato la barca vicino al vecchio molo, vuota e alla deriva.";

    #[test]
    fn lines_around_the_body() {
        for (zone, line) in [
            ('H', "Police find missing boat near old pier"),
            ('H', "Who sank the Aurora?"),
            ('B', "By Anna Ferris"),
            ('B', "By Anna Ferris, technology correspondent"),
            ('B', "By Anna Ferris and John de la Cruz"),
            ('B', "From our correspondent Anna Ferris"),
            ('D', "Published: 14 March 2023"),
            ('D', "March 14, 2023 | 10:15"),
            ('H', "By the numbers"),
            ('H', "By train to Rome"),
        ] {
            let found = zones(Language::En, &format!("Storm warning for the coast\n\n{line}\n\n{EN}\n\n{EN}"));
            assert_eq!(found[1], (zone, line.to_owned()));
            assert_eq!((found[0].0, found[2].0), ('H', '-'), "{line}");
        }
        for (zone, line) in [
            ('H', "Ritrovata la barca scomparsa vicino al molo"),
            ('B', "di Marta Colonna"),
            ('B', "Di Livio Varriale"),
            ('B', "DI MARTA COLONNA"),
            ('B', "dal nostro inviato Ettore Pancaldi"),
            ('B', "a cura di Marta Colonna"),
            ('D', "Pubblicato il 12 maggio 2022"),
            ('D', "20 novembre 2019, ore 9:15"),
            ('H', "Di Maio attacca il governo"),
            ('H', "Da Roma a Milano in due ore"),
            ('H', "Di chi è la barca"),
        ] {
            let found = zones(Language::It, &format!("Allerta meteo sulla costa\n\n{line}\n\n{IT}\n\n{IT}"));
            assert_eq!(found[1], (zone, line.to_owned()));
            assert_eq!((found[0].0, found[2].0), ('H', '-'), "{line}");
        }
    }

    #[test]
    fn datelines() {
        for line in [
            "ROME –",
            "ROME, March 3 (Reuters) –",
            "LONDON (Own correspondent) —",
            "CHANIA, Greece, August 18, 2020 (AP) —",
            "New York, Sept. 22, 2022 —",
            "NUORO, Italy —",
            "FOGGIA, 6 agosto 2018 -",
            "MILANO (Radiocor) - 6 maggio 2022 -",
            "Reggio Calabria, 24 giugno 2021 -",
            "ROMA – (ANSA) –",
            "CATANIA.",
        ] {
            let found = zones(Language::En, &format!("Storm warning for the coast\n\n{line} {EN}"));
            assert_eq!(found[1..], [('D', line.to_owned()), ('-', EN.to_owned())]);
        }
        for body in [
            "The boat – an old one – was found near the pier by the harbour police on Monday.",
            "NATO – the alliance founded in 1949 – said on Monday that the boat was not one of its own.",
            "Anna Ferris - who was 34 - left the boat on Monday and never came back to the harbour.",
            "USA. The country of the boat was unknown to the harbour police on Monday, they said later.",
        ] {
            assert_eq!(zones(Language::En, &format!("Storm warning for the coast\n\n{body}"))[1].0, '-', "{body}");
        }
    }

    #[test]
    fn subheads_stand_between_paragraphs() {
        let found =
            zones(Language::En, &format!("Boat found\n\n{EN}\n\nThe captain\n\n{EN}\n\nOne boat\nTwo engines\nNo crew\n\n{EN}\n\n(AP)"));
        let letters: String = found.iter().map(|f| f.0).collect();
        assert_eq!(letters, "H-H------");
    }

    #[test]
    fn capitals() {
        for (text, capitals) in [
            ("Police find missing boat", Capitals::Usual),
            ("Police Find Missing Boat in the Bay", Capitals::Title),
            ("POLICE FIND MISSING BOAT", Capitals::Upper),
            ("The FBI and the CIA said so", Capitals::Usual),
        ] {
            let segments = segment(text, &Pack::open(Language::En, UserLexicon::default()));
            assert_eq!(segments.sentences[0].capitals, capitals, "{text}");
        }
    }
}
