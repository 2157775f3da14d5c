//! CoNLL and brat, read back: what they hold is what the record holds, for every fixture.

#[path = "common/annotated.rs"]
mod annotated;
mod common;
#[path = "common/records.rs"]
mod records;

use std::collections::BTreeSet;
use std::fs;

use annotated::{Ann, read_ann, read_conll, slice};
use common::{ARTICLE, dispaccio, dispaccio_in, write};
use dispaccio::emit::placed::label;
use dispaccio::emit::record::{Line, Number, Record};
use dispaccio::emit::{brat, conll, schema};
use dispaccio::options::{Category, Options};
use dispaccio::span::Offsets;
use records::{fixtures, mentions, record};
use serde_json::Value;

fn units() -> [Options; 3] {
    [Offsets::Chars, Offsets::Bytes, Offsets::Utf16].map(|offsets| Options { offsets, ..Options::default() })
}

#[test]
fn conll_holds_every_mention() {
    for options in units() {
        for fixture in fixtures(options.clone()) {
            let document = conll::document(&fixture.line, &fixture.text, options.offsets);
            assert!(document.ends_with("\n\n"), "{}", fixture.name);
            let (found, comments) = read_conll(&document, &fixture.text, options.offsets);
            assert_eq!(comments["id"], [Value::from(fixture.name.as_str()).to_string()]);
            match &fixture.line {
                Line::Record(record) => {
                    assert_eq!(found, mentions(record), "{}", fixture.name);
                    assert_eq!(comments["columns"], ["token start end tag inner"]);
                    assert_eq!(comments["language"], [record.language.code()]);
                    assert_eq!(comments.get("published").map(|p| p[0].clone()), record.published);
                    let skipped = record.skipped.iter().map(|s| format!("{} {} {}", s.start, s.end, s.reason));
                    assert_eq!(comments.get("skipped").cloned().unwrap_or_default(), skipped.collect::<Vec<_>>());
                }
                Line::Failure(failure) => {
                    assert!(comments["error"][0].ends_with(&failure.error.message) && found.is_empty(), "{document}");
                    assert_eq!(document.lines().count(), 3, "two comments and a blank line: {document}");
                }
            }
        }
    }
}

#[test]
fn conll_in_lines() {
    let text = "The Bank of Italy fined 12 officersled by # nobody.";
    let line = Line::Record(Box::new(record(text, Options { language: Some(dispaccio::lang::Language::En), ..Options::default() })));
    let document = conll::document(&line, text, Offsets::Chars);
    let tokens: Vec<&str> = document.lines().filter(|l| !l.starts_with("# ")).collect();
    assert_eq!(
        tokens,
        [
            "The\t0\t3\tO\tO",
            "Bank\t4\t8\tB-AGENCY\tO",
            "of\t9\t11\tI-AGENCY\tO",
            "Italy\t12\t17\tI-AGENCY\tB-COUNTRY",
            "fined\t18\t23\tO\tO",
            "12\t24\t26\tB-COUNT\tO",
            "officers\t27\t35\tI-COUNT\tO",
            "led\t35\t38\tO\tO",
            "by\t39\t41\tO\tO",
            "#\t42\t43\tO\tO",
            "nobody\t44\t50\tO\tO",
            ".\t50\t51\tO\tO",
            "",
        ],
        "a glued word is cut where the mention ends, and a token # is no comment"
    );
}

#[test]
fn mentions_that_cross_keep_a_level_each() {
    let text = "Nearly 50 years ago it rained in Rome.";
    let mut record = record(text, Options { language: Some(dispaccio::lang::Language::En), ..Options::default() });
    let count: Value = serde_json::json!({"text": "Nearly 50 years", "start": 0, "end": 15, "kind": "duration", "value": 50, "max": null, "modifier": "nearly", "unit": "year", "noun": null});
    let date: Value =
        serde_json::json!({"text": "50 years ago", "start": 7, "end": 19, "value": null, "granularity": "year", "resolved_from": null});
    let inside: Value =
        serde_json::json!({"text": "ago", "start": 16, "end": 19, "value": null, "granularity": "year", "resolved_from": null});
    record.counts = Some(vec![serde_json::from_value(count).expect("a count")]);
    record.dates = Some(vec![serde_json::from_value(date).expect("a date"), serde_json::from_value(inside).expect("a date")]);
    let expected = mentions(&record);
    let document = conll::document(&Line::Record(Box::new(record)), text, Offsets::Chars);
    assert_eq!(read_conll(&document, text, Offsets::Chars).0, expected, "{document}");
    assert!(document.contains("\nyears\t10\t15\tI-COUNT\tI-DATE\n"), "{document}");
    assert!(document.contains("\nago\t16\t19\tB-DATE\tI-DATE\n"), "{document}");
}

