//! Countries: every row of the tables, and a corpus of decisions for each language.
//!
//! A line of `countries/LANGUAGE.txt` is a phrase and, after `=>`, what it names: the words and their
//! code, `-` for none, in text order, with `;` between. Nothing after `=>`: the phrase names no country.

#[path = "common/phrases.rs"]
mod phrases;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use dispaccio::emit::record::Record;
use dispaccio::lang::Language;
use dispaccio::lang::table::Table;
use dispaccio::options::Options;
use dispaccio::pipeline::Pipeline;
use dispaccio::read::Source;

/// Entries of ISO 3166-1, and Kosovo.
const ENTRIES: usize = 250;
/// Nobody lives there, or the name serves as the adjective ("a Vatican official").
const NOBODY: [&str; 5] = ["BV", "HM", "TF", "UM", "VA"];

fn run(pipeline: &Pipeline, language: Language, text: &str) -> Record {
    let mut source = Source::from_text("phrase".into(), text.to_owned()).expect("a text");
    source.language = Some(language);
    pipeline.run(source).expect("a record")
}

fn pipeline() -> Pipeline {
    Pipeline::new(Options::default()).expect("a pipeline")
}

/// Surface, class, name and code of each row that stands for a country.
fn rows(language: Language) -> Vec<[String; 4]> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lang").join(language.code());
    let mut all = Vec::new();
    for file in ["countries.tsv", "countries_more.tsv", "countries_without_code.tsv"] {
        let table = Table::parse(&std::fs::read_to_string(folder.join(file)).expect(file)).expect(file);
        for (_, row) in &table.rows {
            all.push(["surface", "class", "name", "code"].map(|column| table.cell(row, column).to_owned()));
        }
    }
    all
}

#[test]
fn every_entry_has_a_name_and_a_demonym() {
    for language in Language::ALL {
        let mut classes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for [_, class, name, code] in rows(language).into_iter().filter(|row| !row[3].is_empty()) {
            classes.entry(code.clone()).or_default().insert(class);
            names.entry(code).or_default().insert(name);
        }
        assert_eq!(classes.len(), ENTRIES, "{language:?}");
        let lacking =
            |class: &str| -> Vec<&str> { classes.iter().filter(|(_, all)| !all.contains(class)).map(|(c, _)| c.as_str()).collect() };
        assert_eq!(lacking("name"), [""; 0], "{language:?}: no name");
        assert!(lacking("demonym").iter().all(|code| NOBODY.contains(code)), "{language:?}: no demonym: {:?}", lacking("demonym"));
        let several: Vec<_> = names.iter().filter(|(_, all)| all.len() != 1 || all.contains("")).collect();
        assert!(several.is_empty(), "{language:?}: one country, one name: {several:?}");
    }
}

#[test]
fn every_row_is_read_as_its_country() {
    let pipeline = pipeline();
    for language in Language::ALL {
        let mut wrong = Vec::new();
        for [surface, class, name, code] in rows(language) {
            let text = match (language, class.contains("demonym")) {
                (Language::En, false) => format!("The minister spoke about {surface} yesterday."),
                (Language::En, true) => format!("The {surface} minister spoke yesterday."),
                (Language::It, false) => format!("Il ministro ha parlato di {surface} ieri."),
                (Language::It, true) => format!("Il ministro {surface} ha parlato ieri."),
            };
            let record = run(&pipeline, language, &text);
            let found: Vec<_> =
                record.countries.iter().flatten().map(|c| (c.mentions[0].text.as_str(), c.code.as_deref(), c.name.as_str())).collect();
            let wanted = (surface.as_str(), Some(code.as_str()).filter(|c| !c.is_empty()), name.as_str());
            let right = if class.starts_with("constituent") { found.is_empty() } else { found == [wanted] };
            if !right {
                wrong.push(format!("{text} gives {found:?}, not {wanted:?}"));
            }
        }
        assert!(wrong.is_empty(), "{language:?}: {} rows:\n{}", wrong.len(), wrong.join("\n"));
    }
}

#[test]
fn a_corpus_of_decisions() {
    for language in Language::ALL {
        phrases::hold("countries", language, 100);
    }
}
