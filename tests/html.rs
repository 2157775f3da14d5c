//! Pages: well formed, inert, complete, in colours that can be read. `scripts/check-html` holds them to HTML itself.

mod common;
#[path = "common/pages.rs"]
mod pages;
#[path = "common/records.rs"]
mod records;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use common::{ARTICLE, dispaccio, dispaccio_in, write};
use dispaccio::emit::html::{index, page};
use dispaccio::emit::record::{Failure, Line};
use dispaccio::error::{Error, ErrorKind};
use dispaccio::lang::Language;
use dispaccio::options::{Category, Options};
use dispaccio::span::Offsets;
use pages::{Node, elements, inside, parse, rows, shown, sound, with_id};
use records::{fixtures, mentions, record};
use serde_json::json;

/// A page without its style.
fn body(html: &str) -> &str {
    html.split_once("</head>").expect("a head").1
}

#[test]
fn every_fixture_has_its_page() {
    let explained = Options { explain: true, ..Options::default() };
    for fixture in fixtures(explained) {
        let html = page(&fixture.line, &fixture.text, Offsets::Chars, Some("../index.html"));
        // A text may hold addresses; they are no links.
        let nodes = if fixture.text.contains("http") { parse(&html) } else { sound(&html, 0) };
        let language = elements(&nodes).next().expect("an element").1["lang"].clone();
        let Line::Record(record) = &fixture.line else {
            assert_eq!(language, "en");
            let Line::Failure(failure) = &fixture.line else { unreachable!() };
            assert!(nodes.iter().any(|n| matches!(n, Node::Text(t) if t.contains(&failure.error.message))), "{}", fixture.name);
            continue;
        };
        assert_eq!(language, record.language.code());
        let text = inside(&nodes, with_id(&nodes, "text"));
        assert_eq!(text, shown(&fixture.text), "{}: the text is the article's, white space and all", fixture.name);
        let marks: Vec<usize> =
            (0..nodes.len()).filter(|i| matches!(&nodes[*i], Node::Open(n, a) if n == "mark" && a.contains_key("id"))).collect();
        let mut found: Vec<(String, String)> = Vec::new();
        for at in marks {
            let Node::Open(_, mark) = &nodes[at] else { unreachable!() };
            assert_eq!(mark["tabindex"], "0");
            assert!(mark["data-tip"].lines().count() >= 4, "name, kind, rule, place: {mark:?}");
            found.push((mark["class"].clone(), inside(&nodes, at)));
        }
        let mut expected: Vec<(String, String)> =
            mentions(record).into_iter().map(|(c, _, _, text)| (c.name().to_owned(), shown(&text))).collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{}: every mention, marked once", fixture.name);
        let reasons = elements(&nodes).filter(|(_, a)| a.contains_key("data-reason")).count();
        assert_eq!(reasons, record.skipped.len(), "{}", fixture.name);
    }
}

#[test]
fn the_list_leads_to_every_mention() {
    for fixture in fixtures(Options::default()).into_iter().filter(|f| f.name.starts_with("en/") || f.name.starts_with("it/")) {
        let html = page(&fixture.line, &fixture.text, Offsets::Chars, None);
        let nodes = sound(&html, 0);
        let Line::Record(record) = &fixture.line else { panic!("{}", fixture.name) };
        let linked: BTreeSet<&str> = elements(&nodes).filter_map(|(_, a)| a.get("href")?.strip_prefix("#m")).collect();
        assert_eq!(linked.len(), mentions(record).len(), "{}", fixture.name);
        for person in record.people.iter().flatten() {
            assert!(nodes.iter().any(|n| matches!(n, Node::Text(t) if *t == person.name)), "{}: {}", fixture.name, person.name);
        }
        for to in ["#text", "#found"] {
            let (_, first) = elements(&nodes).find(|(name, a)| *name == "a" && a["href"] == to).expect("a skip link");
            assert_eq!(first["class"], "skip");
        }
    }
}

