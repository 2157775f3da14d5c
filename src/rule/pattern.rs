//! Reads the patterns of a `.rules` file: what stands after `when` and `let NAME =`.
//!
//! Not here: the lines around them ([`super`]).

use std::collections::BTreeMap;

use super::{Pattern, Test};

/// Reads a pattern; `lets` are those that have names.
pub fn parse_pattern(text: &str, lets: &BTreeMap<String, Pattern>) -> Result<Pattern, String> {
    let mut parser = Parser { text, at: 0, lets };
    let pattern = parser.alternatives()?;
    parser.space();
    if parser.at < text.len() {
        return Err(format!("`{}` is left over", &text[parser.at..]));
    }
    Ok(pattern)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    lets: &'a BTreeMap<String, Pattern>,
}

impl Parser<'_> {
    fn space(&mut self) {
        self.at += self.text[self.at..].len() - self.text[self.at..].trim_start().len();
    }

    fn eat(&mut self, token: &str) -> bool {
        let there = self.text[self.at..].starts_with(token);
        if there {
            self.at += token.len();
        }
        there
    }

    fn expect(&mut self, token: &str) -> Result<(), String> {
        self.space();
        if self.eat(token) { Ok(()) } else { Err(format!("`{token}` expected before `{}`", &self.text[self.at..])) }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn alternatives(&mut self) -> Result<Pattern, String> {
        let mut all = vec![self.sequence()?];
        loop {
            self.space();
            if !self.eat("|") {
                break;
            }
            all.push(self.sequence()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Pattern::Alternatives(all) })
    }

    fn sequence(&mut self) -> Result<Pattern, String> {
        let mut items = Vec::new();
        loop {
            self.space();
            match self.peek() {
                None | Some('|' | ')' | ']') => break,
                _ => items.push(self.item()?),
            }
        }
        match items.len() {
            0 => Err("an empty pattern".into()),
            1 => Ok(items.remove(0)),
            _ => Ok(Pattern::Sequence(items)),
        }
    }

    fn item(&mut self) -> Result<Pattern, String> {
        let mut pattern = self.primary()?;
        if self.eat("?") {
            pattern = Pattern::Repeat(Box::new(pattern), 0, 1);
        } else if self.peek() == Some('{') {
            self.at += 1;
            let min = self.number()?;
            let max = if self.eat(",") { self.number()? } else { min };
            self.expect("}")?;
            if min > max || max == 0 || max > 20 {
                return Err(format!("{{{min},{max}}} is no repeat: at most 20 times"));
            }
            pattern = Pattern::Repeat(Box::new(pattern), min as u8, max as u8);
        }
        if self.eat(":") {
            pattern = Pattern::Capture(Box::new(pattern), self.name()?);
        }
        Ok(pattern)
    }

    fn primary(&mut self) -> Result<Pattern, String> {
        for (opening, ahead, negative) in [("(?=", true, false), ("(?!", true, true), ("(?<=", false, false), ("(?<!", false, true)] {
            if self.eat(opening) {
                let pattern = Box::new(self.alternatives()?);
                self.expect(")")?;
                return Ok(Pattern::Look { ahead, negative, pattern });
            }
        }
        if self.eat("(") {
            let pattern = self.alternatives()?;
            self.expect(")")?;
            return Ok(pattern);
        }
        if self.eat("[") {
            let pattern = self.alternatives()?;
            self.expect("]")?;
            return Ok(Pattern::Mark(Box::new(pattern)));
        }
        if self.eat("^") {
            return Ok(Pattern::SentenceStart);
        }
        if self.eat("$") {
            return Ok(Pattern::SentenceEnd);
        }
        if self.eat("@") {
            let name = self.name()?;
            return self.lets.get(&name).cloned().ok_or_else(|| format!("no `let {name}` above"));
        }
        self.atom()
    }

    fn atom(&mut self) -> Result<Pattern, String> {
        let mut tests = Vec::new();
        let mut words = Vec::new();
        loop {
            let negative = self.eat("!");
            let last = self.eat("~");
            let test = match self.peek() {
                Some(quote @ ('"' | '\'')) => {
                    let literal = self.quoted(quote)?;
                    words.push(literal.clone());
                    if quote == '"' { Test::Word(literal.to_lowercase()) } else { Test::Exact(literal) }
                }
                Some('<') => self.range()?,
                Some(c) if c.is_ascii_uppercase() => {
                    let kind = self.name()?;
                    let class = if self.eat(".") { Some(self.name()?) } else { None };
                    Test::Kind(kind, class)
                }
                Some(c) if c.is_ascii_lowercase() => Test::Tag(self.name()?),
                other => {
                    return Err(format!("{} begins no pattern", other.map_or("the end".into(), |c| format!("`{c}`"))));
                }
            };
            let test = if last { Test::Last(Box::new(test)) } else { test };
            tests.push(if negative { Test::Not(Box::new(test)) } else { test });
            if !self.eat("&") {
                return Ok(Pattern::Atom(tests));
            }
        }
    }

    fn quoted(&mut self, quote: char) -> Result<String, String> {
        let rest = &self.text[self.at + 1..];
        // In '…' an apostrophe may stand inside; the quote that closes is one that a letter does not follow.
        let close = rest
            .char_indices()
            .filter(|(_, c)| *c == quote)
            .map(|(i, _)| i)
            .find(|i| quote == '"' || !rest[i + 1..].starts_with(char::is_alphanumeric))
            .ok_or("a quote that is not closed")?;
        self.at += close + 2;
        let literal = rest[..close].trim();
        if literal.is_empty() { Err("an empty word".into()) } else { Ok(literal.to_owned()) }
    }

    fn range(&mut self) -> Result<Test, String> {
        self.expect("<")?;
        let low = self.number()?;
        self.expect("-")?;
        let high = self.number()?;
        self.expect(">")?;
        Ok(Test::Range(low, high))
    }

    fn number(&mut self) -> Result<u32, String> {
        let digits = self.text[self.at..].bytes().take_while(u8::is_ascii_digit).count();
        let number =
            self.text[self.at..self.at + digits].parse().map_err(|_| format!("a number expected before `{}`", &self.text[self.at..]))?;
        self.at += digits;
        Ok(number)
    }

    fn name(&mut self) -> Result<String, String> {
        let len = self.text[self.at..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        if len == 0 {
            return Err(format!("a name expected before `{}`", &self.text[self.at..]));
        }
        let name = self.text[self.at..self.at + len].to_owned();
        self.at += len;
        Ok(name)
    }
}
