//! The typed view of a language's compiled data: words, their tags, gazetteer phrases, rules.
//!
//! Not here: how text is matched against it ([`crate::tag`], [`crate::rule`]).

use super::Language;
use super::cache;
use super::data;
use super::phrases;
use super::table::CaseWish;
use super::user::UserLexicon;
use super::words;
use crate::rule::program::{Layer, Rule, Vocabulary};
use crate::segment::token::{Case, Joins, Token, key};

/// A word's place in the word table.
pub type WordId = u32;

/// The id of a word that no table and no rule holds.
pub const UNKNOWN: WordId = WordId::MAX;

/// A gazetteer row, as rules and extractors see it.
#[derive(Clone, Copy, Debug)]
pub struct Row<'p> {
    /// Kind of annotation.
    pub kind: u8,
    /// Class within the kind.
    pub class: u16,
    /// Canonical name; empty when the surface is the name.
    pub name: &'p str,
    /// Code; empty when the table gives none.
    pub code: &'p str,
    /// Acronym; empty when the table gives none.
    pub acronym: &'p str,
}

/// A row's number: the tables' rows first, then the user's.
pub type RowId = u32;

/// A language's data.
pub struct Pack {
    language: Language,
    user: UserLexicon,
}

impl Pack {
    /// Opens the embedded data of a language, with the user's own words on top.
    pub fn open(language: Language, user: UserLexicon) -> Self {
        let mut pack = Self { language, user: UserLexicon::default() };
        pack.user = user.cut_by(&pack);
        pack
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The user's own words.
    pub fn user(&self) -> &UserLexicon {
        &self.user
    }

    /// The id of a word, by its key.
    pub fn word(&self, key: &str) -> WordId {
        words::find(key)
    }

    /// The id of a word as it is written.
    pub fn written(&self, word: &str) -> WordId {
        cache::word(word, |word| self.word(&key(word)))
    }

    /// The tags that tables give a word in this language.
    pub fn tags(&self, word: WordId) -> u128 {
        if word == UNKNOWN {
            return 0;
        }
        let at = (word as usize * Language::ALL.len() + self.language as usize) * 2;
        let set = u16::from_le_bytes([data::WORD_SETS[at], data::WORD_SETS[at + 1]]);
        data::TAG_SETS[set as usize]
    }

    /// The tags of a word, by its key.
    pub fn tags_of(&self, key: &str) -> u128 {
        self.tags(self.written(key))
    }

    /// The tags that a word which no table holds has by its ending.
    pub fn tags_by_ending(&self, key: &str) -> u128 {
        let endings = data::ENDINGS[self.language as usize].iter();
        endings.filter(|(ending, _)| key.len() > ending.len() + 1 && key.ends_with(ending)).fold(0, |set, (_, tags)| set | tags)
    }

    /// Every gazetteer phrase of this language that begins with the first of `words` and whose case fits
    /// `tokens`: how many tokens it takes, and its row. Both slices begin at the same place.
    pub fn phrases_at(&self, words: &[WordId], tokens: &[Token], mut see: impl FnMut(usize, RowId)) {
        phrases::find(words, |n, rows| {
            for row in rows.filter(|row| self.row_fits(*row, &tokens[..n])) {
                see(n, row);
            }
        });
    }

    fn row_fits(&self, row: RowId, tokens: &[Token]) -> bool {
        let bytes = &data::ROWS[row as usize * data::ROW_BYTES..][..data::ROW_BYTES];
        if bytes[1] >> (self.language as u8) & 1 == 0 {
            return false;
        }
        let wishes = number(&bytes[4..]);
        tokens.iter().enumerate().all(|(i, token)| match wishes >> (2 * i) & 3 {
            w if w == CaseWish::Any.bits() => true,
            w if w == CaseWish::Capital.bits() => token.is_capitalised(),
            _ => matches!(token.case, Case::Upper | Case::Initial),
        })
    }

    /// A row.
    pub fn row(&self, id: RowId) -> Row<'_> {
        let tables = (data::ROWS.len() / data::ROW_BYTES) as RowId;
        if id >= tables {
            return self.user.row((id - tables) as usize);
        }
        let bytes = &data::ROWS[id as usize * data::ROW_BYTES..][..data::ROW_BYTES];
        Row {
            kind: bytes[0],
            class: u16::from_le_bytes([bytes[2], bytes[3]]),
            name: string(number(&bytes[8..])),
            code: string(number(&bytes[12..])),
            acronym: string(number(&bytes[16..])),
        }
    }

    /// The row id of the user's row with this number.
    pub fn user_row(number: usize) -> RowId {
        (data::ROWS.len() / data::ROW_BYTES + number) as RowId
    }

    /// The layers of this language's rules, by stage and layer.
    pub fn layers(&self) -> &'static [Layer] {
        match self.language {
            Language::En => data::LAYERS_0,
            Language::It => data::LAYERS_1,
        }
    }

    /// What this language's rules ask of a text.
    pub fn vocabulary(&self) -> &'static Vocabulary {
        match self.language {
            Language::En => &data::VOCABULARY_0,
            Language::It => &data::VOCABULARY_1,
        }
    }

    /// Every compiled rule; layers refer to them by index.
    pub fn rules(&self) -> &'static [Rule] {
        data::RULES
    }
}

impl Joins for Pack {
    fn is_elision(&self, key: &str) -> bool {
        self.tags_of(key) & data::tag::ELISION != 0
    }
    fn is_clitic(&self, key: &str) -> bool {
        self.tags_of(key) & data::tag::CLITIC != 0
    }
    fn is_abbreviation(&self, key: &str) -> bool {
        self.tags_of(key) & data::tag::ABBREVIATION != 0
    }
    fn is_number_prefix(&self, key: &str) -> bool {
        self.tags_of(key) & data::tag::PREFIX != 0
    }
}

fn number(bytes: &[u8]) -> u32 {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

fn string(id: u32) -> &'static str {
    let offset = |i: u32| number(&data::STRING_OFFSETS[i as usize * 4..]) as usize;
    &data::STRINGS[offset(id)..offset(id + 1)]
}

/// The name of a class.
pub fn class_name(class: u16) -> &'static str {
    data::CLASSES.get(class as usize).copied().unwrap_or("")
}

/// The class of that name; `0`, which is no class, when nothing has it.
pub fn class_id(name: &str) -> u16 {
    data::CLASSES.iter().position(|c| *c == name).map_or(0, |c| c as u16)
}
