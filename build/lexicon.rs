//! Compiles tables: words to ordinals with tag sets, gazetteers to phrases with rows.
//!
//! Not here: how they are laid out for the program to find (`store.rs`).

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use crate::builtin;
use crate::table::{CaseWish, Table, TableType};
use crate::token::{self, Joins};

/// A table, where it stands and which languages it serves.
pub struct Source {
    pub path: PathBuf,
    pub mask: u8,
    pub table: Table,
}

/// The tag of a language's ordinary words.
const ORDINARY: &str = "common1";

/// One gazetteer row, compiled.
#[derive(Clone, Copy)]
pub struct Row {
    pub kind: u8,
    pub mask: u8,
    pub class: u16,
    pub case: u32,
    pub name: u32,
    pub code: u32,
    pub acronym: u32,
}

/// Everything compiled from the tables.
pub struct Lexicon {
    pub words: BTreeMap<String, u32>,
    tags: Vec<String>,
    pub kinds: Vec<String>,
    pub classes: Vec<String>,
    pub sets: Vec<u128>,
    pub word_sets: Vec<[u16; 2]>,
    /// By the ordinals of their words.
    pub phrases: BTreeMap<Vec<u32>, Vec<Row>>,
    pub strings: Vec<String>,
    joins: HashMap<u8, TableJoins>,
    /// How many words rules name; their ordinals come first.
    pub named: usize,
    /// The rows of number tables, and the endings, as Rust source.
    pub small_tables: String,
}

/// What joins words, read from the tables' own tags, one language or all.
pub struct TableJoins {
    elisions: HashSet<String>,
    clitics: HashSet<String>,
    abbreviations: HashSet<String>,
    prefixes: HashSet<String>,
}

impl TableJoins {
    fn of(tables: &[Source], mask: u8) -> Self {
        let mut joins = Self { elisions: HashSet::new(), clitics: HashSet::new(), abbreviations: HashSet::new(), prefixes: HashSet::new() };
        for source in tables.iter().filter(|s| s.mask & mask != 0 && s.table.table_type == TableType::Words) {
            for (_, row) in &source.table.rows {
                for tag in source.table.cell(row, "tags").split(' ') {
                    match tag {
                        "elision" => _ = joins.elisions.insert(row[0].clone()),
                        "clitic" => _ = joins.clitics.insert(row[0].clone()),
                        "abbreviation" => _ = joins.abbreviations.insert(row[0].clone()),
                        "prefix" => _ = joins.prefixes.insert(row[0].clone()),
                        _ => {}
                    }
                }
            }
        }
        joins
    }
}

impl Joins for TableJoins {
    fn is_elision(&self, key: &str) -> bool {
        self.elisions.contains(key)
    }
    fn is_clitic(&self, key: &str) -> bool {
        self.clitics.contains(key)
    }
    fn is_abbreviation(&self, key: &str) -> bool {
        self.abbreviations.contains(key)
    }
    fn is_number_prefix(&self, key: &str) -> bool {
        self.prefixes.contains(key)
    }
}

/// Numbers things in the order they are first asked for.
#[derive(Default)]
struct Interner {
    ids: HashMap<String, usize>,
    all: Vec<String>,
}

impl Interner {
    fn id(&mut self, text: &str) -> usize {
        if let Some(id) = self.ids.get(text) {
            return *id;
        }
        self.ids.insert(text.to_owned(), self.all.len());
        self.all.push(text.to_owned());
        self.all.len() - 1
    }
}

/// The keys of the tokens that a phrase of a table or rule is cut into.
pub fn cut(phrase: &str, joins: &TableJoins) -> Vec<String> {
    token::tokenize(phrase, joins).iter().map(|t| token::key(t.of(phrase)).into_owned()).collect()
}

/// Compiles the tables; `literals` are the words that rules name.
pub fn compile(tables: &[Source], literals: &[(u8, String)]) -> Result<Lexicon> {
    let joins: HashMap<u8, TableJoins> = [1, 2, 3].map(|mask| (mask, TableJoins::of(tables, mask))).into();
    let mut tags = Interner::default();
    builtin::BUILTIN.iter().for_each(|t| _ = tags.id(t));
    let mut word_tags: BTreeMap<String, [u128; 2]> = BTreeMap::new();
    for (mask, literal) in literals {
        for word in cut(literal, &joins[mask]) {
            word_tags.entry(word).or_default();
        }
    }
    let named: Vec<String> = word_tags.keys().cloned().collect();
    for source in tables.iter().filter(|s| s.table.table_type == TableType::Words) {
        add_words(source, &mut tags, &mut word_tags)?;
    }
    for topic in tags.all.clone().iter().filter_map(|t| t.strip_prefix("topic_")) {
        tags.id(&format!("about_{topic}"));
    }
    let endings = add_endings(tables, &mut tags, &mut word_tags)?;
    let mut gazetteers = Gazetteers::default();
    gazetteers.strings.id("");
    gazetteers.classes.id("");
    for source in tables {
        if let TableType::Gazetteer(kind) = &source.table.table_type {
            gazetteers.add(source, kind, &joins[&source.mask], &mut word_tags)?;
        }
    }
    ensure!(word_tags.len() < 1 << 24, "too many words for ordinals of three bytes");
    let mut lexicon = gazetteers.number(tags.all, word_tags, &named, joins);
    lexicon.small_tables = number_tables(tables)? + &endings;
    Ok(lexicon)
}

