//! The list beside the text: what was found, how often, and where.

use std::fmt::Write;

use super::escape::{attribute, content};
use super::said;
use super::{View, has};
use crate::emit::placed::What;
use crate::options::Category;

/// An entry of a list of the record.
struct Entry<'a> {
    what: What<'a>,
    /// Its number in the record's list.
    number: usize,
    /// The numbers of its mentions, in text order.
    mentions: Vec<usize>,
}

/// Writes the list.
pub fn aside(view: &View, out: &mut String) {
    let labels = view.labels;
    out.push_str("<aside id=\"found\" tabindex=\"-1\" aria-label=\"");
    attribute(&labels.get("found"), out);
    out.push_str("\">\n");
    for category in Category::ALL.into_iter().filter(|c| has(view.record, *c)) {
        list(category, &entries(category, view), view, out);
    }
    skipped(view, out);
    out.push_str("</aside>\n");
}

/// The entries of a list, in the record's order.
fn entries<'a>(category: Category, view: &View<'a>) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut places: Vec<Option<usize>> = Vec::new();
    for (i, mention) in view.placed.iter().enumerate().filter(|(_, p)| p.what.category() == category) {
        places.resize(places.len().max(mention.entry + 1), None);
        match places[mention.entry] {
            Some(at) => entries[at].mentions.push(i + 1),
            None => {
                places[mention.entry] = Some(entries.len());
                entries.push(Entry { what: mention.what, number: mention.entry, mentions: vec![i + 1] });
            }
        }
    }
    entries
}

fn heading(class: &str, label: &str, n: usize, out: &mut String) {
    let _ = write!(out, "<details class=\"{class}\" open>\n<summary><h2>");
    content(label, out);
    let _ = writeln!(out, "</h2> <span class=\"n\">{n}</span></summary>");
}

fn list(category: Category, entries: &[Entry], view: &View, out: &mut String) {
    let labels = view.labels;
    heading(category.name(), &labels.get(&format!("category.{}", category.name())), entries.len(), out);
    if entries.is_empty() {
        out.push_str("<p class=\"none\">");
        content(&labels.get("none"), out);
        out.push_str("</p>\n");
    } else {
        out.push_str("<ol>\n");
        entries.iter().for_each(|entry| item(category, entry, view, out));
        out.push_str("</ol>\n");
    }
    out.push_str("</details>\n");
}

fn item(category: Category, entry: &Entry, view: &View, out: &mut String) {
    let labels = view.labels;
    let title = said::title(entry.what, labels);
    // A count or a date goes by its words, with its value beside them; an entity by its name.
    let (name, value) = match entry.what {
        What::Count(count) => (count.text.clone(), Some(title)),
        What::Date(date) => (date.text.clone(), Some(title)),
        _ => (title, None),
    };
    let first = entry.mentions[0];
    let _ = write!(out, "<li id=\"{}-{}\"><a class=\"name\" href=\"#m{first}\"><bdi>", category.name(), entry.number + 1);
    content(&folded(&name), out);
    out.push_str("</bdi></a>");
    if let Some(value) = value {
        out.push_str(" <span class=\"value\">");
        content(&value, out);
        out.push_str("</span>");
    }
    let details: Vec<String> = said::details(entry.what, labels).iter().map(|d| folded(d)).collect();
    if !details.is_empty() {
        out.push_str(" <span class=\"details\">");
        content(&details.join(" · "), out);
        out.push_str("</span>");
    }
    if entry.mentions.len() > 1 {
        let _ = write!(out, " <span class=\"mentions\"><span class=\"n\">{}×</span>", entry.mentions.len());
        for (i, mention) in entry.mentions.iter().enumerate() {
            let _ = write!(out, " <a href=\"#m{mention}\">{}</a>", i + 1);
        }
        out.push_str("</span>");
    }
    out.push_str("</li>\n");
}

/// What was left out, and why.
fn skipped(view: &View, out: &mut String) {
    if view.skipped.is_empty() {
        return;
    }
    let labels = view.labels;
    heading("skips", &labels.get("skipped"), view.skipped.len(), out);
    out.push_str("<ol>\n");
    for (i, (_, reason)) in view.skipped.iter().enumerate() {
        let _ = write!(out, "<li><a class=\"name\" href=\"#s{}\">", i + 1);
        content(&labels.get(&format!("reason.{reason}")), out);
        out.push_str("</a></li>\n");
    }
    out.push_str("</ol>\n</details>\n");
}

/// Text on one line.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
