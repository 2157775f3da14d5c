//! People: mentions of one person brought together.
//!
//! A short form joins the longer name it may stand for ("Renzi", "Mr Renzi" after "Matteo Renzi"); where there are
//! several, the one whose gender and role agree with what the text says beside it, else the one mentioned last. A short
//! form that comes first waits for its full name. A nickname that rules attach, or that stands in quotes inside a name,
//! is a name of the same person; a family's name is nobody's. Not here: what is a person.

use super::form::Sense;
use super::pool::{Forms, Occurrence};
use super::{PersonEntity, folded, mention_of};
use crate::extract::names::{Attachment, Names};
use crate::lang::hash::QuickMap;
use crate::tag::Tags;

/// How many people who share a word are looked at for one mention, those met last first. No article has
/// more; what is no article must not take the square of its length.
const NEAR: usize = 100;

/// Brings mentions together, in text order; attachments are sorted by candidate.
pub fn build(forms: &Forms, mentions: &[Occurrence], names: &Names, attachments: &[Attachment], tags: &Tags<'_>) -> Vec<PersonEntity> {
    let mut gatherer = Gatherer { forms, names, tags, attachments, people: Vec::new(), known: Vec::new(), by_word: QuickMap::default() };
    let all: Vec<&Occurrence> = mentions.iter().filter(|m| m.sense == Sense::Person).collect();
    let mut last_of: QuickMap<usize, usize> = QuickMap::default();
    for (number, mention) in all.iter().enumerate() {
        last_of.insert(mention.form, number);
    }
    for (number, mention) in all.iter().enumerate() {
        gatherer.gather(number, mention, &last_of);
    }
    gatherer.people
}

/// What is known of a person besides the entity.
#[derive(Default)]
struct Known<'a> {
    /// The fullest form.
    words: &'a [String],
    /// Nicknames and names in art.
    aliases: Vec<&'a [String]>,
    /// "man" or "woman", as rules attach them.
    gender: Option<&'static str>,
    /// Where the person was mentioned last: a bare surname means the latest.
    latest: usize,
}

struct Gatherer<'a, 't> {
    forms: &'a Forms,
    names: &'a Names,
    tags: &'a Tags<'t>,
    /// Sorted by candidate.
    attachments: &'a [Attachment],
    people: Vec<PersonEntity>,
    /// Beside `people`.
    known: Vec<Known<'a>>,
    /// People by each word of their fullest form and of their aliases.
    by_word: QuickMap<&'a str, Vec<usize>>,
}

