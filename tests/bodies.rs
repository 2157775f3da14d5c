//! Agencies and organizations: one phrase for each decision that the rules make.
//!
//! A line of `bodies/LANGUAGE.txt` is a phrase and, after `=>`, the bodies that it names, with `;` between: the name and,
//! after `:`, its kind (`-` for any), then if it matters its country, its acronym after `=`, and how often it is
//! mentioned (`x2`). `agency other` tells the agencies' other from the organizations'. Nothing after `=>`: the phrase
//! names no body. A heading, after `#`, says what the lines below it decide.

#[path = "common/phrases.rs"]
mod phrases;

use dispaccio::lang::Language;

#[test]
fn english_phrases_name_the_bodies_they_name() {
    phrases::hold("bodies", Language::En, 120);
}

#[test]
fn italian_phrases_name_the_bodies_they_name() {
    phrases::hold("bodies", Language::It, 120);
}
