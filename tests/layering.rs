//! Data flows one way: no module of the library uses a step that comes after its own.
//!
//! The order is that of `src/lib.rs`. Paths are read off the source text: every `crate::NAME`, and the
//! first names of `use crate::{…}`. Tests inside a module count as part of it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The modules of the library, each with the height at which it stands: one may use what stands lower,
/// and what stands as high as itself or higher only where [`MUTUAL`] says so. A module of the second level
/// that serves its elders has a height of its own.
const HEIGHTS: [(&str, u8); 15] = [
    ("span", 0),
    ("error", 0),
    ("terms", 0),
    // It cuts the tables into the very tokens that text is cut into, and knows neither.
    ("segment::token", 0),
    ("lang", 1),
    ("rule", 1),
    ("options", 2),
    ("read", 3),
    ("detect", 4),
    ("segment", 5),
    ("tag", 6),
    ("extract", 7),
    ("resolve", 8),
    ("emit", 9),
    ("pipeline", 10),
];

/// What may be used although it stands higher, or as high, and why.
const MUTUAL: [(&str, &str, &str); 3] = [
    ("lang", "rule", "compiled rules are a language's data"),
    ("rule", "lang", "rules name words and kinds of the language's data"),
    ("rule", "tag", "rules match tags, and add to them"),
];

/// The modules that are the binary's own, which may use all of the library, and the library's list of modules.
const APART: [&str; 7] = ["cli", "run", "inputs", "check", "explain", "main", "lib"];

fn height(module: &str) -> Option<u8> {
    HEIGHTS.iter().find(|(name, _)| *name == module).map(|(_, height)| *height)
}

/// Every `.rs` file below a folder, with the name of the module of the first level that it belongs to.
fn files(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for path in std::fs::read_dir(&next).expect("a folder").map(|e| e.expect("a file").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let below = path.strip_prefix(folder).expect("below the folder");
                let first = below.iter().next().expect("a name").to_string_lossy();
                found.push((first.trim_end_matches(".rs").to_owned(), path.clone()));
            }
        }
    }
    found.sort();
    found
}

/// The paths below the crate that a source text uses, each cut after its second name, with their lines.
fn used(text: &str) -> BTreeSet<(usize, String)> {
    let code: String = text.lines().map(|l| l.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
    let mut found = BTreeSet::new();
    for (at, crate_) in code.match_indices("crate::") {
        let line = code[..at].matches('\n').count() + 1;
        let path = &code[at + crate_.len()..];
        match path.strip_prefix('{') {
            Some(list) => found.extend(items(list).into_iter().map(|p| (line, names(p.trim())))),
            None => _ = found.insert((line, names(path))),
        }
    }
    found
}

/// The items of a list, up to the brace that closes it.
fn items(list: &str) -> Vec<&str> {
    let (mut items, mut depth, mut from) = (Vec::new(), 0, 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                items.push(&list[from..at]);
                from = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    items.retain(|item| !item.trim().is_empty());
    items
}

/// The first two names of a path.
fn names(path: &str) -> String {
    let name = |part: &str| part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut parts = path.split("::").map(name);
    let first = parts.next().unwrap_or_default();
    match parts.next().filter(|p| !p.is_empty()) {
        Some(second) => format!("{first}::{second}"),
        None => first,
    }
}

#[test]
fn no_step_uses_a_later_one() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut mistakes = Vec::new();
    let mut needed = BTreeSet::new();
    for (module, path) in files(&src) {
        if APART.contains(&module.as_str()) {
            continue;
        }
        let name = path.strip_prefix(&src).expect("below src").display();
        let Some(own) = height(&module) else {
            mistakes.push(format!("src/{name}: the module `{module}` has no height in tests/layering.rs"));
            continue;
        };
        for (line, used) in used(&std::fs::read_to_string(&path).expect("a file")) {
            let first = used.split("::").next().unwrap_or_default();
            let Some(height) = height(&used).or_else(|| height(first)) else { continue };
            let exception = MUTUAL.iter().position(|(from, to, _)| *from == module && (*to == used || *to == first));
            needed.extend(exception);
            if first != module && height >= own && exception.is_none() {
                mistakes.push(format!("src/{name}:{line}: `{module}` uses `{used}`, which comes after it"));
            }
        }
    }
    for (number, (from, to, why)) in MUTUAL.iter().enumerate() {
        if !needed.contains(&number) {
            mistakes.push(format!("tests/layering.rs: `{from}` uses no `{to}` any more ({why})"));
        }
    }
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}

#[test]
fn paths_are_read_off_the_source() {
    let text = "use crate::tag::{Tags, Value};\nuse crate::{\n    extract,\n    resolve::{a, b},\n};\nlet x = crate::span::Span::new(0, 1); // crate::emit\n";
    let used: Vec<String> = used(text).into_iter().map(|(_, path)| path).collect();
    assert_eq!(used, ["tag", "extract", "resolve", "span::Span"]);
}