/// A term as the record writes it.
fn term(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).expect("JSON").as_str().expect("a term").to_owned()
}

/// Holds an `.ann` file to the record, which counts in characters.
fn same(ann: &Ann, record: &Record, name: &str) {
    let found: BTreeSet<_> = ann.mentions.values().map(|(l, p, _)| (l.clone(), p[0].0, p[p.len() - 1].1)).collect();
    let expected: BTreeSet<_> = mentions(record).into_iter().map(|(c, start, end, _)| (label(c).to_owned(), start, end)).collect();
    assert_eq!(found, expected, "{name}");
    let mut groups = Vec::new();
    let mut entity = |category: Category, entry: usize, name: &str, spans: Vec<(usize, usize)>| {
        let ids: Vec<usize> = spans.into_iter().map(|(start, end)| ann.at(category, start, end)).collect();
        for id in &ids {
            let expected = (format!("{}/{entry}", category.name()), name.to_owned());
            assert_eq!(ann.references.get(&(*id, "RECORD".to_owned())), Some(&expected));
        }
        groups.extend((ids.len() > 1).then(|| ids.clone()));
        ids
    };
    for (i, person) in record.people.iter().flatten().enumerate() {
        let ids = entity(Category::People, i, &person.name, person.mentions.iter().map(|m| (m.start, m.end)).collect());
        let note = ann.notes.get(&ids[0]).cloned().unwrap_or_default();
        let folded = |role: &String| role.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(person.roles.iter().chain(&person.affiliations).map(folded).all(|said| note.contains(&said)), "{name}: {note}");
    }
    for (category, list) in [(Category::Agencies, &record.agencies), (Category::Organizations, &record.organizations)] {
        for (i, body) in list.iter().flatten().enumerate() {
            for id in entity(category, i, &body.name, body.mentions.iter().map(|m| (m.start, m.end)).collect()) {
                assert_eq!(ann.attribute(id, "Kind"), Some(body.kind.name()), "{name}");
                assert_eq!(ann.reference(id, "ISO3166"), body.country.as_deref(), "{name}");
            }
        }
    }
    for (i, country) in record.countries.iter().flatten().enumerate() {
        let ids = entity(Category::Countries, i, &country.name, country.mentions.iter().map(|m| (m.start, m.end)).collect());
        for (id, mention) in ids.into_iter().zip(&country.mentions) {
            assert_eq!(ann.reference(id, "ISO3166"), country.code.as_deref(), "{name}");
            assert_eq!(ann.attribute(id, "Form"), Some(term(&mention.form).as_str()), "{name}");
        }
    }
    assert_eq!(ann.groups.iter().collect::<BTreeSet<_>>(), groups.iter().collect::<BTreeSet<_>>(), "{name}");
    let number = |n: Option<&str>| n.map(|n| Number(n.parse().expect("a number")));
    for count in record.counts.iter().flatten() {
        let id = ann.at(Category::Counts, count.start, count.end);
        assert_eq!(ann.attribute(id, "Kind"), Some(term(&count.kind).as_str()), "{name}");
        assert_eq!(ann.attribute(id, "Modifier").map(str::to_owned), count.modifier.map(|m| term(&m)), "{name}");
        assert_eq!(number(ann.reference(id, "VALUE")), Some(count.value), "{name}");
        assert_eq!(number(ann.reference(id, "MAX")), count.max, "{name}");
        assert_eq!(ann.reference(id, "ISO4217").or(ann.reference(id, "CLDR")), count.unit.as_deref(), "{name}");
    }
    for date in record.dates.iter().flatten() {
        let id = ann.at(Category::Dates, date.start, date.end);
        assert_eq!(ann.reference(id, "EDTF"), date.value.as_deref(), "{name}");
        assert_eq!(ann.attribute(id, "Granularity"), Some(term(&date.granularity).as_str()), "{name}");
        assert_eq!(ann.attribute(id, "ResolvedFrom").map(str::to_owned), date.resolved_from.map(|f| term(&f)), "{name}");
    }
}

