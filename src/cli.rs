//! What was typed: the command line, as types.
//!
//! What options take is in [`values`]. Not here: doing it.

use std::fmt;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::{Args, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;
use dispaccio::options::{Category, Options, UserLexicon};
use dispaccio::read::jsonl;
use dispaccio::span::Offsets;
use jiff::civil;

mod values;

pub use values::{Format, InputKind, Progress, ReportFormat, Told, Unit};
use values::{LANGUAGES, category, day, language, size};

const ABOUT: &str = "Extract people, agencies, organizations, countries, counts and dates from news";

const EXAMPLES: &str = "\
Examples:
  dispaccio < article.txt
  dispaccio --only people,dates a.txt b.txt folder/ > records.jsonl
  dispaccio --input jsonl --text-field body < articles.jsonl
  dispaccio --format html --output pages/ archive/
  dispaccio check fixtures/";

const STATUSES: &str = "\
Exit status: 0 all done, 1 some input failed or a fixture drifted, 2 wrong usage, 130 interrupted";

const MORE: &str = "\
Each input gives one JSON record, in order. An input that fails gives a record with an \"error\", and the same message on standard \
error. The id of a record is the path as given, \"stdin\", or a JSON Lines record's own id or else its line number.

Below a folder the *.txt files are read in path order (with --input jsonl the *.jsonl files), *.txt.gz and *.txt.zst too, hidden ones \
left out. Input that is compressed with gzip or Zstandard is read as what it holds. A text is UTF-8, UTF-16 with a byte order mark, or \
else Windows-1252.

More than one input is summed up on standard error. An interrupted batch ends on a whole record and says which was the last.";

/// Wrong usage that only shows once the command line is parsed: exit status 2.
#[derive(Debug)]
pub struct Usage(pub String);

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

#[derive(Debug, Parser)]
#[command(version, about = ABOUT, after_help = EXAMPLES, after_long_help = format!("{MORE}\n\n{EXAMPLES}\n\n{STATUSES}"))]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    extract: ExtractArgs,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Extract records from texts (the default)
    #[command(after_help = EXAMPLES)]
    Extract(ExtractArgs),
    /// Compare fixtures with what is extracted from them now
    Check(CheckArgs),
    /// Lay the steps open for one article
    ///
    /// For each sentence its tokens and tags, annotations, evidence for names, what won and what lost.
    Explain(ExplainArgs),
    /// Print the JSON Schema of a record
    Schema,
    /// Print completions for a shell
    Completions {
        /// The shell
        #[arg(value_name = "bash|zsh|fish|powershell|elvish", hide_possible_values = true)]
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

/// `extract`: what to read, and how.
#[derive(Debug, Args)]
pub struct ExtractArgs {
    /// Files, folders, or - for standard input (the default)
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// What the inputs are [default: text]
    ///
    /// With jsonl, each line of an input is {"id": …, "text": …, "published": …, "lang": …}, of which only the text must be there.
    #[arg(long, value_enum, default_value = "text", hide_default_value = true, hide_possible_values = true, value_name = "text|jsonl")]
    pub input: InputKind,
    /// The language, if not to be detected
    #[arg(long, value_parser = language(), default_value = "auto", hide_default_value = true, hide_possible_values = true, value_name = LANGUAGES)]
    pub lang: Told,
    /// Write only these lists of the record
    ///
    /// Any of people, agencies, organizations, countries, counts, dates, separated by commas.
    #[arg(long, value_delimiter = ',', value_parser = category(), hide_possible_values = true, value_name = "LIST,…")]
    pub only: Vec<Category>,
    /// The day of publication, YYYY-MM-DD
    ///
    /// Relative dates are counted from it. It wins over a record's own day, and over one found in the text. A time of day is dropped.
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub published: Option<civil::Date>,
    /// Write jsonl, pretty, html, conll or brat
    ///
    /// Unless told, pretty for one article on a terminal, jsonl when piped or for several. html is a page that marks what was found, for
    /// several articles with --output only; conll a token a line with BIO tags; brat a text and its annotations, with --output only.
    #[arg(long, value_enum, hide_possible_values = true, value_name = "FORM")]
    pub format: Option<Format>,
    /// What start and end count [default: chars]
    ///
    /// chars are Unicode scalar values, what Python slices by; utf16 is what JavaScript and Java slice by.
    #[arg(
        long,
        value_enum,
        default_value = "chars",
        hide_default_value = true,
        hide_possible_values = true,
        value_name = "chars|bytes|utf16"
    )]
    pub offsets: Unit,
    /// Tell which rule made each mention
    ///
    /// Adds "rule" to every mention, and to those of names their "score".
    #[arg(long)]
    pub explain: bool,
    /// Extract from boilerplate too
    ///
    /// Share links, teasers, newsletter calls and the like are listed in "skipped" either way.
    #[arg(long)]
    pub keep_boilerplate: bool,
    /// Add your own words, a TSV file
    #[arg(long, value_name = "FILE")]
    pub lexicon: Option<PathBuf>,
    /// The key of a text [default: text]
    #[arg(long, value_name = "KEY")]
    pub text_field: Option<String>,
    /// The key of an id [default: id]
    #[arg(long, value_name = "KEY")]
    pub id_field: Option<String>,
    /// The key of a day [default: published]
    #[arg(long, value_name = "KEY")]
    pub published_field: Option<String>,
    /// The most bytes of a text [default: 64M]
    ///
    /// A number of bytes, or of K, M or G of them (powers of 1024), up to 1G.
    #[arg(long, value_parser = size, default_value = "64M", hide_default_value = true, value_name = "SIZE")]
    pub max_size: u64,
    /// Write a file for each input below DIR
    ///
    /// The files below an input folder stand below DIR as they stand there, x.txt as x.json (or .html, .conll, .ann and .txt); of several
    /// folders each is a folder of DIR. With --input jsonl, x.jsonl gives x.jsonl (or x/LINE.html, x.conll, x/LINE.ann). Each file is
    /// written whole or not at all.
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Leave out inputs whose file is there
    ///
    /// With --output: goes on with a run that was interrupted. The record of an input that failed counts too.
    #[arg(long, requires = "output")]
    pub skip_existing: bool,
    /// How many articles to extract from at once
    ///
    /// As many as there are cores unless told. The output is the same for any number.
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// A bar for long work [default: auto]
    ///
    /// auto shows one on a terminal that the records do not go to, once a batch has taken a second; always shows lines on standard error
    /// that is no terminal.
    #[arg(
        long,
        value_enum,
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true,
        value_name = "auto|always|never"
    )]
    pub progress: Progress,
    /// Say nothing: no failures, bar or summary
    ///
    /// The records of inputs that fail and the exit status still tell.
    #[arg(short, long)]
    pub quiet: bool,
}

