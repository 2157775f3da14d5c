//! Pages: an article with its mentions marked, readable without a network, a script or colours.
//!
//! Each page is one file. The page's own words are in the article's language ([`Labels`]). An article's text stands in
//! the page as it is, but for line ends, which HTML has one sort of, and control characters, which it has none of.
//! What a tooltip says is an attribute, so that copying or searching the text gives the text. Not here: which file a
//! page goes to.

mod escape;
mod found;
pub mod index;
mod marked;
mod said;

use std::fmt::Write;

use super::placed::{Placed, place};
use super::record::{Failure, Line, Record};
use crate::lang::Language;
use crate::lang::labels::Labels;
use crate::options::Category;
use crate::span::{Offsets, Span};
use escape::{attribute, content};

/// The style of every page.
const STYLE: &str = include_str!("page.css");

/// What every page may load or run, but for the index, whose filter is a script: nothing but its own style.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The page of an article, or of an input that failed.
///
/// `offsets` is what the record counts in; `home` is where the index of all pages stands, as seen from this one.
pub fn page(line: &Line, text: &str, offsets: Offsets, home: Option<&str>) -> String {
    let summary = home.map(|_| index::Entry::new(line, text, offsets, String::new()).summary()).unwrap_or_default();
    let mut out = match line {
        Line::Record(record) => article(record, text, offsets, home, &summary),
        Line::Failure(failure) => failed(failure, home, &summary),
    };
    close(&mut out);
    out
}

fn article(record: &Record, text: &str, offsets: Offsets, home: Option<&str>, summary: &str) -> String {
    let (placed, skipped) = place(record, text, offsets);
    let view = View { record, text, offsets, labels: Labels::of(record.language), placed: &placed, skipped: &skipped };
    let labels = view.labels;
    let mut out = String::with_capacity(STYLE.len() + text.len() * 4 + 4096);
    open(labels, &name(&record.id), POLICY, summary, &mut out);
    skip_links(labels, &[("#text", "skip_to_text"), ("#found", "skip_to_found")], &mut out);
    masthead(labels, &record.id, home, &facts(record, labels), &mut out);
    legend(&view, &mut out);
    let _ = write!(out, "<main>\n<div id=\"text\" lang=\"{}\" tabindex=\"-1\">", record.language.code());
    marked::text(&view, &mut out);
    out.push_str("</div>\n");
    found::aside(&view, &mut out);
    out.push_str("</main>\n");
    out
}

fn failed(failure: &Failure, home: Option<&str>, summary: &str) -> String {
    // No telling which language such an article is in.
    let labels = Labels::of(Language::ALL[0]);
    let mut out = String::with_capacity(STYLE.len() + 2048);
    open(labels, &name(&failure.id), POLICY, summary, &mut out);
    masthead(labels, &failure.id, home, &[], &mut out);
    out.push_str("<main>\n<p class=\"failure\"><strong>");
    content(&labels.get(&format!("error.{}", said::code(&failure.error.kind))), &mut out);
    out.push_str("</strong> ");
    content(&failure.error.message, &mut out);
    out.push_str("</p>\n</main>\n");
    out
}

/// What every part of an article's page looks at.
struct View<'a> {
    record: &'a Record,
    text: &'a str,
    offsets: Offsets,
    labels: Labels,
    /// The mentions in text order; the page numbers them from 1.
    placed: &'a [Placed<'a>],
    skipped: &'a [(Span, &'a str)],
}

/// An id as a page shows it: a string without its quotes, anything else as JSON.
fn name(id: &serde_json::Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

/// Whether the record has a list, which `--only` may have left out.
fn has(record: &Record, category: Category) -> bool {
    match category {
        Category::People => record.people.is_some(),
        Category::Agencies => record.agencies.is_some(),
        Category::Organizations => record.organizations.is_some(),
        Category::Countries => record.countries.is_some(),
        Category::Counts => record.counts.is_some(),
        Category::Dates => record.dates.is_some(),
    }
}

/// The page up to its body. `head` is what else its head holds.
fn open(labels: Labels, title: &str, policy: &str, head: &str, out: &mut String) {
    let language = labels.language().code();
    let _ = write!(out, "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    content(title, out);
    let version = env!("CARGO_PKG_VERSION");
    let _ = write!(
        out,
        " · dispaccio</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"dispaccio {version}\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <style>\n{STYLE}</style>\n{head}</head>\n<body>\n"
    );
}

fn close(out: &mut String) {
    out.push_str("</body>\n</html>\n");
}

/// Links that a keyboard meets first: where to, and the label's key.
fn skip_links(labels: Labels, links: &[(&str, &str)], out: &mut String) {
    for (to, key) in links {
        let _ = write!(out, "<a class=\"skip\" href=\"{to}\">");
        content(&labels.get(key), out);
        out.push_str("</a>\n");
    }
}

/// What stands on top: the way back, the id, and what is known of the whole.
fn masthead(labels: Labels, id: &serde_json::Value, home: Option<&str>, facts: &[(String, String)], out: &mut String) {
    out.push_str("<header class=\"masthead\">\n");
    if let Some(home) = home {
        out.push_str("<nav><a href=\"");
        attribute(home, out);
        out.push_str("\">← ");
        content(&labels.get("all_articles"), out);
        out.push_str("</a></nav>\n");
    }
    out.push_str("<h1><bdi>");
    content(&name(id), out);
    out.push_str("</bdi></h1>\n");
    if !facts.is_empty() {
        out.push_str("<dl class=\"facts\">\n");
        for (what, value) in facts {
            out.push_str("<div><dt>");
            content(what, out);
            out.push_str("</dt> <dd>");
            content(value, out);
            out.push_str("</dd></div>\n");
        }
        out.push_str("</dl>\n");
    }
    out.push_str("</header>\n");
}

fn facts(record: &Record, labels: Labels) -> Vec<(String, String)> {
    let label = |key: &str| labels.get(key).into_owned();
    let mut language = label(&format!("language.{}", record.language.code()));
    if record.language_confidence < 1.0 {
        let _ = write!(language, " ({:.0} %)", (record.language_confidence * 100.0).floor());
    }
    let mut facts = vec![(label("language"), language)];
    if let (Some(day), Some(from)) = (&record.published, &record.published_from) {
        let from = label(&format!("published_from.{}", said::code(from)));
        facts.push((label("published"), format!("{day} ({from})")));
    }
    facts.push((label("encoding"), record.encoding.clone()));
    facts
}

/// What each colour means, and a box for each that takes its marks away: the style does it, not a script.
fn legend(view: &View, out: &mut String) {
    let labels = view.labels;
    out.push_str("<fieldset class=\"legend\"><legend>");
    content(&labels.get("show"), out);
    out.push_str("</legend>\n");
    for category in Category::ALL.into_iter().filter(|c| has(view.record, *c)) {
        let list = category.name();
        let mentions = view.placed.iter().filter(|p| p.what.category() == category).count();
        let _ = write!(out, "<label><input type=\"checkbox\" id=\"show-{list}\" checked> <span class=\"mark {list}\">");
        content(&labels.get(&format!("category.{list}")), out);
        let _ = writeln!(out, "</span> <span class=\"n\">{mentions}</span></label>");
    }
    if !view.skipped.is_empty() {
        out.push_str("<span class=\"key\"><span class=\"skipped\">");
        content(&labels.get("skipped"), out);
        let _ = writeln!(out, "</span> <span class=\"n\">{}</span></span>", view.skipped.len());
    }
    out.push_str("</fieldset>\n");
}
