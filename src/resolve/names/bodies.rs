//! Bodies: mentions of one agency or organization brought together.
//!
//! An acronym joins its expansion, a short form the longer name it is part of, and all that the
//! lexicon gives one name. Not here: what is a body, or people ([`super::people`]).
//!
//! The hard calls, and how they fall:
//!
//! - A bare office ("la Procura", "the Ministry") is named only by the full name that stands elsewhere in the article: it
//!   has no evidence of its own, and inherits from the longer form.
//! - A company, party or club may be called by the first word of its name, a company also by what follows its head
//!   ("Gruppo Marvelli", "la Marvelli"); a ministry or an association may not.
//! - A town, region or word that a club or company is called by too stays what it is in lists of its like, and becomes
//!   the body where an article, a match, a price or a spokesman says so; each occurrence may be the exception.
//! - A network that is only where something was said ("on Twitter"), a car ("una Fiat") and a palace that one visits ("al
//!   Quirinale") are no mentions, whatever the rest of the article says.
//! - An acronym is a body's unless the tables know it for a thing, its expansion is a thing's or stands in small letters,
//!   or a noun of things follows ("an XYZ infection").
//! - The country of an agency is the one in its name, else that of the city its name ends with, if only one has a city so
//!   called; an organization's seat does not give it a country.
//! - A surname in a body's name is the body's; a given name and a surname after a body of the lexicon are a person's.

use super::form::{Form, Sense, is_acronym};
use super::pool::{Forms, Occurrence};
use super::{BodyEntity, folded, mention_of};
use crate::extract::names::Names;
use crate::lang::data::kind;
use crate::lang::hash::QuickMap;
use crate::lang::pack::{Pack, Row};
use crate::tag::{Tags, Value};
use crate::terms::BodyKind;

/// Brings mentions together.
pub fn build(forms: &Forms, mentions: &[Occurrence], names: &Names, tags: &Tags<'_>, pack: &Pack) -> Vec<BodyEntity> {
    let builder = Builder { forms, names, tags, pack };
    builder.bodies(mentions)
}

struct Builder<'a, 't> {
    forms: &'a Forms,
    names: &'a Names,
    tags: &'a Tags<'t>,
    pack: &'a Pack,
}

impl Builder<'_, '_> {
    fn form(&self, occurrence: &Occurrence) -> &Form {
        &self.forms.all[occurrence.form]
    }

    fn bodies(&self, mentions: &[Occurrence]) -> Vec<BodyEntity> {
        let mut bodies: Vec<BodyEntity> = Vec::new();
        let mut of_form: QuickMap<usize, usize> = QuickMap::default();
        let mut of_name: QuickMap<String, usize> = QuickMap::default();
        // The weight behind each body's kind: a clearer mention settles it.
        let mut sure: Vec<f32> = Vec::new();
        // Which bodies have so far only their acronym for a name.
        let mut by_acronym: Vec<bool> = Vec::new();
        let acronyms = self.acronyms();
        for mention in mentions.iter().filter(|m| m.sense == Sense::Body) {
            let row = self.row(mention);
            let text = folded(self.tags.words_text(mention.from, mention.to));
            let canonical = row.map(|r| r.name).filter(|n| !n.is_empty());
            let key = joined(canonical.unwrap_or(&text));
            let linked = acronyms.get(&mention.form).and_then(|f| of_form.get(f)).copied();
            let parent = self
                .form(mention)
                .parents
                .iter()
                .filter(|p| self.forms.all[**p].sense == Some(Sense::Body))
                .find_map(|p| of_form.get(p))
                .copied();
            let known = of_form.get(&mention.form).copied().or(linked).or_else(|| of_name.get(&key).copied()).or(parent);
            let (kind, agency, weight) = self.kind(mention);
            let country = row
                .map(|r| r.code)
                .filter(|c| !c.is_empty())
                .map(str::to_owned)
                .or_else(|| self.country_inside(mention))
                .or_else(|| self.country_of_seat(mention).filter(|_| agency));
            let body = known.unwrap_or_else(|| {
                let acronym = row.map(|r| r.acronym).filter(|a| !a.is_empty()).map(str::to_owned);
                bodies.push(BodyEntity {
                    name: canonical.filter(|_| is_acronym(self.names, self.form(mention))).map_or_else(|| text.clone(), str::to_owned),
                    acronym,
                    kind,
                    agency,
                    country: country.clone(),
                    mentions: Vec::new(),
                });
                sure.push(weight);
                by_acronym.push(is_acronym(self.names, self.form(mention)) && canonical.is_none());
                bodies.len() - 1
            });
            if weight > sure[body] {
                sure[body] = weight;
                bodies[body].kind = kind;
                bodies[body].agency = agency;
            }
            if bodies[body].country.is_none() {
                bodies[body].country = country;
            }
            of_form.insert(mention.form, body);
            of_name.entry(key).or_insert(body);
            let acronym = is_acronym(self.names, self.form(mention));
            if acronym && bodies[body].acronym.is_none() && text != bodies[body].name {
                bodies[body].acronym = Some(text.clone());
            }
            if !acronym && text.len() > bodies[body].name.len() {
                let short = std::mem::replace(&mut bodies[body].name, text);
                if std::mem::take(&mut by_acronym[body]) {
                    bodies[body].acronym.get_or_insert(short);
                }
            }
            bodies[body].mentions.push(mention_of(self.forms, self.tags, mention));
        }
        bodies
    }

