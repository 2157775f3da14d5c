//! Compiles rule files and writes them as Rust source: programs, actions, and the index by first test.
//!
//! What is written here has the types of `src/rule/program.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::builtin;
use crate::lexicon::Lexicon;
use crate::places::{Names, Vocabulary};
use crate::program::{Graph, Program};
use crate::syntax::{Action, Arg, ClassOf, Pattern, Rule, Test};

/// A rules file, where it stands and which languages it serves.
pub struct Source {
    pub path: PathBuf,
    pub mask: u8,
    pub rules: Vec<Rule>,
    pub weights: Vec<(String, f32)>,
}

/// Every word that a rule names, with the languages of its file.
pub fn literals(files: &[Source]) -> Vec<(u8, String)> {
    let mut all = Vec::new();
    for file in files {
        for rule in &file.rules {
            walk(&rule.pattern, &mut |test| {
                if let Test::Word(w) | Test::Exact(w) = test {
                    all.push((file.mask, w.clone()));
                }
            });
        }
    }
    all
}

fn walk(pattern: &Pattern, see: &mut dyn FnMut(&Test)) {
    match pattern {
        Pattern::Sequence(all) | Pattern::Alternatives(all) => all.iter().for_each(|p| walk(p, see)),
        Pattern::Repeat(inner, ..) | Pattern::Capture(inner, _) | Pattern::Mark(inner) => walk(inner, see),
        Pattern::Look { pattern, .. } => walk(pattern, see),
        Pattern::Atom(tests) => {
            for test in tests {
                let mut test = test;
                while let Test::Not(inner) | Test::Last(inner) = test {
                    test = inner;
                }
                see(test);
            }
        }
        Pattern::SentenceStart | Pattern::SentenceEnd => {}
    }
}

/// Kinds and classes of tables and rules together, in one numbering.
struct Numbering<'l> {
    lexicon: &'l Lexicon,
    kinds: Vec<String>,
    classes: Vec<String>,
    mask: u8,
}

impl<'l> Numbering<'l> {
    fn of(lexicon: &'l Lexicon, files: &[Source]) -> Result<Self> {
        let (mut kinds, mut classes) = (lexicon.kinds.clone(), lexicon.classes.clone());
        let add = |list: &mut Vec<String>, name: &str| {
            if !list.iter().any(|n| n == name) {
                list.push(name.to_owned());
            }
        };
        builtin::KINDS.iter().for_each(|k| add(&mut kinds, k));
        for (file, rule) in files.iter().flat_map(|f| f.rules.iter().map(move |r| (f, r))) {
            for action in &rule.actions {
                if let Action::Annotate { kind, class, .. } = action {
                    add(&mut kinds, kind);
                    ensure!(kinds.len() <= 64, "{}:{}: `{kind}` is one kind too many: a set holds 64", file.path.display(), rule.line);
                    if let Some(ClassOf::Named(class)) = class {
                        add(&mut classes, class);
                    }
                }
            }
        }
        // Classes that only the engine gives (a number's) are named by the rules that ask for them.
        for rule in files.iter().flat_map(|f| &f.rules) {
            walk(&rule.pattern, &mut |test| {
                if let Test::Kind(_, Some(class)) = test {
                    add(&mut classes, class);
                }
            });
        }
        Ok(Self { lexicon, kinds, classes, mask: 0 })
    }
}

impl Names for Numbering<'_> {
    fn words(&self, literal: &str) -> Vec<u32> {
        let keys = self.lexicon.cut(self.mask, literal);
        keys.iter().filter_map(|k| self.lexicon.word(k)).collect()
    }
    fn tag(&self, name: &str) -> Result<u8> {
        self.lexicon.tag(name)
    }
    fn kind(&self, name: &str) -> Result<u8> {
        let kind = self.kinds.iter().position(|k| k == name);
        kind.map(|k| k as u8).with_context(|| format!("no table, rule or part of the engine marks `{name}`"))
    }
    fn class(&self, name: &str) -> Result<u16> {
        let class = self.classes.iter().position(|c| c == name);
        class.map(|c| c as u16).with_context(|| format!("no class `{name}`"))
    }
}