/// Gives the words that have a listed ending its tags; returns the endings as Rust source, for words that are not listed.
fn add_endings(tables: &[Source], tags: &mut Interner, words: &mut BTreeMap<String, [u128; 2]>) -> Result<String> {
    let before = words.clone();
    let mut lists = [const { Vec::new() }; 2];
    for source in tables.iter().filter(|s| s.table.table_type == TableType::Endings) {
        for (line, row) in &source.table.rows {
            let cell = |column| source.table.cell(row, column);
            let set = cell("tags").split(' ').fold(0u128, |set, tag| set | 1 << tags.id(tag).min(127));
            let wants = match cell("wants") {
                "" => u128::MAX,
                tag => {
                    1 << tags
                        .all
                        .iter()
                        .position(|t| t == tag)
                        .with_context(|| format!("{}:{line}: no word has the tag `{tag}`", source.path.display()))?
                }
            };
            for language in (0..2).filter(|l| source.mask >> l & 1 == 1) {
                lists[language].push((row[0].clone(), set));
                for (word, sets) in words.iter_mut() {
                    let base =
                        word.strip_suffix(row[0].as_str()).filter(|stem| stem.len() > 1).map(|stem| format!("{stem}{}", cell("base")));
                    if base.is_some_and(|base| {
                        before.get(&base).is_some_and(|b| b[language] & wants != 0) || (wants == u128::MAX && sets[language] != 0)
                    }) {
                        sets[language] |= set;
                    }
                }
            }
        }
    }
    Ok(format!("pub static ENDINGS: [&[(&str, u128)]; 2] = [&{:?}, &{:?}];\n", lists[0], lists[1]))
}

/// The rows of the number tables as Rust source: for each language its words, and its suffixes.
fn number_tables(tables: &[Source]) -> Result<String> {
    let mut source = String::new();
    for (name, wanted) in [("NUMBER_WORDS", TableType::NumberWords), ("NUMBER_SUFFIXES", TableType::NumberSuffixes)] {
        let of_language = |language: usize| {
            let mine = tables.iter().filter(|s| s.table.table_type == wanted && s.mask >> language & 1 == 1);
            let rows =
                mine.flat_map(|s| s.table.rows.iter().map(|(_, row)| (&row[0], s.table.cell(row, "class"), s.table.cell(row, "code"))));
            format!("&{:?}", rows.collect::<Vec<_>>())
        };
        writeln!(source, "pub static {name}: [&[(&str, &str, &str)]; 2] = [{}, {}];", of_language(0), of_language(1))?;
    }
    Ok(source)
}

fn add_words(source: &Source, tags: &mut Interner, words: &mut BTreeMap<String, [u128; 2]>) -> Result<()> {
    for (line, row) in &source.table.rows {
        let key = token::key(&row[0]);
        ensure!(key == row[0].as_str(), "{}:{line}: `{}` should be written `{key}`", source.path.display(), row[0]);
        let mut set = 0u128;
        for tag in source.table.cell(row, "tags").split(' ').filter(|t| !t.is_empty()) {
            let bit = tags.id(tag);
            ensure!(bit < 128, "{}:{line}: `{tag}` is one tag too many: a set holds 128", source.path.display());
            set |= 1 << bit;
        }
        ensure!(set != 0, "{}:{line}: a word without a tag", source.path.display());
        let sets = words.entry(row[0].clone()).or_default();
        for (language, into) in sets.iter_mut().enumerate() {
            if source.mask >> language & 1 == 1 {
                *into |= set;
            }
        }
    }
    Ok(())
}

#[derive(Default)]
struct Gazetteers {
    kinds: Interner,
    classes: Interner,
    strings: Interner,
    phrases: Vec<(Vec<String>, Row)>,
}

