//! Names: what may be the name of a person, a body or a place, and the evidence for each.
//!
//! People, bodies and places compete for the same words, so one extractor proposes for all of
//! them: `candidates` finds the words, the rules of stage `names` weigh them. Nothing is decided
//! here: [`crate::resolve::names`] pools the evidence over the whole article.

mod candidates;

use std::ops::Range;

use crate::lang::data::kind;
use crate::lang::hash::QuickMap;
use crate::lang::pack::{Pack, class_name};
use crate::rule::program::Action;
use crate::rule::run::{Fired, Plain, run};
use crate::tag::{Tags, Value};

pub use candidates::{Candidate, Shape};

/// A weight that a rule gives a candidate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// The candidate, by number.
    pub candidate: u32,
    /// The class that the weight speaks for.
    pub class: &'static str,
    /// The weight; negative speaks against.
    pub weight: f32,
    /// The rule.
    pub rule: &'static str,
    /// Whether the rule looked at the name's own words only.
    pub inside: bool,
}

/// Words that a rule attaches to a candidate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attachment {
    /// The candidate, by number.
    pub candidate: u32,
    /// As what: a role, an affiliation, an acronym …
    pub what: &'static str,
    /// First token of the words.
    pub from: u32,
    /// One past their last token.
    pub to: u32,
}

/// Candidates and all that speaks for and against them.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// In text order.
    pub candidates: Vec<Candidate>,
    /// In the order the rules fired.
    pub evidence: Vec<Evidence>,
    /// In the order the rules fired.
    pub attachments: Vec<Attachment>,
    /// Sentences where capitals tell nothing, as token ranges.
    pub shouted: Vec<Range<u32>>,
}

/// Composes bodies and roles by rule, sets aside the names of things, finds the candidates, and weighs them.
pub fn extract(tags: &mut Tags<'_>, pack: &Pack) -> Names {
    run("bodies", pack, tags, &mut Plain);
    run("roles", pack, tags, &mut Plain);
    run("things", pack, tags, &mut Plain);
    let (candidates, shouted) = candidates::find(tags);
    for candidate in &candidates {
        tags.add(candidate.annotation());
    }
    let fired = run("names", pack, tags, &mut Plain);
    let mut names = Names { candidates, shouted, ..Names::default() };
    names.weigh(&fired, tags);
    names
}

impl Names {
    /// Notes what each fired rule says of the candidate that it marks.
    fn weigh(&mut self, fired: &[Fired], tags: &Tags<'_>) {
        let numbers: QuickMap<(u32, u32), u32> = self.candidates.iter().enumerate().map(|(i, c)| ((c.from, c.to), i as u32)).collect();
        for Fired { rule, found } in fired {
            let Some(&candidate) = numbers.get(&(found.from, found.to)) else { continue };
            let inside = found.is_all_marked();
            for action in rule.actions {
                match action {
                    Action::Evidence(class, weight) => {
                        let class = if *class == "class" { own_class(tags, found.from, found.to) } else { class };
                        self.evidence.push(Evidence { candidate, class, weight: *weight, rule: rule.name, inside });
                    }
                    Action::Attach(what, capture) => {
                        if let Some(words) = found.capture(*capture) {
                            self.attachments.push(Attachment { candidate, what, from: words.from, to: words.to });
                        }
                    }
                    Action::Annotate { .. } => {}
                }
            }
        }
    }
}

/// The class of the body annotation on exactly these tokens.
fn own_class(tags: &Tags<'_>, from: u32, to: u32) -> &'static str {
    let bodies = [kind::AGENCY, kind::ORG, kind::ORGWORD, kind::AGENCYWORD];
    // What a gazetteer says of the whole name goes before what a rule made of its words, an agency before an
    // organization.
    let here = tags.starting_at(from).map(|id| tags.annotation(id)).filter(|a| a.to == to && bodies.contains(&a.kind));
    let body = here.min_by_key(|a| (!matches!(a.value, Value::Row(_)), a.kind != kind::AGENCY));
    body.map_or("organization", |a| match class_name(a.class) {
        // “other” alone does not tell an agency from an organization.
        "other" | "" if a.kind == kind::AGENCY || a.kind == kind::AGENCYWORD => "agency",
        "other" | "" => "organization",
        class => class,
    })
}
