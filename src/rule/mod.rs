//! Rules: patterns over tokens and annotations, read from `src/lang/**/*.rules`.
//!
//! [`syntax`] reads them, `build.rs` compiles them to graphs ([`program`]). An article is laid out on a [`board`],
//! [`reach`] finds all places where a rule matches, [`matcher`] walks it there, [`run`] does so for a whole stage.
//! Every extractor goes through here. Not here: what a constructor builds; extractors hand in a [`run::Build`].

pub mod block;
pub mod board;
pub mod builtin;
mod made;
pub mod matcher;
pub mod program;
pub mod reach;
pub mod run;
pub mod syntax;
