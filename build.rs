//! Compiles `src/lang/**`: tables to a table of words and a tree of phrases, rules to graphs.
//!
//! Whatever is malformed is refused with its file and line. Not here: the formats themselves,
//! which the crate's own modules read (the ones included below).

#[path = "build/lexicon.rs"]
mod lexicon;
#[path = "build/places.rs"]
mod places;
#[path = "build/program.rs"]
mod program;
#[path = "build/rules.rs"]
mod rules;
#[path = "build/store.rs"]
mod store;

#[path = "src/rule/builtin.rs"]
#[allow(dead_code)]
mod builtin;
#[path = "src/lang/hash.rs"]
#[allow(dead_code)]
mod hash;
#[path = "src/rule/syntax.rs"]
#[allow(dead_code)]
mod syntax;
#[path = "src/lang/table.rs"]
#[allow(dead_code)]
mod table;
#[path = "src/segment/token.rs"]
#[allow(dead_code)]
mod token;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folders of language data: shared first, then the languages in the order of their bits.
const FOLDERS: [&str; 3] = ["shared", "en", "it"];

/// Bits of the languages that a folder's data serves.
fn mask(folder: &str) -> u8 {
    match FOLDERS.iter().position(|f| *f == folder) {
        Some(0) | None => (1 << (FOLDERS.len() - 1)) - 1,
        Some(i) => 1 << (i - 1),
    }
}

fn main() -> Result<()> {
    let lang = Path::new("src/lang");
    let out = PathBuf::from(std::env::var("OUT_DIR").context("OUT_DIR")?);
    println!("cargo::rerun-if-changed=src/lang");
    for shared in [
        "build",
        "src/lang/hash.rs",
        "src/rule/builtin.rs",
        "src/rule/pattern.rs",
        "src/rule/syntax.rs",
        "src/segment/case.rs",
        "src/segment/token.rs",
    ] {
        println!("cargo::rerun-if-changed={shared}");
    }
    let mut tables = Vec::new();
    let mut rule_files = Vec::new();
    for folder in FOLDERS {
        let entries = std::fs::read_dir(lang.join(folder)).with_context(|| lang.join(folder).display().to_string())?;
        let mut paths: Vec<PathBuf> = entries.map(|e| e.map(|e| e.path())).collect::<std::io::Result<_>>()?;
        paths.sort();
        for path in paths {
            let text = || std::fs::read_to_string(&path).with_context(|| path.display().to_string());
            match path.extension().and_then(|e| e.to_str()) {
                Some("tsv") => {
                    let table = table::Table::parse(&text()?).map_err(|e| anyhow::anyhow!("{}:{e}", path.display()))?;
                    tables.push(lexicon::Source { path, mask: mask(folder), table });
                }
                Some("rules") => {
                    let parsed = syntax::parse(&text()?).map_err(|e| anyhow::anyhow!("{}:{e}", path.display()))?;
                    rule_files.push(rules::Source { path, mask: mask(folder), rules: parsed.rules, weights: parsed.weights });
                }
                _ => {}
            }
        }
    }
    let lexicon = lexicon::compile(&tables, &rules::literals(&rule_files))?;
    store::write(&lexicon, &out)?;
    rules::write(&rule_files, &lexicon, &out)
}
