//! The words that numbers are made of, as a language's tables list them.
//!
//! Filled from two tables, of words and of letters glued to digits. The table says of each what
//! part it plays ([`Part`]) and what it is worth; how parts make a number is [`super::grammar`]'s
//! business. Not here: a word of any language.

use std::sync::OnceLock;

use crate::lang::{Language, data};

/// What part a word plays in a number. The names in the tables are given beside each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// `a`: an article that is "one" only before a scale or a fraction ("a hundred").
    A,
    /// `one`: the number one, which is also a pronoun.
    One,
    /// `a-one`: the number one where it is the article too ("un").
    AOne,
    /// `zero`: zero.
    Zero,
    /// `letter`: a letter read as zero after the point ("two point o five").
    Letter,
    /// `unit`: 2 to 9.
    Unit,
    /// `teen`: 10 to 19.
    Teen,
    /// `ten`: 20 to 90.
    Ten,
    /// `elided`: a ten without its last vowel ("vent", "trent").
    Elided,
    /// `hundred`: a hundred that wants a number before it.
    Hundred,
    /// `full-hundred`: a hundred that stands alone ("cento").
    FullHundred,
    /// `glued-hundred`: the same, only where glued to what follows ("cent|otto").
    GluedHundred,
    /// `none`: a word that is no number, whatever it seems to be made of ("centesimi", cents).
    No,
    /// `scale`: a power of ten, or a dozen, that multiplies what stands before it.
    Scale,
    /// `full-scale`: a scale that stands alone ("mille").
    FullScale,
    /// `multiple`: a plural that counts loosely when alone ("dozens"), and is a scale after a number.
    Multiple,
    /// `approx`: a noun for about that many, after its article ("una ventina").
    Approx,
    /// `couple`: a noun for two, used loosely.
    Couple,
    /// `half`: one half.
    Half,
    /// `denominator`: names the parts of a whole ("thirds", "quarter").
    Denominator,
    /// `ordinal`: a rank, which in the singular also names a part of a whole ("third").
    Ordinal,
    /// `ordinal-joined`: a rank that joins the ten before it only by a hyphen, for it is also a unit ("second").
    OrdinalJoined,
    /// `ordinal-ending`: an ending that makes a number a rank ("esimo").
    OrdinalEnding,
    /// `denominator-ending`: an ending that makes a number name parts of a whole ("esimi").
    DenominatorEnding,
    /// `age-ending`: an ending that makes a number an age ("enne").
    AgeEnding,
    /// `fold-ending`: an ending that makes a number say how many times as much ("tenfold").
    FoldEnding,
    /// `and`: joins the parts of a number, or not.
    And,
    /// `or`: before a spoken minus it makes none of it ("plus or minus two").
    Or,
    /// `of`: stands between a loose number and its scale ("tens of thousands").
    Of,
    /// `point`: the decimal point, spoken.
    Point,
    /// `minus`: a minus sign, spoken.
    Minus,
    /// `maybe-minus`: a minus sign, spoken, that is also a comparison ("meno"); one only before digits.
    MaybeMinus,
    /// `scale-or-unit`: letters after digits that are a scale only if what follows says so ("35m").
    ScaleOrUnit,
    /// `decade`: an ending that makes digits ten years ("1990s").
    Decade,
    /// `decimal`: the mark before decimals, in digits.
    Decimal,
    /// Digits; never in a table.
    Digits,
    /// A hyphen; never in a table.
    Hyphen,
    /// A fraction bar; never in a table.
    Bar,
    /// A fraction in one character, its value the number's; never in a table.
    Vulgar,
    /// The mark of a rank after digits (`º`, `ª`); never in a table.
    OrdinalMark,
}

