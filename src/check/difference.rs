//! What differs between two records of one text, mention by mention, in words.
//!
//! A mention is found again by its list and its span; failing that by a span that overlaps, or by
//! the same words elsewhere, and is then said to have moved. Not here: making the records.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use dispaccio::emit::record::{Body, Line, Record};
use serde::Serialize;
use serde_json::Value;

/// How many characters of context are shown on each side of a mention.
const CONTEXT: usize = 36;

/// The differences, a line or two each; empty when there are none.
pub fn report(then: &Line, now: &Line, text: &str) -> String {
    let mut report = String::new();
    match (then, now) {
        (Line::Record(then), Line::Record(now)) => {
            heads(&head(then), &head(now), &mut report);
            mentions(items(then), items(now), text, &mut report);
            heads(&entities(then), &entities(now), &mut report);
            if report.is_empty() && essence(then) != essence(now) {
                report.push_str("  changed: the same mentions, in another order or otherwise grouped\n");
            }
        }
        (Line::Failure(then), Line::Failure(now)) if then.error == now.error => {}
        (then, now) => {
            let _ = writeln!(report, "  was {}\n  now {}", in_short(then), in_short(now));
        }
    }
    report
}

/// A record without what is not compared.
fn essence(r: &Record) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(strip),
            Value::Object(fields) => {
                fields.retain(|key, _| key != "rule" && key != "score");
                fields.values_mut().for_each(strip);
            }
            _ => {}
        }
    }
    let mut value = serde_json::to_value(Record { id: Value::Null, ..r.clone() }).unwrap_or_default();
    strip(&mut value);
    value
}

fn in_short(line: &Line) -> String {
    match line {
        Line::Failure(f) => format!("the error {}: {}", json(&f.error.kind), f.error.message),
        Line::Record(r) => format!("a record in {}, {} mentions", json(&r.language), items(r).len()),
    }
}

/// Named values of which at most one differs from name to name.
type Named = BTreeMap<String, String>;

/// What a record says of the text as a whole, and which lists it has.
fn head(r: &Record) -> Named {
    let lists = [
        ("people", r.people.is_some()),
        ("agencies", r.agencies.is_some()),
        ("organizations", r.organizations.is_some()),
        ("countries", r.countries.is_some()),
        ("counts", r.counts.is_some()),
        ("dates", r.dates.is_some()),
    ];
    let mut named = Named::from([
        ("schema".into(), r.schema.clone()),
        ("language".into(), json(&r.language)),
        ("language_confidence".into(), json(&r.language_confidence)),
        ("published".into(), json(&r.published)),
        ("published_from".into(), json(&r.published_from)),
        ("encoding".into(), r.encoding.clone()),
    ]);
    named.extend(lists.into_iter().filter(|(_, there)| *there).map(|(name, _)| (name.to_owned(), "present".to_owned())));
    named
}

/// What a record says of each entity, apart from its mentions.
fn entities(r: &Record) -> Named {
    let mut named = Named::new();
    for p in r.people.iter().flatten() {
        named.insert(format!("people {}", p.name), format!("roles {} affiliations {}", json(&p.roles), json(&p.affiliations)));
    }
    let mut bodies = |list: &str, bodies: &Option<Vec<Body>>| {
        for b in bodies.iter().flatten() {
            let about = format!("kind {} country {} acronym {}", json(&b.kind), json(&b.country), json(&b.acronym));
            named.insert(format!("{list} {}", b.name), about);
        }
    };
    bodies("agencies", &r.agencies);
    bodies("organizations", &r.organizations);
    for c in r.countries.iter().flatten() {
        named.insert(format!("countries {}", c.name), format!("code {}", json(&c.code)));
    }
    named
}

/// Reports the names of which both records say something, but not the same. A name that only one
/// of them has needs no words where its mentions have been reported already.
fn heads(then: &Named, now: &Named, report: &mut String) {
    let both = then.keys().chain(now.keys().filter(|k| !then.contains_key(*k)));
    for name in both {
        match (then.get(name), now.get(name)) {
            (Some(a), Some(b)) if a != b => {
                let _ = writeln!(report, "  changed {name}: {a} → {b}");
            }
            (Some(a), None) if a == "present" => {
                let _ = writeln!(report, "  lost    {name}: the whole list");
            }
            (None, Some(b)) if b == "present" => {
                let _ = writeln!(report, "  gained  {name}: the whole list");
            }
            _ => {}
        }
    }
}

/// One mention of one list.
#[derive(Clone, Debug, PartialEq)]
struct Item {
    list: &'static str,
    text: String,
    start: usize,
    end: usize,
    /// What it says: the entity's name, the count's or the date's value.
    value: String,
}

impl Item {
    fn new(list: &'static str, text: &str, start: usize, end: usize, value: impl Into<String>) -> Self {
        Self { list, text: text.to_owned(), start, end, value: value.into() }
    }

