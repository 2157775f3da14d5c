//! dispaccio reads news articles and gives structured records, by rules and lexicons alone.

pub mod emit;
pub mod error;
pub mod lang;
pub mod options;
pub mod pipeline;
pub mod read;
pub mod rule;
pub mod segment;
pub mod span;
pub mod tag;
