//! Bodies: mentions of one agency or organization brought together.
//!
//! An acronym joins its expansion, a short form the longer name it is part of, and all that the
//! lexicon gives one name. Not here: what is a body, or people ([`super::people`]).

use super::pool::{Form, Forms, Occurrence, Sense, is_acronym};
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
            let (kind, agency, weight) = self.kind(mention);
            let country = row.map(|r| r.code).filter(|c| !c.is_empty()).map(str::to_owned).or_else(|| self.country_inside(mention));
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
                bodies[body].name = text;
            }
            bodies[body].mentions.push(mention_of(self.forms, self.tags, mention));
        }
        bodies
    }

    /// Forms that are acronyms, to the forms that spell them out in this article, and back.
    fn acronyms(&self) -> QuickMap<usize, usize> {
        let mut links = QuickMap::default();
        let form_at = |from: u32, to: u32| {
            let words = super::pool::words_of(self.tags, from, to);
            self.forms.all.iter().position(|f| f.words == words)
        };
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
}
