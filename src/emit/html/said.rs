//! What a record says of a mention or of an entry of its lists, in words.

use serde::Serialize;

use super::View;
use crate::emit::placed::{Placed, What};
use crate::emit::record::{Body, Count, CountKind, Number};
use crate::lang::labels::Labels;
use crate::span::Offsets;

/// A term as the record writes it.
pub fn code(term: &impl Serialize) -> String {
    serde_json::to_string(term).unwrap_or_default().trim_matches('"').to_owned()
}

/// What a mention stands for, in short: an entity's name, a count's quantity, a date's value.
pub fn title(what: What, labels: Labels) -> String {
    match what {
        What::Person(person, _) => person.name.clone(),
        What::Agency(body, _) | What::Organization(body, _) => body_name(body),
        What::Country(country, _) => country.name.clone(),
        What::Count(count) => quantity(count, labels),
        What::Date(date) => date.value.clone().unwrap_or_else(|| labels.get("open").into_owned()),
    }
}

/// What else the record says of it, each part by itself.
pub fn details(what: What, labels: Labels) -> Vec<String> {
    let label = |group: &str, term: &str| labels.get(&format!("{group}.{term}")).into_owned();
    match what {
        What::Person(person, _) => person.roles.iter().chain(&person.affiliations).cloned().collect(),
        What::Agency(body, _) | What::Organization(body, _) => {
            [label("kind", &code(&body.kind))].into_iter().chain(body.country.clone()).collect()
        }
        What::Country(country, _) => country.code.iter().cloned().collect(),
        What::Count(count) => {
            let kind = (count.kind != CountKind::Count).then(|| label("count", &code(&count.kind)));
            kind.into_iter().chain(count.noun.clone()).collect()
        }
        What::Date(date) => {
            let from = date.resolved_from.map(|from| label("from", &code(&from)));
            [label("granularity", &code(&date.granularity))].into_iter().chain(from).collect()
        }
    }
}

/// All that a tooltip tells of a mention, in lines.
pub fn tip(mention: &Placed, view: &View) -> String {
    let labels = view.labels;
    let mut said = vec![labels.get(&format!("one.{}", mention.what.category().name())).into_owned()];
    said.extend(details(mention.what, labels));
    if let What::Country(_, m) = mention.what {
        said.push(labels.get(&format!("form.{}", code(&m.form))).into_owned());
    }
    let mut lines = vec![title(mention.what, labels), said.join(" · ")];
    if let Some(rule) = mention.what.rule() {
        let mut line = labels.say("rule", rule);
        if let What::Person(_, m) | What::Agency(_, m) | What::Organization(_, m) = mention.what
            && let Some(score) = m.score
        {
            line = format!("{line} · {}", labels.say("score", &score.to_string()));
        }
        lines.push(line);
    }
    let (start, end) = mention.what.range();
    let unit = match view.offsets {
        Offsets::Chars => "characters",
        Offsets::Bytes => "bytes",
        Offsets::Utf16 => "utf16",
    };
    lines.push(labels.say(unit, &format!("{start}–{end}")));
    lines.join("\n")
}

fn body_name(body: &Body) -> String {
    match body.acronym.as_ref().filter(|a| **a != body.name) {
        Some(acronym) => format!("{} ({acronym})", body.name),
        None => body.name.clone(),
    }
}

/// A count's value with its bounds and unit: "at least 15 terabyte", "5–7", "3.5 %".
fn quantity(count: &Count, labels: Labels) -> String {
    let number = |n: &Number| code(n);
    let value = match &count.max {
        Some(max) => format!("{}–{}", number(&count.value), number(max)),
        None => number(&count.value),
    };
    let said = match count.modifier {
        Some(modifier) => labels.say(&format!("modifier.{}", code(&modifier)), &value),
        None => value,
    };
    match (&count.unit, count.kind) {
        (Some(unit), _) => format!("{said} {unit}"),
        (None, CountKind::Percent) => format!("{said} %"),
        (None, _) => said,
    }
}