/// Compiles the rules and writes them, with the names of kinds and classes, to `rules.rs`.
pub fn write(files: &[Source], lexicon: &Lexicon, out: &Path) -> Result<()> {
    let mut names = Numbering::of(lexicon, files)?;
    let mut source = String::new();
    let mut seen = BTreeSet::new();
    for rule in files.iter().flat_map(|f| f.rules.iter().map(move |r| (f, r))).map(|(f, r)| Place(f, r)) {
        ensure!(seen.insert(&rule.1.name), "{rule}: a second rule of that name");
    }
    let mut rules: Vec<String> = vec![String::new(); seen.len()];
    for language in 0..2 {
        let mut vocabulary = Vocabulary::new();
        let mut layers: BTreeMap<(&str, u8), (Graph, Vec<String>)> = BTreeMap::new();
        let all = files.iter().flat_map(|f| f.rules.iter().map(move |r| Place(f, r)));
        for (number, place) in all.enumerate().filter(|(_, place)| place.0.mask >> language & 1 == 1) {
            let Place(file, rule) = place;
            names.mask = file.mask;
            let (graph, entries) = layers.entry((&rule.stage, rule.layer)).or_default();
            let program = graph.add(&rule.pattern, &names, &mut vocabulary).with_context(|| place.to_string())?;
            let actions = actions(&rule.actions, &program, &names).with_context(|| place.to_string())?;
            let first: Vec<String> = program.first.iter().map(|f| format!("First::{f:?}")).collect();
            rules[number] = format!("Rule {{ name: {:?}, first: &[{}], actions: &[{actions}] }}", rule.name, first.join(", "));
            entries.push(graph.entry_source(number, &program, &mut vocabulary));
        }
        let layers = layers.iter().map(|((stage, layer), (graph, entries))| {
            let (nodes, entries) = (graph.source(&mut vocabulary), entries.join(",\n"));
            format!("Layer {{ stage: {stage:?}, layer: {layer}, nodes: &[{nodes}], entries: &[\n{entries}] }}")
        });
        writeln!(source, "pub static LAYERS_{language}: &[Layer] = &[\n{}\n];", layers.collect::<Vec<_>>().join(",\n"))?;
        writeln!(source, "pub static VOCABULARY_{language}: Vocabulary = {};", vocabulary.source(lexicon.named)?)?;
    }
    writeln!(source, "pub static RULES: &[Rule] = &[\n{}\n];", rules.join(",\n"))?;
    writeln!(source, "pub static KINDS: &[&str] = &{:?};\npub static CLASSES: &[&str] = &{:?};", names.kinds, names.classes)?;
    constants(&mut source, "kind", "u8", names.kinds.iter().enumerate().map(|(i, k)| (k, i.to_string())))?;
    constants(&mut source, "class", "u16", names.classes.iter().enumerate().map(|(i, c)| (c, i.to_string())))?;
    constants(&mut source, "tag", "u128", lexicon.tags().iter().enumerate().map(|(i, t)| (t, (1u128 << i).to_string())))?;
    let weights: Vec<&(String, f32)> = files.iter().flat_map(|f| &f.weights).collect();
    constants(&mut source, "weight", "f32", weights.iter().map(|(name, w)| (name, format!("{w:?}"))))?;
    Ok(std::fs::write(out.join("rules.rs"), source)?)
}

/// A rule and where it stands.
struct Place<'f>(&'f Source, &'f Rule);

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: rule {}", self.0.path.display(), self.1.line, self.1.name)
    }
}

fn constants<'n>(source: &mut String, module: &str, of: &str, values: impl Iterator<Item = (&'n String, String)>) -> Result<()> {
    writeln!(source, "pub mod {module} {{")?;
    for (name, value) in values.filter(|(n, _)| !n.is_empty()) {
        writeln!(source, "    pub const {}: {of} = {value};", name.to_uppercase().replace('-', "_"))?;
    }
    Ok(writeln!(source, "}}")?)
}

fn actions(actions: &[Action], program: &Program, names: &dyn Names) -> Result<String> {
    let capture = |name: &str| program.captures.iter().position(|c| c == name);
    let mut all = Vec::new();
    for action in actions {
        all.push(match action {
            Action::Evidence(class, weight) => format!("Action::Evidence({class:?}, {weight:?})"),
            Action::Attach(what, name) => {
                let index = capture(name).with_context(|| format!("no capture `{name}`"))?;
                format!("Action::Attach({what:?}, {index})")
            }
            Action::Annotate { kind, class, constructor } => {
                let (class, class_of) = match class {
                    None => (0, None),
                    Some(ClassOf::Named(class)) => (names.class(class)?, None),
                    Some(ClassOf::Capture(name)) => (0, Some(capture(name).with_context(|| format!("no capture `{name}`"))?)),
                };
                let constructor = constructor.as_ref().map_or("None".to_owned(), |(name, args)| {
                    let args: Vec<String> = args.iter().map(|a| argument(a, &capture)).collect();
                    format!("Some(({name:?}, &[{}]))", args.join(", "))
                });
                format!(
                    "Action::Annotate {{ kind: {}, class: {class}, class_of: {class_of:?}, constructor: {constructor} }}",
                    names.kind(kind)?
                )
            }
        });
    }
    Ok(all.join(", "))
}

fn argument(arg: &Arg, capture: &dyn Fn(&str) -> Option<usize>) -> String {
    match arg {
        Arg::Capture(name) => capture(name).map_or_else(|| format!("Arg::Symbol({name:?})"), |i| format!("Arg::Capture({i})")),
        Arg::Symbol(word) => format!("Arg::Symbol({word:?})"),
        Arg::Number(n) => format!("Arg::Number({n:?})"),
    }
}
