//! dispaccio reads news articles and gives structured records, by rules and lexicons alone.

pub mod error;
pub mod lang;
pub mod rule;
pub mod segment;
pub mod span;
pub mod tag;
