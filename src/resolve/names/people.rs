//! People: mentions of one person brought together.
//!
//! A short form joins the longer name it may stand for, the one mentioned last before it where
//! there are several ("Renzi", "Mr Renzi" after "Matteo Renzi"); a short form that comes first
//! waits for its full name. Not here: what is a person.

use super::form::Sense;
use super::pool::{Forms, Occurrence};
use super::{PersonEntity, folded, mention_of};
use crate::extract::names::{Attachment, Names};
use crate::lang::hash::QuickMap;
use crate::tag::Tags;

/// Brings mentions together, in text order.
pub fn build(forms: &Forms, mentions: &[Occurrence], names: &Names, tags: &Tags<'_>) -> Vec<PersonEntity> {
    let mut attachments = names.attachments.clone();
    attachments.sort_by_key(|a| a.candidate);
    let mut gatherer =
        Gatherer { forms, tags, attachments, people: Vec::new(), words: Vec::new(), latest: Vec::new(), by_word: QuickMap::default() };
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

struct Gatherer<'a, 't> {
    forms: &'a Forms,
    tags: &'a Tags<'t>,
    /// Sorted by candidate.
    attachments: Vec<Attachment>,
    people: Vec<PersonEntity>,
    /// The fullest form of each person.
    words: Vec<&'a [String]>,
    /// Where each person was mentioned last: a bare surname means the latest.
    latest: Vec<usize>,
    /// People by each word of their fullest form.
    by_word: QuickMap<&'a str, Vec<usize>>,
}

impl<'a> Gatherer<'a, '_> {
    fn gather(&mut self, number: usize, mention: &Occurrence, last_of: &QuickMap<usize, usize>) {
        let mine: &'a [String] = &self.forms.all[mention.form].words;
        let person = self.known(mine).unwrap_or_else(|| self.meet(number, mention, last_of));
        self.latest[person] = number;
        let text = folded(self.tags.words_text(mention.from, mention.to));
        if mine.len() >= self.words[person].len() {
            self.know(person, mine);
            // The longest writing wins, and of two as long the one in mixed case.
            let name = &self.people[person].name;
            let longer = text.chars().count().cmp(&name.chars().count());
            if longer.is_gt() || longer.is_eq() && shouted(name) && !shouted(&text) {
                self.people[person].name = text;
            }
        } else if self.people[person].name.is_empty() {
            self.people[person].name = text;
        }
        self.people[person].mentions.push(mention_of(self.forms, self.tags, mention));
        self.attach(mention, person);
    }

    /// The person that a form may name: by the very form first, then the latest mentioned.
    fn known(&self, mine: &[String]) -> Option<usize> {
        let ends = [mine.first()?, mine.last()?];
        let sharing = ends.into_iter().filter_map(|w| self.by_word.get(w.as_str())).flatten();
        sharing.filter(|p| same_person(self.words[**p], mine)).max_by_key(|p| (self.words[**p] == mine, self.latest[**p])).copied()
    }

    /// A new person: under the full name that a short form has later in the article, if it has one.
    fn meet(&mut self, number: usize, mention: &Occurrence, last_of: &QuickMap<usize, usize>) -> usize {
        let form = &self.forms.all[mention.form];
        let later = |f: &&usize| self.forms.all[**f].sense == Some(Sense::Person) && last_of.get(*f).is_some_and(|at| *at > number);
        let full = form.parents.iter().filter(later).min();
        let words: &'a [String] = full.map_or(&form.words, |f| &self.forms.all[*f].words);
        self.people.push(PersonEntity { name: String::new(), roles: Vec::new(), affiliations: Vec::new(), mentions: Vec::new() });
        self.words.push(&[]);
        self.latest.push(number);
        self.know(self.people.len() - 1, words);
        self.people.len() - 1
    }

    /// Takes a fuller form of a person.
    fn know(&mut self, person: usize, words: &'a [String]) {
        if self.words[person] == words {
            return;
        }
        self.words[person] = words;
        for word in words {
            let people = self.by_word.entry(word).or_default();
            if !people.contains(&person) {
                people.push(person);
            }
        }
    }

    /// Roles and affiliations that rules attached to this mention.
    fn attach(&mut self, mention: &Occurrence, person: usize) {
        let Some(candidate) = mention.candidate else { return };
        let first = self.attachments.partition_point(|a| a.candidate < candidate);
        for attachment in self.attachments[first..].iter().take_while(|a| a.candidate == candidate) {
            let text = folded(self.tags.words_text(attachment.from, attachment.to));
            let list = match attachment.what {
                "role" => &mut self.people[person].roles,
                "affiliation" => &mut self.people[person].affiliations,
                _ => continue,
            };
            if !list.iter().any(|r| r.to_lowercase() == text.to_lowercase()) {
                list.push(text);
            }
        }
    }
}

/// Whether a name has no small letter.
fn shouted(name: &str) -> bool {
    !name.chars().any(char::is_lowercase)
}

/// Whether a word is another's first letter, with its full stop or without.
fn is_initial(word: &str, of: &str) -> bool {
    let letter = word.trim_end_matches('.');
    letter.chars().count() == 1 && of.starts_with(letter)
}

/// Whether a name may be short for another, or the other for it: by surname, by given name alone, with a
/// middle name left out, or with an initial.
fn same_person(one: &[String], other: &[String]) -> bool {
    let (long, short) = if one.len() >= other.len() { (one, other) } else { (other, one) };
    let (Some(first), Some(last)) = (long.first(), long.last()) else { return false };
    if short.len() == 1 {
        return *last == short[0] || *first == short[0];
    }
    let skips_middle = short.last() == Some(last) && short.first().is_some_and(|s| s == first || is_initial(s, first));
    long.ends_with(short) || skips_middle || long.windows(short.len()).any(|w| w == short)
}

#[cfg(test)]
mod tests {
    use super::same_person;

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
        ] {
            assert_eq!(same_person(&words(one), &words(other)), same, "{one} / {other}");
        }
    }
}
