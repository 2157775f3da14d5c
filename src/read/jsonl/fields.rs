//! The JSON of one record: the four fields that are read, and nothing kept of the others.
//!
//! What is not asked for is parsed and dropped as it goes by, so a record takes the memory of its
//! text whatever else it carries, however deeply nested. Not here: what the fields mean.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Settings, bad};
use crate::error::Result;

/// The longest id, in bytes of JSON: it is kept beside its article, and repeated in messages.
const LONGEST_ID: usize = 64 << 10;

/// What a field holds that should be a string.
#[derive(Debug, Default, PartialEq)]
pub enum Field {
    /// Nothing, or null.
    #[default]
    Absent,
    /// What it should.
    String(String),
    /// Something else, named with its article.
    Other(&'static str),
}

/// The fields of a record that are read.
#[derive(Debug, Default)]
pub struct Fields {
    /// The record's own id, as JSON; none when it is absent or null.
    pub id: Option<Box<RawValue>>,
    /// The text.
    pub text: Field,
    /// The publication day.
    pub published: Field,
    /// The language.
    pub lang: Field,
}

impl Fields {
    /// Parses a line. Of a key that stands twice the last one counts.
    pub fn read(line: &[u8], settings: &Settings) -> Result<Self> {
        let Ok(line) = std::str::from_utf8(line) else { return Err(bad("not UTF-8, as JSON Lines must be")) };
        let not_json = |e: &serde_json::Error| {
            // The parser saw one line only: its column helps, its line number would mislead.
            let message = e.to_string();
            let reason = message.rsplit_once(" at line ").map_or(message.as_str(), |(reason, _)| reason);
            bad(format!("not JSON: {reason} at column {}", e.column()))
        };
        if line.trim_ascii_start().starts_with('{') {
            let mut parser = serde_json::Deserializer::from_str(line);
            let fields = parser.deserialize_map(Reading(settings)).and_then(|fields| parser.end().map(|()| fields));
            return fields.map_err(|e| not_json(&e));
        }
        match serde_json::from_str::<Field>(line) {
            Ok(other) => Err(bad(format!("not a JSON object but {}", other.sort()))),
            Err(e) => Err(not_json(&e)),
        }
    }
}

impl Field {
    fn sort(&self) -> &'static str {
        match self {
            Self::Absent => "null",
            Self::String(_) => "a string",
            Self::Other(sort) => sort,
        }
    }
}

/// An id as a value. Refuses one that would come out as another number than it went in.
pub fn exact(id: &RawValue) -> Result<Value> {
    if id.get().len() > LONGEST_ID {
        return Err(bad(format!("its id is longer than {} KiB", LONGEST_ID >> 10)));
    }
    let id = serde_json::from_str(id.get()).map_err(|e| bad(format!("its id cannot be kept: {e}")))?;
    match &id {
        Value::Number(n) if n.is_f64() && n.as_f64().is_none_or(|f| f.abs() >= 9_223_372_036_854_775_808.0) => {
            Err(bad("its id is too large a number to be kept exactly; write it as a string"))
        }
        _ => Ok(id),
    }
}

/// Reads an object's fields.
struct Reading<'s>(&'s Settings);

impl<'de> Visitor<'de> for Reading<'_> {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Fields, A::Error> {
        let mut fields = Fields::default();
        while let Some(key) = map.next_key_seed(Key(self.0))? {
            match key {
                Name::Id => {
                    let id: Box<RawValue> = map.next_value()?;
                    fields.id = (id.get() != "null").then_some(id);
                }
                Name::Text => fields.text = map.next_value()?,
                Name::Published => fields.published = map.next_value()?,
                Name::Lang => fields.lang = map.next_value()?,
                Name::Other => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(fields)
    }
}

/// Which field a key names. The id goes first where two have one name, as it always did.
enum Name {
    Id,
    Text,
    Published,
    Lang,
    Other,
}

struct Key<'s>(&'s Settings);

impl<'de> serde::de::DeserializeSeed<'de> for Key<'_> {
    type Value = Name;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<Name, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: serde::de::Error>(self, key: &str) -> std::result::Result<Name, E> {
        Ok(match key {
            _ if key == self.0.id => Name::Id,
            "lang" => Name::Lang,
            _ if key == self.0.published => Name::Published,
            _ if key == self.0.text => Name::Text,
            _ => Name::Other,
        })
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Field;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> std::result::Result<Field, E> {
        Ok(Field::Absent)
    }

    fn visit_str<E>(self, s: &str) -> std::result::Result<Field, E> {
        Ok(Field::String(s.to_owned()))
    }

    fn visit_string<E>(self, s: String) -> std::result::Result<Field, E> {
        Ok(Field::String(s))
    }

    fn visit_bool<E>(self, _: bool) -> std::result::Result<Field, E> {
        Ok(Field::Other("a boolean"))
    }

    fn visit_i64<E>(self, _: i64) -> std::result::Result<Field, E> {
        Ok(Field::Other("a number"))
    }

    fn visit_u64<E>(self, _: u64) -> std::result::Result<Field, E> {
        Ok(Field::Other("a number"))
    }

    fn visit_f64<E>(self, _: f64) -> std::result::Result<Field, E> {
        Ok(Field::Other("a number"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> std::result::Result<Field, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Field::Other("an array"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut items: A) -> std::result::Result<Field, A::Error> {
        while items.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Field::Other("an object"))
    }
}
