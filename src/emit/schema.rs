//! The JSON Schema (2020-12) of a line of output, derived from the types of [`super::record`].
//!
//! Not here: the shape itself, which the types alone decide.

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::transform_subschemas;
use serde_json::{Map, Value};

use super::record::Line;

/// The schema of everything that may stand on a line of output: a record, or a failure.
pub fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize().with_transform(absent_is_not_null);
    let mut schema = settings.into_generator().into_root_schema_for::<Line>().to_value();
    if let Some(fields) = schema.as_object_mut() {
        let first = ["$schema", "title", "description"].map(str::to_owned);
        let mut sorted: Map<_, _> = first.into_iter().filter_map(|key| fields.remove_entry(&key)).collect();
        sorted.append(fields);
        *fields = sorted;
    }
    schema
}

/// Every key that may be absent is absent rather than null, which the types alone do not say.
fn absent_is_not_null(schema: &mut Schema) {
    let required = schema.get("required").cloned().unwrap_or_default();
    let required: Vec<&str> = required.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        for (_, property) in properties.iter_mut().filter(|(key, _)| !required.contains(&key.as_str())) {
            if let Some(kind @ Value::Array(_)) = property.get_mut("type") {
                *kind = kind[0].take();
            }
        }
    }
    transform_subschemas(&mut absent_is_not_null, schema);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_says_what_serde_does() {
        let schema = schema();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        let record = &schema["$defs"]["Record"];
        assert_eq!(record["properties"]["people"]["type"], "array", "absent with --only, never null");
        assert_eq!(record["properties"]["published"]["type"], serde_json::json!(["string", "null"]));
        let keys: Vec<_> = record["properties"].as_object().expect("keys").keys().map(String::as_str).take(3).collect();
        assert_eq!(keys, ["schema", "id", "language"], "the record's own order");
        let objects = schema["$defs"].as_object().expect("definitions").values().filter(|d| d["type"] == "object");
        assert!(objects.clone().count() >= 10 && objects.clone().all(|d| d["additionalProperties"] == false));
    }
}