#[test]
fn hostile_articles_are_inert() {
    let text =
        "<script>alert(1)</script> Antonio Tajani \"><img src=x onerror=alert(1)> & met\u{1} him\u{b}\r\nin\u{85} Rome </style></div>.\0";
    let padding = " He said nothing else to anybody that day, and nobody asked.".repeat(20);
    let text = format!("{text}{padding}");
    let text = text.as_str();
    let options = Options { language: Some(Language::En), ..Options::default() };
    let mut made = record(text, options);
    made.id = json!("\"><script>alert('id')</script>");
    assert!(!made.people.as_ref().expect("people").is_empty());
    let line = Line::Record(Box::new(made));
    let html = page(&line, text, Offsets::Chars, Some("\"><script>"));
    let nodes = sound(&html, 0);
    let expected = "<script>alert(1)</script> Antonio Tajani \"><img src=x onerror=alert(1)> & met␁ him␋\nin\u{fffd} Rome </style></div>.␀";
    assert_eq!(inside(&nodes, with_id(&nodes, "text")), format!("{expected}{padding}"));
    assert!(!body(&html).contains("<img"));
    let entry = index::Entry::new(&line, text, Offsets::Chars, "a\"b.html".to_owned());
    sound(&index::page(&[entry]), 1);
    let failure = Line::Failure(Failure::new(json!({"n": "<b>"}), &Error::new(ErrorKind::BadRecord, "not <JSON> & \"so\"")));
    let html = page(&failure, "", Offsets::Chars, None);
    let nodes = sound(&html, 0);
    assert!(nodes.iter().any(|n| matches!(n, Node::Text(t) if t.contains("not <JSON> & \"so\""))));
}

#[test]
fn mentions_inside_and_across_each_other() {
    let text = "Nearly 50 years ago Banca d’Italia spoke.";
    let mut made = record(text, Options { language: Some(Language::En), only: [].into_iter().collect(), ..Options::default() });
    made.counts = serde_json::from_value(json!([{"text": "Nearly 50 years", "start": 0, "end": 15, "kind": "duration", "value": 50, "max": null, "modifier": "nearly", "unit": "year", "noun": null}])).expect("counts");
    made.dates = serde_json::from_value(
        json!([{"text": "50 years ago", "start": 7, "end": 19, "value": null, "granularity": "year", "resolved_from": null}]),
    )
    .expect("dates");
    let body_mention = json!({"text": "Banca d’Italia", "start": 20, "end": 34});
    made.agencies = serde_json::from_value(
        json!([{"name": "Banca d’Italia", "acronym": null, "kind": "regulator", "country": "IT", "mentions": [body_mention]}]),
    )
    .expect("agencies");
    made.countries = serde_json::from_value(
        json!([{"name": "Italy", "code": "IT", "mentions": [{"text": "Italia", "start": 28, "end": 34, "form": "name"}]}]),
    )
    .expect("countries");
    let html = page(&Line::Record(Box::new(made)), text, Offsets::Chars, None);
    let nodes = sound(&html, 0);
    let at = with_id(&nodes, "text");
    assert_eq!(inside(&nodes, at), text);
    let mut shape = String::new();
    for node in &nodes[at + 1..] {
        match node {
            Node::Open(name, a) if name == "mark" => {
                shape.push_str(&format!("[{}{} ", a["class"], if a.contains_key("id") { "" } else { "…" }))
            }
            Node::Close(name) if name == "mark" => shape.push(']'),
            Node::Close(name) if name == "div" => break,
            Node::Text(t) => shape.push_str(t),
            _ => {}
        }
    }
    assert_eq!(shape, "[counts Nearly [dates 50 years]][dates…  ago] [agencies Banca d’[countries Italia]] spoke.");
}

