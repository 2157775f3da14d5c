//! `dispaccio schema`: a JSON Schema that accepts what the program writes, and nothing else.

mod common;

use boon::{Compiler, Schemas};
use common::{ARTICLE, dispaccio};
use serde_json::{Value, json};

/// Whether the printed schema accepts each of these values.
fn accepts(values: &[Value]) -> Vec<bool> {
    let ran = dispaccio(&["schema"], "");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let schema: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("record.json", schema).expect("a resource");
    let compiled = compiler.compile("record.json", &mut schemas).expect("a schema");
    values.iter().map(|value| schemas.validate(value, compiled).is_ok()).collect()
}

/// A record with one mention of each sort.
fn record() -> Value {
    let mention = json!({"text": "x", "start": 0, "end": 1});
    let body = json!([{"name": "x", "acronym": null, "kind": "police", "country": "IT", "mentions": [mention]}]);
    json!({
        "schema": "1", "id": 7, "language": "it", "language_confidence": 0.99, "published": "2024-11-27", "published_from": "text",
        "encoding": "utf-8",
        "people": [{"name": "x", "roles": ["y"], "affiliations": [], "mentions": [mention]}],
        "agencies": body, "organizations": body,
        "countries": [{"name": "Italy", "code": "IT", "mentions": [{"text": "x", "start": 0, "end": 1, "form": "demonym"}]}],
        "counts": [{"text": "x", "start": 0, "end": 1, "kind": "measure", "value": 15, "max": null, "modifier": "at_least",
                    "unit": "terabyte", "noun": null}],
        "dates": [{"text": "x", "start": 0, "end": 1, "value": null, "granularity": "day", "resolved_from": "self", "rule": "it.date"}],
        "skipped": [{"start": 0, "end": 1, "reason": "related_links"}]
    })
}

fn with(pointer: &str, value: Value) -> Value {
    let mut record = record();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    record.pointer_mut(parent).expect(pointer)[key] = value;
    record
}

#[test]
fn accepts_what_the_program_writes() {
    let (whole, some) = (dispaccio(&["--explain"], ARTICLE).record(), dispaccio(&["--only", "counts"], ARTICLE).record());
    let failed = dispaccio(&[], "").record();
    assert_eq!(accepts(&[record(), whole, some, failed]), [true; 4]);
}

#[test]
fn refuses_everything_else() {
    let mut headless = record();
    headless.as_object_mut().expect("an object").remove("published");
    let refused = [
        headless,
        with("/colour", json!("red")),
        with("/schema", json!("2")),
        with("/language", json!("fr")),
        with("/published", json!("27/11/2024")),
        with("/people", Value::Null),
        with("/people/0/colour", json!("red")),
        with("/people/0/mentions/0/start", json!(-1)),
        with("/agencies/0/kind", json!("club")),
        with("/countries/0/code", json!("Italy")),
        with("/counts/0/value", json!("15")),
        with("/dates/0/granularity", json!("minute")),
        with("/skipped/0/text", json!("x")),
        json!({"schema": "1", "id": "x", "error": {"kind": "boring", "message": "m"}}),
        json!({}),
    ];
    assert_eq!(accepts(&refused), vec![false; refused.len()]);
}
