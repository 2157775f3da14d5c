//! Compiled rules: what `build.rs` makes of the `.rules` files, as constants.
//!
//! Not here: how a program runs ([`super::matcher`]) or what its actions mean to an extractor.

/// One compiled rule.
#[derive(Debug)]
pub struct Rule {
    /// `LANGUAGE.STAGE.what-it-is`.
    pub name: &'static str,
    /// The pattern's instructions.
    pub program: &'static [Inst],
    /// What each match holds: a sentence that lacks all of one set needs no try.
    pub needs: &'static [Need],
    /// What follows a match.
    pub actions: &'static [Action],
}

/// Annotation kinds, as bits, and words; at least one of them stands in a match.
#[derive(Debug)]
pub struct Need {
    /// Kinds.
    pub kinds: u64,
    /// Words, by ordinal.
    pub words: &'static [u32],
}

/// One instruction of a pattern's program.
#[derive(Clone, Copy, Debug)]
pub enum Inst {
    /// One token that passes all tests.
    Token(&'static [Test]),
    /// One annotation of a kind that passes all tests; the capture that remembers it, if any.
    Annotation(u8, &'static [Test], Option<u8>),
    /// Goes on at the first place, and then also at the second.
    Split(u16, u16),
    /// Goes on there.
    Jump(u16),
    /// Remembers the place in a slot: 0 and 1 what the rule marks, then a pair for each capture.
    Save(u8),
    /// Tests what precedes: any of the alternatives.
    Behind {
        /// Must not.
        negative: bool,
        /// Each a list of tests on one token or annotation.
        alternatives: &'static [&'static [Test]],
    },
    /// Tests what follows: the program up to `end`, which then goes on.
    Ahead {
        /// Must not.
        negative: bool,
        /// The instruction after the look-ahead.
        end: u16,
    },
    /// The start of the sentence.
    Start,
    /// The end of the sentence.
    End,
    /// The pattern, or the look-ahead, is matched.
    Accept,
}

/// A test on one token or annotation.
#[derive(Clone, Copy, Debug)]
pub enum Test {
    /// The word with this ordinal.
    Word(u32),
    /// One of the words with these ordinals, which are sorted.
    Words(&'static [u32]),
    /// The word in exactly this case.
    Exact(&'static str),
    /// Any of these tags.
    Tag(u128),
    /// An annotation of this kind.
    Kind(u8),
    /// An annotation of this kind and class.
    KindClass(u8, u16),
    /// Digits with a value in this range.
    Range(u32, u32),
    /// The test fails.
    Not(&'static Test),
    /// The test holds of the last token of the annotation.
    Last(&'static Test),
}

/// What follows a match.
#[derive(Debug)]
pub enum Action {
    /// Marks an annotation.
    Annotate {
        /// Its kind.
        kind: u8,
        /// Its class.
        class: u16,
        /// The capture whose annotation's class it takes instead.
        class_of: Option<u8>,
        /// What makes its value: a name and arguments; none leaves the annotation without a value.
        constructor: Option<(&'static str, &'static [Arg])>,
    },
    /// Adds a weight to a class for the marked name.
    Evidence(&'static str, f32),
    /// Attaches a capture to the marked name, as what the first name says.
    Attach(&'static str, u8),
}

/// An argument of a constructor, as the rule gives it.
#[derive(Clone, Copy, Debug)]
pub enum Arg {
    /// A capture, by number.
    Capture(u8),
    /// A word.
    Symbol(&'static str),
    /// A number.
    Number(f64),
}

/// The rules of one layer of one stage of one language, and how to find those worth trying.
#[derive(Debug)]
pub struct Layer {
    /// The stage's name.
    pub stage: &'static str,
    /// The layer's number.
    pub layer: u8,
    /// Rules that may begin with a word, by ordinal, sorted.
    pub words: &'static [(u32, &'static [u16])],
    /// A bit for each word above, by its ordinal modulo the number of bits.
    pub word_bits: [u64; 16],
    /// Rules that may begin with a tag.
    pub tags: &'static [(u128, &'static [u16])],
    /// All the tags above.
    pub tag_bits: u128,
    /// Rules that may begin with an annotation, by kind.
    pub kinds: &'static [(u8, &'static [u16])],
    /// All the kinds above, as bits.
    pub kind_bits: u64,
}
