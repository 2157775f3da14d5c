//! Digits: the value of a token that begins with one, with either language's separators.
//!
//! "1.234,50" and "1,234.50" are plain; "1.234" is read in the language's own [`Style`] unless the
//! article shows the other one, which [`style_of`] finds out. Not here: what the letters glued to
//! the digits mean.

use crate::segment::token::is_apostrophe;

use super::lexicon::Style;

/// The digits of a token and what they are worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Digits {
    /// Their value.
    pub value: f64,
    /// Where in the token the letters glued to them begin.
    pub end: usize,
    /// Whether there is a separator in them.
    pub separated: bool,
}

/// Reads the digits at the start of `token`. None where the separators make no number ("192.168.1.2").
pub(super) fn read(token: &str, style: Style) -> Option<Digits> {
    let end = digits_end(token);
    let digits = &token[..end];
    if let Some(exponent) = exponent_end(token, end) {
        let value: f64 = token[..exponent].replace(',', ".").parse().ok()?;
        return value.is_finite().then_some(Digits { value, end: exponent, separated: true });
    }
    let marks = Marks::of(digits);
    let decimal = match marks.shape(style)? {
        Shape::Whole => None,
        Shape::Decimal => digits.rfind(|c: char| !c.is_ascii_digit()),
    };
    let plain: String = digits
        .char_indices()
        .filter_map(|(at, c)| if c.is_ascii_digit() { Some(c) } else { (Some(at) == decimal).then_some('.') })
        .collect();
    let value: f64 = plain.parse().ok()?;
    value.is_finite().then_some(Digits { value, end, separated: marks.count > 0 })
}

/// The style that an article's numbers show beyond doubt, else the language's own.
pub(super) fn style_of<'t>(numbers: impl Iterator<Item = &'t str>, own: Style) -> Style {
    let mut other = false;
    for token in numbers {
        match Marks::of(&token[..digits_end(token)]).plain_style() {
            Some(shown) if shown == own => return own,
            Some(_) => other = true,
            None => {}
        }
    }
    match (other, own) {
        (false, own) => own,
        (true, Style::Point) => Style::Comma,
        (true, Style::Comma) => Style::Point,
    }
}

/// The end of the digits and separators that a token begins with.
fn digits_end(token: &str) -> usize {
    token.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',') || is_apostrophe(c))).unwrap_or(token.len())
}

/// The end of a number in scientific notation ("1e10").
fn exponent_end(token: &str, digits: usize) -> Option<usize> {
    let power = token[digits..].strip_prefix(['e', 'E'])?;
    let plain = token[..digits].bytes().filter(|b| !b.is_ascii_digit()).count() <= 1;
    (plain && !power.is_empty() && power.len() <= 2 && power.bytes().all(|b| b.is_ascii_digit())).then_some(token.len())
}

enum Shape {
    Whole,
    Decimal,
}

/// The separators of a run of digits, in short.
struct Marks {
    /// How many there are.
    count: usize,
    /// Of what character the last one is, and how many of that character there are.
    last: Option<(char, usize)>,
    /// Of what character the others are, if it is one.
    first: Option<char>,
    /// Whether more than two characters are used, or one returns after another.
    mixed: bool,
    /// Whether every group between separators of the first character is of three digits (two in India, but for the last).
    grouped: bool,
    /// Digits before the first separator.
    head: usize,
    /// Digits after the last separator.
    tail: usize,
    /// Whether the digits begin with a nought.
    nought: bool,
    /// Whether the last group is all noughts.
    round: bool,
}