impl<'a> Gatherer<'a, '_> {
    fn gather(&mut self, number: usize, mention: &Occurrence, last_of: &QuickMap<usize, usize>) {
        let mine: &'a [String] = &self.forms.all[mention.form].words;
        let notes = self.notes(mention.candidate);
        if mine.len() == 1 && notes.iter().any(|a| a.what == "family") {
            return;
        }
        let gender = gender(notes);
        let person = self.find(mine, gender, notes).unwrap_or_else(|| self.meet(number, mention, gender, last_of));
        self.known[person].latest = number;
        let text = folded(self.tags.words_text(mention.from, mention.to));
        let name = &mut self.people[person].name;
        if name.is_empty() {
            *name = text;
            self.know(person, mine);
        } else if !self.known[person].is_alias(mine) && mine.len() >= self.known[person].words.len() {
            // The longest writing wins, and of two as long the one in mixed case.
            let longer = text.chars().count().cmp(&name.chars().count());
            if longer.is_gt() || longer.is_eq() && shouted(name) && !shouted(&text) {
                *name = text;
            }
            self.know(person, mine);
        }
        self.known[person].gender = self.known[person].gender.or(gender);
        self.people[person].mentions.push(mention_of(self.forms, self.tags, mention));
        self.attach(notes, person);
    }

    /// What rules attached to a candidate.
    fn notes(&self, candidate: Option<u32>) -> &'a [Attachment] {
        let Some(candidate) = candidate else { return &[] };
        let all = self.attachments;
        let first = all.partition_point(|a| a.candidate < candidate);
        &all[first..first + all[first..].partition_point(|a| a.candidate == candidate)]
    }

    /// The person that a form may name: by the very form first, then by what agrees, then the latest mentioned.
    fn find(&self, mine: &[String], gender: Option<&str>, notes: &[Attachment]) -> Option<usize> {
        let bare = mine.len() == 1;
        let fits = |p: &usize| {
            let known = &self.known[*p];
            (same_person(known.words, mine) || known.is_alias(mine)) && !(bare && differ(known.gender, gender))
        };
        let rank = |p: &usize| {
            let known = &self.known[*p];
            let exact = !bare && known.words == mine || known.aliases.contains(&mine);
            let agrees = bare && gender.is_some() && known.gender == gender;
            (exact, agrees, bare && self.has_role(*p, notes), known.latest)
        };
        let ends = [mine.first()?, mine.last()?];
        let sharing =
            ends.into_iter().filter_map(|w| self.by_word.get(w.as_str())).flat_map(|people| people.iter().rev().take(NEAR)).copied();
        let initials = (0..if mine.iter().all(|w| is_initial(w)) { self.known.len() } else { 0 }).rev().take(NEAR);
        sharing.chain(initials).filter(fits).max_by_key(rank)
    }

    /// Whether a person has had one of these roles, or a fuller or shorter form of it.
    fn has_role(&self, person: usize, notes: &[Attachment]) -> bool {
        let within = |long: &str, short: &str| format!(" {long} ").contains(&format!(" {short} "));
        notes.iter().filter(|a| a.what == "role").any(|a| {
            let role = folded(self.tags.words_text(a.from, a.to)).to_lowercase();
            self.people[person].roles.iter().rev().take(NEAR).map(|r| r.to_lowercase()).any(|r| within(&r, &role) || within(&role, &r))
        })
    }

    /// A new person: under the full name that a short form has later in the article, if it has one.
    fn meet(&mut self, number: usize, mention: &Occurrence, own: Option<&str>, last_of: &QuickMap<usize, usize>) -> usize {
        let form = &self.forms.all[mention.form];
        let later = |f: &&usize| {
            let full = &self.forms.all[**f];
            let other = full.candidates.iter().find_map(|c| gender(self.notes(Some(*c))));
            full.sense == Some(Sense::Person) && last_of.get(*f).is_some_and(|at| *at > number) && !differ(own, other)
        };
        let full = form.parents.iter().filter(later).min();
        let words: &'a [String] = full.map_or(&form.words, |f| &self.forms.all[*f].words);
        self.people.push(PersonEntity { name: String::new(), roles: Vec::new(), affiliations: Vec::new(), mentions: Vec::new() });
        self.known.push(Known { latest: number, ..Known::default() });
        self.know(self.people.len() - 1, words);
        self.people.len() - 1
    }

    /// Takes a fuller form of a person.
    fn know(&mut self, person: usize, words: &'a [String]) {
        let known = &mut self.known[person];
        let poorer = words.len() < known.words.len() || words.len() == known.words.len() && words.iter().any(|w| is_initial(w));
        if known.words == words || poorer && !known.words.is_empty() {
            return;
        }
        known.words = words;
        self.index(person, words);
        if let Some(nickname) = quoted(words) {
            self.call(person, nickname);
        }
    }

    /// Takes another name of a person.
    fn call(&mut self, person: usize, alias: &'a [String]) {
        let aliases = &self.known[person].aliases;
        if aliases.len() < NEAR && !aliases.contains(&alias) {
            self.known[person].aliases.push(alias);
            self.index(person, alias);
        }
    }

    fn index(&mut self, person: usize, words: &'a [String]) {
        for word in words {
            let people = self.by_word.entry(word).or_default();
            // Sorted: mostly it is the newest person that goes to the end.
            if let Err(place) = people.binary_search(&person) {
                people.insert(place, person);
            }
        }
    }

    /// Roles, affiliations and other names that rules attached to a mention.
    fn attach(&mut self, notes: &[Attachment], person: usize) {
        for note in notes {
            let list = match note.what {
                "role" => &mut self.people[person].roles,
                "affiliation" => &mut self.people[person].affiliations,
                "alias" => {
                    if let Ok(candidate) = self.names.candidates.binary_search_by_key(&note.from, |c| c.from) {
                        let form = self.forms.form_of(candidate as u32);
                        self.call(person, &self.forms.all[form].words);
                    }
                    continue;
                }
                _ => continue,
            };
            let text = folded(self.tags.words_text(note.from, note.to));
            if !list.iter().rev().take(NEAR).any(|r| r.to_lowercase() == text.to_lowercase()) {
                list.push(text);
            }
        }
    }
}