#[test]
fn lists_not_asked_for_have_no_place() {
    let text = "Antonio Tajani met 12 officers in Rome.";
    let only = [Category::People].into_iter().collect();
    let made = record(text, Options { language: Some(Language::En), only, ..Options::default() });
    let line = Line::Record(Box::new(made));
    let html = page(&line, text, Offsets::Chars, None);
    let nodes = sound(&html, 0);
    let boxes: Vec<&str> = elements(&nodes).filter(|(n, _)| *n == "input").map(|(_, a)| a["id"].as_str()).collect();
    assert_eq!(boxes, ["show-people"]);
    let index = index::page(&[index::Entry::new(&line, text, Offsets::Chars, "x.html".to_owned())]);
    assert!(!body(&index).contains("<section class=\"countries\">"));
}

#[test]
fn an_index_sums_its_articles_up() {
    let english = Options { language: Some(Language::En), published: Some(jiff::civil::date(2024, 5, 7)), ..Options::default() };
    let italian = Options { language: Some(Language::It), ..Options::default() };
    let texts = [
        ("a/1.html", "Tajani in Rome\n\nAntonio Tajani left Italy. Tajani is back.", &english),
        ("2 %.html", "Antonio Tajani torna in Italia e in Francia.", &italian),
    ];
    let mut entries: Vec<index::Entry> = texts
        .iter()
        .map(|(href, text, options)| {
            index::Entry::new(&Line::Record(Box::new(record(text, (*options).clone()))), text, Offsets::Chars, (*href).to_owned())
        })
        .collect();
    let failure = Line::Failure(Failure::new(json!("bad.txt"), &Error::new(ErrorKind::Empty, "empty")));
    entries.push(index::Entry::new(&failure, "", Offsets::Chars, "bad.html".to_owned()));
    let html = index::page(&entries);
    let nodes = sound(&html, 1);
    assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"), "two languages: the first");
    let rows = rows(&nodes);
    assert_eq!(rows[0], ["Tajani in Rome x", "en", "2024-05-07", "3", "0", "0", "1", "0", "0"]);
    assert_eq!(rows[1][0], "Antonio Tajani torna in Italia e in Francia. x");
    assert_eq!((rows[2].len(), rows[2][1].as_str()), (2, "Empty empty"));
    let find: Vec<&String> = elements(&nodes).filter_map(|(_, a)| a.get("data-find")).collect();
    assert_eq!(find[1], "antonio tajani italia francia");
    let section = |class: &str| {
        let at = nodes.iter().position(|n| matches!(n, Node::Open(name, a) if name == "section" && a["class"] == class)).expect(class);
        inside(&nodes, at).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(section("people"), "Top people Antonio Tajani 2 / 4");
    assert_eq!(section("countries"), "Top countries Italy 2 / 2 Francia 1 / 1", "one country in two languages");
    let form = elements(&nodes).find(|(name, _)| *name == "search").expect("a filter");
    assert!(form.1.contains_key("hidden"), "without a script there is no filter");
    let italian = index::page(&entries[1..2]);
    assert!(italian.contains("<html lang=\"it\">") && italian.contains("Persone più citate"));
}

#[test]
fn a_page_on_standard_output() {
    let ran = dispaccio(&["--format", "html"], ARTICLE);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let nodes = sound(&ran.out, 0);
    assert_eq!(inside(&nodes, with_id(&nodes, "text")), ARTICLE);
    let (_, mark) = elements(&nodes).find(|(_, a)| a.get("id").is_some_and(|id| id == "m1")).expect("a mention");
    assert!(mark["data-tip"].contains("\nrule ") && mark["data-tip"].ends_with("\ncharacters 0–12"), "{mark:?}");
    let ran = dispaccio(&["--format", "html"], "");
    assert_eq!(ran.status, 1);
    assert!(sound(&ran.out, 0).iter().any(|n| matches!(n, Node::Text(t) if t.contains("no text but white space"))));
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder.path().join("a.txt"), ARTICLE);
    for several in [&["a.txt", "a.txt"][..], &["."], &["--input", "jsonl", "a.txt"]] {
        let ran = dispaccio_in(folder.path(), &[&["--format", "html"], several].concat());
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{several:?}");
        assert!(ran.err.contains("--output DIR"), "{}", ran.err);
    }
}

