//! dispaccio reads news articles in English or Italian and gives structured records of the people,
//! agencies, organizations, countries, counts and dates in them, by rules and lexicons alone.
//!
//! ```
//! use dispaccio::options::Options;
//! use dispaccio::pipeline::Pipeline;
//! use dispaccio::read::Source;
//!
//! let pipeline = Pipeline::new(Options::default())?; // once, for any number of articles and threads
//! let text = "The minister Carla Bianchi met Pedro Alves in Lisbon on 3 March 2024. Bianchi left early.";
//! let record = pipeline.run(Source::from_text("visit.txt".into(), text.to_owned())?)?;
//!
//! let people = record.people.unwrap_or_default(); // absent only where `Options::only` leaves it out
//! for person in &people {
//!     println!("{} ({}), {} times", person.name, person.roles.join(", "), person.mentions.len());
//! }
//! assert_eq!(people.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["Carla Bianchi", "Pedro Alves"]);
//! assert_eq!(people[0].mentions.len(), 2);
//! # Ok::<(), dispaccio::error::Error>(())
//! ```
//!
//! Data flows one way, each step giving a type of its own; [`pipeline`] shows it on one screen:
//!
//! 1. [`read`]: bytes → `Source`
//! 2. [`detect`]: which language → `Detected`
//! 3. [`segment`]: tokens, sentences, zones → `Segments`
//! 4. [`tag`]: what each word and phrase may be → `Tags`
//! 5. [`extract`]: what rules make of them → `Candidates`
//! 6. [`resolve`]: which of them stand, and what they refer to → `Resolved`
//! 7. [`emit`]: → `Record`
//!
//! A step may use those before it, never one after it. What a language's words are stands in
//! [`lang`], apart from the engine; [`rule`] is the matcher that all extractors share.

pub mod detect;
pub mod emit;
pub mod error;
pub mod extract;
pub mod lang;
pub mod options;
pub mod pipeline;
pub mod read;
pub mod resolve;
pub mod rule;
pub mod segment;
pub mod span;
pub mod tag;
pub mod terms;
