//! The index of a folder of pages: every article, totals, and who is named most.
//!
//! The page is whole without its script, which only hides rows. Not here: the pages themselves.

use std::collections::HashMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::escape::{attribute, content, unescape};
use super::{close, has, name, open, said, skip_links};
use crate::emit::placed::place;
use crate::emit::record::{Line, Record};
use crate::lang::Language;
use crate::lang::labels::Labels;
use crate::options::Category;
use crate::span::{Offsets, Span};

/// How a page begins to say what the index tells of it.
const SUMMARY: &str = "<meta name=\"summary\" content=\"";
const SCRIPT: &str = include_str!("index.js");
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// How many names each list of the most named has.
const TOP: usize = 10;

/// The lists whose most named the index shows.
const RANKED: [Category; 4] = [Category::People, Category::Agencies, Category::Organizations, Category::Countries];

/// What the index tells of one article.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    #[serde(skip)]
    href: String,
    id: String,
    state: State,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum State {
    /// It was extracted.
    Read(Box<Read>),
    /// It failed: the kind and the message.
    Failed(String, String),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Read {
    headline: String,
    language: Language,
    published: Option<String>,
    /// How many mentions each list has; none where `--only` left it out.
    mentions: [Option<usize>; Category::ALL.len()],
    names: Vec<Named>,
}

/// A person, a body or a country in an article.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Named {
    /// The list's place in [`RANKED`].
    list: u8,
    name: String,
    /// What two articles know it by: a country's code, else the name.
    key: String,
    mentions: usize,
}

impl Entry {
    /// The entry of an article whose page is at `href`, as seen from the index.
    ///
    /// `offsets` is what the record counts in.
    pub fn new(line: &Line, text: &str, offsets: Offsets, href: String) -> Self {
        match line {
            Line::Record(record) => {
                let read = Read {
                    headline: headline(text, &place(record, text, offsets).1),
                    language: record.language,
                    published: record.published.clone(),
                    mentions: Category::ALL.map(|c| has(record, c).then(|| mentions(record, c))),
                    names: names(record),
                };
                Self { href, id: name(&record.id), state: State::Read(Box::new(read)) }
            }
            Line::Failure(failure) => {
                let state = State::Failed(said::code(&failure.error.kind), failure.error.message.clone());
                Self { href, id: name(&failure.id), state }
            }
        }
    }

    /// The entry of an article whose page is there already.
    pub fn of_page(html: &str, href: String) -> Option<Self> {
        let (_, summary) = html.split_once(SUMMARY)?;
        let entry: Self = serde_json::from_str(&unescape(summary.split_once('"')?.0)).ok()?;
        Some(Self { href, ..entry })
    }

    /// What the page itself says of the entry, so that an index can be made from pages.
    pub fn summary(&self) -> String {
        let mut summary = String::from(SUMMARY);
        attribute(&serde_json::to_string(self).unwrap_or_default(), &mut summary);
        summary + "\">\n"
    }

    fn read(&self) -> Option<&Read> {
        match &self.state {
            State::Read(read) => Some(read),
            State::Failed(..) => None,
        }
    }
}

/// The first line of a text that is no boilerplate, or as much of it as a headline has.
fn headline(text: &str, skipped: &[(Span, &str)]) -> String {
    let mut end = 0;
    let lines = text.split_inclusive(['\n', '\r']).map(|line| {
        end += line.len() as u32;
        (end, line.trim())
    });
    let article = |end: u32| !skipped.iter().any(|(span, _)| span.start < end && end <= span.end + 1);
    let line = lines.filter(|(_, line)| !line.is_empty()).find(|(end, _)| article(*end)).map_or("", |(_, line)| line);
    let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(120) {
        Some((at, _)) => format!("{}…", words[..at].trim_end()),
        None => words,
    }
}

fn mentions(record: &Record, category: Category) -> usize {
    match category {
        Category::People => record.people.iter().flatten().map(|p| p.mentions.len()).sum(),
        Category::Agencies => record.agencies.iter().flatten().map(|b| b.mentions.len()).sum(),
        Category::Organizations => record.organizations.iter().flatten().map(|b| b.mentions.len()).sum(),
        Category::Countries => record.countries.iter().flatten().map(|c| c.mentions.len()).sum(),
        Category::Counts => record.counts.iter().flatten().count(),
        Category::Dates => record.dates.iter().flatten().count(),
    }
}