    /// How much alike two mentions of a list are; none when they are not the same one.
    fn likeness(&self, other: &Self) -> Option<u8> {
        let overlaps = self.start < other.end && other.start < self.end;
        match () {
            () if self.list != other.list => None,
            () if (self.start, self.end) == (other.start, other.end) => Some(if self.value == other.value { 3 } else { 2 }),
            () if overlaps => Some(1),
            () if self.text == other.text && self.value == other.value => Some(0),
            () => None,
        }
    }
}

/// Every mention of a record, in text order.
fn items(r: &Record) -> Vec<Item> {
    let mut items = Vec::new();
    for p in r.people.iter().flatten() {
        items.extend(p.mentions.iter().map(|m| Item::new("people", &m.text, m.start, m.end, &*p.name)));
    }
    for (list, bodies) in [("agencies", &r.agencies), ("organizations", &r.organizations)] {
        for b in bodies.iter().flatten() {
            items.extend(b.mentions.iter().map(|m| Item::new(list, &m.text, m.start, m.end, &*b.name)));
        }
    }
    for c in r.countries.iter().flatten() {
        let value = |form| format!("{} ({})", c.name, json(&form));
        items.extend(c.mentions.iter().map(|m| Item::new("countries", &m.text, m.start, m.end, value(m.form))));
    }
    items.extend(r.counts.iter().flatten().map(|c| Item::new("counts", &c.text, c.start, c.end, said(c))));
    items.extend(r.dates.iter().flatten().map(|d| Item::new("dates", &d.text, d.start, d.end, said(d))));
    items.extend(r.skipped.iter().map(|s| Item::new("skipped", "", s.start, s.end, &*s.reason)));
    items.sort_by_key(|i| (i.start, i.end));
    items
}

/// What a count or a date says, its place aside: "kind money, value 5, unit EUR".
fn said(mention: &impl Serialize) -> String {
    let Ok(Value::Object(fields)) = serde_json::to_value(mention) else { return String::new() };
    let aside = ["text", "start", "end", "rule"];
    let said = fields.iter().filter(|(key, value)| !aside.contains(&key.as_str()) && !value.is_null());
    said.map(|(key, value)| format!("{key} {}", json(value))).collect::<Vec<_>>().join(", ")
}

/// A value in as few signs as a reader needs: a string without its quotes.
fn json(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(s)) => s,
        Ok(other) => other.to_string(),
        Err(e) => e.to_string(),
    }
}

/// Pairs the mentions of two records, the most alike first, and reports those that differ.
fn mentions(then: Vec<Item>, now: Vec<Item>, text: &str, report: &mut String) {
    let (mut then, mut now): (Vec<_>, Vec<_>) = (then.into_iter().map(Some).collect(), now.into_iter().map(Some).collect());
    let mut found: Vec<(Option<Item>, Option<Item>)> = Vec::new();
    for likeness in (0..=3).rev() {
        for old in &mut then {
            let Some(item) = old else { continue };
            let alike = |n: &&mut Option<Item>| n.as_ref().is_some_and(|n| item.likeness(n) == Some(likeness));
            if let Some(new) = now.iter_mut().find(alike) {
                found.push((old.take(), new.take()));
            }
        }
    }
    found.retain(|(old, new)| old != new);
    found.extend(then.into_iter().flatten().map(|old| (Some(old), None)));
    found.extend(now.into_iter().flatten().map(|new| (None, Some(new))));
    found.sort_by_key(|(old, new)| new.as_ref().or(old.as_ref()).map(|i| (i.start, i.end)));
    for (old, new) in &found {
        describe(old.as_ref(), new.as_ref(), text, report);
    }
}

fn describe(old: Option<&Item>, new: Option<&Item>, text: &str, report: &mut String) {
    let Some(shown) = new.or(old) else { return };
    let what = match (old, new) {
        (Some(old), Some(new)) if (old.start, old.end) == (new.start, new.end) => {
            format!("changed {}: {} → {}", new.list, old.value, new.value)
        }
        (Some(old), Some(new)) => {
            let value = if old.value == new.value { String::new() } else { format!(": {} → {}", old.value, new.value) };
            format!("moved   {}: {:?} {}–{} → {:?} {}–{}{value}", new.list, old.text, old.start, old.end, new.text, new.start, new.end)
        }
        (None, _) => format!("gained  {}: {}", shown.list, shown.value),
        (_, None) => format!("lost    {}: {}", shown.list, shown.value),
    };
    let _ = writeln!(report, "  {what}\n          {}", place(shown, text));
}

/// The line of text a mention stands in, cut to its surroundings, the mention in brackets.
fn place(item: &Item, text: &str) -> String {
    let byte = |at: usize| text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte);
    let (start, end) = (byte(item.start), byte(item.end.max(item.start)));
    let (before, mention, after) = (&text[..start], &text[start..end], &text[end..]);
    let number = before.matches('\n').count() + 1;
    let before = before.rsplit('\n').next().unwrap_or_default();
    let after = after.lines().next().unwrap_or_default();
    let cut = before.chars().count().saturating_sub(CONTEXT);
    let head: String = before.chars().skip(cut).collect();
    let tail: String = after.chars().take(CONTEXT).collect();
    let (open, close) = (if cut > 0 { "…" } else { "" }, if tail.len() < after.len() { "…" } else { "" });
    format!("line {number}: {open}{head}[{}]{tail}{close}", in_one_line(mention))
}