impl Marks {
    fn of(digits: &str) -> Self {
        let seps: Vec<(usize, char)> = digits.char_indices().filter(|(_, c)| !c.is_ascii_digit()).collect();
        let groups: Vec<&str> = digits.split(|c: char| !c.is_ascii_digit()).collect();
        let (first, last) = (seps.first().map(|s| s.1), seps.last().map(|s| s.1));
        let lasts = seps.iter().filter(|s| Some(s.1) == last).count();
        let switches = seps.windows(2).filter(|w| w[0].1 != w[1].1).count();
        // Groups that separators of the first kind close: all but the decimals, if those differ.
        let inner = if first == last { &groups[1..] } else { &groups[1..groups.len() - 1] };
        let thousands = inner.iter().all(|g| g.len() == 3);
        let indian = inner.len() > 1 && inner.last().is_some_and(|g| g.len() == 3) && inner[..inner.len() - 1].iter().all(|g| g.len() == 2);
        let tail = groups.last().copied().unwrap_or("");
        Self {
            count: seps.len(),
            last: last.map(|c| (c, lasts)),
            first,
            mixed: switches > 1 || (switches == 1 && lasts > 1),
            grouped: (thousands || indian) && groups[0].len() <= 3 && !groups[0].is_empty(),
            head: groups[0].len(),
            tail: tail.len(),
            nought: groups[0].starts_with('0'),
            round: tail.bytes().all(|b| b == b'0'),
        }
    }

    fn shape(&self, style: Style) -> Option<Shape> {
        let Some((last, lasts)) = self.last else { return Some(Shape::Whole) };
        if self.mixed || self.first != Some(last) {
            let plain = !self.mixed && self.grouped && !is_apostrophe(last);
            return plain.then_some(Shape::Decimal);
        }
        if is_apostrophe(last) || lasts > 1 {
            return self.grouped.then_some(Shape::Whole);
        }
        let may_group = self.tail == 3 && self.head <= 3 && !self.nought;
        let groups = last == if style == Style::Point { ',' } else { '.' };
        // "30.000" in English is thirty thousand as an Italian writes it: nobody writes three noughts after the point.
        if may_group && (groups || self.round) { Some(Shape::Whole) } else { Some(Shape::Decimal) }
    }

    /// The style shown where both characters are used, or one of them twice.
    fn plain_style(&self) -> Option<Style> {
        let (last, lasts) = self.last?;
        let group = if self.mixed || !self.grouped {
            return None;
        } else if self.first != Some(last) {
            self.first?
        } else if lasts > 1 {
            last
        } else {
            return None;
        };
        match group {
            ',' => Some(Style::Point),
            '.' => Some(Style::Comma),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(token: &str, style: Style) -> Option<f64> {
        read(token, style).map(|d| d.value)
    }

    #[test]
    fn separators_of_both_languages() {
        for (token, point, comma) in [
            ("42", Some(42.0), Some(42.0)),
            ("1,234.50", Some(1234.5), Some(1234.5)),
            ("1.234,50", Some(1234.5), Some(1234.5)),
            ("1.234", Some(1.234), Some(1234.0)),
            ("1,234", Some(1234.0), Some(1.234)),
            ("30.000", Some(30000.0), Some(30000.0)),
            ("5,000", Some(5000.0), Some(5000.0)),
            ("2,5", Some(2.5), Some(2.5)),
            ("2.5", Some(2.5), Some(2.5)),
            ("0.125", Some(0.125), Some(0.125)),
            ("1,234,567", Some(1234567.0), Some(1234567.0)),
            ("12,34,567.89", Some(1234567.89), Some(1234567.89)),
            ("1’234’567", Some(1234567.0), Some(1234567.0)),
            ("192.168.1.2", None, None),
            ("27.11.2024", None, None),
            ("22,24,26,31", None, None),
            ("1e10", Some(1e10), Some(1e10)),
            (&format!("{}e99", "9".repeat(300)), None, None),
            ("7.20000", Some(7.2), Some(7.2)),
        ] {
            assert_eq!((value(token, Style::Point), value(token, Style::Comma)), (point, comma), "{token}");
        }
    }

    #[test]
    fn letters_begin_where_digits_end() {
        for (token, letters) in [("5mila", "mila"), ("35enne", "enne"), ("1.2bn", "bn"), ("15km", "km"), ("22", "")] {
            let digits = read(token, Style::Comma).expect(token);
            assert_eq!(&token[digits.end..], letters);
        }
    }

    #[test]
    fn the_article_shows_its_style() {
        let style = |text: &str, own| style_of(text.split(' '), own);
        assert_eq!(style("1,234 1,234.50", Style::Comma), Style::Point);
        assert_eq!(style("1.234.567 1.5", Style::Point), Style::Comma);
        assert_eq!(style("2.5 1,234", Style::Comma), Style::Comma);
    }
}