/// Every file below a folder, with what it holds.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.expect("an entry");
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder).expect("below").to_string_lossy().into_owned();
            found.insert(name, fs::read_to_string(entry.path()).expect("text"));
        }
    }
    found
}

#[test]
fn a_folder_of_pages_has_an_index() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    for name in ["in/a.txt", "in/è #1?/b.txt", "in/index.txt"] {
        write(&at.join(name), ARTICLE);
    }
    write(&at.join("in/empty.txt"), "");
    let run = |args: &[&str]| dispaccio_in(at, &[&["--format", "html", "--quiet", "in", "--output"], args].concat()).status;
    assert_eq!(run(&["out"]), 1, "one failed");
    let pages = files(&at.join("out"));
    assert_eq!(pages.keys().collect::<Vec<_>>(), ["a.html", "empty.html", "index.article.html", "index.html", "è #1?/b.html"]);
    for (name, html) in &pages {
        let nodes = sound(html, usize::from(name == "index.html"));
        for (_, a) in elements(&nodes).filter(|(name, a)| *name == "a" && !a["href"].starts_with('#')) {
            let href = a["href"].replace("%23", "#").replace("%3F", "?").replace("%20", " ").replace("%C3%A8", "è");
            let to = at.join("out").join(name).parent().expect("a folder").join(href);
            assert!(to.is_file(), "{name}: {to:?}");
        }
    }
    assert_eq!(rows(&parse(&pages["index.html"])).len(), 4);
    assert_eq!(run(&["again", "--jobs", "3"]), 1);
    assert_eq!(files(&at.join("again")), pages, "whatever the number of jobs");
    fs::remove_file(at.join("again/a.html")).expect("removed");
    fs::remove_file(at.join("again/index.html")).expect("removed");
    assert_eq!(run(&["again", "--skip-existing"]), 0, "the failure was told before");
    assert_eq!(files(&at.join("again")), pages, "an index of pages made in two runs is that of one");
}

#[test]
fn each_line_has_its_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = |id: &str| json!({"id": id, "text": ARTICLE}).to_string();
    write(&folder.path().join("news.jsonl"), format!("{}\n\n{}\nno\n", line("x"), line("../../y")));
    let run = |args: &[&str]| {
        dispaccio_in(folder.path(), &[&["--input", "jsonl", "--format", "html", "--output", "out", "news.jsonl"], args].concat())
    };
    assert_eq!(run(&[]).status, 1);
    let pages = files(&folder.path().join("out"));
    assert_eq!(pages.keys().collect::<Vec<_>>(), ["index.html", "news/1.html", "news/3.html", "news/4.html"]);
    assert!(pages["news/3.html"].contains("<bdi>../../y</bdi>"));
    assert_eq!(run(&["--skip-existing"]).status, 0);
    assert_eq!(files(&folder.path().join("out")), pages);
}

#[test]
fn any_text_is_shown() {
    arbtest::arbtest(|u| {
        let text = records::damaged(u)?;
        let language = *u.choose(&Language::ALL)?;
        let mut first: Option<String> = None;
        for (offsets, line) in records::in_every_unit(&text, language) {
            let Line::Record(record) = &line else { unreachable!() };
            let html = page(&line, &text, offsets, None);
            let nodes = sound(&html, 0);
            assert_eq!(inside(&nodes, with_id(&nodes, "text")), shown(&text), "{text:?}");
            let marks = elements(&nodes).filter(|(n, a)| *n == "mark" && a.contains_key("id")).count();
            assert_eq!(marks, mentions(record).len(), "{text:?}");
            // Whatever the record counts in, the marks stand in the same places.
            let marked: String = html.split('>').filter(|part| !part.contains("data-tip=")).collect();
            let marked = marked.split_once("id=\"text\"").expect("a text").1.split_once("<aside").expect("a list").0.to_owned();
            assert_eq!(*first.get_or_insert(marked.clone()), marked, "{text:?}");
        }
        Ok(())
    })
    .budget(std::time::Duration::from_millis(1500));
}
