//! Reads a `.rules` file into rules: patterns, actions and the examples that test them.
//!
//! The grammar is described in `src/lang/README.md`. `build.rs` compiles what this gives, the tests
//! run its examples. Not here: tags and kinds are only names until they are compiled.

use std::collections::BTreeMap;

#[path = "pattern.rs"]
mod pattern;

use pattern::parse_pattern;

/// A rules file as written.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// Its rules, in order.
    pub rules: Vec<Rule>,
    /// Numbers that steer the engine, by name.
    pub weights: Vec<(String, f32)>,
}

/// One rule as written.
#[derive(Clone, Debug)]
pub struct Rule {
    /// `LANGUAGE.STAGE.what-it-is`.
    pub name: String,
    /// The stage it belongs to.
    pub stage: String,
    /// Its layer within the stage.
    pub layer: u8,
    /// The line of its `rule`.
    pub line: usize,
    /// What must stand in the text.
    pub pattern: Pattern,
    /// What follows.
    pub actions: Vec<Action>,
    /// Texts where it must or must not fire.
    pub examples: Vec<Example>,
}

/// A pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum Pattern {
    /// One after the other.
    Sequence(Vec<Pattern>),
    /// The first alternative that leads to the longest match.
    Alternatives(Vec<Pattern>),
    /// From `min` to `max` times.
    Repeat(Box<Pattern>, u8, u8),
    /// One token or annotation that passes every test.
    Atom(Vec<Test>),
    /// Remembers what the pattern matched.
    Capture(Box<Pattern>, String),
    /// What the rule marks.
    Mark(Box<Pattern>),
    /// What must (or must not) follow or precede.
    Look {
        /// Follow rather than precede.
        ahead: bool,
        /// Must not.
        negative: bool,
        /// What is looked for.
        pattern: Box<Pattern>,
    },
    /// The start of the sentence.
    SentenceStart,
    /// The end of the sentence.
    SentenceEnd,
}

/// A test on one place.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// The word, in any case; by its key.
    Word(String),
    /// The word in exactly this case.
    Exact(String),
    /// A token tag.
    Tag(String),
    /// An annotation of this kind, and of this class if one is given.
    Kind(String, Option<String>),
    /// Digits with a value in this range.
    Range(u32, u32),
    /// The test fails.
    Not(Box<Test>),
    /// The test holds of the last token of the annotation.
    Last(Box<Test>),
}

/// What follows a match.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Marks an annotation.
    Annotate {
        /// Its kind.
        kind: String,
        /// Its class.
        class: Option<ClassOf>,
        /// What makes its value, and from what.
        constructor: Option<(String, Vec<Arg>)>,
    },
    /// Adds a weight to a class for the bracketed name.
    Evidence(String, f32),
    /// Attaches a capture to the bracketed name, as what the first name says.
    Attach(String, String),
}

/// Where a marked annotation's class comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum ClassOf {
    /// The rule names it.
    Named(String),
    /// It is that of the annotation captured under this name.
    Capture(String),
}

/// An argument of a constructor.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// What was captured under this name.
    Capture(String),
    /// A word.
    Symbol(String),
    /// A number.
    Number(f64),
}

/// A text that tests a rule.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its line.
    pub line: usize,
    /// The text, without the brackets.
    pub text: String,
    /// For a `yes` line, the bytes that the rule marks.
    pub mark: Option<(usize, usize)>,
    /// The value expected after `=>`.
    pub value: Option<String>,
    /// The publication day set by `at`.
    pub published: Option<String>,
}

/// Reads a rules file.
///
/// # Errors
/// `LINE: reason`.
pub fn parse(text: &str) -> Result<File, String> {
    let mut reader = Reader::default();
    for (number, line) in logical_lines(text) {
        reader.line(number, &line).map_err(|e| format!("{number}: {e}"))?;
    }
    reader.finish()?;
    Ok(File { rules: reader.rules, weights: reader.weights })
}

