//! What `build.rs` refuses, and how it says so: through the parsers that it shares with the library, every
//! mistake in a table or a rules file is named with its line.

use dispaccio::lang::table::Table;
use dispaccio::rule::syntax;

/// A rules file of one rule, with a pattern and what follows it.
fn rule(pattern: &str, rest: &str) -> String {
    format!("# A comment.\nstage dates\n\nlet of = \"of\"\nrule en.dates.x\nwhen {pattern}\n{rest}")
}

#[test]
fn a_malformed_table_is_refused_with_its_line() {
    const HEAD: &str = "# What it holds.\n# source: written by hand\n";
    for (table, message) in [
        (String::new(), "1: the header has no `# type:` line"),
        (format!("{HEAD}# columns: word\ttags\n"), "1: the header has no `# type:` line"),
        (format!("{HEAD}# type: wrds\n"), "3: `wrds` is no table type: "),
        (format!("{HEAD}# type: gazetteer\n"), "3: `gazetteer` is no table type: "),
        (format!("{HEAD}# type: gazetteer Country\n"), "3: `gazetteer Country` is no table type: "),
        (format!("{HEAD}# type: words\n"), "1: the first column must be `word`"),
        (format!("{HEAD}# type: gazetteer X\n# columns: word\ttags\n"), "1: the first column must be `surface`"),
        (format!("{HEAD}# type: words\n# columns: word\ttags\tcolour\n"), "1: unknown column `colour`"),
        (format!("{HEAD}# type: words\n# columns: word\ttags\na\tb\tc\n"), "5: 3 cells where the header names 2 columns"),
        (
            format!("{HEAD}# type: words\n# columns: word\ttags\na\tb\n\tb\n"),
            "6: 2 cells where the header names 2 columns, the first never empty",
        ),
    ] {
        let error = Table::parse(&table).expect_err(&table);
        assert!(error.starts_with(message), "{error}\nwhere it should begin with\n{message}\nfor\n{table}");
    }
}

#[test]
fn a_malformed_pattern_is_refused_with_its_line() {
    for (pattern, message) in [
        ("", "6: an empty pattern"),
        ("\"a\" |", "6: an empty pattern"),
        ("(\"a\" \"b\"", "6: `)` expected before"),
        ("[\"a\"", "6: `]` expected before"),
        ("\"a\")", "6: `)` is left over"),
        ("\"a", "6: a quote that is not closed"),
        ("\"\"", "6: an empty word"),
        ("\"a\"{}", "6: a number expected before `}`"),
        ("\"a\"{2", "6: `}` expected before"),
        ("\"a\"{3,1}", "6: {3,1} is no repeat"),
        ("\"a\"{0}", "6: {0,0} is no repeat"),
        ("\"a\"{1,21}", "6: {1,21} is no repeat"),
        ("\"a\"{4294967296}", "6: a number expected before"),
        ("<1-", "6: a number expected before"),
        ("<1 2>", "6: `-` expected before"),
        ("MONTH.", "6: a name expected before"),
        ("\"a\":", "6: a name expected before"),
        ("cap&", "6: the end begins no pattern"),
        ("+", "6: `+` begins no pattern"),
        ("@on", "6: no `let on` above"),
    ] {
        let text = rule(pattern, "then DATE\nyes [a]\nno a\n");
        let error = syntax::parse(&text).expect_err(pattern);
        assert!(error.starts_with(message), "{pattern}: {error}\nwhere it should begin with\n{message}");
    }
}

#[test]
fn a_malformed_rule_is_refused_with_its_line() {
    for (rest, message) in [
        ("yes [a]\nno a\n", "5: rule en.dates.x: no `then`"),
        ("then DATE\nno a\n", "5: rule en.dates.x: no `yes` line"),
        ("then DATE\nyes [a]\n", "5: rule en.dates.x: no `no` line"),
        ("then DATE\nyes a\nno a\n", "8: a `yes` line has [ ]"),
        ("then DATE\nyes ]a[\nno a\n", "8: `]` before `[`"),
        ("then evidence person\n", "7: `then evidence CLASS WEIGHT`"),
        ("then evidence person heavy\n", "7: `heavy` is no weight"),
        ("then evidence person inf\n", "7: `inf` is no weight"),
        ("then role\n", "7: `then role CAPTURE`"),
        ("then\n", "7: `then` wants an action"),
        ("weight heavy\n", "7: `weight NAME NUMBER` wants"),
        ("weight heavy much\n", "7: `weight NAME NUMBER` wants"),
        ("layer one\n", "7: `one` is no layer number"),
        ("let of = \"in\"\n", "7: `@of` is there already"),
        ("let of\n", "7: `let NAME = PATTERN` wants a `=`"),
        ("maybe a\n", "7: `maybe` begins no line of a rules file"),
        ("then DATE\nyes [a]\nno a\nrule en.dates.y\nwhen \"a\"\n", "10: rule en.dates.y: no `then`"),
    ] {
        let error = syntax::parse(&rule("\"a\"", rest)).expect_err(rest);
        assert!(error.starts_with(message), "{rest}: {error}\nwhere it should begin with\n{message}");
    }
    for (text, message) in [
        ("rule x\n", "1: no `stage` before the first rule"),
        ("stage a\nwhen \"a\"\n", "2: no `rule` line before it"),
        ("stage a\nyes [a]\n", "2: no `rule` line before it"),
        ("stage a\nrule x\nthen A\n", "2: rule x: no `when`"),
    ] {
        let error = syntax::parse(text).expect_err(text);
        assert!(error.starts_with(message), "{text}: {error}");
    }
}
