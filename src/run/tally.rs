//! How a batch goes: the bar while it goes, and the line that sums it up.
//!
//! A bar, or without a terminal a line now and then, shows once the work has taken a second. Not
//! here: what is said of single inputs.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::say;

/// How long a work may take that shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// How far apart the lines are that stand for a bar where there is no terminal.
const LINES: Duration = Duration::from_secs(10);

/// How progress is shown.
pub enum Show {
    /// Not at all.
    Nothing,
    /// As a bar on a terminal; the function finds out how many bytes there are to read, if that is
    /// known, and may take its time.
    Bar(Option<Box<dyn FnOnce() -> u64 + Send>>),
    /// As lines.
    Lines,
}

/// What was counted so far.
pub struct Tally {
    started: Instant,
    articles: u64,
    failed: u64,
    skipped: u64,
    text: u64,
    show: Show,
    bar: Option<ProgressBar>,
    next: Duration,
    bytes_read: Arc<AtomicU64>,
}

impl Tally {
    /// Counting begins. `bytes_read` is what was read of the inputs, as it stands in the files.
    pub fn new(show: Show, bytes_read: Arc<AtomicU64>) -> Self {
        let next = PATIENCE;
        Self { started: Instant::now(), articles: 0, failed: 0, skipped: 0, text: 0, show, bar: None, next, bytes_read }
    }

    /// An input is done with, of which so many bytes of text were read.
    pub fn done(&mut self, failed: bool, text: u64) {
        self.articles += 1;
        self.failed += u64::from(failed);
        self.text += text;
        self.tick();
    }

    /// An input was left out.
    pub fn skipped(&mut self) {
        self.skipped += 1;
        self.tick();
    }

    /// How many inputs failed.
    pub fn failed(&self) -> u64 {
        self.failed
    }

    /// What sums up more than one input.
    pub fn summary(&self) -> Option<String> {
        (self.articles + self.skipped > 1).then(|| self.line())
    }

    /// Says something that the bar must not be written over.
    pub fn aside(&self, say: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(say),
            None => say(),
        }
    }

    /// Takes the bar away.
    pub fn clear(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    fn tick(&mut self) {
        match &mut self.show {
            Show::Nothing => {}
            _ if self.bar.is_none() && self.started.elapsed() < self.next => {}
            Show::Lines => {
                self.next = self.started.elapsed() + LINES;
                say(format_args!("{}", self.line()));
            }
            Show::Bar(total) => {
                let bar = self.bar.get_or_insert_with(|| bar(total.take()));
                bar.set_position(self.bytes_read.load(Ordering::Relaxed));
                bar.set_message(self.articles.to_string());
            }
        }
    }

    fn line(&self) -> String {
        let seconds = self.started.elapsed().as_secs_f64();
        let megabytes = self.text as f64 / 1e6;
        let articles = if self.articles == 1 { "article" } else { "articles" };
        let mut line = format!("{} {articles}, {} failed", self.articles, self.failed);
        if self.skipped > 0 {
            let _ = write!(line, ", {} skipped", self.skipped);
        }
        let _ = write!(line, ", {megabytes:.1} MB in {seconds:.1} s ({:.1} MB/s)", megabytes / seconds.max(1e-9));
        line
    }
}

/// A bar on standard error, whose end shows when it is known.
fn bar(total: Option<Box<dyn FnOnce() -> u64 + Send>>) -> ProgressBar {
    let style = |template| ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(5));
    bar.set_style(style("{spinner} {msg} articles, {decimal_bytes} read, {decimal_bytes_per_sec}, {elapsed}"));
    bar.enable_steady_tick(Duration::from_millis(200));
    if let Some(total) = total {
        let counted = bar.clone();
        // The files may be many; the bar begins without knowing.
        let count = move || {
            counted.set_length(total());
            counted.set_style(style("{wide_bar} {percent}% {msg} articles, {decimal_bytes_per_sec}, {eta} left"));
        };
        let _ = thread::Builder::new().name("census".to_owned()).spawn(count);
    }
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_one_input_is_summed_up() {
        let mut tally = Tally::new(Show::Nothing, Arc::default());
        tally.done(false, 1_500_000);
        assert_eq!(tally.summary(), None);
        tally.done(true, 0);
        let summary = tally.summary().expect("a summary");
        assert!(summary.starts_with("2 articles, 1 failed, 1.5 MB in 0.0 s ("), "{summary}");
        tally.skipped();
        assert!(tally.summary().expect("a summary").starts_with("2 articles, 1 failed, 1 skipped, "));
    }
}