impl Part {
    /// The part that a table calls `class`.
    fn of_class(class: &str) -> Option<Self> {
        Some(match class {
            "a" => Self::A,
            "one" => Self::One,
            "a-one" => Self::AOne,
            "zero" => Self::Zero,
            "letter" => Self::Letter,
            "unit" => Self::Unit,
            "teen" => Self::Teen,
            "ten" => Self::Ten,
            "elided" => Self::Elided,
            "hundred" => Self::Hundred,
            "full-hundred" => Self::FullHundred,
            "glued-hundred" => Self::GluedHundred,
            "none" => Self::No,
            "scale" => Self::Scale,
            "full-scale" => Self::FullScale,
            "multiple" => Self::Multiple,
            "approx" => Self::Approx,
            "couple" => Self::Couple,
            "half" => Self::Half,
            "denominator" => Self::Denominator,
            "ordinal" => Self::Ordinal,
            "ordinal-joined" => Self::OrdinalJoined,
            "ordinal-ending" => Self::OrdinalEnding,
            "denominator-ending" => Self::DenominatorEnding,
            "age-ending" => Self::AgeEnding,
            "fold-ending" => Self::FoldEnding,
            "and" => Self::And,
            "of" => Self::Of,
            "or" => Self::Or,
            "point" => Self::Point,
            "minus" => Self::Minus,
            "maybe-minus" => Self::MaybeMinus,
            "scale-or-unit" => Self::ScaleOrUnit,
            "decade" => Self::Decade,
            "decimal" => Self::Decimal,
            _ => return None,
        })
    }

    /// Whether a word of this part may be glued to others into one word.
    fn glues(self) -> bool {
        matches!(
            self,
            Self::One
                | Self::AOne
                | Self::Unit
                | Self::Teen
                | Self::Ten
                | Self::Elided
                | Self::Hundred
                | Self::FullHundred
                | Self::GluedHundred
                | Self::Scale
                | Self::FullScale
                | Self::Multiple
                | Self::Ordinal
        )
    }

    /// Whether a number may begin with this part.
    fn begins(self) -> bool {
        !self.is_ending() && !matches!(self, Self::And | Self::Or | Self::Of | Self::Point | Self::Letter | Self::Decimal | Self::No)
    }

    /// Whether this part is an ending rather than a word.
    pub(super) fn is_ending(self) -> bool {
        matches!(self, Self::OrdinalEnding | Self::DenominatorEnding | Self::AgeEnding | Self::FoldEnding)
    }
}

/// A word's part and worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumWord {
    /// The part it plays.
    pub part: Part,
    /// What it is worth: a value, a multiplier, or the number of parts that it divides a whole into.
    pub value: f64,
}

/// How a language writes numbers in digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Commas between thousands, a point before decimals: 1,234.50.
    Point,
    /// Points between thousands, a comma before decimals: 1.234,50.
    Comma,
}