/// A mention on one line; a long one, such as skipped boilerplate, by its ends.
fn in_one_line(mention: &str) -> String {
    let words: Vec<char> = mention.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    match words.len() {
        0..=80 => words.into_iter().collect(),
        n => words[..40].iter().chain(&['…']).chain(&words[n - 40..]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TEXT: &str = "Oggi\nil ministro Antonio Tajani è a Roma il 3 marzo con 5 agenti.";

    /// A record with one person, one date and one count, as `change` leaves it.
    fn record(change: impl FnOnce(&mut Value)) -> Line {
        let mut value = json!({
            "schema": "1", "id": "x.txt", "language": "it", "language_confidence": 0.9, "published": null, "published_from": null,
            "encoding": "utf-8",
            "people": [{"name": "Antonio Tajani", "roles": ["ministro"], "affiliations": [],
                        "mentions": [{"text": "Antonio Tajani", "start": 17, "end": 31}]}],
            "dates": [{"text": "3 marzo", "start": 44, "end": 51, "value": "XXXX-03-03", "granularity": "day", "resolved_from": null}],
            "counts": [{"text": "5 agenti", "start": 56, "end": 64, "kind": "count", "value": 5, "max": null, "modifier": null,
                        "unit": null, "noun": "agenti"}],
            "skipped": []
        });
        change(&mut value);
        Line::from_value(value).expect("a record")
    }

    fn report_of(change: impl FnOnce(&mut Value)) -> String {
        report(&record(|_| ()), &record(change), TEXT)
    }

    #[test]
    fn nothing_differs() {
        assert_eq!(report_of(|r| r["id"] = json!("y.txt")), "");
        assert_eq!(report_of(|r| r["dates"][0]["rule"] = json!("it.date")), "");
    }

    #[test]
    fn each_difference_in_words() {
        let lost = report_of(|r| r["people"] = json!([]));
        assert_eq!(
            lost,
            "  lost    people: Antonio Tajani\n          line 2: il ministro [Antonio Tajani] è a Roma il 3 marzo con 5 agenti.\n"
        );
        let moved = report_of(|r| r["people"][0]["mentions"][0] = json!({"text": "Tajani", "start": 25, "end": 31}));
        assert!(moved.starts_with("  moved   people: \"Antonio Tajani\" 17–31 → \"Tajani\" 25–31\n"), "{moved}");
        let changed = report_of(|r| r["dates"][0]["value"] = json!("2022-03-03"));
        assert!(
            changed.starts_with("  changed dates: value XXXX-03-03, granularity day → value 2022-03-03, granularity day\n"),
            "{changed}"
        );
        let role = report_of(|r| r["people"][0]["roles"] = json!([]));
        assert_eq!(role, "  changed people Antonio Tajani: roles [\"ministro\"] affiliations [] → roles [] affiliations []\n");
        let published = report_of(|r| r["published"] = json!("2022-03-04"));
        assert_eq!(published, "  changed published: null → 2022-03-04\n");
        let list = report_of(|r| r["organizations"] = json!([]));
        assert_eq!(list, "  gained  organizations: the whole list\n");
    }

    #[test]
    fn no_difference_goes_unsaid() {
        let twice = report_of(|r| {
            let again = r["people"][0].clone();
            r["people"][0]["mentions"] = json!([]);
            r["people"].as_array_mut().expect("a list").push(again);
        });
        assert_eq!(twice, "  changed: the same mentions, in another order or otherwise grouped\n");
    }

    #[test]
    fn gains_are_told_from_losses_elsewhere() {
        let gained = report_of(|r| {
            r["people"][0]["mentions"] =
                json!([{"text": "Antonio Tajani", "start": 17, "end": 31}, {"text": "Roma", "start": 36, "end": 40}]);
        });
        assert!(
            gained.starts_with("  gained  people: Antonio Tajani\n          line 2: il ministro Antonio Tajani è a [Roma]"),
            "{gained}"
        );
    }

    #[test]
    fn failures() {
        let failure =
            |kind: &str| Line::from_value(json!({"schema": "1", "id": "x", "error": {"kind": kind, "message": "m"}})).expect("a failure");
        assert_eq!(report(&failure("empty"), &failure("empty"), ""), "");
        assert_eq!(report(&failure("empty"), &failure("not_text"), ""), "  was the error empty: m\n  now the error not_text: m\n");
        assert_eq!(report(&failure("empty"), &record(|_| ()), TEXT), "  was the error empty: m\n  now a record in it, 3 mentions\n");
    }

    #[test]
    fn spans_beyond_the_text_do_no_harm() {
        let wild = report_of(
            |r| r["counts"][0] = json!({"text": "9", "start": 900, "end": 901, "kind": "count", "value": 9, "max": null, "modifier": null, "unit": null, "noun": null}),
        );
        assert!(wild.contains("gained  counts: kind count, value 9\n"), "{wild}");
    }
}
