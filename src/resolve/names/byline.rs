//! Roles under bylines: the line right below "By Jane Roe" that holds nothing but a role is hers.
//!
//! Rules end with their sentence, so this join is made here, over the zones. The role may have its body after a comma
//! ("Chief reporter, The Paper"), or a colon and a portrait ("Critic: …"). Not here: a role in the byline itself, which
//! is an apposition like any other.

use super::form::Sense;
use super::pool::Occurrence;
use crate::extract::names::{Attachment, Names};
use crate::lang::data::{kind, tag};
use crate::segment::token::TokenKind;
use crate::segment::{Sentence, Zone};
use crate::tag::Tags;

/// A role line has no more tokens than this before its comma or colon.
const ROLE_TOKENS: u32 = 10;

/// The roles and affiliations that stand under the bylines of one person.
pub fn roles(mentions: &[Occurrence], names: &Names, tags: &Tags<'_>, sentences: &[Sentence]) -> Vec<Attachment> {
    let mut all = Vec::new();
    for pair in sentences.windows(2) {
        let [byline, below] = pair else { continue };
        if byline.zone != Zone::Byline || matches!(below.zone, Zone::Boilerplate | Zone::Dateline) {
            continue;
        }
        if let Some(candidate) = only_person(mentions, byline) {
            role_line(candidate, below, names, tags, &mut all);
        }
    }
    all
}

/// The one person that a sentence names, as a candidate.
fn only_person(mentions: &[Occurrence], sentence: &Sentence) -> Option<u32> {
    let first = mentions.partition_point(|m| m.from < sentence.tokens.start);
    let inside = mentions[first..].iter().take_while(|m| m.to <= sentence.tokens.end);
    let mut people = inside.filter(|m| m.sense == Sense::Person);
    let one = people.next()?;
    if people.next().is_some() { None } else { one.candidate }
}

/// Attaches what a line says, if it is a role and nothing else.
fn role_line(candidate: u32, line: &Sentence, names: &Names, tags: &Tags<'_>, all: &mut Vec<Attachment>) {
    let (from, end) = (line.tokens.start, line.tokens.end);
    let word = |at: u32| tags.token(at).of(tags.text());
    let is_mark = |at: &u32| tags.token(*at).kind == TokenKind::Mark && !matches!(word(*at), "-" | "&" | "'" | "’");
    let to = (from..end.min(from + ROLE_TOKENS)).find(is_mark).unwrap_or(end);
    if to - from > ROLE_TOKENS || !is_role(from, to, tags) {
        return;
    }
    let body = to + 1..end;
    let affiliated = to < end && word(to) == "," && names.candidates.iter().any(|c| (c.from, c.to) == (body.start, body.end));
    if to == end || word(to) == ":" || affiliated {
        all.push(Attachment { candidate, what: "role", from, to });
    }
    if affiliated {
        all.push(Attachment { candidate, what: "affiliation", from: body.start, to: body.end });
    }
}

/// Whether words are a role phrase, with at most one word before it that says its field ("Crime correspondent").
fn is_role(from: u32, to: u32, tags: &Tags<'_>) -> bool {
    let field = |at: u32| at == from || at == from + 1 && tags.token(from).kind == TokenKind::Word && !tags.has(from, tag::FUNCTION);
    let role = |id: u32| {
        let annotation = tags.annotation(id);
        matches!(annotation.kind, kind::OFFICE | kind::ROLE) && field(annotation.from)
    };
    from < to && tags.ending_at(to).any(role)
}
