//! The work on one input: from where it is to the line of its record.
//!
//! Shared by all threads that extract. A panic anywhere in it costs the one input, which fails with
//! a message that says where. Not here: the order of the records, or where they are written.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read};
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Error as Broken;
use dispaccio::emit::html::index::Entry;
use dispaccio::emit::record::{Failure, Line};
use dispaccio::error::{Error, ErrorKind, Result};
use dispaccio::pipeline::Pipeline;
use dispaccio::read::jsonl::{RawLine, Settings};
use dispaccio::read::{Source, unreadable};
use serde_json::Value;

use super::form::Form;
use super::unfinished::Unfinished;

/// A text of this many bytes or more is extracted while no other such text is: an extraction takes
/// some fifty times its text in memory, and must not do so once a thread.
const LARGE: usize = 2 << 20;

/// One input that is to become one record.
pub struct Job {
    /// The input's name: a path as given, or `stdin`.
    pub name: Arc<str>,
    /// Where its text is.
    pub what: What,
    /// The file that its record makes up, if it has one of its own.
    pub to: Option<PathBuf>,
    /// How many bytes of memory it may take until it is extracted.
    pub weight: u64,
}

/// Where an input's text is.
pub enum What {
    /// In a file, still to be read.
    File(PathBuf),
    /// In a line of JSON Lines.
    Line(RawLine),
    /// Here, or nowhere.
    Source(Box<Result<Source>>),
}

/// What became of an input.
pub struct Done {
    /// The input's name, with its line where it has one.
    pub name: Arc<str>,
    /// Its line in a JSON Lines input.
    pub line: Option<u64>,
    /// The record as it is to be written; nothing when its own file holds it already.
    pub record: Vec<u8>,
    /// What went wrong with the input, if anything did.
    pub failure: Option<String>,
    /// What the index of pages tells of it.
    pub entry: Option<Box<Entry>>,
    /// How many bytes of text were extracted from.
    pub read: u64,
    /// The weight of the job.
    pub weight: u64,
}

/// All it takes to work on any input.
pub struct Work {
    pub pipeline: Pipeline,
    pub form: Arc<Form>,
    pub settings: Settings,
    /// How many bytes were read from files and streams so far.
    pub bytes_read: Arc<AtomicU64>,
    /// Held while a large text is worked on.
    pub large: Mutex<()>,
}

impl Work {
    /// Does one job. The error is of the output, not of the input.
    pub fn on(&self, job: Job) -> std::result::Result<Done, Broken> {
        let Job { name, what, to, weight } = job;
        let mut id: Value = name.as_ref().into();
        let mut line = None;
        let source = match what {
            What::Source(source) => *source,
            What::File(path) => guarded(|| self.open(&path, id.clone())),
            What::Line(raw) => {
                line = Some(raw.number);
                let read = guarded(|| Ok(raw.read(&self.settings)));
                read.and_then(|read| {
                    id = read.id;
                    read.source
                })
            }
        };
        let read = source.as_ref().map_or(0, |s| s.text.len());
        let text = source.as_ref().ok().filter(|_| self.form.quotes()).map(|s| s.text.clone()).unwrap_or_default();
        let result = source.and_then(|source| {
            let _alone = (read >= LARGE).then(|| self.large.lock().unwrap_or_else(PoisonError::into_inner));
            guarded(|| self.pipeline.run(source))
        });
        let result = result.map_err(|e| match line {
            Some(number) => Error { message: format!("line {number}: {e}"), ..e },
            None => e,
        });
        let failure = result.as_ref().err().map(|e| e.message.clone());
        let written = match result {
            Ok(record) => Line::Record(Box::new(record)),
            Err(error) => Line::Failure(Failure::new(id, &error)),
        };
        let made = self.form.make(&written, &text, to.as_deref())?;
        let mut record = made.bytes;
        if let Some(path) = to.filter(|_| !record.is_empty()) {
            Unfinished::write(path, &record)?;
            record = Vec::new();
        }
        // Last, so that a text without a record is never one of ours.
        if let Some((path, text)) = made.beside {
            Unfinished::write(path, text.as_bytes())?;
        }
        Ok(Done { name, line, record, failure, entry: made.entry.map(Box::new), read: read as u64, weight })
    }

    fn open(&self, path: &PathBuf, id: Value) -> Result<Source> {
        let file = File::open(path).map_err(|e| unreadable(&e))?;
        Source::from_reader(id, Counted::new(file, &self.bytes_read), self.settings.max_size)
    }
}

/// A reader that counts what goes through it.
pub struct Counted<R> {
    input: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Counted<R> {
    /// Adds to `count` whatever is read from `input`.
    pub fn new(input: R, count: &Arc<AtomicU64>) -> Self {
        Self { input, count: count.clone() }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.input.read(buffer)?;
        self.count.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

thread_local! {
    /// Where the last panic of this thread was, while it is [`guarded`].
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps a panic of guarded work off standard error: its message goes into the input's record.
pub fn hush_guarded_panics() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let guarded = PANIC.with_borrow_mut(|place| {
            let guarded = place.is_some();
            *place = place.take().map(|_| info.location().map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line())));
            guarded
        });
        if !guarded {
            usual(info);
        }
    }));
}

/// Does something that ought not to panic, and fails as an input fails if it does.
fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    PANIC.set(Some(String::new()));
    // What a panic may leave half done is of this input alone: the caches hold whole entries.
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    let place = PANIC.take().unwrap_or_default();
    result.unwrap_or_else(|_| {
        Err(Error::new(ErrorKind::Unreadable, format!("cannot be extracted: a fault of the program{place}, please report it")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_costs_one_input() {
        hush_guarded_panics();
        let error = guarded::<()>(|| panic!("oh")).expect_err("a failure");
        assert_eq!(error.kind, ErrorKind::Unreadable);
        assert!(error.message.starts_with("cannot be extracted: a fault of the program at src/run/work.rs:"), "{error}");
        assert_eq!(guarded(|| Ok(7)), Ok(7), "and nothing after it");
    }
}