    /// Forms that are acronyms, to the forms that spell them out in this article, and back.
    fn acronyms(&self) -> QuickMap<usize, usize> {
        let mut links = QuickMap::default();
        let form_at = |from: u32, to: u32| self.forms.at(self.tags, from, to);
        for attachment in self.names.attachments.iter().filter(|a| a.what == "acronym") {
            let candidate = &self.names.candidates[attachment.candidate as usize];
            if let (Some(long), Some(short)) = (form_at(candidate.from, candidate.to), form_at(attachment.from, attachment.to))
                && self.forms.stands_for(short, long, self.names)
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

    /// The kind with the most evidence, whether it is an agency's, and that evidence where it tells kinds apart.
    fn kind(&self, mention: &Occurrence) -> (BodyKind, bool, f32) {
        let kinds = &self.form(mention).kinds;
        let specific = |k: &&(&str, f32)| !matches!(k.0, "organization" | "agency");
        let best =
            kinds.iter().filter(specific).max_by(|a, b| a.1.total_cmp(&b.1)).or_else(|| kinds.iter().max_by(|a, b| a.1.total_cmp(&b.1)));
        let name = best.map_or("organization", |(k, _)| k);
        let kind = BodyKind::from_name(name).unwrap_or(BodyKind::Other);
        let weight = best.filter(|k| !matches!(k.0, "organization" | "agency")).map_or(0.0, |(_, weight)| *weight);
        (kind, if kind == BodyKind::Other { name == "agency" } else { kind.is_agency() }, weight)
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

    /// The country of the city that an agency's name ends with ("Procura di Catania"), if all cities so called lie there.
    fn country_of_seat(&self, mention: &Occurrence) -> Option<String> {
        let cities = (mention.from + 1..mention.to).flat_map(|t| self.tags.starting_at(t)).map(|id| self.tags.annotation(id));
        let mut codes = cities.filter(|a| a.kind == kind::CITY && a.to == mention.to).filter_map(|a| match a.value {
            Value::Row(row) => Some(self.pack.row(row).code).filter(|c| !c.is_empty()),
            _ => None,
        });
        let first = codes.next()?;
        codes.all(|c| c == first).then(|| first.to_owned())
    }
}

/// A name in lower case without the hyphens and spaces that one writer sets and another does not ("Brandi-Verri").
fn joined(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‑' | '–')).flat_map(char::to_lowercase).collect()
}
