//! The driver: inputs → pipeline → writer, in order, one record for each.
//!
//! An input that fails gives a record of the failure and a line on standard error, and the run
//! goes on; only broken output ends it. [`feed`] finds the inputs, [`work`] makes a record of one,
//! [`crew`] has many threads do so, [`delivery`] writes them. Not here: which files a folder holds,
//! or what is extracted.

mod crew;
pub mod delivery;
mod feed;
mod form;
mod interrupt;
mod tally;
mod tree;
mod unfinished;
mod work;

use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use anyhow::Result;
use dispaccio::emit::json::Style;
use dispaccio::emit::schema;
use dispaccio::pipeline::Pipeline;

use crate::cli::{ExtractArgs, Format, Progress, Usage};
use crate::inputs::files;
use crate::{Outcome, is_closed_pipe};

use self::delivery::{Delivery, Output};
use self::feed::{AtOnce, Feed};
use self::form::Form;
use self::tally::{Show, Tally};
use self::tree::Tree;
use self::work::Work;

/// `dispaccio extract`.
pub fn extract(args: ExtractArgs) -> Result<Outcome> {
    args.validate()?;
    if args.paths.is_empty() && io::stdin().is_terminal() {
        let hint = "nothing to read: name files or folders, pipe a text in, or give - to type one (--help says more)";
        return Err(Usage(hint.to_owned()).into());
    }
    let args = Arc::new(args);
    let options = args.options()?;
    let form = Arc::new(Form::new(&args, options.offsets, style(&args)));
    let work = Arc::new(Work {
        pipeline: Pipeline::new(options)?,
        form: form.clone(),
        settings: args.jsonl(),
        bytes_read: Arc::default(),
        large: Mutex::new(()),
    });
    work::hush_guarded_panics();
    let tree = args.output.as_ref().map(|root| Tree::new(root, args.input, form.clone(), &args.paths, args.skip_existing)).transpose()?;
    let feed = Feed { args: args.clone(), tree, form: form.clone(), bytes_read: work.bytes_read.clone() };
    let batch = !args.is_one();
    let show = if batch { show(&args) } else { Show::Nothing };
    let delivery = Arc::new(Mutex::new(Delivery::new(Tally::new(show, work.bytes_read.clone()), form, args.quiet)));
    if batch {
        interrupt::watch(&delivery)?;
    }
    let result = match jobs(&args) {
        2.. if batch => crew::run(jobs(&args), work, &delivery, |sink| feed.run(sink)),
        _ => feed.run(&mut AtOnce { work: &work, delivery: &delivery }),
    };
    let mut delivery = delivery.lock().unwrap_or_else(PoisonError::into_inner);
    match result.and_then(|()| delivery.finish()) {
        Ok(all) => Ok(if all { Outcome::Done } else { Outcome::Failed }),
        Err(error) => {
            if batch && !is_closed_pipe(&error) {
                delivery.break_off("stopped");
            }
            Err(error)
        }
    }
}

/// `dispaccio schema`.
pub fn schema() -> Result<Outcome> {
    print(|out| {
        serde_json::to_writer_pretty(&mut *out, &schema::schema())?;
        out.write_all(b"\n")
    })
}

/// Prints what does not depend on any input.
pub fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Outcome> {
    let mut out = Output::new();
    out.written(write)?;
    out.flush()?;
    Ok(Outcome::Done)
}

/// One article on a terminal is laid out for the eye; everything else is for a program.
fn style(args: &ExtractArgs) -> Style {
    match args.format {
        Some(Format::Pretty) => Style::Pretty,
        Some(_) => Style::Compact,
        None if args.is_one() && args.output.is_none() && io::stdout().is_terminal() => Style::Pretty,
        None => Style::Compact,
    }
}

/// How many threads extract.
fn jobs(args: &ExtractArgs) -> usize {
    args.jobs.map_or_else(|| thread::available_parallelism().map_or(1, Into::into), Into::into)
}

/// How progress is shown. On a terminal that the records go to as well, a bar would be in their way.
fn show(args: &ExtractArgs) -> Show {
    let terminal = io::stderr().is_terminal();
    let free = terminal && (args.output.is_some() || !io::stdout().is_terminal());
    match args.progress {
        _ if args.quiet => Show::Nothing,
        Progress::Never => Show::Nothing,
        Progress::Auto if !free => Show::Nothing,
        Progress::Always if !terminal => Show::Lines,
        Progress::Auto | Progress::Always => Show::Bar(census(args)),
    }
}

/// How many bytes there are to read, where they are all in files.
fn census(args: &ExtractArgs) -> Option<Box<dyn FnOnce() -> u64 + Send>> {
    if args.paths.is_empty() || args.paths.iter().any(|p| p.as_os_str() == "-") {
        return None;
    }
    let (paths, extensions, output) = (args.paths.clone(), args.input.extensions(), args.output.clone());
    Some(Box::new(move || {
        let found = paths.iter().flat_map(|path| files(path, extensions, output.as_deref()));
        found.filter_map(|file| file.ok()?.metadata().ok()).map(|m| m.len()).sum()
    }))
}