impl Gazetteers {
    fn add(&mut self, source: &Source, kind: &str, joins: &TableJoins, words: &mut BTreeMap<String, [u128; 2]>) -> Result<()> {
        let mut full_names = BTreeSet::new();
        for (line, row) in &source.table.rows {
            let place = |surface: &str| format!("{}:{line}: `{surface}`", source.path.display());
            // A surface that is also an ordinary word is an annotation of a kind of its own.
            let class = source.table.cell(row, "class");
            let (plain, own) = class.strip_suffix("_word").map_or((class, kind.to_owned()), |class| (class, format!("{kind}WORD")));
            let (class, own) = (self.classes.id(plain) as u16, self.kinds.id(&own));
            ensure!(own < 64, "{}: one kind too many: a set holds 64", place(&row[0]));
            let mut string = |column: &str| self.strings.id(source.table.cell(row, column)) as u32;
            let entry = Row {
                kind: own as u8,
                mask: source.mask,
                class,
                case: 0,
                name: string("name"),
                code: string("code"),
                acronym: string("acronym"),
            };
            self.phrase(&row[0], entry, joins, words).with_context(|| place(&row[0]))?;
            // A full name of several words is a surface too, and no ordinary word.
            let full = source.table.cell(row, "full");
            if full.contains(' ') && full != row[0] && full_names.insert(full) {
                let entry = Row { kind: self.kinds.id(kind) as u8, ..entry };
                self.phrase(full, entry, joins, words).with_context(|| place(full))?;
            }
        }
        Ok(())
    }

    /// Adds a surface that stands for a row.
    fn phrase(&mut self, surface: &str, mut row: Row, joins: &TableJoins, words: &mut BTreeMap<String, [u128; 2]>) -> Result<()> {
        let tokens = token::tokenize(surface, joins);
        ensure!(!tokens.is_empty() && tokens.len() <= 16, "{} words, where 1 to 16 are wanted", tokens.len());
        let mut keys = Vec::new();
        for (i, token) in tokens.iter().enumerate() {
            row.case |= CaseWish::of(token.of(surface)).bits() << (2 * i);
            let key = token::key(token.of(surface)).into_owned();
            let sets = words.entry(key.clone()).or_default();
            if i == 0 && tokens.len() > 1 {
                sets.iter_mut().for_each(|s| *s |= builtin::PHRASE);
            }
            keys.push(key);
        }
        self.phrases.push((keys, row));
        Ok(())
    }

    /// Gives every word its ordinal and every phrase its key. Words that rules name come first, then those that phrases
    /// begin with, so that what concerns them is found by their ordinals alone. Of each the ordinary words come before
    /// names: most words of a text are among them, and what stands together is read together.
    fn number(
        self,
        tags: Vec<String>,
        word_tags: BTreeMap<String, [u128; 2]>,
        named: &[String],
        joins: HashMap<u8, TableJoins>,
    ) -> Lexicon {
        let beginners: HashSet<&String> = self.phrases.iter().filter_map(|(keys, _)| keys.first()).collect();
        let mut others: Vec<&String> = word_tags.keys().filter(|w| named.binary_search(w).is_err()).collect();
        let ordinary = tags.iter().position(|t| t == ORDINARY).map_or(0, |bit| 1u128 << bit);
        others.sort_by_key(|w| (!beginners.contains(w), word_tags[*w].iter().all(|set| set & ordinary == 0)));
        let order: Vec<&String> = named.iter().chain(others).collect();
        let words: BTreeMap<String, u32> = order.iter().enumerate().map(|(i, w)| ((*w).clone(), i as u32)).collect();
        let mut set_ids: HashMap<u128, u16> = HashMap::from([(0, 0)]);
        let mut sets = vec![0u128];
        let mut word_sets = Vec::with_capacity(words.len());
        for word in order {
            word_sets.push(word_tags[word].map(|set| {
                *set_ids.entry(set).or_insert_with(|| {
                    sets.push(set);
                    (sets.len() - 1) as u16
                })
            }));
        }
        let mut phrases: BTreeMap<Vec<u32>, Vec<Row>> = BTreeMap::new();
        for (keys, row) in self.phrases {
            phrases.entry(keys.iter().map(|k| words[k]).collect()).or_default().push(row);
        }
        Lexicon {
            words,
            tags,
            kinds: self.kinds.all,
            classes: self.classes.all,
            sets,
            word_sets,
            phrases,
            strings: self.strings.all,
            joins,
            named: named.len(),
            small_tables: String::new(),
        }
    }
}

impl Lexicon {
    /// A word's ordinal.
    pub fn word(&self, key: &str) -> Option<u32> {
        self.words.get(key).copied()
    }

    /// The keys of the tokens that a rule's literal is cut into, in the languages of `mask`.
    pub fn cut(&self, mask: u8, literal: &str) -> Vec<String> {
        cut(literal, &self.joins[&mask])
    }

    /// The names of all tags, by bit.
    pub fn tags(&self) -> &[String] {
        &self.tags
    }

    /// A tag's bit.
    pub fn tag(&self, name: &str) -> Result<u8> {
        let tag = self.tags.iter().position(|t| t == name);
        tag.map(|t| t as u8).with_context(|| format!("no table and no builtin has the tag `{name}`"))
    }
}
