//! Which files the paths on a command line stand for.
//!
//! A file is itself; a folder stands for the files below it that have the right extension, with or
//! without that of a compressed file after it, in path order. Hidden files and folders are left out,
//! and so is the folder that is written to. A link to a folder is followed, but no folder is read
//! twice on its account. Not here: reading the files.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use dispaccio::read::packed;
use walkdir::{DirEntry, WalkDir};

/// What a path on the command line leads to: a file to read, or a folder that cannot be listed.
pub type Found = Result<PathBuf, (PathBuf, io::Error)>;

/// The files that a path stands for: itself, or what is below it with one of these extensions, but
/// not in the folder `except`.
pub fn files(path: &Path, extensions: &'static [&'static str], except: Option<&Path>) -> Box<dyn Iterator<Item = Found>> {
    if path.is_dir() { Box::new(files_below(path, extensions, except)) } else { Box::new(std::iter::once(Ok(path.to_owned()))) }
}

fn files_below(folder: &Path, extensions: &'static [&'static str], except: Option<&Path>) -> impl Iterator<Item = Found> + use<> {
    let root = folder.canonicalize().ok();
    let except = except.and_then(|e| e.canonicalize().ok());
    let is_output = move |e: &DirEntry| except.is_some() && e.file_type().is_dir() && e.path().canonicalize().ok() == except;
    let mut followed = HashSet::new();
    let wanted = move |e: &DirEntry| e.depth() == 0 || !is_hidden(e) && is_new_ground(e, root.as_deref(), &mut followed) && !is_output(e);
    let entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(wanted);
    entries.filter_map(move |entry| match entry {
        Ok(e) => (e.file_type().is_file() && has_extension(e.path(), extensions)).then(|| Ok(e.into_path())),
        // A link that leads back to a folder on the way to it leads to nothing new.
        Err(e) if e.loop_ancestor().is_some() => None,
        Err(e) => {
            let path = e.path().unwrap_or(Path::new("")).to_owned();
            // A dangling link matters only where a file of the right sort is missing.
            let matters = !path.is_symlink() || has_extension(&path, extensions);
            matters.then(|| Err((path, e.into_io_error().unwrap_or_else(|| io::Error::other("cannot be listed")))))
        }
    })
}

/// Whether the entry is no link to a folder, or one whose target is reached in no other way.
fn is_new_ground(entry: &DirEntry, root: Option<&Path>, followed: &mut HashSet<PathBuf>) -> bool {
    if !entry.path_is_symlink() || !entry.file_type().is_dir() {
        return true;
    }
    match entry.path().canonicalize() {
        Ok(target) => !root.is_some_and(|root| target.starts_with(root)) && followed.insert(target),
        Err(_) => true,
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let has = |path: &Path, known: &[&str]| path.extension().is_some_and(|e| known.iter().any(|k| e.eq_ignore_ascii_case(k)));
    has(path, extensions) || has(path, &packed::EXTENSIONS) && path.file_stem().is_some_and(|stem| has(Path::new(stem), extensions))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn below(root: &Path) -> Vec<String> {
        let relative = |p: PathBuf| p.strip_prefix(root).map(|p| p.display().to_string()).unwrap_or_default();
        files(root, &["txt"], None).map(|f| f.map_or_else(|(p, e)| format!("{} {:?}", relative(p), e.kind()), relative)).collect()
    }

    #[test]
    fn files_in_path_order() {
        let root = tempfile::tempdir().expect("a folder");
        let write = |name: &str| fs::write(root.path().join(name), "x").expect("written");
        for folder in ["b", "a", ".git", "d.txt"] {
            fs::create_dir(root.path().join(folder)).expect("a folder");
        }
        for name in [
            "b/2.txt",
            "b/1.TXT",
            "b/10.txt",
            "a.txt",
            "a/z.txt",
            "a/z.json",
            ".git/x.txt",
            ".x.txt",
            "c",
            "b/3.txt.gz",
            "b/4.gz",
            "b/5.txt.ZST",
        ] {
            write(name);
        }
        assert_eq!(below(root.path()), ["a/z.txt", "a.txt", "b/1.TXT", "b/10.txt", "b/2.txt", "b/3.txt.gz", "b/5.txt.ZST"]);
        assert_eq!(below(&root.path().join("missing")).len(), 1, "a path that is no folder is left to whoever reads it");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_twice() {
        use std::os::unix::fs::symlink;
        let (root, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        fs::create_dir(root.path().join("real")).expect("a folder");
        fs::write(root.path().join("real/x.txt"), "x").expect("written");
        fs::write(other.path().join("far.txt"), "x").expect("written");
        for (target, link) in [
            (root.path().join("real"), "again"),
            (root.path().to_owned(), "real/loop"),
            (other.path().to_owned(), "away"),
            (other.path().to_owned(), "away2"),
            (root.path().join("nowhere"), "dangling"),
            (root.path().join("nowhere"), "lost.txt"),
        ] {
            symlink(target, root.path().join(link)).expect("a link");
        }
        assert_eq!(below(root.path()), ["away/far.txt", "lost.txt NotFound", "real/x.txt"]);
    }
}
