//! Where the record of an input stands below `--output`.
//!
//! A file named on the command line stands at the top; a file found below a folder stands as it
//! stands below that folder, and where several paths are named the folder's own name goes first.
//! `.txt` (of JSON Lines, `.jsonl`), and `.gz` or `.zst` after it, give way to the extension of what
//! is written. Not here: writing it.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use dispaccio::read::packed;

use super::form::Form;
use crate::cli::{InputKind, Usage};

/// The tree of outputs.
pub struct Tree {
    root: PathBuf,
    input: InputKind,
    form: Arc<Form>,
    skip_existing: bool,
    several: bool,
    /// A hash of each place that was given away: they may be millions.
    taken: HashSet<u64>,
}

/// Where an input's record goes.
pub enum Place {
    /// Here.
    Free(PathBuf),
    /// Nowhere: it is there already, and need not be made again.
    Skipped(PathBuf),
    /// Nowhere: another record is there, or the input itself. Says so.
    Taken(String),
}

impl Tree {
    /// The tree below `root`, which is made if need be, for the inputs that `paths` stand for.
    pub fn new(root: &Path, input: InputKind, form: Arc<Form>, paths: &[PathBuf], skip_existing: bool) -> Result<Self> {
        fs::create_dir_all(root).with_context(|| format!("cannot make {}", root.display()))?;
        let tree = Self { root: root.to_owned(), input, form, skip_existing, several: paths.len() > 1, taken: HashSet::new() };
        let mut tops = HashSet::new();
        for path in paths.iter().filter(|p| p.is_dir()) {
            if tree.several && !tops.insert(name_of(path)) {
                let both = format!("two folders are called {}: their records would mix below {}", name_of(path).display(), root.display());
                return Err(Usage(both).into());
            }
            if input == InputKind::Jsonl && fs::canonicalize(path)? == fs::canonicalize(root)? {
                return Err(Usage(format!("{} is read and written at once: name another folder", root.display())).into());
            }
        }
        Ok(tree)
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The place of a file that was found at or below `path`, a path of the command line.
    pub fn place(&mut self, path: &Path, file: &Path) -> Place {
        let mut below = PathBuf::new();
        let found = file.strip_prefix(path).unwrap_or(Path::new(""));
        if found.as_os_str().is_empty() {
            below.push(file.file_name().unwrap_or(OsStr::new("unnamed")));
        } else {
            if self.several {
                below.push(name_of(path));
            }
            below.push(found);
        }
        let target = self.form.free(self.root.join(self.renamed(below)));
        let beside = self.form.beside().map(|extension| target.with_extension(extension));
        let mut hasher = DefaultHasher::new();
        target.hash(&mut hasher);
        if !self.taken.insert(hasher.finish()) {
            return Place::Taken(format!("its record would be {}, as another input's is", target.display()));
        }
        let is_there = |path: &Path| path.symlink_metadata().is_ok();
        if is_there(&target) && is_same(&target, file) {
            return Place::Taken("its record would be written over it".to_owned());
        }
        match (is_there(&target), beside.as_deref().map(is_there)) {
            (false, Some(true)) => Place::Taken(format!("its text would be written over {}", beside.unwrap_or_default().display())),
            (true, None | Some(true)) if self.skip_existing => Place::Skipped(target),
            _ => Place::Free(target),
        }
    }

    /// Gives a path the extension of what is written, instead of those of what is read.
    fn renamed(&self, mut path: PathBuf) -> PathBuf {
        let has = |path: &Path, known: &[&str]| path.extension().is_some_and(|e| known.iter().any(|k| e.eq_ignore_ascii_case(k)));
        if has(&path, &packed::EXTENSIONS) {
            path.set_extension("");
        }
        if has(&path, self.input.extensions()) {
            path.set_extension("");
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".");
        name.push(self.form.extension(self.input));
        path.set_file_name(name);
        path
    }
}

/// The name that a folder has, also when it is given as `.` or `..`.
fn name_of(folder: &Path) -> PathBuf {
    let own = |path: &Path| path.file_name().map(PathBuf::from);
    own(folder).or_else(|| own(&folder.canonicalize().ok()?)).unwrap_or_default()
}

fn is_same(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}
