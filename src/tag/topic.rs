//! What an article is about, as far as its words tell: a tag for every token of it.
//!
//! A words table gives tags `topic_X`; where enough words of an article have one, all its tokens get `about_X`, which
//! rules test like any tag ("Catania" is a club in a match report). Not here: which words those are (`topics.tsv`), and
//! how many are enough (`names.rules`).

use crate::lang::data::{TOPICS, weight};
use crate::rule::builtin;

/// Adds to the tag sets of an article's tokens what the article is about.
pub fn spread(sets: &mut [u128]) {
    let any = TOPICS.iter().fold(0, |all, (topic, _)| all | topic);
    let words = sets.iter().filter(|s| **s & builtin::WORD != 0).count();
    let enough = (words as f32 * weight::TOPIC_SHARE).max(weight::TOPIC_WORDS);
    if (sets.iter().filter(|s| **s & any != 0).count() as f32) < enough {
        return;
    }
    for (topic, about) in TOPICS {
        if sets.iter().filter(|s| **s & topic != 0).count() as f32 >= enough {
            sets.iter_mut().for_each(|set| *set |= about);
        }
    }
}