#[test]
fn brat_holds_every_mention_and_value() {
    let [chars, bytes, utf16] = units().map(|options| (options.clone(), fixtures(options)));
    for (i, fixture) in chars.1.iter().enumerate() {
        let Line::Record(record) = &fixture.line else { continue };
        let written = brat::annotations(record, &fixture.text, Offsets::Chars);
        let ann = read_ann(&written);
        for (name, pieces, text) in ann.mentions.values() {
            let quotes: Vec<String> = pieces.iter().map(|(start, end)| slice(&fixture.text, *start, *end, Offsets::Chars)).collect();
            assert_eq!(quotes.join(" "), *text, "{}: {name}", fixture.name);
            assert!(!text.contains(['\n', '\t']));
        }
        same(&ann, record, &fixture.name);
        for (options, other) in [&bytes, &utf16] {
            let Line::Record(other) = &other[i].line else { panic!("a record") };
            let other = brat::annotations(other, &fixture.text, options.offsets);
            assert_eq!(other, written, "{}: brat counts characters whatever the record counts", fixture.name);
        }
    }
}

#[test]
fn brat_in_lines() {
    let text = "Maria\n\tRossi paid 5 to 7 million euros in Italy.";
    let record = record(text, Options { language: Some(dispaccio::lang::Language::En), ..Options::default() });
    let mut record = Record { people: Some(Vec::new()), ..record };
    let person = serde_json::json!({"name": "Maria Rossi", "roles": ["head"], "affiliations": [], "mentions": [{"text": "Maria\n\tRossi", "start": 0, "end": 12}]});
    record.people = Some(vec![serde_json::from_value(person).expect("a person")]);
    assert_eq!(
        brat::annotations(&record, text, Offsets::Chars),
        "T1\tPERSON 0 5;7 12\tMaria Rossi\n\
         N1\tReference T1 RECORD:people/0\tMaria Rossi\n\
         #1\tAnnotatorNotes T1\troles: head\n\
         T2\tCOUNT 18 38\t5 to 7 million euros\n\
         A1\tKind T2 money\n\
         A2\tModifier T2 range\n\
         N2\tReference T2 VALUE:5000000\t5 to 7 million euros\n\
         N3\tReference T2 MAX:7000000\t5 to 7 million euros\n\
         N4\tReference T2 ISO4217:EUR\t5 to 7 million euros\n\
         T3\tCOUNTRY 42 47\tItaly\n\
         A3\tForm T3 name\n\
         N5\tReference T3 RECORD:countries/0\tItaly\n\
         N6\tReference T3 ISO3166:IT\tItaly\n"
    );
}

#[test]
fn brat_is_told_of_every_label_and_term() {
    let conf = brat::ANNOTATION_CONF;
    let values = |name: &str| -> BTreeSet<String> {
        let line = conf.lines().find(|l| l.starts_with(&format!("{name}\t"))).unwrap_or_else(|| panic!("{name}"));
        line.split_once("Value:").expect("values").1.split('|').map(str::to_owned).collect()
    };
    let schema = schema::schema();
    let terms = |def: &str| -> BTreeSet<String> {
        let any = schema["$defs"][def]["oneOf"].as_array().into_iter().flatten().map(|one| one["const"].clone());
        let plain = schema["$defs"][def]["enum"].as_array().cloned().unwrap_or_default();
        let all: BTreeSet<String> = any.chain(plain).filter_map(|v| v.as_str().map(str::to_owned)).collect();
        assert!(all.len() >= 3, "{def}: {}", schema["$defs"][def]);
        all
    };
    assert_eq!(values("Kind"), &terms("BodyKind") | &terms("CountKind"));
    assert_eq!(values("Form"), terms("CountryForm"));
    assert_eq!(values("Modifier"), terms("Modifier"));
    assert_eq!(values("Granularity"), terms("Granularity"));
    assert_eq!(values("ResolvedFrom"), terms("ResolvedFrom"));
    for category in Category::ALL {
        let name = label(category);
        assert!(conf.lines().any(|l| l == name), "{name}");
        assert!(brat::VISUAL_CONF.lines().any(|l| l.starts_with(&format!("{name}\tbgColor:"))), "{name}");
    }
}

