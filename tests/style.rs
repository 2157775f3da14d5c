//! The pages' style and words: colours that can be read, categories told apart without them, a label for every term.

use std::collections::{BTreeMap, BTreeSet};

use dispaccio::emit::schema;
use dispaccio::options::Category;
use serde_json::Value;

#[test]
fn every_term_of_a_record_has_its_words() {
    let labels: Vec<BTreeSet<&str>> = [include_str!("../src/lang/en/page.labels"), include_str!("../src/lang/it/page.labels")]
        .map(|file| file.lines().filter_map(|l| Some(l.split_once('\t')?.0)).collect())
        .into();
    let schema = schema::schema();
    let groups = [
        ("BodyKind", "kind"),
        ("CountKind", "count"),
        ("CountryForm", "form"),
        ("Modifier", "modifier"),
        ("Granularity", "granularity"),
        ("ResolvedFrom", "from"),
        ("PublishedFrom", "published_from"),
        ("ErrorKind", "error"),
        ("Language", "language"),
    ];
    let mut wanted: Vec<String> = Vec::new();
    for (def, group) in groups {
        let def = &schema["$defs"][def];
        let listed =
            def["oneOf"].as_array().into_iter().flatten().map(|one| &one["const"]).chain(def["enum"].as_array().into_iter().flatten());
        let terms: Vec<String> = listed.filter_map(Value::as_str).map(|term| format!("{group}.{term}")).collect();
        assert!(terms.len() >= 2, "{group}");
        wanted.extend(terms);
    }
    let boilerplate = include_str!("../src/lang/en/boilerplate.tsv").lines().filter(|l| !l.starts_with('#'));
    wanted.extend(boilerplate.filter_map(|l| l.split('\t').nth(1)).map(|reason| format!("reason.{reason}")));
    for category in Category::ALL {
        wanted.extend([format!("category.{}", category.name()), format!("one.{}", category.name())]);
    }
    for labels in &labels {
        let missing: BTreeSet<&String> = wanted.iter().filter(|key| !labels.contains(key.as_str())).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}

/// The colours of the style: name and value, by the scheme that sets them.
fn colours() -> [BTreeMap<String, [f64; 3]>; 2] {
    let css = include_str!("../src/emit/html/page.css");
    let (light, dark) = css.split_once("prefers-color-scheme: dark").expect("a dark scheme");
    let dark = dark.split_once("\n}\n").expect("its end").0;
    let read = |css: &str| {
        let declared = css.split([';', '{', '\n']).filter_map(|d| d.trim().strip_prefix("--")?.split_once(": #"));
        let channel = |hex: &str, i: usize| f64::from(u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).expect("hex")) / 255.0;
        declared.map(|(name, hex)| (name.to_owned(), [0, 1, 2].map(|i| channel(hex, i)))).collect::<BTreeMap<_, _>>()
    };
    [read(light), read(dark)]
}

/// The contrast of two colours by WCAG 2.2, 1 to 21.
fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let luminance = |c: [f64; 3]| {
        let [r, g, b] = c.map(|v| if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    (a / b).max(b / a)
}

#[test]
fn colours_can_be_read() {
    let [light, dark] = colours();
    assert_eq!(light.keys().collect::<Vec<_>>(), dark.keys().collect::<Vec<_>>(), "both schemes set all colours");
    for scheme in [&light, &dark] {
        let at_least = |ratio: f64, a: &str, b: &str| {
            let found = contrast(scheme[a], scheme[b]);
            assert!(found >= ratio, "--{a} on --{b}: {found:.2}, not {ratio}");
        };
        for text in ["ink", "quiet", "link", "bad"] {
            at_least(4.5, text, "paper");
            at_least(4.5, text, "panel");
        }
        at_least(4.5, "tip-ink", "tip-paper");
        for category in Category::ALL.map(Category::name) {
            at_least(7.0, &format!("{category}-ink"), &format!("{category}-fill"));
            // What is no text must stand out three to one: the lines that tell categories apart.
            at_least(3.0, &format!("{category}-line"), "paper");
            at_least(3.0, &format!("{category}-line"), &format!("{category}-fill"));
        }
    }
    assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 0.01);
}

#[test]
fn categories_differ_by_more_than_colour() {
    let css = include_str!("../src/emit/html/page.css");
    let mut looks = BTreeSet::new();
    let mut signs = BTreeSet::new();
    for category in Category::ALL.map(Category::name) {
        let rule = format!("mark.{category}, .mark.{category} {{");
        let look = css.split_once(&rule).and_then(|(_, rest)| rest.split_once('}')).unwrap_or_else(|| panic!("{category}")).0;
        assert!(looks.insert(look), "{category} looks like another: {look}");
        let sign = css.split_once(&format!("\n.{category} {{")).and_then(|(_, rest)| rest.split_once("--cat-sign: ")).expect("a sign").1;
        assert!(signs.insert(sign.split(';').next()), "{category} is signed like another");
        assert!(css.contains(&format!("body:has(#show-{category}:not(:checked)) #text .{category}")), "{category} can be taken away");
    }
    for condition in ["@media print", "prefers-reduced-motion", ":focus-visible", "forced-colors"] {
        assert!(css.contains(condition), "{condition}");
    }
}
