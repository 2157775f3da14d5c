//! The program: what was typed is parsed, done, and turned into an exit status.
//!
//! 0: all done. 1: some input failed, a fixture drifted, or the output could not be written.
//! 2: wrong usage. 130: interrupted in a batch (143: terminated).

mod check;
mod cli;
mod explain;
mod inputs;
mod run;

use std::io::{self, Write};
use std::process::ExitCode;

use cli::Command;

/// How a command ended that could be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// All done.
    Done,
    /// Some input failed, or a fixture drifted.
    Failed,
}

fn main() -> ExitCode {
    let outcome = match cli::parse() {
        Command::Extract(args) => run::extract(args),
        Command::Check(args) => check::check(&args),
        Command::Explain(args) => explain::explain(&args),
        Command::Schema => run::schema(),
        Command::Completions { shell } => run::print(|out| {
            cli::completions(shell, out);
            Ok(())
        }),
        Command::Man => run::print(cli::man),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            say(format_args!("{error:#}"));
            ExitCode::from(if error.is::<cli::Usage>() { 2 } else { 1 })
        }
    }
}

/// Whether whoever read the output has seen enough, as `head` has.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

/// Tells the user something on standard error, which may itself be closed.
fn say(message: std::fmt::Arguments) {
    let _ = writeln!(io::stderr(), "dispaccio: {message}");
}
