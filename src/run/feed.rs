//! From the command line's paths to jobs, in order.
//!
//! Files of JSON Lines are read here, line by line; texts are read by whoever does the job. Not
//! here: doing it.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use dispaccio::error::Error;
use dispaccio::read::packed;
use dispaccio::read::{Source, jsonl, unreadable};

use super::delivery::{Delivery, Event};
use super::form::Form;
use super::tree::{Place, Tree};
use super::work::{Counted, Done, Job, What, Work};
use crate::cli::{ExtractArgs, InputKind};
use crate::inputs::files;

/// The name, and the id, of what comes on standard input.
pub const STDIN: &str = "stdin";

/// How much larger a text may be than its compressed file, at a guess.
const UNPACKED: u64 = 6;

/// Who does the jobs, and passes events on in their order.
pub trait Sink {
    /// An input's record is to be made.
    fn job(&mut self, job: Job) -> Result<()>;
    /// Something else happens at this place.
    fn event(&mut self, event: Event) -> Result<()>;
    /// Reading what comes next may take for ever: whoever sends it may wait for the last record.
    fn may_wait(&mut self) -> Result<()>;
}

/// Does each job at once.
pub struct AtOnce<'a> {
    pub work: &'a Work,
    pub delivery: &'a Mutex<Delivery>,
}

impl Sink for AtOnce<'_> {
    fn job(&mut self, job: Job) -> Result<()> {
        let done: Done = self.work.on(job)?;
        self.event(Event::Done(done))
    }

    fn event(&mut self, event: Event) -> Result<()> {
        self.delivery.lock().unwrap_or_else(PoisonError::into_inner).take(event)
    }

    fn may_wait(&mut self) -> Result<()> {
        self.delivery.lock().unwrap_or_else(PoisonError::into_inner).flush()
    }
}

/// Finds the inputs.
pub struct Feed {
    pub args: Arc<ExtractArgs>,
    pub tree: Option<Tree>,
    pub form: Arc<Form>,
    pub bytes_read: Arc<AtomicU64>,
}

impl Feed {
    /// Every input that the command line stands for.
    pub fn run(mut self, sink: &mut dyn Sink) -> Result<()> {
        let args = self.args.clone();
        if args.paths.is_empty() {
            self.stdin(sink)?;
        }
        for path in &args.paths {
            if path.as_os_str() == "-" { self.stdin(sink)? } else { self.path(path, sink)? }
        }
        Ok(())
    }

    fn stdin(&mut self, sink: &mut dyn Sink) -> Result<()> {
        let input = Counted::new(io::stdin().lock(), &self.bytes_read);
        let Some(to) = self.place(Path::new(""), Path::new(STDIN), sink)? else { return Ok(()) };
        match self.args.input {
            InputKind::Text => {
                let source = Source::from_reader(STDIN.into(), input, self.args.max_size);
                sink.job(Job { name: STDIN.into(), what: What::Source(Box::new(source)), to: to.0, weight: 0 })
            }
            InputKind::Jsonl => self.records(STDIN, Ok(input), to, sink),
        }
    }

    fn path(&mut self, path: &Path, sink: &mut dyn Sink) -> Result<()> {
        let extensions = self.args.input.extensions();
        let mut any = false;
        for found in files(path, extensions, self.tree.as_ref().map(Tree::root)) {
            any = true;
            let (file, refused) = found.map_or_else(|(folder, reason)| (folder, Some(reason)), |file| (file, None));
            let Some(to) = self.place(path, &file, sink)? else { continue };
            let name = file.to_string_lossy();
            match (refused, self.args.input) {
                (Some(reason), _) => sink.job(failed(&name, &unreadable(&reason), to.0))?,
                (None, InputKind::Text) => sink.job(self.text(&name, &file, to.0))?,
                (None, InputKind::Jsonl) => {
                    let input = File::open(&file).map(|file| Counted::new(file, &self.bytes_read));
                    self.records(&name, input, to, sink)?;
                }
            }
        }
        if !any {
            sink.event(Event::Note(format!("{}: no *.{} files below it", path.display(), extensions[0])))?;
        }
        Ok(())
    }

    fn text(&self, name: &str, file: &Path, to: Option<PathBuf>) -> Job {
        let size = file.metadata().map_or(0, |m| m.len());
        let packed = file.extension().is_some_and(|e| packed::EXTENSIONS.iter().any(|p| e.eq_ignore_ascii_case(p)));
        let weight = if packed { size.saturating_mul(UNPACKED) } else { size }.min(self.args.max_size);
        Job { name: name.into(), what: What::File(file.to_owned()), to, weight }
    }

    /// A stream of records, each one line.
    fn records(&self, name: &str, input: io::Result<impl Read>, to: Target, sink: &mut dyn Sink) -> Result<()> {
        // Records that have a file each have a folder for all of them.
        let each = to.0.as_ref().filter(|_| self.form.is_one_each()).map(|target| target.with_extension(""));
        if let Some(target) = to.0.filter(|_| each.is_none()) {
            sink.event(Event::Begin(target))?;
        }
        match input.and_then(|input| jsonl::Records::new(input, self.args.jsonl())) {
            Ok(records) => self.lines(name, records, each.as_deref(), sink)?,
            Err(e) => sink.job(failed(name, &unreadable(&e), None))?,
        }
        sink.event(Event::End)
    }

    /// Every line of a stream; each has a file in the folder `each`, if there is one.
    fn lines(&self, name: &str, mut records: jsonl::Records<impl Read>, each: Option<&Path>, sink: &mut dyn Sink) -> Result<()> {
        let name: Arc<str> = name.into();
        loop {
            if records.must_wait() {
                sink.may_wait()?;
            }
            match records.next_line() {
                Ok(None) => return Ok(()),
                Ok(Some(line)) => {
                    let weight = line.size() as u64;
                    let to = each.map(|folder| folder.join(format!("{}.{}", line.number, self.form.extension(self.args.input))));
                    match to.clone().filter(|to| self.args.skip_existing && to.exists()) {
                        Some(there) => sink.event(Event::Skipped(there))?,
                        None => sink.job(Job { name: name.clone(), what: What::Line(line), to, weight })?,
                    }
                }
                Err(e) => {
                    let Error { kind, message } = unreadable(&e);
                    let message = format!("after line {}: {message}", records.lines_read());
                    return sink.job(failed(&name, &Error { kind, message }, None));
                }
            }
        }
    }

    /// Where a file's record goes: nowhere, or to a file of its own if there is to be one.
    fn place(&mut self, path: &Path, file: &Path, sink: &mut dyn Sink) -> Result<Option<Target>> {
        match self.tree.as_mut().map(|tree| tree.place(path, file)) {
            None => Ok(Some(Target(None))),
            Some(Place::Free(target)) => Ok(Some(Target(Some(target)))),
            Some(Place::Skipped(there)) => sink.event(Event::Skipped(there)).map(|()| None),
            Some(Place::Taken(why)) => sink.event(Event::Homeless(format!("{}: {why}", file.display()))).map(|()| None),
        }
    }
}

/// The file that an input's record goes to; none is standard output.
struct Target(Option<PathBuf>);

fn failed(name: &str, error: &Error, to: Option<PathBuf>) -> Job {
    Job { name: name.into(), what: What::Source(Box::new(Err(error.clone()))), to, weight: 0 }
}