impl Known<'_> {
    /// Whether a form is an alias, or the end of one, and no form of the name itself.
    fn is_alias(&self, mine: &[String]) -> bool {
        !same_person(self.words, mine) && self.aliases.iter().any(|a| a.ends_with(mine))
    }
}

/// The gender that a mention's own words or those beside it tell.
fn gender(notes: &[Attachment]) -> Option<&'static str> {
    notes.iter().map(|a| a.what).find(|what| matches!(*what, "man" | "woman"))
}

/// Whether two genders are known and not the same.
fn differ(one: Option<&str>, other: Option<&str>) -> bool {
    one.is_some() && other.is_some() && one != other
}

/// The nickname in quotes inside a name.
fn quoted(words: &[String]) -> Option<&[String]> {
    let mark = |w: &String| !w.is_empty() && w.chars().all(|c| matches!(c, '"' | '“' | '”' | '«' | '»' | '‘' | '’' | '\''));
    let open = words.iter().position(mark)?;
    let length = words[open + 1..].iter().position(mark)?;
    Some(&words[open + 1..open + 1 + length]).filter(|nickname| !nickname.is_empty())
}

/// Whether a word is an initial, or several run together ("j.f.").
fn is_initial(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters > 0 && (letters == 1 && word.chars().count() <= 2 || word.split_terminator('.').all(|part| part.chars().count() == 1))
}

/// Whether two given names are the same, or one is the initial of the other.
fn same_given(one: &str, other: &str) -> bool {
    one == other || (is_initial(one) || is_initial(other)) && one.chars().next() == other.chars().next()
}

/// Whether a name has no small letter.
fn shouted(name: &str) -> bool {
    !name.chars().any(char::is_lowercase)
}

/// Whether a name may be short for another, or the other for it: by surname, by given name alone, with a
/// middle name left out, or by initials.
fn same_person(one: &[String], other: &[String]) -> bool {
    let (long, short) = if one.len() >= other.len() { (one, other) } else { (other, one) };
    let (Some(first), Some(last)) = (long.first(), long.last()) else { return false };
    if short.iter().all(|w| is_initial(w)) {
        let letters = short.iter().flat_map(|w| w.chars()).filter(|c| c.is_alphabetic());
        return one == other || long.len() > 1 && letters.eq(long.iter().filter_map(|w| w.chars().next()));
    }
    if short.len() == 1 {
        return *last == short[0] || *first == short[0];
    }
    let skips_middle = same_given(&short[0], first) && short.last() == Some(last);
    long.ends_with(short) || skips_middle || long.windows(short.len()).any(|w| w == short)
}

#[cfg(test)]
mod tests {
    use super::{is_initial, quoted, same_person};

    #[test]
    fn nicknames_and_initials() {
        let words: Vec<String> = ["tom", "\"", "the", "fox", "\"", "hale"].map(str::to_owned).to_vec();
        assert_eq!(quoted(&words), Some(&words[2..4]));
        for (word, initial) in [("j.", true), ("j", true), ("j.f.", true), ("jo", false), ("st.", false)] {
            assert_eq!(is_initial(word), initial, "{word}");
        }
    }

    #[test]
    fn short_forms_of_a_name() {
        let words = |name: &str| name.split(' ').map(str::to_owned).collect::<Vec<_>>();
        for (one, other, same) in [
            ("matteo renzi", "renzi", true),
            ("matteo renzi", "matteo", true),
            ("leonardo maria del vecchio", "leonardo del vecchio", true),
            ("leonardo maria del vecchio", "del vecchio", true),
            ("lucia greco", "l. greco", true),
            ("lucia greco", "p. greco", false),
            ("lucia greco", "paolo greco", false),
            ("matteo renzi", "bianchi", false),
            ("john smith", "j. smith", true),
            ("john fitzgerald smith", "j.f. smith", true),
            ("jane smith", "r. smith", false),
            ("maria sole", "m.s.", true),
            ("maria sole", "s.m.", false),
        ] {
            assert_eq!(same_person(&words(one), &words(other)), same, "{one} / {other}");
        }
    }
}