/// `check`: which fixtures, and whether to rewrite their records.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Folders of fixtures (each x.txt that has an x.json beside it), or single .txt files
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Rewrite the records that differ, and write those that are missing
    #[arg(long)]
    pub update: bool,
    /// How differences are reported: text, or JUnit XML on standard output [default: text]
    #[arg(long, value_enum, default_value = "text", hide_default_value = true, hide_possible_values = true, value_name = "text|junit")]
    pub format: ReportFormat,
}

/// `explain`: which article, and which part of it.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The article, or - for standard input
    #[arg(value_name = "ARTICLE")]
    pub path: PathBuf,
    /// Only the sentence at this offset, in characters as in a record
    #[arg(long, value_name = "OFFSET", conflicts_with = "find")]
    pub at: Option<usize>,
    /// Only the sentences that hold this text
    #[arg(long, value_name = "TEXT")]
    pub find: Option<String>,
    /// The language, if not to be detected
    #[arg(long, value_parser = language(), default_value = "auto", hide_default_value = true, hide_possible_values = true, value_name = LANGUAGES)]
    pub lang: Told,
    /// The day of publication, YYYY-MM-DD
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub published: Option<civil::Date>,
    /// Add your own words, a TSV file
    #[arg(long, value_name = "FILE")]
    pub lexicon: Option<PathBuf>,
}

/// Writes the completions of a shell.
pub fn completions(shell: Shell, out: &mut dyn Write) {
    clap_complete::generate(shell, &mut Cli::command(), "dispaccio", &mut { out });
}

