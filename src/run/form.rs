//! The form that records are written in, and the files that a form needs besides.
//!
//! Not here: what the forms look like, which is the library's.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use dispaccio::emit::html::index::Entry;
use dispaccio::emit::html::{self, index};
use dispaccio::emit::json::{self, Style};
use dispaccio::emit::record::Line;
use dispaccio::emit::{brat, conll};
use dispaccio::span::Offsets;

use super::unfinished::Unfinished;
use crate::cli::{ExtractArgs, Format, InputKind};

/// What a folder of pages is entered by.
const INDEX: &str = "index.html";

/// A form, and the folder that the files go to if they do.
pub struct Form {
    shape: Shape,
    offsets: Offsets,
    root: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Json(Style),
    Html,
    Conll,
    Brat,
}

/// What was made of one record.
#[derive(Default)]
pub struct Made {
    /// What is to be written.
    pub bytes: Vec<u8>,
    /// A file that goes with it.
    pub beside: Option<(PathBuf, String)>,
    /// What the index tells of it.
    pub entry: Option<Entry>,
}

impl Form {
    /// The form that was asked for; `usual` is JSON's style where no format was.
    pub fn new(args: &ExtractArgs, offsets: Offsets, usual: Style) -> Self {
        let shape = match args.format {
            Some(Format::Html) => Shape::Html,
            Some(Format::Conll) => Shape::Conll,
            Some(Format::Brat) => Shape::Brat,
            Some(Format::Jsonl | Format::Pretty) | None => Shape::Json(usual),
        };
        Self { shape, offsets, root: args.output.clone() }
    }

    /// What the name of a file of such records ends in.
    pub fn extension(&self, input: InputKind) -> &'static str {
        match self.shape {
            Shape::Json(_) if input == InputKind::Jsonl => "jsonl",
            Shape::Json(_) => "json",
            Shape::Html => "html",
            Shape::Conll => "conll",
            Shape::Brat => "ann",
        }
    }

    /// The extension of the file that stands beside each.
    pub fn beside(&self) -> Option<&'static str> {
        (self.shape == Shape::Brat).then_some("txt")
    }

    /// Whether each record has a file of its own, even where many come in one input.
    pub fn is_one_each(&self) -> bool {
        matches!(self.shape, Shape::Html | Shape::Brat)
    }

    /// Whether the text is wanted again when its record is made.
    pub fn quotes(&self) -> bool {
        !matches!(self.shape, Shape::Json(_))
    }

    /// A file of a record's own, where `name` would be that of a file the form needs for itself.
    pub fn free(&self, target: PathBuf) -> PathBuf {
        let taken = self.shape == Shape::Html && self.root.as_ref().is_some_and(|root| target == root.join(INDEX));
        if taken { target.with_file_name("index.article.html") } else { target }
    }

    /// Makes what is written of a record, to the file `to` if it is one of its own.
    pub fn make(&self, line: &Line, text: &str, to: Option<&Path>) -> Result<Made> {
        let mut made = Made::default();
        match self.shape {
            Shape::Json(style) => {
                made.bytes.reserve(1 << 12);
                json::write(line, style, &mut made.bytes)?;
            }
            Shape::Conll => made.bytes = conll::document(line, text, self.offsets).into_bytes(),
            Shape::Html => {
                let below = to.and_then(|to| to.strip_prefix(self.root.as_ref()?).ok());
                let home = below.map(|below| "../".repeat(below.components().count().saturating_sub(1)) + INDEX);
                made.bytes = html::page(line, text, self.offsets, home.as_deref()).into_bytes();
                made.entry = below.map(|below| Entry::new(line, text, self.offsets, address(below)));
            }
            // Of an input that failed there is nothing to annotate; standard error tells.
            Shape::Brat => {
                if let Line::Record(record) = line {
                    made.bytes = brat::annotations(record, text, self.offsets).into_bytes();
                    made.beside = to.map(|to| (to.with_extension("txt"), text.to_owned()));
                }
            }
        }
        Ok(made)
    }

    /// What the index tells of a page that is there already.
    pub fn entry_of(&self, page: &Path) -> Option<Entry> {
        let below = page.strip_prefix(self.root.as_ref()?).ok().filter(|_| self.shape == Shape::Html)?;
        Entry::of_page(&fs::read_to_string(page).ok()?, address(below))
    }

    /// Writes what all the files together need.
    pub fn finish(&self, entries: &[Entry]) -> Result<()> {
        let Some(root) = &self.root else { return Ok(()) };
        match self.shape {
            Shape::Html => Unfinished::write(root.join(INDEX), index::page(entries).as_bytes()),
            Shape::Brat => {
                for (name, text) in [("annotation.conf", brat::ANNOTATION_CONF), ("visual.conf", brat::VISUAL_CONF)] {
                    // Who has changed them means it.
                    if !root.join(name).exists() {
                        Unfinished::write(root.join(name), text.as_bytes())?;
                    }
                }
                Ok(())
            }
            Shape::Json(_) | Shape::Conll => Ok(()),
        }
    }
}

/// A path below the folder of pages as a link to it.
fn address(below: &Path) -> String {
    let mut address = String::new();
    for part in below.iter().map(OsStr::as_encoded_bytes) {
        if !address.is_empty() {
            address.push('/');
        }
        for &b in part {
            if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~') {
                address.push(b as char);
            } else {
                let _ = write!(address, "%{b:02X}");
            }
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_files() {
        assert_eq!(address(Path::new("a b/c%è#?.html")), "a%20b/c%25%C3%A8%23%3F.html");
        assert_eq!(address(Path::new("javascript:x.html")), "javascript%3Ax.html");
    }
}
