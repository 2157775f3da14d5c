//! Rules: patterns over tokens and annotations, read from `src/lang/**/*.rules`.
//!
//! [`syntax`] reads them, `build.rs` compiles them to [`program`]s, [`matcher`] runs a program at a
//! place, [`run`] a whole stage over an article. Every extractor goes through here. Not here: what
//! a constructor builds; extractors hand in a [`run::Build`].

pub mod builtin;
pub mod matcher;
pub mod program;
pub mod run;
pub mod syntax;
