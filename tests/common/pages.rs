//! A strict reader of pages: it takes what dispaccio writes and nothing that is malformed.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::{BTreeMap, BTreeSet};

/// An element, or text between two.
#[derive(Debug)]
pub enum Node {
    /// Its name and attributes.
    Open(String, BTreeMap<String, String>),
    /// Its end.
    Close(String),
    /// Text, unescaped.
    Text(String),
}

/// What an HTML parser makes of character references; any that pages do not use is refused.
fn unescaped(text: &str) -> String {
    let mut parts = text.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';').unwrap_or_else(|| panic!("a bare & before {part:?}"));
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" => '\'',
            "#10" => '\n',
            "#9" => '\t',
            _ => panic!("&{name};"),
        });
        out.push_str(rest);
    }
    out
}

/// Reads a page strictly: every attribute in quotes, every element closed where it was opened.
pub fn parse(html: &str) -> Vec<Node> {
    let mut rest = html.strip_prefix("<!DOCTYPE html>\n").expect("a doctype");
    let (mut nodes, mut open): (Vec<Node>, Vec<String>) = (Vec::new(), Vec::new());
    while let Some(at) = rest.find('<') {
        nodes.push(Node::Text(unescaped(&rest[..at])));
        rest = &rest[at + 1..];
        if let Some(close) = rest.strip_prefix('/') {
            let (name, after) = close.split_once('>').expect("an end");
            assert_eq!(open.pop().as_deref(), Some(name), "closed out of order");
            nodes.push(Node::Close(name.to_owned()));
            rest = after;
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).expect("an end");
        let name = &rest[..end];
        assert!(!name.is_empty(), "a bare < before {:?}", &rest[..rest.len().min(20)]);
        rest = &rest[end..];
        let mut attributes = BTreeMap::new();
        while !rest.starts_with('>') {
            rest = rest.strip_prefix(' ').expect("a space before an attribute");
            let end = rest.find(|c: char| !(c.is_ascii_lowercase() || c == '-')).expect("an end");
            let key = rest[..end].to_owned();
            rest = &rest[end..];
            let value = rest.strip_prefix("=\"").map_or("", |quoted| {
                let (value, after) = quoted.split_once('"').expect("a closing quote");
                rest = after;
                value
            });
            assert!(!value.contains(['<', '\n']), "{key}={value:?}");
            assert!(attributes.insert(key.clone(), unescaped(value)).is_none(), "{key} twice");
        }
        rest = &rest[1..];
        nodes.push(Node::Open(name.to_owned(), attributes));
        if matches!(name, "meta" | "input") {
            continue;
        }
        open.push(name.to_owned());
        if matches!(name, "style" | "script") {
            let (raw, after) = rest.split_once(&format!("</{name}>")).expect("its end");
            nodes.extend([Node::Text(raw.to_owned()), Node::Close(name.to_owned())]);
            open.pop();
            rest = after;
        }
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "left open: {open:?}, {rest:?}");
    nodes
}

/// The elements, in the order in which they open.
pub fn elements(nodes: &[Node]) -> impl Iterator<Item = (&str, &BTreeMap<String, String>)> {
    nodes.iter().filter_map(|n| if let Node::Open(name, attributes) = n { Some((name.as_str(), attributes)) } else { None })
}

/// The text inside the element at `at`.
pub fn inside(nodes: &[Node], at: usize) -> String {
    let (mut depth, mut text) = (0, String::new());
    for node in &nodes[at..] {
        match node {
            Node::Open(name, _) if !matches!(name.as_str(), "meta" | "input") => depth += 1,
            Node::Close(_) => depth -= 1,
            Node::Text(t) => text.push_str(t),
            Node::Open(..) => {}
        }
        if depth == 0 {
            break;
        }
    }
    text
}

/// Where the element of an id is.
pub fn with_id(nodes: &[Node], id: &str) -> usize {
    let is = |n: &Node| matches!(n, Node::Open(_, a) if a.get("id").is_some_and(|i| i == id));
    nodes.iter().position(is).unwrap_or_else(|| panic!("no #{id}"))
}

/// What a page shows of a text: one sort of line end, and pictures of control characters.
pub fn shown(text: &str) -> String {
    let picture = |c: char| match c {
        '\t' | '\n' => c,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).expect("a picture"),
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}' | '\u{fffe}' => '\u{fffd}',
        c => c,
    };
    text.replace("\r\n", "\n").replace('\r', "\n").chars().map(picture).collect()
}

/// Holds any page to what pages are.
pub fn sound(html: &str, scripts: usize) -> Vec<Node> {
    let nodes = parse(html);
    let mut ids = BTreeSet::new();
    let mut asked = Vec::new();
    for (name, attributes) in elements(&nodes) {
        if let Some(id) = attributes.get("id") {
            assert!(ids.insert(id.clone()), "#{id} twice");
        }
        asked.extend(attributes.get("aria-describedby").cloned());
        asked.extend(attributes.get("for").cloned());
        asked.extend(attributes.get("href").and_then(|h| h.strip_prefix('#')).map(str::to_owned));
        assert!(!attributes.contains_key("src") && !attributes.keys().any(|k| k.starts_with("on")), "{name} {attributes:?}");
        assert!(!matches!(name, "link" | "img" | "iframe" | "object" | "base"), "{name}: nothing is loaded");
    }
    for id in asked {
        assert!(ids.contains(&id), "#{id} leads nowhere");
    }
    assert_eq!(elements(&nodes).filter(|(name, a)| *name == "script" && !a.contains_key("type")).count(), scripts);
    assert!(!html.contains("http://") && !html.contains("https://") && !html.contains("url(") && !html.contains("@import"));
    nodes
}

/// A line of the index's table: its texts, without the tags.
pub fn rows(nodes: &[Node]) -> Vec<Vec<String>> {
    let starts = (0..nodes.len()).filter(|i| matches!(&nodes[*i], Node::Open(n, a) if n == "tr" && a.contains_key("data-find")));
    let cell = |n: &Node| matches!(n, Node::Open(name, _) if name == "td" || name == "th");
    let row = |at: usize| {
        let end = at + nodes[at..].iter().position(|n| matches!(n, Node::Close(name) if name == "tr")).expect("its end");
        (at..end).filter(|i| cell(&nodes[*i])).map(|i| inside(nodes, i)).collect()
    };
    starts.map(row).collect()
}