#[test]
fn conll_of_several_articles() {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder.path().join("a.txt"), ARTICLE);
    write(&folder.path().join("b.txt"), "");
    let ran = dispaccio_in(folder.path(), &["--format", "conll", "--quiet", "a.txt", "b.txt", "a.txt"]);
    assert_eq!(ran.status, 1);
    let documents: Vec<&str> = ran.out.split_inclusive("\n\n").collect();
    assert_eq!(documents.len(), 3, "{}", ran.out);
    assert_eq!(documents[1], "# id = \"b.txt\"\n# error = empty: no text but white space\n\n");
    assert_eq!(documents[0], documents[2]);
    let lines = serde_json::json!({"text": ARTICLE}).to_string() + "\n";
    write(&folder.path().join("c.jsonl"), lines.repeat(2));
    assert_eq!(dispaccio_in(folder.path(), &["--format", "conll", "--input", "jsonl", "--output", "out", "c.jsonl"]).status, 0);
    let written = fs::read_to_string(folder.path().join("out/c.conll")).expect("a file");
    assert_eq!(written.matches("# id = ").count(), 2);
    assert_eq!(dispaccio(&["--format", "conll", "--offsets", "utf16"], ARTICLE).out.replace("stdin", "a.txt"), documents[0]);
}

#[test]
fn brat_in_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    write(&at.join("in/a.txt"), format!("\u{feff}{ARTICLE}\r\n"));
    write(&at.join("in/empty.txt"), "");
    write(&at.join("out/visual.conf"), "my own");
    let run = |args: &[&str]| dispaccio_in(at, &[&["--quiet", "--format", "brat"], args].concat());
    assert_eq!(run(&["--output", "out", "in"]).status, 1);
    let mut names: Vec<String> =
        fs::read_dir(at.join("out")).expect("files").map(|e| e.expect("a file").file_name().into_string().expect("a name")).collect();
    names.sort();
    assert_eq!(names, ["a.ann", "a.txt", "annotation.conf", "visual.conf"], "nothing to annotate where it failed");
    assert_eq!(fs::read_to_string(at.join("out/a.txt")).expect("a text"), format!("{ARTICLE}\r\n"), "the decoded text, line ends and all");
    assert_eq!(fs::read_to_string(at.join("out/visual.conf")).expect("a file"), "my own");
    assert_eq!(fs::read_to_string(at.join("out/annotation.conf")).expect("a file"), brat::ANNOTATION_CONF);
    let ann = read_ann(&fs::read_to_string(at.join("out/a.ann")).expect("a file"));
    assert!(ann.mentions.len() >= 4, "{:?}", ann.mentions);
    fs::remove_file(at.join("out/a.txt")).expect("removed");
    assert_eq!(run(&["--output", "out", "--skip-existing", "in/a.txt"]).status, 0);
    assert!(at.join("out/a.txt").exists(), "half a pair is made whole");
    let before = fs::read(at.join("in/a.txt")).expect("a text");
    assert_eq!(run(&["--output", "in", "in/a.txt"]).status, 1, "an input is never written over");
    assert_eq!(fs::read(at.join("in/a.txt")).expect("a text"), before);
    for wrong in [&["in/a.txt"][..], &["--output", "out", "--offsets", "bytes", "in/a.txt"]] {
        let ran = dispaccio_in(at, &[&["--format", "brat"], wrong].concat());
        assert!(ran.status == 2 && ran.out.is_empty() && ran.err.contains("--output") | ran.err.contains("--offsets"), "{}", ran.err);
    }
}

#[test]
fn any_text_is_read_back() {
    let mut seen = 0;
    arbtest::arbtest(|u| {
        let text = records::damaged(u)?;
        let language = *u.choose(&dispaccio::lang::Language::ALL)?;
        for (offsets, line) in records::in_every_unit(&text, language) {
            let Line::Record(record) = &line else { unreachable!() };
            let document = conll::document(&line, &text, offsets);
            assert_eq!(read_conll(&document, &text, offsets).0, mentions(record), "{text:?}");
            let ann = read_ann(&brat::annotations(record, &text, offsets));
            if offsets == Offsets::Chars {
                same(&ann, record, &text);
                seen += ann.mentions.len();
            }
        }
        Ok(())
    })
    .budget(std::time::Duration::from_millis(1500));
    assert!(seen > 20, "only {seen} mentions");
}
