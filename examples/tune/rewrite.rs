//! The weights in the rule files: which there are, and new ones in their places with nothing else touched.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

/// The rules files below `folder`, with their texts.
fn files(folder: &str) -> Result<Vec<(PathBuf, String)>> {
    let mut files = Vec::new();
    for language in fs::read_dir(folder).with_context(|| folder.to_owned())? {
        let language = language?.path();
        if !language.is_dir() {
            continue;
        }
        for path in fs::read_dir(&language)? {
            let path = path?.path();
            if path.extension().is_some_and(|e| e == "rules") {
                let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
                files.push((path, text));
            }
        }
    }
    Ok(files)
}

/// The rules and classes of every `then evidence` line, and whether its weight is fixed.
///
/// # Errors
/// A file or folder that cannot be read.
pub fn stated(folder: &str) -> Result<HashMap<(String, String), bool>> {
    let mut stated = HashMap::new();
    for (_, text) in files(folder)? {
        let mut rule = "";
        for line in text.lines() {
            match line.split_whitespace().collect::<Vec<_>>()[..] {
                ["rule", name] => rule = name,
                ["then", "evidence", class, _, ref fixed @ ..] => _ = stated.insert((rule.to_owned(), class.to_owned()), !fixed.is_empty()),
                _ => {}
            }
        }
    }
    Ok(stated)
}

/// Rewrites the `then evidence` lines without `fixed` and the `weight short-form-…` lines of every rules file below `folder`.
///
/// # Errors
/// A file or folder that cannot be read or written.
pub fn rewrite(folder: &str, weights: &BTreeMap<(String, String), f64>) -> Result<()> {
    for (path, old) in files(folder)? {
        let new = rewritten(&old, weights);
        if new != old {
            fs::write(&path, new).with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
}

fn rewritten(text: &str, weights: &BTreeMap<(String, String), f64>) -> String {
    let mut rule = String::new();
    let mut out = String::new();
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let new = match words[..] {
            ["rule", name] => {
                name.clone_into(&mut rule);
                None
            }
            ["then", "evidence", class, _] => {
                weights.get(&(rule.clone(), class.to_owned())).map(|w| format!("then evidence {class} {w:.2}"))
            }
            ["weight", name, _] => name
                .strip_prefix("short-form-")
                .and_then(|class| weights.get(&("short-form".to_owned(), class.to_owned())).map(|w| format!("weight {name} {w:.2}"))),
            _ => None,
        };
        out.push_str(new.as_deref().unwrap_or(line));
        out.push('\n');
    }
    out
}