/// A row of a number table: surface, class, code.
pub type TableRow = (&'static str, &'static str, &'static str);

/// A language's number words.
#[derive(Clone, Debug)]
pub struct Lexicon {
    words: Vec<(&'static str, NumWord)>,
    suffixes: Vec<(&'static str, NumWord)>,
    /// For each first byte, whether a number may begin with it and these low bits of the second.
    starts: [u32; 256],
    /// Whether a word of one letter may begin a number, for each letter.
    letters: [bool; 256],
    /// How the language writes numbers in digits.
    pub style: Style,
}

impl Lexicon {
    /// The lexicon of a language, made once.
    pub fn of(language: Language) -> &'static Self {
        static LEXICONS: [OnceLock<Lexicon>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];
        let at = language as usize;
        LEXICONS[at].get_or_init(|| Self::new(data::NUMBER_WORDS[at], data::NUMBER_SUFFIXES[at]))
    }

    /// The lexicon of tables' rows.
    ///
    /// A row whose class or code is not understood is left out; `tests/lexicons` refuses such rows.
    pub fn new(words: &[TableRow], suffixes: &[TableRow]) -> Self {
        let comma = words.iter().any(|(surface, class, _)| *surface == "," && *class == "decimal");
        let style = if comma { Style::Comma } else { Style::Point };
        let words = collect(words);
        let (mut starts, mut letters) = ([0; 256], [false; 256]);
        for (word, _) in words.iter().filter(|(_, entry)| entry.part.begins()) {
            match *word.as_bytes() {
                [first, second, ..] => starts[first as usize] |= 1 << (second & 31),
                [letter] => letters[letter as usize] = true,
                [] => {}
            }
        }
        Self { words, suffixes: collect(suffixes), starts, letters, style }
    }

    /// Whether a row of a number table can be read.
    pub fn understands(class: &str, code: &str) -> bool {
        row(class, code).is_some()
    }

    /// The number word that `key` is.
    pub fn word(&self, key: &str) -> Option<NumWord> {
        find(&self.words, key).filter(|w| w.part != Part::GluedHundred)
    }

    /// What letters glued to digits mean; capitals count, and where they are not listed do not.
    pub fn suffix(&self, letters: &str) -> Option<NumWord> {
        find(&self.suffixes, letters).or_else(|| find(&self.suffixes, &crate::segment::token::key(letters)))
    }

    /// Whether a number may begin with a word like this one, in any case: the cheap test that most words fail.
    pub fn may_begin(&self, word: &str) -> bool {
        match *word.as_bytes() {
            [first, second, ..] => self.starts[first.to_ascii_lowercase() as usize] >> (second & 31) & 1 == 1,
            [letter] => self.letters[letter.to_ascii_lowercase() as usize],
            [] => false,
        }
    }

    /// Whether `key` is a number word or is made of such.
    pub fn begins_number(&self, key: &str) -> bool {
        self.word(key).is_some() || self.split(key).is_some()
    }

    /// The number words that one word is made of ("trecentoventimila"), at most `MOST_PARTS`.
    ///
    /// Any split into listed words will do; whether they make a number is for the grammar to say.
    pub fn split(&self, key: &str) -> Option<Vec<NumWord>> {
        if key.len() > 90 || !self.may_begin(key) {
            return None;
        }
        let mut parts = Vec::new();
        self.split_into(key, &mut parts).then_some(parts)
    }

    fn split_into(&self, rest: &str, parts: &mut Vec<NumWord>) -> bool {
        if rest.is_empty() {
            return parts.len() > 1;
        }
        if parts.len() == MOST_PARTS {
            return false;
        }
        if let Some(ending) = self.word(rest).filter(|w| w.part.is_ending() && !parts.is_empty()) {
            parts.push(ending);
            return true;
        }
        let first = rest.as_bytes()[0];
        let begins = |byte: u8| self.words.partition_point(|(word, _)| word.as_bytes()[0] < byte);
        let alike = &self.words[begins(first)..begins(first.saturating_add(1))];
        for (word, entry) in alike.iter().rev().filter(|(_, e)| e.part.glues()) {
            if let Some(after) = rest.strip_prefix(word) {
                let part = if entry.part == Part::GluedHundred { Part::FullHundred } else { entry.part };
                parts.push(NumWord { part, ..*entry });
                if self.split_into(after, parts) {
                    return true;
                }
                parts.pop();
            }
            // Before an ending a word loses its last vowel: "sedic(i)" + "esimo".
            let stem = word.len().saturating_sub(1);
            let cut = rest.len() > stem && word.is_char_boundary(stem) && rest.as_bytes()[..stem] == word.as_bytes()[..stem];
            let vowel = matches!(word.as_bytes()[stem], b'a' | b'e' | b'i' | b'o' | b'u');
            if let (true, Some(after)) = (cut && stem > 0 && vowel, rest.get(stem..))
                && let Some(ending) = self.word(after).filter(|w| w.part.is_ending())
            {
                parts.extend([*entry, ending]);
                return true;
            }
        }
        false
    }
}

/// More parts than any number written as one word has.
const MOST_PARTS: usize = 14;

fn row(class: &str, code: &str) -> Option<NumWord> {
    let part = Part::of_class(class)?;
    let value = if code.is_empty() { 0.0 } else { code.parse().ok()? };
    Some(NumWord { part, value })
}

fn collect(rows: &[TableRow]) -> Vec<(&'static str, NumWord)> {
    let mut list: Vec<_> = rows.iter().filter_map(|(surface, class, code)| Some((*surface, row(class, code)?))).collect();
    list.sort_by(|a, b| a.0.cmp(b.0));
    list
}

fn find(list: &[(&'static str, NumWord)], key: &str) -> Option<NumWord> {
    list.binary_search_by(|(word, _)| (*word).cmp(key)).ok().map(|at| list[at].1)
}
