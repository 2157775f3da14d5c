//! Step 7, mentions and entities → [`record::Record`] → text that another program reads.
//!
//! Not here: what is extracted, or where the output goes.

pub mod assemble;
pub mod brat;
pub mod conll;
pub mod html;
pub mod json;
pub mod offsets;
pub mod placed;
pub mod record;
pub mod schema;
