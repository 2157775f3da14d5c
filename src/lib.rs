//! dispaccio reads news articles and gives structured records, by rules and lexicons alone.

pub mod error;
pub mod extract;
pub mod lang;
pub mod resolve;
pub mod rule;
pub mod segment;
pub mod span;
pub mod tag;
pub mod terms;
