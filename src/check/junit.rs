//! The report of `check` as JUnit XML, which continuous integration shows fixture by fixture.
//!
//! One suite, one case a fixture; what differs is its failure. The form is the one that the Ant task of JUnit writes
//! and every such service reads. Not here: what differs.

use std::fmt::Write as _;

/// A fixture, and what differs if anything does.
pub struct Case {
    /// Its path.
    pub path: String,
    /// The differences, readable.
    pub failure: Option<String>,
}

/// The document.
pub fn document(cases: &[Case]) -> String {
    let failures = cases.iter().filter(|case| case.failure.is_some()).count();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let counts = format!("tests=\"{}\" failures=\"{failures}\" errors=\"0\"", cases.len());
    let _ = writeln!(xml, "<testsuites name=\"dispaccio check\" {counts}>\n  <testsuite name=\"fixtures\" {counts}>");
    for case in cases {
        let (folder, name) = case.path.rsplit_once(['/', '\\']).unwrap_or((".", &case.path));
        let _ = write!(xml, "    <testcase classname=\"{}\" name=\"{}\"", escaped(folder), escaped(name));
        match &case.failure {
            None => xml.push_str("/>\n"),
            Some(report) => {
                let first = report.lines().next().unwrap_or_default().trim();
                let _ = writeln!(xml, ">\n      <failure message=\"{}\">{}</failure>\n    </testcase>", escaped(first), escaped(report));
            }
        }
    }
    xml.push_str("  </testsuite>\n</testsuites>\n");
    xml
}

/// Text as XML holds it; a character that XML cannot hold is replaced.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' => escaped.push(c),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_case_a_fixture() {
        let cases = [
            Case { path: "fixtures/en/a.txt".to_owned(), failure: None },
            Case { path: "b & c.txt".to_owned(), failure: Some("  lost    people: \"A\u{1} <B>\"\n".to_owned()) },
        ];
        assert_eq!(
            document(&cases),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <testsuites name=\"dispaccio check\" tests=\"2\" failures=\"1\" errors=\"0\">\n  \
               <testsuite name=\"fixtures\" tests=\"2\" failures=\"1\" errors=\"0\">\n    \
                 <testcase classname=\"fixtures/en\" name=\"a.txt\"/>\n    \
                 <testcase classname=\".\" name=\"b &amp; c.txt\">\n      \
                   <failure message=\"lost    people: &quot;A\u{fffd} &lt;B&gt;&quot;\">  lost    people: &quot;A\u{fffd} &lt;B&gt;&quot;\n</failure>\n    \
                 </testcase>\n  \
               </testsuite>\n\
             </testsuites>\n"
        );
    }
}
