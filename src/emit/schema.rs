//! The JSON Schema (2020-12) of a line of output, derived from the types of [`super::record`].
//!
//! Not here: the shape itself, which the types alone decide.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::record::Line;

/// The schema of everything that may stand on a line of output: a record, or a failure.
pub fn schema() -> Value {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Line>().to_value()
}