fn names(record: &Record) -> Vec<Named> {
    let named = |category, name: &str, key: Option<&str>, mentions| Named {
        list: RANKED.iter().position(|c| *c == category).unwrap_or(0) as u8,
        name: name.to_owned(),
        key: key.unwrap_or(name).to_owned(),
        mentions,
    };
    let people = record.people.iter().flatten().map(|p| named(Category::People, &p.name, None, p.mentions.len()));
    let agencies = record.agencies.iter().flatten().map(|b| named(Category::Agencies, &b.name, None, b.mentions.len()));
    let others = record.organizations.iter().flatten().map(|b| named(Category::Organizations, &b.name, None, b.mentions.len()));
    let countries = record.countries.iter().flatten().map(|c| named(Category::Countries, &c.name, c.code.as_deref(), c.mentions.len()));
    people.chain(agencies).chain(others).chain(countries).collect()
}

/// The index page, in Italian where every article is, and so on; where they differ, in the first language.
pub fn page(entries: &[Entry]) -> String {
    let mut languages = entries.iter().filter_map(|e| e.read()).map(|read| read.language);
    let first = languages.next().unwrap_or(Language::ALL[0]);
    let labels = Labels::of(if languages.all(|l| l == first) { first } else { Language::ALL[0] });
    let mut out = String::with_capacity(1 << 16);
    open(labels, &labels.get("all_articles"), POLICY, "", &mut out);
    skip_links(labels, &[("#list", "skip_to_list")], &mut out);
    head(entries, labels, &mut out);
    out.push_str("<main class=\"index\">\n");
    most_named(entries, labels, &mut out);
    filter(labels, &mut out);
    table(entries, labels, &mut out);
    let _ = write!(out, "</main>\n<script>\n{SCRIPT}</script>\n");
    close(&mut out);
    out
}

/// The totals.
fn head(entries: &[Entry], labels: Labels, out: &mut String) {
    out.push_str("<header class=\"masthead\">\n<h1>");
    content(&labels.get("all_articles"), out);
    out.push_str("</h1>\n<dl class=\"totals\">\n");
    let mut tile = |class: &str, label: &str, n: usize| {
        let _ = write!(out, "<div><dt><span class=\"{class}\">");
        content(&labels.get(label), out);
        let _ = writeln!(out, "</span></dt> <dd>{n}</dd></div>");
    };
    tile("", "articles", entries.len());
    for category in Category::ALL {
        let counts = entries.iter().filter_map(Entry::read).map(|read| read.mentions[category as usize]);
        if let Some(total) = counts.fold(None, |sum: Option<usize>, n| n.map(|n| n + sum.unwrap_or(0)).or(sum)) {
            tile(&format!("mark {}", category.name()), &format!("category.{}", category.name()), total);
        }
    }
    let failed = entries.iter().filter(|e| e.read().is_none()).count();
    if failed > 0 {
        tile("bad", "failed", failed);
    }
    out.push_str("</dl>\n</header>\n");
}

/// A name over all articles.
struct Ranked<'e> {
    name: &'e str,
    /// Whether the name is in the page's own language.
    own: bool,
    articles: usize,
    mentions: usize,
}

fn ranking<'e>(entries: &'e [Entry], category: Category, labels: Labels) -> Vec<Ranked<'e>> {
    let mut all: HashMap<&str, Ranked> = HashMap::new();
    for read in entries.iter().filter_map(Entry::read) {
        let own = read.language == labels.language();
        for named in read.names.iter().filter(|n| RANKED.get(usize::from(n.list)) == Some(&category)) {
            let ranked = all.entry(&named.key).or_insert(Ranked { name: &named.name, own, articles: 0, mentions: 0 });
            ranked.articles += 1;
            ranked.mentions += named.mentions;
            if own && !ranked.own {
                (ranked.name, ranked.own) = (&named.name, true);
            }
        }
    }
    let mut ranking: Vec<Ranked> = all.into_values().collect();
    ranking.sort_by(|a, b| (b.articles, b.mentions).cmp(&(a.articles, a.mentions)).then_with(|| a.name.cmp(b.name)));
    ranking.truncate(TOP);
    ranking
}

