//! Reads tokens as the parts of a number: digits, words, the letters glued to either, and marks.
//!
//! One call reads one run: the longest row of tokens from a given one that might all belong to a
//! number. Which of them do is for [`super::grammar`] to say.

use crate::segment::token::{Token, TokenKind, key};
use crate::span::Span;

use super::digits::{self, Digits};
use super::lexicon::{Lexicon, NumWord, Part, Style};

/// One part of a number, and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom {
    /// What it is.
    pub part: Part,
    /// What it is worth.
    pub value: f64,
    /// Its token; the last one, where thousands are set apart by spaces.
    pub token: u32,
    /// Whether its token ends with it, but for letters of another sense.
    pub closes: bool,
    /// Whether no space stands before it.
    pub glued: bool,
    /// Whether its digits have separators in them.
    pub separated: bool,
}

/// Letters glued to a number that are not part of it: a unit ("15km"), a noun ("270agents").
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rest {
    /// Where the letters stand.
    pub span: Span,
    /// What they would multiply the number by, should they be a scale after all ("35m").
    pub scale: Option<f64>,
}

/// A run of parts, the letters that ended it, and whether a word follows it.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// The parts.
    pub atoms: Vec<Atom>,
    /// The letters glued to the last of them.
    pub rest: Option<Rest>,
    /// Whether the token after the run is a word on the same line.
    pub word_follows: bool,
}

/// More parts than any number has; a run is cut there.
const MOST_ATOMS: usize = 48;

/// What is needed to read a run.
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub lexicon: &'a Lexicon,
    pub style: Style,
}