/// Lines without comments, continuation lines (indented by more than a keyword) joined to the one they continue.
fn logical_lines(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (number, raw) in text.lines().enumerate().map(|(i, l)| (i + 1, l)) {
        if raw.trim().is_empty() || raw.trim_start().starts_with('#') {
            continue;
        }
        match lines.last_mut() {
            Some((_, last)) if raw.starts_with([' ', '\t']) => {
                last.push(' ');
                last.push_str(raw.trim());
            }
            _ => lines.push((number, raw.trim_end().to_owned())),
        }
    }
    lines
}

#[derive(Default)]
struct Reader {
    stage: String,
    layer: u8,
    lets: BTreeMap<String, Pattern>,
    published: Option<String>,
    rules: Vec<Rule>,
    weights: Vec<(String, f32)>,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) -> Result<(), String> {
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        match word {
            "stage" => self.stage = rest.to_owned(),
            "layer" => self.layer = rest.parse().map_err(|_| format!("`{rest}` is no layer number"))?,
            "let" => {
                let (name, pattern) = rest.split_once('=').ok_or("`let NAME = PATTERN` wants a `=`")?;
                let pattern = parse_pattern(pattern, &self.lets)?;
                if self.lets.insert(name.trim().to_owned(), pattern).is_some() {
                    return Err(format!("`@{}` is there already", name.trim()));
                }
            }
            "rule" => {
                self.finish()?;
                if self.stage.is_empty() {
                    return Err("no `stage` before the first rule".into());
                }
                self.published = None;
                self.rules.push(Rule {
                    name: rest.to_owned(),
                    stage: self.stage.clone(),
                    layer: self.layer,
                    line: number,
                    pattern: Pattern::Sequence(Vec::new()),
                    actions: Vec::new(),
                    examples: Vec::new(),
                });
            }
            "weight" => {
                let parsed = rest.split_once(char::is_whitespace).and_then(|(name, w)| Some((name.to_owned(), w.trim().parse().ok()?)));
                self.weights.push(parsed.ok_or("`weight NAME NUMBER` wants a name and a number")?);
            }
            "at" => self.published = Some(rest.to_owned()),
            "when" => {
                let pattern = parse_pattern(rest, &self.lets)?;
                self.rule()?.pattern = pattern;
            }
            "then" => {
                let action = parse_action(rest)?;
                self.rule()?.actions.push(action);
            }
            "yes" | "no" => {
                let mut example = parse_example(rest, word == "yes")?;
                example.line = number;
                example.published.clone_from(&self.published);
                self.rule()?.examples.push(example);
            }
            _ => return Err(format!("`{word}` begins no line of a rules file")),
        }
        Ok(())
    }

    fn rule(&mut self) -> Result<&mut Rule, String> {
        self.rules.last_mut().ok_or_else(|| "no `rule` line before it".to_owned())
    }

    /// Checks the rule that the next one ends.
    fn finish(&mut self) -> Result<(), String> {
        let Some(rule) = self.rules.last() else {
            return Ok(());
        };
        let problem = if rule.pattern == Pattern::Sequence(Vec::new()) {
            "no `when`"
        } else if rule.actions.is_empty() {
            "no `then`"
        } else if !rule.examples.iter().any(|e| e.mark.is_some()) {
            "no `yes` line"
        } else if !rule.examples.iter().any(|e| e.mark.is_none()) {
            "no `no` line"
        } else {
            return Ok(());
        };
        Err(format!("{}: rule {}: {problem}", rule.line, rule.name))
    }
}

fn parse_example(rest: &str, yes: bool) -> Result<Example, String> {
    if !yes {
        return Ok(Example { line: 0, text: rest.to_owned(), mark: None, value: None, published: None });
    }
    let (text, value) = match rest.rsplit_once("=>") {
        Some((text, value)) => (text.trim_end(), Some(value.trim().to_owned())),
        None => (rest, None),
    };
    let (open, close) = (text.find('['), text.find(']'));
    let (Some(open), Some(close)) = (open, close) else {
        return Err("a `yes` line has [ ] around what the rule marks".into());
    };
    if close < open {
        return Err("`]` before `[`".into());
    }
    let bare = format!("{}{}{}", &text[..open], &text[open + 1..close], &text[close + 1..]);
    Ok(Example { line: 0, text: bare, mark: Some((open, close - 1)), value, published: None })
}

