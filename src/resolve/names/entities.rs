//! Entities: mentions of one person or one body brought together.
//!
//! A short form joins the longer name it may stand for, the one mentioned last before it where
//! there are several; an acronym joins its expansion. Not here: what is a person or a body.

use std::collections::HashMap;

use super::pool::{Form, Forms, Occurrence, Sense, is_acronym};
use super::{BodyEntity, Decided, NameMention, PersonEntity};
use crate::extract::names::Names;
use crate::lang::data::kind;
use crate::lang::pack::{Pack, Row};
use crate::tag::{Tags, Value};
use crate::terms::BodyKind;

/// Brings mentions together.
pub fn build(forms: &Forms, mentions: &[Occurrence], names: &Names, tags: &Tags<'_>, pack: &Pack) -> Decided {
    let builder = Builder { forms, names, tags, pack };
    Decided { people: builder.people(mentions), bodies: builder.bodies(mentions) }
}

struct Builder<'a, 't> {
    forms: &'a Forms,
    names: &'a Names,
    tags: &'a Tags<'t>,
    pack: &'a Pack,
}

/// Text with every run of white space folded to one space.
pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Builder<'_, '_> {
    fn form(&self, occurrence: &Occurrence) -> &Form {
        &self.forms.all[occurrence.form]
    }

    fn mention(&self, occurrence: &Occurrence) -> NameMention {
        let form = self.form(occurrence);
        let sense = occurrence.sense as usize;
        NameMention { span: self.tags.span(occurrence.from, occurrence.to), rule: form.rules[sense].0, score: form.scores[sense] }
    }

    fn people(&self, mentions: &[Occurrence]) -> Vec<PersonEntity> {
        let mut people: Vec<PersonEntity> = Vec::new();
        let mut words: Vec<Vec<String>> = Vec::new();
        // Where each person was mentioned last: a bare surname means the latest.
        let mut latest: Vec<usize> = Vec::new();
        let all: Vec<&Occurrence> = mentions.iter().filter(|m| m.sense == Sense::Person).collect();
        let full: Vec<&Vec<String>> = all.iter().map(|m| &self.form(m).words).collect();
        for (number, mention) in all.iter().enumerate() {
            let mine = &self.form(mention).words;
            let fits = |p: &usize| same_person(&words[*p], mine);
            let before = (0..people.len()).filter(fits).max_by_key(|p| (words[*p] == *mine, latest[*p]));
            let person = before.unwrap_or_else(|| {
                // A short form before its full name takes the name that comes first.
                let later = full[number..].iter().find(|f| f.len() > mine.len() && same_person(f, mine));
                people.push(PersonEntity { name: String::new(), roles: Vec::new(), affiliations: Vec::new(), mentions: Vec::new() });
                words.push(later.map_or_else(|| mine.clone(), |f| (*f).clone()));
                latest.push(0);
                people.len() - 1
            });
            latest[person] = number;
            if mine.len() >= words[person].len() {
                words[person].clone_from(mine);
                let text = folded(self.tags.words_text(mention.from, mention.to));
                if text.chars().count() > people[person].name.chars().count()
                    || mine.len() > 1 && !text.chars().any(char::is_lowercase) == false && people[person].name.is_empty()
                {
                    people[person].name = text;
                }
            }
            people[person].mentions.push(self.mention(mention));
            self.attach(mention, &mut people[person]);
        }
        for person in &mut people {
            if person.name.is_empty() {
                person.name = person.mentions.first().map_or_else(String::new, |m| folded(m.span.of(self.tags.text())));
            }
        }
        people
    }

    /// Roles and affiliations that rules attached to this mention.
    fn attach(&self, mention: &Occurrence, person: &mut PersonEntity) {
        for attachment in self.names.attachments.iter().filter(|a| Some(a.candidate) == mention.candidate) {
            let text = folded(self.tags.words_text(attachment.from, attachment.to));
            let list = match attachment.what {
                "role" => &mut person.roles,
                "affiliation" => &mut person.affiliations,
                _ => continue,
            };
            if !list.iter().any(|r| r.eq_ignore_ascii_case(&text)) {
                list.push(text);
            }
        }
    }

    fn bodies(&self, mentions: &[Occurrence]) -> Vec<BodyEntity> {
        let mut bodies: Vec<BodyEntity> = Vec::new();
        let mut of_form: HashMap<usize, usize> = HashMap::new();
        let mut of_name: HashMap<String, usize> = HashMap::new();
        let acronyms = self.acronyms();
        for mention in mentions.iter().filter(|m| m.sense == Sense::Body) {
            let row = self.row(mention);
            let text = folded(self.tags.words_text(mention.from, mention.to));
            let canonical = row.map(|r| r.name).filter(|n| !n.is_empty());
            let key = canonical.map_or_else(|| text.to_lowercase(), str::to_lowercase);
            let linked = acronyms.get(&mention.form).and_then(|f| of_form.get(f)).copied();
            let parent = self
                .form(mention)
                .parents
                .iter()
                .filter(|p| self.forms.all[**p].sense == Some(Sense::Body))
                .find_map(|p| of_form.get(p))
                .copied();
            let known = of_form.get(&mention.form).copied().or(linked).or_else(|| of_name.get(&key).copied()).or(parent);
            let body = known.unwrap_or_else(|| {
                let (kind, agency) = self.kind(mention);
                let country = row.map(|r| r.code).filter(|c| !c.is_empty()).map(str::to_owned).or_else(|| self.country_inside(mention));
                let acronym = row.map(|r| r.acronym).filter(|a| !a.is_empty()).map(str::to_owned);
                bodies.push(BodyEntity {
                    name: canonical.filter(|_| is_acronym(self.names, self.form(mention))).map_or_else(|| text.clone(), str::to_owned),
                    acronym,
                    kind,
                    agency,
                    country,
                    mentions: Vec::new(),
                });
                bodies.len() - 1
            });
            of_form.insert(mention.form, body);
            of_name.entry(key).or_insert(body);
            let acronym = is_acronym(self.names, self.form(mention));
            if acronym && bodies[body].acronym.is_none() && text != bodies[body].name {
                bodies[body].acronym = Some(text.clone());
            }
            if !acronym && text.len() > bodies[body].name.len() {
                bodies[body].name = text;
            }
            bodies[body].mentions.push(self.mention(mention));
        }
        bodies
    }

    /// Forms that are acronyms, to the forms that spell them out in this article, and back.
    fn acronyms(&self) -> HashMap<usize, usize> {
        let mut links = HashMap::new();
        let form_at = |from: u32, to: u32| {
            let words = super::pool::words_of(self.tags, from, to);
            self.forms.all.iter().position(|f| f.words == words)
        };
        for attachment in self.names.attachments.iter().filter(|a| a.what == "acronym") {
            let candidate = &self.names.candidates[attachment.candidate as usize];
            if let (Some(long), Some(short)) = (form_at(candidate.from, candidate.to), form_at(attachment.from, attachment.to))
                && super::pool::abbreviates(&self.forms.all[short].words, &self.forms.all[long].words)
            {
                links.insert(short, long);
                links.insert(long, short);
            }
        }
        links
    }

    /// The gazetteer row of a body on exactly these words.
    fn row(&self, mention: &Occurrence) -> Option<Row<'_>> {
        let bodies = [kind::AGENCY, kind::ORG, kind::AGENCYWORD, kind::ORGWORD];
        let here = self.tags.starting_at(mention.from).map(|id| self.tags.annotation(id));
        here.filter(|a| a.to == mention.to && bodies.contains(&a.kind)).find_map(|a| match a.value {
            Value::Row(row) => Some(self.pack.row(row)),
            _ => None,
        })
    }

    /// The kind with the most evidence, and whether it is an agency's.
    fn kind(&self, mention: &Occurrence) -> (BodyKind, bool) {
        let kinds = &self.form(mention).kinds;
        let specific = |k: &&(&str, f32)| !matches!(k.0, "organization" | "agency");
        let best =
            kinds.iter().filter(specific).max_by(|a, b| a.1.total_cmp(&b.1)).or_else(|| kinds.iter().max_by(|a, b| a.1.total_cmp(&b.1)));
        let name = best.map_or("organization", |(k, _)| k);
        let kind = BodyKind::from_name(name).unwrap_or(BodyKind::Other);
        (kind, if kind == BodyKind::Other { name == "agency" } else { kind.is_agency() })
    }

    /// The country named inside the body's name.
    fn country_inside(&self, mention: &Occurrence) -> Option<String> {
        (mention.from..mention.to).find_map(|t| {
            let state = self.tags.longest_at(t, kind::STATE)?;
            match state.value {
                Value::Row(row) => Some(self.pack.row(row).code.to_owned()).filter(|c| !c.is_empty()),
                _ => None,
            }
        })
    }
}

/// Whether a name may be short for another, or the other for it: by surname, by given name alone, or with a
/// middle name left out.
fn same_person(one: &[String], other: &[String]) -> bool {
    let (long, short) = if one.len() >= other.len() { (one, other) } else { (other, one) };
    if long == short || long.ends_with(short) || (short.len() == 1 && long[0] == short[0]) {
        return true;
    }
    let skips_middle = short.len() > 1 && long[0] == short[0] && long.last() == short.last();
    skips_middle || (short.len() > 1 && long.windows(short.len()).any(|w| w == short))
}
