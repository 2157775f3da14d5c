//! Compiled rules: what `build.rs` makes of the `.rules` files, as constants.
//!
//! Not here: how a program runs ([`super::matcher`]) or what its actions mean to an extractor.

/// One compiled rule.
#[derive(Debug)]
pub struct Rule {
    /// `LANGUAGE.STAGE.what-it-is`.
    pub name: &'static str,
    /// What it may begin with, told for those who trace the rule.
    pub first: &'static [First],
    /// What follows a match.
    pub actions: &'static [Action],
}

/// What a rule may begin with.
#[derive(Clone, Copy, Debug)]
pub enum First {
    /// The word with this ordinal.
    Word(u32),
    /// Any of these tags.
    Tag(u128),
    /// An annotation of this kind.
    Kind(u8),
}

/// The rules of one layer of one stage of one language.
#[derive(Debug)]
pub struct Layer {
    /// The stage's name.
    pub stage: &'static str,
    /// The layer's number.
    pub layer: u8,
    /// The patterns of all its rules as one graph; what comes after a node stands before it in this list.
    pub nodes: &'static [Node],
    /// Its rules, in file order.
    pub entries: &'static [Entry],
}

/// A rule's part in its layer.
#[derive(Debug)]
pub struct Entry {
    /// The rule, by number.
    pub rule: u16,
    /// The node that its pattern begins with.
    pub node: u16,
    /// Every node of its pattern, what comes after a node before it.
    pub nodes: &'static [u16],
    /// What each match holds.
    pub needs: &'static [Need],
}

/// Sets of places; a match holds a place of at least one of them.
#[derive(Debug)]
pub struct Need {
    /// Those that are read off the text and its annotations.
    pub base: &'static [u16],
    /// Those that are made of others.
    pub made: &'static [u16],
}

/// One step of a pattern, and what comes after it.
#[derive(Clone, Copy, Debug)]
pub enum Node {
    /// The pattern, or the look-ahead, is matched.
    Accept,
    /// A token at one of these places.
    Token {
        /// The set of places.
        places: u16,
        /// What comes after it.
        next: u16,
    },
    /// One annotation.
    Span {
        /// Which, by number in the vocabulary.
        spans: u16,
        /// The capture that remembers it.
        capture: Option<u8>,
        /// What comes after it.
        next: u16,
    },
    /// One annotation of any of several sorts, which nothing remembers.
    Either {
        /// Which, by number in the vocabulary, as they are tried.
        spans: &'static [u16],
        /// The set of places where one of a single token stands.
        ones: u16,
        /// What comes after it.
        next: u16,
    },
    /// Goes on with the first node, and then also with the second.
    Split(u16, u16),
    /// Remembers the place in a slot: 0 and 1 what the rule marks, then a pair for each capture.
    Save(u8, u16),
    /// Asks what precedes: a token at one of the places, or one of the annotations.
    Behind {
        /// Must not precede.
        negative: bool,
        /// The set of places.
        places: Option<u16>,
        /// Which annotations.
        spans: &'static [u16],
        /// What comes after it.
        next: u16,
    },
    /// Asks what follows: the pattern that begins with `look`.
    Ahead {
        /// Must not follow.
        negative: bool,
        /// The pattern's first node.
        look: u16,
        /// What comes after it.
        next: u16,
    },
    /// The start of the sentence.
    Start(u16),
    /// The end of the sentence.
    End(u16),
}

/// Whatever a language's rules ask about a place in the text, each question asked once.
#[derive(Debug)]
pub struct Vocabulary {
    /// The sets of places that rules ask for.
    pub places: &'static [Places],
    /// The annotations that rules ask for.
    pub spans: &'static [Spans],
    /// For each tag's bit, the set of places that have it; [`NOT_ASKED`] where no rule asks.
    pub tags: [u16; 128],
    /// For each word that a rule names, by ordinal: the set of its places, if it is asked for, and of those where it
    /// is written just so.
    pub words: &'static [(u16, &'static [(u16, &'static str)])],
    /// Sets of numbers from the first to the second value.
    pub ranges: &'static [(u32, u32, u16)],
    /// By kind, the sorts of annotation that rules ask for.
    pub sorts: &'static [&'static [Sort]],
    /// How many sorts there are.
    pub sort_count: usize,
}

/// What stands for a tag or word that no rule asks for.
pub const NOT_ASKED: u16 = u16::MAX;

/// How a set of places is found.
#[derive(Debug)]
pub enum Places {
    /// Read off the text and its annotations.
    Base,
    /// Where all of these hold, or do not hold if the flag is set; the ones that hold come first.
    All(Kinds, &'static [(u16, bool)]),
    /// Where any of these holds.
    Any(Kinds, &'static [u16]),
}

/// The kinds of annotation that have a part in a set of places, as bits.
pub type Kinds = u64;

/// A kind of annotation, or one class of it.
#[derive(Debug)]
pub struct Sort {
    /// Its number.
    pub number: u16,
    /// The class; of none, any class.
    pub class: Option<u16>,
    /// The set of places where one begins.
    pub starts: u16,
    /// The set of places where one of a single token stands.
    pub ones: u16,
}

/// What a pattern asks of an annotation. Each condition has a flag that is set if it must not hold.
#[derive(Debug)]
pub struct Spans {
    /// Its kind.
    pub kind: u8,
    /// Its class, if that is asked for.
    pub class: Option<u16>,
    /// Kind and class as one number.
    pub sort: u16,
    /// Where annotations of a single token pass.
    pub ones: u16,
    /// What is asked of the first token of a longer one: sets of places.
    pub first: &'static [(u16, bool)],
    /// Which sorts mark the same tokens as a longer one.
    pub same: &'static [(u16, bool)],
    /// What is asked of the last token of a longer one: sets of places.
    pub last: &'static [(u16, bool)],
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