fn most_named(entries: &[Entry], labels: Labels, out: &mut String) {
    out.push_str("<div class=\"tops\">\n");
    for category in RANKED {
        let ranking = ranking(entries, category, labels);
        if ranking.is_empty() {
            continue;
        }
        let list = category.name();
        let _ = write!(out, "<section class=\"{list}\">\n<h2>");
        content(&labels.get(&format!("top.{list}")), out);
        out.push_str("</h2>\n<ol>\n");
        let most = ranking.iter().map(|r| r.articles).max().unwrap_or(1).max(1);
        for ranked in &ranking {
            out.push_str("<li><bdi class=\"name\">");
            content(ranked.name, out);
            let share = (ranked.articles * 100).div_ceil(most);
            let _ = writeln!(
                out,
                "</bdi> <span class=\"n\">{} <span class=\"of\">/ {}</span></span> <span class=\"bar\" style=\"--share: {share}%\"></span></li>",
                ranked.articles, ranked.mentions
            );
        }
        out.push_str("</ol>\n</section>\n");
    }
    out.push_str("</div>\n<p class=\"note\">");
    content(&labels.get("numbers_say"), out);
    out.push_str("</p>\n");
}

/// A box to filter by, which the script brings out: without it there is nothing that it could do.
fn filter(labels: Labels, out: &mut String) {
    out.push_str("<search class=\"filter\" hidden>\n<label for=\"filter\">");
    content(&labels.get("filter"), out);
    out.push_str(
        "</label>\n<input type=\"search\" id=\"filter\" autocomplete=\"off\" spellcheck=\"false\">\n<output for=\"filter\" data-say=\"",
    );
    attribute(&labels.get("filtered"), out);
    out.push_str("\"></output>\n</search>\n");
}

fn table(entries: &[Entry], labels: Labels, out: &mut String) {
    out.push_str("<div class=\"scroll\">\n<table id=\"list\" tabindex=\"-1\">\n<thead>\n<tr><th scope=\"col\">");
    content(&labels.get("article"), out);
    for column in ["language", "published"] {
        out.push_str("</th><th scope=\"col\">");
        content(&labels.get(column), out);
    }
    for category in Category::ALL {
        let _ = write!(out, "</th><th scope=\"col\" class=\"n\"><span class=\"mark {}\">", category.name());
        content(&labels.get(&format!("category.{}", category.name())), out);
        out.push_str("</span>");
    }
    out.push_str("</th></tr>\n</thead>\n<tbody>\n");
    entries.iter().for_each(|entry| row(entry, labels, out));
    out.push_str("</tbody>\n</table>\n</div>\n");
}

fn row(entry: &Entry, labels: Labels, out: &mut String) {
    let find = entry.read().map(|read| read.names.iter().map(|n| n.name.as_str()).collect::<Vec<_>>().join(" ").to_lowercase());
    out.push_str("<tr data-find=\"");
    attribute(&find.unwrap_or_default(), out);
    out.push_str("\"><th scope=\"row\"><a href=\"");
    attribute(&entry.href, out);
    out.push_str("\"><bdi>");
    content(entry.read().map(|read| read.headline.as_str()).filter(|h| !h.is_empty()).unwrap_or(&entry.id), out);
    out.push_str("</bdi></a> <bdi class=\"id\">");
    content(&entry.id, out);
    out.push_str("</bdi></th>");
    match &entry.state {
        State::Read(read) => {
            let _ = write!(out, "<td>{}</td><td class=\"day\">", read.language.code());
            content(read.published.as_deref().unwrap_or("–"), out);
            for mentions in read.mentions {
                let _ = match mentions {
                    Some(n) => write!(out, "</td><td class=\"n\">{n}"),
                    None => write!(out, "</td><td class=\"n\">–"),
                };
            }
        }
        State::Failed(kind, message) => {
            out.push_str("<td colspan=\"8\" class=\"bad\"><strong>");
            content(&labels.get(&format!("error.{kind}")), out);
            out.push_str("</strong> ");
            content(message, out);
        }
    }
    out.push_str("</td></tr>\n");
}
