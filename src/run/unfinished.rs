//! Files that are written whole or not at all: under a hidden name, then renamed.
//!
//! The hidden name is `.NAME.PID.partial`, beside the file itself, so that runs side by side do not
//! meet. Whatever way a run ends that can be helped, none of them stays. Not here: which files.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};

/// The hidden files that there are.
static PARTIAL: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn partial() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    PARTIAL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that is not whole yet. Dropped before it is finished, it is gone.
pub struct Unfinished {
    file: BufWriter<File>,
    hidden: PathBuf,
    target: PathBuf,
}

impl Unfinished {
    /// Begins a file, and the folders it needs.
    pub fn create(target: PathBuf) -> Result<Self> {
        let begin = || {
            let folder = target.parent().unwrap_or(Path::new(""));
            let mut name = OsString::from(".");
            name.push(target.file_name().unwrap_or_default());
            name.push(format!(".{}.partial", std::process::id()));
            let hidden = folder.join(name);
            let mut partial = partial();
            let file = File::create(&hidden).or_else(|e| match e.kind() {
                io::ErrorKind::NotFound => fs::create_dir_all(folder).and_then(|()| File::create(&hidden)),
                _ => Err(e),
            })?;
            partial.insert(hidden.clone());
            io::Result::Ok((BufWriter::with_capacity(1 << 16, file), hidden))
        };
        let (file, hidden) = begin().with_context(|| cannot(&target))?;
        Ok(Self { file, hidden, target })
    }

    /// Writes a whole file.
    pub fn write(target: PathBuf, bytes: &[u8]) -> Result<()> {
        let mut file = Self::create(target)?;
        file.push(bytes)?;
        file.finish()
    }

    /// Writes some more.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).with_context(|| cannot(&self.target))
    }

    /// Gives the file its name.
    pub fn finish(mut self) -> Result<()> {
        let mut end = || {
            self.file.flush()?;
            let mut partial = partial();
            fs::rename(&self.hidden, &self.target)?;
            partial.remove(&self.hidden);
            io::Result::Ok(())
        };
        end().with_context(|| cannot(&self.target))
    }

    /// Removes what is not finished, for good: as long as the answer is held no other file begins
    /// or is finished.
    pub fn abandon_all() -> impl Sized {
        let mut partial = partial();
        for hidden in std::mem::take(&mut *partial) {
            let _ = fs::remove_file(hidden);
        }
        partial
    }
}

fn cannot(target: &Path) -> String {
    format!("cannot write {}", target.display())
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if partial().remove(&self.hidden) {
            let _ = fs::remove_file(&self.hidden);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("a/b.json");
        Unfinished::write(target.clone(), b"one").expect("written");
        let mut second = Unfinished::create(target.clone()).expect("begun");
        second.push(b"two").expect("written");
        assert_eq!(fs::read(&target).expect("a file"), b"one", "the old one stands until the new one is whole");
        drop(second);
        let names: Vec<_> = fs::read_dir(folder.path().join("a")).expect("a folder").map(|e| e.expect("a file").file_name()).collect();
        assert_eq!(names, ["b.json"]);
    }
}
