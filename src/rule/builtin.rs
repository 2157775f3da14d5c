//! The token tags that the engine itself gives, by their bit in a token's tag set.
//!
//! `build.rs` numbers the tables' tags after these. Not here: the tags of words tables.

/// Names of the built-in tags; a tag's place is its bit.
pub const BUILTIN: [&str; 17] = [
    "any",
    "word",
    "number",
    "mark",
    "address",
    "lower",
    "cap",
    "title",
    "upper",
    "initial",
    "mixed",
    "glued",
    "spaced",
    "linestart",
    "phrase",
    "unlisted",
    "camel",
];

/// Any token.
pub const ANY: u128 = 1;
/// Made of letters.
pub const WORD: u128 = 1 << 1;
/// Begins with a digit.
pub const NUMBER: u128 = 1 << 2;
/// A punctuation mark or symbol.
pub const MARK: u128 = 1 << 3;
/// A web or mail address.
pub const ADDRESS: u128 = 1 << 4;
/// No capital letter.
pub const LOWER: u128 = 1 << 5;
/// Begins with a capital letter.
pub const CAP: u128 = 1 << 6;
/// A capital, then small letters.
pub const TITLE: u128 = 1 << 7;
/// Two letters or more, all capitals.
pub const UPPER: u128 = 1 << 8;
/// One capital letter.
pub const INITIAL: u128 = 1 << 9;
/// A small letter first, a capital later.
pub const MIXED: u128 = 1 << 10;
/// No space before it.
pub const GLUED: u128 = 1 << 11;
/// A space before it.
pub const SPACED: u128 = 1 << 12;
/// First of its line.
pub const LINE_START: u128 = 1 << 13;
/// A gazetteer phrase of two words or more begins with this word.
pub const PHRASE: u128 = 1 << 14;
/// A word that no table and no rule holds.
pub const UNLISTED: u128 = 1 << 15;
/// A capital, small letters, and another capital: "WhatsApp".
pub const CAMEL: u128 = 1 << 16;

/// Kinds that the engine itself names; tables and rules add theirs after these.
pub const KINDS: [&str; 13] =
    ["NUMBER", "NAME", "STATE", "PERSON", "AGENCY", "ORG", "COUNTRY", "CITY", "ROLE", "NONE", "DATE", "WEEKDAY", "MONTH"];