/// Writes the manual page, in roff.
pub fn man(out: &mut dyn Write) -> io::Result<()> {
    clap_mangen::Man::new(Cli::command()).render(&mut { out })
}

/// Reads the user's words.
pub fn lexicon(path: &Path) -> Result<UserLexicon, Usage> {
    UserLexicon::load(path).map_err(|e| Usage(format!("{}: {e}", path.display())))
}

/// Parses the command line; on wrong usage, `--help` and `--version` the process ends here.
pub fn parse() -> Command {
    let cli = Cli::parse();
    cli.command.unwrap_or(Command::Extract(cli.extract))
}

impl ExtractArgs {
    /// Whether there is one article and no more.
    pub fn is_one(&self) -> bool {
        self.input == InputKind::Text && self.paths.len() <= 1 && !self.paths.iter().any(|p| p.is_dir())
    }

    /// The options that every text is extracted with. Reads the user's lexicon.
    pub fn options(&self) -> Result<Options, Usage> {
        let lexicon = self.lexicon.as_deref().map(lexicon).transpose()?;
        Ok(Options {
            language: self.lang.0,
            published: self.published,
            only: if self.only.is_empty() { Default::default() } else { self.only.iter().copied().collect() },
            offsets: match self.offsets {
                Unit::Chars => Offsets::Chars,
                Unit::Bytes => Offsets::Bytes,
                Unit::Utf16 => Offsets::Utf16,
            },
            // A page tells what made each mention, to whoever points at it.
            explain: self.explain || self.format == Some(Format::Html),
            keep_boilerplate: self.keep_boilerplate,
            lexicon,
        })
    }

    /// How JSON Lines are to be read.
    pub fn jsonl(&self) -> jsonl::Settings {
        let key = |told: &Option<String>, usual: &str| told.clone().unwrap_or_else(|| usual.to_owned());
        jsonl::Settings {
            text: key(&self.text_field, "text"),
            id: key(&self.id_field, "id"),
            published: key(&self.published_field, "published"),
            max_size: self.max_size,
            ignore_language: self.lang.0.is_some(),
        }
    }

    /// Refuses what clap lets through and nobody can have meant.
    pub fn validate(&self) -> Result<(), Usage> {
        let fields = [&self.text_field, &self.id_field, &self.published_field].iter().any(|f| f.is_some());
        let (html, brat) = (self.format == Some(Format::Html), self.format == Some(Format::Brat));
        for (wrong, why) in [
            (fields && self.input == InputKind::Text, "--text-field, --id-field and --published-field go with --input jsonl"),
            (html && self.output.is_none() && !self.is_one(), "--format html of more than one article: name a folder with --output DIR"),
            (brat && self.output.is_none(), "--format brat writes two files an article: name a folder with --output DIR"),
            (brat && self.offsets != Unit::Chars, "--format brat counts characters: --offsets does not go with it"),
        ] {
            if wrong {
                return Err(Usage(why.to_owned()));
            }
        }
        let missing = |path: &&PathBuf| !path.exists() && path.as_os_str() != "-";
        let mut names = self.paths.iter().filter(missing).filter_map(|path| path.to_str());
        names.find_map(mistaken_command).map_or(Ok(()), |hint| Err(Usage(hint)))
    }
}

/// What to say of a path that is none but, written right and first, a command.
fn mistaken_command(name: &str) -> Option<String> {
    let commands = Cli::command();
    let mut commands = commands.get_subcommands().map(clap::Command::get_name);
    // One wrong letter in four: more would take the name of a missing folder for a command.
    let command = commands.find(|command| strsim::damerau_levenshtein(command, name) * 4 <= command.len())?;
    Some(match command == name {
        true => format!("{name:?} is a command and goes first; a file of that name is ./{name}"),
        false => format!("there is no file {name:?}; the command is `dispaccio {command}`"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn help_fits_a_screen() {
        let help = Cli::command().term_width(80).render_help().to_string();
        assert!(help.lines().count() <= 44, "{help}");
        assert!(help.lines().all(|line| line.chars().count() <= 80), "{help}");
    }
}
