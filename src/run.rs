//! The driver: inputs → pipeline → writer, in order, one record for each.
//!
//! An input that fails gives a record of the failure and a line on standard error, and the run
//! goes on; only broken output ends it. Not here: which files a folder holds, or what is extracted.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Read, StdoutLock, Write};
use std::path::Path;

use anyhow::{Context, Result};
use dispaccio::emit::json::{self, Style};
use dispaccio::emit::record::{Failure, Line};
use dispaccio::emit::schema;
use dispaccio::error::Error;
use dispaccio::pipeline::Pipeline;
use dispaccio::read::{Source, jsonl, unreadable};
use serde_json::Value;

use crate::cli::{ExtractArgs, Format, InputKind, Usage};
use crate::inputs::files;
use crate::{Outcome, say};

/// The name, and the id, of what comes on standard input.
const STDIN: &str = "stdin";

/// `dispaccio extract`.
pub fn extract(args: &ExtractArgs) -> Result<Outcome> {
    args.validate()?;
    if args.paths.is_empty() && io::stdin().is_terminal() {
        let hint = "nothing to read: name files or folders, pipe a text in, or give - to type one (--help says more)";
        return Err(Usage(hint.to_owned()).into());
    }
    let pipeline = Pipeline::new(args.options()?)?;
    let mut run = Run { args, pipeline, out: Output::new(style(args)), inputs: 0, failures: 0 };
    if args.paths.is_empty() {
        run.stdin()?;
    }
    for path in &args.paths {
        if path.as_os_str() == "-" { run.stdin()? } else { run.path(path)? }
    }
    run.out.flush()?;
    run.sum_up();
    Ok(if run.failures == 0 { Outcome::Done } else { Outcome::Failed })
}

/// `dispaccio schema`.
pub fn schema() -> Result<Outcome> {
    let mut out = Output::new(Style::Pretty);
    out.written(|out| {
        serde_json::to_writer_pretty(&mut *out, &schema::schema())?;
        out.write_all(b"\n")
    })?;
    out.flush()?;
    Ok(Outcome::Done)
}

/// One article on a terminal is laid out for the eye; everything else is for a program.
fn style(args: &ExtractArgs) -> Style {
    let one = args.input == InputKind::Text && args.paths.len() <= 1 && !args.paths.iter().any(|p| p.is_dir());
    match args.format {
        Some(Format::Jsonl) => Style::Compact,
        Some(Format::Pretty) => Style::Pretty,
        None if one && io::stdout().is_terminal() => Style::Pretty,
        None => Style::Compact,
    }
}

/// A run under way.
struct Run<'a> {
    args: &'a ExtractArgs,
    pipeline: Pipeline,
    out: Output,
    inputs: u64,
    failures: u64,
}

impl Run<'_> {
    fn stdin(&mut self) -> Result<()> {
        let input = io::stdin().lock();
        match self.args.input {
            InputKind::Text => self.article(STDIN, STDIN.into(), Source::from_reader(STDIN.into(), input, self.args.max_size)),
            InputKind::Jsonl => self.records(STDIN, input),
        }
    }

    fn path(&mut self, path: &Path) -> Result<()> {
        let extension = if self.args.input == InputKind::Text { "txt" } else { "jsonl" };
        let mut any = false;
        for found in files(path, extension) {
            any = true;
            match found {
                Ok(file) => self.file(&file)?,
                Err((folder, reason)) => self.fail(&folder.to_string_lossy(), folder.to_string_lossy().into(), &unreadable(&reason))?,
            }
        }
        if !any && !self.args.quiet {
            say(format_args!("{}: no *.{extension} files below it", path.display()));
        }
        Ok(())
    }

    fn file(&mut self, path: &Path) -> Result<()> {
        let name = path.to_string_lossy();
        match self.args.input {
            InputKind::Text => self.article(&name, name.as_ref().into(), Source::from_file(path, self.args.max_size)),
            InputKind::Jsonl => match File::open(path) {
                Ok(file) => self.records(&name, file),
                Err(e) => self.fail(&name, name.as_ref().into(), &unreadable(&e)),
            },
        }
    }

    /// A stream of records, each one line.
    fn records(&mut self, name: &str, input: impl Read) -> Result<()> {
        let mut records = jsonl::Records::new(input, self.args.jsonl());
        loop {
            // Whoever feeds us a record at a time may be waiting for the answer to the last one.
            if records.must_wait() {
                self.out.flush()?;
            }
            match records.next_record() {
                Ok(None) => return Ok(()),
                Ok(Some(line)) => {
                    let number = line.number;
                    let at_line = move |e: Error| Error { message: format!("line {number}: {e}"), ..e };
                    self.extract(name, line.id, line.source.map_err(at_line), at_line)?;
                }
                Err(e) => return self.fail(name, name.into(), &unreadable(&e)),
            }
        }
    }

    fn article(&mut self, name: &str, id: Value, source: Result<Source, Error>) -> Result<()> {
        self.extract(name, id, source, |e| e)
    }

    /// Extracts one article and writes its record, whatever came of it.
    fn extract(&mut self, name: &str, id: Value, source: Result<Source, Error>, place: impl Fn(Error) -> Error) -> Result<()> {
        match source.and_then(|s| self.pipeline.run(s).map_err(place)) {
            Ok(record) => {
                self.inputs += 1;
                self.out.line(&Line::Record(Box::new(record)))
            }
            Err(error) => self.fail(name, id, &error),
        }
    }

    fn fail(&mut self, name: &str, id: Value, error: &Error) -> Result<()> {
        self.inputs += 1;
        self.failures += 1;
        if !self.args.quiet {
            say(format_args!("{name}: {error}"));
        }
        self.out.line(&Line::Failure(Failure::new(id, error)))
    }

    fn sum_up(&self) {
        if self.failures > 0 && self.inputs > 1 && !self.args.quiet {
            say(format_args!("{} of {} inputs failed", self.failures, self.inputs));
        }
    }
}

/// Standard output, buffered; on a terminal each record is shown at once.
pub struct Output {
    out: BufWriter<StdoutLock<'static>>,
    style: Style,
    eager: bool,
}

impl Output {
    /// Standard output, on which records are written in `style`.
    pub fn new(style: Style) -> Self {
        let out = io::stdout().lock();
        let eager = out.is_terminal();
        Self { out: BufWriter::with_capacity(1 << 16, out), style, eager }
    }

    fn line(&mut self, line: &Line) -> Result<()> {
        let style = self.style;
        self.written(|out| json::write(line, style, out))?;
        if self.eager { self.flush() } else { Ok(()) }
    }

    /// Writes, and says of a failure what it was about.
    pub fn written(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        write(&mut self.out).context("cannot write the output")
    }

    /// Hands over what is buffered. A full disk shows here at the latest.
    pub fn flush(&mut self) -> Result<()> {
        self.out.flush().context("cannot write the output")
    }
}