impl Reader<'_> {
    /// The run that begins at token `first`, before token `end`; empty where no number can begin.
    pub fn run(&self, first: usize, end: usize) -> Run {
        let mut run = Run::default();
        let mut at = first;
        while let Some(token) = self.tokens[..end].get(at) {
            if run.atoms.len() >= MOST_ATOMS || (at > first && token.breaks > 1) {
                break;
            }
            let read = match token.kind {
                TokenKind::Number => self.digits(at, &mut run),
                TokenKind::Word => self.word(at, &mut run),
                TokenKind::Mark => self.mark(at, at == first, &mut run),
                TokenKind::Address => 0,
            };
            at += read;
            if read == 0 || run.rest.is_some() {
                break;
            }
        }
        run.word_follows = self.tokens[..end].get(at).is_some_and(|t| t.kind == TokenKind::Word && t.breaks == 0);
        run
    }

    fn push(&self, run: &mut Run, at: usize, word: NumWord, closes: bool) {
        let glued = !self.tokens[at].spaced;
        run.atoms.push(Atom { part: word.part, value: word.value, token: at as u32, closes, glued, separated: false });
    }

    /// Reads a token of digits and what is glued to it; returns how many tokens were read.
    fn digits(&self, at: usize, run: &mut Run) -> usize {
        let token = &self.tokens[at];
        let text = token.of(self.text);
        let Some(number) = digits::read(text, self.style) else { return 0 };
        let (value, last) = self.spaced_thousands(at, &number);
        let (value, last) = match &text[number.end..] {
            "" => self.powered(value, last),
            "e" | "E" => self.scientific(value, at),
            _ => (value, last),
        };
        let letters = if last == at { &text[number.end..] } else { "" };
        let digits = Atom {
            part: Part::Digits,
            value,
            token: last as u32,
            closes: true,
            glued: !token.spaced,
            separated: number.separated || last > at,
        };
        run.atoms.push(digits);
        if !letters.is_empty() {
            let span = Span::new(token.start + number.end as u32, token.end);
            match self.lexicon.suffix(letters).or_else(|| self.glued_scale(letters)) {
                Some(NumWord { part: Part::ScaleOrUnit, value }) => run.rest = Some(Rest { span, scale: Some(value) }),
                Some(word) => {
                    if let Some(digits) = run.atoms.last_mut() {
                        digits.closes = false;
                    }
                    self.push(run, at, word, true);
                }
                None => run.rest = Some(Rest { span, scale: None }),
            }
        }
        last + 1 - at
    }

    /// A value with the power of ten that multiplies it after token `at`, if one does ("2 × 10⁶", "2 x 10^6", "2×10−6").
    fn powered(&self, value: f64, at: usize) -> (f64, usize) {
        if self.glued(at + 1) == Some("^") {
            return self.raised(value, at);
        }
        let glued = |at: usize| self.glued(at);
        let is_times = |t: &&Token| matches!(t.of(self.text), "×" | "x" | "·" | "*");
        if self.tokens.get(at + 1).is_none_or(|t| !is_times(&t)) {
            return (value, at);
        }
        let mut last = at + 2;
        let base = self.tokens.get(last).map_or("", |t| t.of(self.text));
        let Some(raised) = base.strip_prefix("10") else { return (value, at) };
        let mut power: String = raised.chars().filter_map(superscript).collect();
        if let Some(next) = glued(last + 1).filter(|next| power.is_empty() && next.chars().all(|c| superscript(c).is_some())) {
            power = next.chars().filter_map(superscript).collect();
            last += 1;
        } else if power.is_empty() {
            last += usize::from(glued(last + 1) == Some("^"));
            let minus = matches!(glued(last + 1), Some("-" | "−" | "–"));
            last += usize::from(minus);
            let digits = glued(last + 1).filter(|d| last > at + 2 && d.len() < 3 && d.bytes().all(|b| b.is_ascii_digit()));
            last += 1;
            power = digits.map_or(String::new(), |digits| format!("{}{digits}", if minus { "-" } else { "" }));
        }
        format!("{value}e{power}").parse().map_or((value, at), |value| (value, last))
    }

    /// A value with the signed exponent after the letter that its token ends with, if one stands there ("12.3e+14").
    fn scientific(&self, value: f64, at: usize) -> (f64, usize) {
        let sign = match self.glued(at + 1) {
            Some("+") => "",
            Some("-" | "−") => "-",
            _ => return (value, at),
        };
        let power = self.glued(at + 2).filter(|power| power.len() < 3).and_then(|power| power.parse::<u8>().ok());
        let raised = power.and_then(|power| format!("{value}e{sign}{power}").parse().ok());
        raised.map_or((value, at), |raised| (raised, at + 2))
    }

    /// A value raised to the power after the sign that follows token `at` ("1.5^2").
    fn raised(&self, value: f64, at: usize) -> (f64, usize) {
        let mut last = at + 2;
        let mut negative = false;
        while let Some(sign @ ("+" | "-" | "−")) = self.glued(last) {
            negative ^= sign != "+";
            last += 1;
        }
        let Some(power) = self.glued(last).filter(|power| power.len() < 3).and_then(|power| power.parse::<i32>().ok()) else {
            return (value, at);
        };
        let raised = value.powi(if negative { -power } else { power });
        if raised.is_finite() { (raised, last) } else { (value, at) }
    }

    /// The text of token `at`, if no space stands before it.
    fn glued(&self, at: usize) -> Option<&str> {
        self.tokens.get(at).filter(|t| !t.spaced).map(|t| t.of(self.text))
    }

    /// A number word glued to digits that multiplies them ("22milioni").
    fn glued_scale(&self, letters: &str) -> Option<NumWord> {
        self.lexicon.word(&key(letters)).filter(|w| matches!(w.part, Part::Scale | Part::Multiple | Part::Hundred))
    }

    /// Digits whose thousands are set apart by single spaces ("30 000", "6 700,54").
    fn spaced_thousands(&self, at: usize, head: &Digits) -> (f64, usize) {
        let text = self.tokens[at].of(self.text);
        let (mut value, mut last) = (head.value, at);
        if head.separated || text.len() > 3 || head.end != text.len() || text.starts_with('0') {
            return (value, at);
        }
        while let Some(next) = self.tokens.get(last + 1) {
            let gap = &self.text[self.tokens[last].end as usize..next.start as usize];
            let group = next.of(self.text);
            let digits = group.bytes().take_while(u8::is_ascii_digit).count();
            let one_space = gap.chars().count() == 1 && next.breaks == 0;
            let Some(tail) = digits::read(group, self.style).filter(|t| digits == 3 && t.end == group.len()) else { break };
            if !one_space || next.kind != TokenKind::Number {
                break;
            }
            let decimals = if digits == group.len() { "" } else { &group[digits + 1..] };
            if !decimals.bytes().all(|b| b.is_ascii_digit()) || (tail.separated && decimals.len() == 3) {
                break;
            }
            let fraction: f64 = format!("0.{decimals}0").parse().unwrap_or(0.0);
            value = value * 1000.0 + group[..3].parse::<f64>().unwrap_or(0.0) + fraction;
            last += 1;
            if tail.separated {
                break;
            }
        }
        (value, last)
    }

    fn word(&self, at: usize, run: &mut Run) -> usize {
        // Capitals differ from small letters in a bit that the test leaves out; accents begin no number word.
        if run.atoms.is_empty() && !self.lexicon.may_begin(self.tokens[at].of(self.text)) {
            return 0;
        }
        let folded = key(self.tokens[at].of(self.text));
        let word = folded.trim_end_matches('.');
        if let Some(entry) = self.lexicon.word(word) {
            if matches!(entry.part, Part::Minus | Part::MaybeMinus) && self.after_or(at) {
                return 0;
            }
            self.push(run, at, entry, true);
            return 1;
        }
        let Some(parts) = self.lexicon.split(word) else { return 0 };
        let last = parts.len() - 1;
        for (nth, part) in parts.into_iter().enumerate() {
            self.push(run, at, part, nth == last);
            if let (true, Some(atom)) = (nth > 0, run.atoms.last_mut()) {
                atom.glued = true;
            }
        }
        1
    }

    /// Whether the token before `at` says "or".
    fn after_or(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| key(self.tokens[before].of(self.text)));
        before.and_then(|before| self.lexicon.word(&before)).is_some_and(|word| word.part == Part::Or)
    }

    fn mark(&self, at: usize, first: bool, run: &mut Run) -> usize {
        let token = &self.tokens[at];
        let Some(c) = token.of(self.text).chars().next() else { return 0 };
        let next_digits = self.tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Number && !t.spaced);
        let word = |part, value| NumWord { part, value };
        let entry = match c {
            '-' | '−' if first => {
                let before = at.checked_sub(1).map(|b| &self.tokens[b]);
                // "20 -30" is a range; "Index 50 -1.3" is none.
                let digits = |t: &Token| t.of(self.text).bytes().all(|b| b.is_ascii_digit());
                let decimal = |t: &Token| t.of(self.text).contains(['.', ',']);
                let after = |b: &Token| b.kind != TokenKind::Number || (digits(b) && self.tokens.get(at + 1).is_some_and(decimal));
                let free = before.is_none_or(|b| b.kind == TokenKind::Mark || (token.spaced && after(b)));
                if !next_digits || !free {
                    return 0;
                }
                word(Part::Minus, -1.0)
            }
            '.' | ',' if first => return self.bare_decimals(at, run),
            '-' | '‐' | '‑' | '—' if !first => word(Part::Hyphen, 0.0),
            '/' | '⁄' if !first => word(Part::Bar, 0.0),
            'º' | 'ª' if !first && !token.spaced => word(Part::OrdinalMark, 0.0),
            _ => match vulgar(c) {
                Some(value) => word(Part::Vulgar, value),
                None => return 0,
            },
        };
        self.push(run, at, entry, true);
        1
    }

    /// Decimals without a nought before them (".534").
    fn bare_decimals(&self, at: usize, run: &mut Run) -> usize {
        let mark = &self.tokens[at];
        let Some(next) = self.tokens.get(at + 1).filter(|t| mark.spaced && !t.spaced && t.kind == TokenKind::Number) else { return 0 };
        let digits = next.of(self.text);
        let whole = mark.end - mark.start == 1 && digits.bytes().all(|b| b.is_ascii_digit());
        let Some(value) = whole.then(|| format!("0.{digits}").parse().ok()).flatten() else { return 0 };
        run.atoms.push(Atom { part: Part::Digits, value, token: at as u32 + 1, closes: true, glued: false, separated: true });
        2
    }
}

/// The digit or sign that a raised character is.
fn superscript(c: char) -> Option<char> {
    Some(match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => char::from(b'4' + (c as u32 - '⁴' as u32) as u8),
        '⁻' => '-',
        _ => return None,
    })
}

/// The value of a fraction written as one character.
fn vulgar(c: char) -> Option<f64> {
    Some(match c {
        '½' => 1.0 / 2.0,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '¼' => 1.0 / 4.0,
        '¾' => 3.0 / 4.0,
        '⅕' => 1.0 / 5.0,
        '⅖' => 2.0 / 5.0,
        '⅗' => 3.0 / 5.0,
        '⅘' => 4.0 / 5.0,
        '⅙' => 1.0 / 6.0,
        '⅚' => 5.0 / 6.0,
        '⅛' => 1.0 / 8.0,
        '⅜' => 3.0 / 8.0,
        '⅝' => 5.0 / 8.0,
        '⅞' => 7.0 / 8.0,
        _ => return None,
    })
}
