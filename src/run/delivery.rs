//! Where records go: standard output, or files of their own; and what is told of them meanwhile.
//!
//! Not here: the order, which is that of the calls.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use dispaccio::emit::html::index::Entry;

use super::form::Form;
use super::tally::Tally;
use super::unfinished::Unfinished;
use super::work::Done;
use crate::say;

/// What is done with the inputs, one after the other.
pub enum Event {
    /// An input is done with.
    Done(Done),
    /// An input was left out, because its output is there already.
    Skipped(PathBuf),
    /// An input's record has no place; it is told of.
    Homeless(String),
    /// Something is to be said.
    Note(String),
    /// The records that follow go into this file.
    Begin(PathBuf),
    /// They do so no more.
    End,
}

impl Event {
    /// How much of the window the event's input took.
    pub fn weight(&self) -> u64 {
        match self {
            Self::Done(done) => done.weight,
            _ => 0,
        }
    }
}

/// Takes records and passes them on.
pub struct Delivery {
    out: Output,
    /// The file that records go into instead.
    file: Option<Unfinished>,
    tally: Tally,
    form: Arc<Form>,
    /// What the index of pages is made from.
    entries: Vec<Entry>,
    quiet: bool,
    /// How many records are in files that are whole, and how many in the one that is not yet.
    filed: u64,
    pending: u64,
    /// The last input whose record went to standard output.
    last: Option<(Arc<str>, Option<u64>)>,
}

impl Delivery {
    /// Records on standard output unless told otherwise.
    pub fn new(tally: Tally, form: Arc<Form>, quiet: bool) -> Self {
        Self { out: Output::new(), file: None, tally, form, entries: Vec::new(), quiet, filed: 0, pending: 0, last: None }
    }

    /// Takes what comes next.
    pub fn take(&mut self, event: Event) -> Result<()> {
        match event {
            Event::Done(done) => return self.done(done),
            Event::Skipped(there) => {
                self.tally.skipped();
                self.entries.extend(self.form.entry_of(&there));
            }
            Event::Homeless(message) => {
                self.tally.done(true, 0);
                self.say(&message);
            }
            Event::Note(message) => self.say(&message),
            Event::Begin(path) => self.file = Some(Unfinished::create(path)?),
            Event::End => {
                self.file.take().map_or(Ok(()), Unfinished::finish)?;
                self.filed += std::mem::take(&mut self.pending);
            }
        }
        Ok(())
    }

    fn done(&mut self, done: Done) -> Result<()> {
        if let Some(failure) = &done.failure {
            self.say(&format!("{}: {failure}", done.name));
        }
        self.entries.extend(done.entry.map(|entry| *entry));
        match &mut self.file {
            Some(file) => {
                file.push(&done.record)?;
                self.pending += 1;
            }
            None if done.record.is_empty() => self.filed += 1,
            None => {
                self.out.record(&done.record)?;
                self.last = Some((done.name, done.line));
            }
        }
        self.tally.done(done.failure.is_some(), done.read);
        Ok(())
    }

    /// Hands over what is buffered.
    pub fn flush(&mut self) -> Result<()> {
        self.out.flush()
    }

    /// Ends the run: says whether all inputs were extracted from.
    pub fn finish(&mut self) -> Result<bool> {
        self.out.flush()?;
        self.form.finish(&self.entries)?;
        self.tally.clear();
        if let Some(summary) = self.tally.summary().filter(|_| !self.quiet) {
            say(format_args!("{summary}"));
        }
        Ok(self.tally.failed() == 0)
    }

    /// Ends the run before its time: says what was written, and how to go on.
    pub fn break_off(&mut self, why: &str) {
        let flushed = !self.out.broken && self.out.flush().is_ok();
        self.tally.clear();
        self.file = None;
        let whole = self.filed + self.out.written;
        let records = if whole == 1 { "record was" } else { "records were" };
        let then = match &self.last {
            _ if self.filed > 0 => "; the same command with --skip-existing goes on from there".to_owned(),
            Some((name, line)) if flushed => {
                let line = line.map_or_else(String::new, |line| format!(" line {line}"));
                format!(", the last that of {name}{line}: give the inputs after it to go on")
            }
            _ => String::new(),
        };
        say(format_args!("{why}: {whole} {records} written whole{then}"));
    }

    fn say(&self, message: &str) {
        if !self.quiet {
            self.tally.aside(|| say(format_args!("{message}")));
        }
    }
}

/// Standard output, buffered; on a terminal each record is shown at once.
pub struct Output {
    out: Box<dyn Write + Send>,
    buffer: Vec<u8>,
    /// Where in the buffer records end.
    ends: Vec<usize>,
    /// How many records were handed over whole.
    written: u64,
    broken: bool,
    eager: bool,
}

/// How much is handed over at a time.
const BUFFER: usize = 1 << 16;

impl Output {
    /// Standard output.
    pub fn new() -> Self {
        Self {
            out: stdout(),
            buffer: Vec::with_capacity(BUFFER),
            ends: Vec::new(),
            written: 0,
            broken: false,
            eager: io::stdout().is_terminal(),
        }
    }

    fn record(&mut self, record: &[u8]) -> Result<()> {
        if record.is_empty() {
            return Ok(());
        }
        if self.buffer.len() + record.len() > BUFFER {
            self.flush()?;
        }
        self.buffer.extend_from_slice(record);
        self.ends.push(self.buffer.len());
        if self.eager { self.flush() } else { Ok(()) }
    }

    /// Writes, and says of a failure what it was about.
    pub fn written(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        write(&mut self.buffer).context("cannot write the output")?;
        if self.buffer.len() > BUFFER { self.flush() } else { Ok(()) }
    }

    /// Hands over what is buffered. A full disk shows here at the latest.
    pub fn flush(&mut self) -> Result<()> {
        let mut taken = 0;
        let result = loop {
            if taken == self.buffer.len() {
                break Ok(());
            }
            match self.out.write(&self.buffer[taken..]) {
                Ok(0) => break Err(io::ErrorKind::WriteZero.into()),
                Ok(n) => taken += n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => break Err(e),
            }
        };
        self.written += self.ends.iter().filter(|end| **end <= taken).count() as u64;
        self.ends.clear();
        self.buffer.clear();
        self.buffer.shrink_to(BUFFER);
        let result = result.and_then(|()| self.out.flush());
        self.broken |= result.is_err();
        result.context("cannot write the output")
    }
}

/// Standard output, unbuffered where that is possible: what it took is then what was written.
fn stdout() -> Box<dyn Write + Send> {
    #[cfg(unix)]
    if let Ok(owned) = std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned() {
        return Box::new(std::fs::File::from(owned));
    }
    Box::new(io::stdout())
}