fn parse_action(rest: &str) -> Result<Action, String> {
    let mut words = rest.split_whitespace();
    let head = words.next().ok_or("`then` wants an action")?;
    let more: Vec<&str> = words.collect();
    if head == "evidence" {
        let ([class, weight] | [class, weight, "fixed"]) = more[..] else {
            return Err("`then evidence CLASS WEIGHT`, and maybe `fixed`".into());
        };
        let weight = weight.parse().ok().filter(|w: &f32| w.is_finite()).ok_or_else(|| format!("`{weight}` is no weight"))?;
        return Ok(Action::Evidence(class.to_owned(), weight));
    }
    if head.starts_with(|c: char| c.is_ascii_lowercase()) {
        let [capture] = more[..] else {
            return Err(format!("`then {head} CAPTURE`"));
        };
        return Ok(Action::Attach(head.to_owned(), capture.to_owned()));
    }
    let (kind, class) = match head.split_once('=') {
        Some((kind, capture)) => (kind.to_owned(), Some(ClassOf::Capture(capture.to_owned()))),
        None => {
            let (kind, class) = split_kind(head);
            (kind, class.map(ClassOf::Named))
        }
    };
    let constructor = more.split_first().map(|(name, args)| ((*name).to_owned(), args.iter().map(|a| parse_arg(a)).collect()));
    Ok(Action::Annotate { kind, class, constructor })
}

/// A bare word is a capture if the pattern has one of that name; the compiler decides.
fn parse_arg(word: &str) -> Arg {
    let digits = word.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit());
    word.parse().ok().filter(|_| digits).map_or_else(|| Arg::Capture(word.to_owned()), Arg::Number)
}

fn split_kind(word: &str) -> (String, Option<String>) {
    match word.split_once('.') {
        Some((kind, class)) => (kind.to_owned(), Some(class.to_owned())),
        None => (word.to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_read_whole() {
        let text = "stage dates\nlayer 2\nweight threshold 1.5\nlet of = \"of\" \"the\"?\nrule en.dates.x\nwhen \"the\"? <1-31>:d @of [MONTH.full:m]\n     cap&!function{0,2}\nthen DATE day d m\nat 2024-01-02\nyes the 3 of [March] X => 2024-03-03\nno the 3 of me\n";
        let File { rules, weights } = parse(text).expect("rules");
        assert_eq!(weights, [("threshold".to_owned(), 1.5)]);
        assert_eq!(rules.len(), 1);
        let rule = &rules[0];
        assert_eq!((rule.stage.as_str(), rule.layer), ("dates", 2));
        assert_eq!(rule.examples[0].text, "the 3 of March X");
        assert_eq!(rule.examples[0].mark, Some((9, 14)));
        assert_eq!(rule.examples[0].published.as_deref(), Some("2024-01-02"));
        assert!(matches!(&rule.actions[0], Action::Annotate { constructor: Some((c, args)), .. } if c == "day" && args.len() == 2));
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        for (text, reason) in [
            ("rule x", "1: no `stage`"),
            ("stage a\nrule x\nwhen \"a\"\nthen A\nyes [a]", "2: rule x: no `no` line"),
            ("stage a\nrule x\nwhen (\"a\"", "3: `)` expected"),
            ("stage a\nrule x\nwhen @y", "3: no `let y` above"),
            ("stage a\nrule x\nwhen \"a\"{3,1}", "3: {3,1} is no repeat"),
            ("stage a\nfoo", "2: `foo` begins no line"),
            ("stage a\nrule x\nyes a", "3: a `yes` line has [ ]"),
        ] {
            let error = parse(text).expect_err(text);
            assert!(error.starts_with(reason), "{error}");
        }
    }
}
