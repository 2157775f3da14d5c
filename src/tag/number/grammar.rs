//! How the parts of a number make a value: one grammar for both languages.
//!
//! A number is groups below a thousand with their scales, falling ("two million · three hundred
//! thousand · twenty-one"), or one of the looser forms: fractions, ranks, "dozens", "una ventina".
//! The longest reading from the first part wins; parts that do not fit are left for the next
//! number ("4000 3 hundred" is two). Not here: where the parts come from, and the looser forms
//! ([`super::forms`]).

use super::Class;
use super::lexicon::Part;
use super::read::{Atom, Run};

/// What a run begins with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// Its value.
    pub value: f64,
    /// Its class.
    pub class: Class,
    /// How many parts it takes.
    pub atoms: usize,
}

/// The number that `run` begins with.
pub(super) fn number(run: &Run) -> Option<Found> {
    let grammar = Grammar { atoms: &run.atoms, word_follows: run.word_follows };
    let found = grammar.number()?;
    // A number ends where a token does.
    grammar.atoms[found.atoms - 1].closes.then_some(found)
}

/// A whole number or decimal, and what may join it.
#[derive(Clone, Copy)]
pub(super) struct Cardinal {
    /// What it is worth.
    pub value: f64,
    /// The part after it.
    pub end: usize,
    /// The scale that the last group has, which "and a half" halves.
    scale: f64,
    /// What a rank after it must be below ("twenty" + "first").
    pub place: f64,
    /// Whether it is one token of digits and nothing else.
    pub digits: bool,
}

/// Up to 999, or digits.
#[derive(Clone, Copy)]
struct Group {
    value: f64,
    end: usize,
    place: f64,
    digits: bool,
    hundreds: bool,
}

/// The parts of a run, seen by the grammar.
pub(super) struct Grammar<'a> {
    /// The parts.
    pub atoms: &'a [Atom],
    /// Whether a word follows them.
    pub word_follows: bool,
}

impl Grammar<'_> {
    pub(super) fn part(&self, at: usize) -> Option<Part> {
        self.atoms.get(at).map(|a| a.part)
    }

    pub(super) fn is(&self, at: usize, parts: &[Part]) -> bool {
        self.part(at).is_some_and(|p| parts.contains(&p))
    }

    pub(super) fn value(&self, at: usize) -> f64 {
        self.atoms.get(at).map_or(0.0, |a| a.value)
    }

    /// Past a hyphen at `at` that joins what stands before and after it.
    pub(super) fn past_hyphen(&self, at: usize) -> usize {
        let joins = self.is(at, &[Part::Hyphen]) && self.atoms.get(at + 1).is_some_and(|next| next.glued == self.atoms[at].glued);
        at + usize::from(joins)
    }

    pub(super) fn past(&self, at: usize, parts: &[Part]) -> usize {
        at + usize::from(self.is(at, parts))
    }

    fn number(&self) -> Option<Found> {
        let found = |value, class, atoms| Some(Found { value, class, atoms });
        match self.part(0)? {
            Part::Minus if self.bar(1).is_some() => {
                let (value, end) = self.bar(1)?;
                return found(-value, Class::Words, end);
            }
            Part::Minus => {
                let after = self.cardinal(1)?;
                return found(-after.value, Class::Words, after.end);
            }
            Part::MaybeMinus if self.is(1, &[Part::Digits]) => {
                let after = self.cardinal(1)?;
                return found(-after.value, Class::Words, after.end);
            }
            _ => {}
        }
        if let Some(loose) = self.loose() {
            return Some(loose);
        }
        if let Some(fraction) = self.fraction() {
            return Some(fraction);
        }
        let Some(cardinal) = self.cardinal(0) else { return self.without_cardinal() };
        if let Some(rank) = self.rank(&cardinal) {
            return Some(rank);
        }
        let class = match self.atoms[..cardinal.end] {
            [Atom { part: Part::One | Part::AOne, .. }] => Class::Article,
            _ if cardinal.digits => Class::Digits,
            _ => Class::Words,
        };
        found(cardinal.value, class, cardinal.end)
    }

    /// The longest whole or decimal number from `start`.
    pub(super) fn cardinal(&self, start: usize) -> Option<Cardinal> {
        let mut number = self.groups(start)?;
        if let Some((decimals, end)) = self.spoken_decimals(&number) {
            let (scale, end) = self.scales(end);
            number = Cardinal { value: super::scaled(super::exact(number.value, &decimals), scale), end, scale, place: 1.0, digits: false };
        }
        if let Some((tail, end)) = self.tail(&number) {
            let (scale, end) = self.scales(end);
            let value = super::scaled(number.value + tail * number.scale, scale);
            number = Cardinal { value, end, scale: number.scale * scale, place: 1.0, digits: false };
        }
        Some(number)
    }

    /// Groups and their scales, falling.
    fn groups(&self, start: usize) -> Option<Cardinal> {
        let mut sum: Option<Cardinal> = None;
        let mut at = start;
        loop {
            let joined = sum.is_some() && self.is(at, &[Part::And]);
            let Some(group) = self.group(at + usize::from(joined), sum.is_none()) else { break };
            let (scale, end) = self.scales(group.end);
            let value = super::scaled(group.value, scale);
            let alone = scale == 1.0 && !group.hundreds;
            match &mut sum {
                None => {
                    sum = Some(Cardinal {
                        value,
                        end,
                        scale,
                        place: if scale > 1.0 { scale } else { group.place },
                        digits: group.digits && end == start + 1,
                    })
                }
                Some(sum) => {
                    // Digits after words, or words after digits, join only with a scale of their own.
                    let next = self.past_hyphen(end);
                    let part_of = if group.value == 1.0 { [Part::Denominator, Part::Half, Part::Ordinal] } else { [Part::Denominator; 3] };
                    let tail = joined && alone && self.is(next, &part_of);
                    // "52 thousand 417" is one number, three digits filling the three places that the thousand leaves.
                    let fills = !joined && group.digits && sum.scale == 1000.0 && (100.0..1000.0).contains(&group.value);
                    let strays = tail || alone && !fills && (group.digits || self.is(start, &[Part::Digits]));
                    if strays || value >= sum.scale {
                        break;
                    }
                    *sum = Cardinal {
                        value: sum.value + value,
                        end,
                        scale,
                        place: if scale > 1.0 { scale } else { group.place },
                        digits: false,
                    };
                }
            }
            at = end;
            if scale == 1.0 {
                break;
            }
        }
        sum
    }

    /// The scales from `at`, multiplied ("three lakh crore").
    pub(super) fn scales(&self, at: usize) -> (f64, usize) {
        let (mut value, mut end) = (1.0, at);
        loop {
            let next = if end == at { self.past_hyphen(end) } else { end };
            if !self.is(next, &[Part::Scale, Part::FullScale, Part::Multiple]) {
                return (value, end);
            }
            value *= self.value(next);
            end = next + 1;
        }
    }

    /// A group below a thousand, or digits, from `at`.
    fn group(&self, at: usize, first: bool) -> Option<Group> {
        match self.part(at)? {
            Part::Digits => {
                let value = self.value(at);
                let plain = Group { value, end: at + 1, place: 1.0, digits: true, hundreds: false };
                let hundreds = self.is(at + 1, &[Part::Hundred]) && value < 100.0;
                Some(if hundreds { self.hundreds(value, at + 2, true) } else { plain })
            }
            Part::A if self.is(at + 1, &[Part::Hundred]) => Some(self.hundreds(1.0, at + 2, false)),
            Part::A if self.is(at + 1, &[Part::Scale]) => {
                Some(Group { value: 1.0, end: at + 1, place: 1.0, digits: false, hundreds: false })
            }
            // "mille" is a scale with its one unsaid.
            Part::FullScale => Some(Group { value: 1.0, end: at, place: 1.0, digits: false, hundreds: false }),
            Part::FullHundred => Some(self.hundreds(1.0, at + 1, false)),
            Part::Hundred if self.small(at + 1).is_some() => Some(self.hundreds(1.0, at + 1, false)),
            _ => {
                let (value, end, place) = self.small(at).filter(|s| s.0 > 0.0 || first)?;
                let next = self.past_hyphen(end);
                let hundreds = self.is(next, &[Part::Hundred, Part::FullHundred]) && value > 0.0;
                Some(if hundreds {
                    self.hundreds(value, next + 1, false)
                } else {
                    Group { value, end, place, digits: false, hundreds: false }
                })
            }
        }
    }

    /// So many hundreds, and what follows them.
    fn hundreds(&self, count: f64, at: usize, digits: bool) -> Group {
        let plain = Group { value: count * 100.0, end: at, place: 100.0, digits, hundreds: true };
        let rest = self.past(at, &[Part::And]);
        let digit = self.is(rest, &[Part::Digits]) && digits && rest > at && self.value(rest) < 100.0 && !self.atoms[rest].separated;
        let small = if digit { Some((self.value(rest), rest + 1, 1.0)) } else { self.small(rest) };
        let Some((value, end, place)) = small.filter(|s| s.0 > 0.0) else { return plain };
        // "two hundred and three hundred" are two numbers; "a hundred and two thirds" has a tail, "a hundred and seven fifths" none.
        let next = self.past_hyphen(end);
        let tail = self.is(next, &[Part::Denominator]) && value < self.value(next);
        if tail || self.is(next, &[Part::Hundred, Part::FullHundred]) {
            return plain;
        }
        Group { value: plain.value + value, end, place, ..plain }
    }

    /// A number below a hundred in words: its value, its end, and what a rank after it must be below.
    fn small(&self, at: usize) -> Option<(f64, usize, f64)> {
        let value = self.value(at);
        match self.part(at)? {
            Part::Zero => Some((0.0, at + 1, 0.0)),
            Part::Unit | Part::Teen | Part::One | Part::AOne => Some((value, at + 1, 1.0)),
            part @ (Part::Ten | Part::Elided) => {
                let next = self.past_hyphen(at + 1);
                // "venti uno" is no number, but "ventuno", "vent uno" and "venti uno mila" are.
                let article =
                    self.is(next, &[Part::AOne]) && part == Part::Ten && !self.atoms[next].glued && !self.is(next + 1, &[Part::Scale]);
                if self.is(next, &[Part::Unit, Part::One, Part::AOne]) && !article {
                    return Some((value + self.value(next), next + 1, 1.0));
                }
                (part == Part::Ten).then_some((value, at + 1, 10.0))
            }
            _ => None,
        }
    }

    /// The decimals spoken after a number ("point two five", "virgola trecento").
    fn spoken_decimals(&self, number: &Cardinal) -> Option<(String, usize)> {
        if !self.is(number.end, &[Part::Point]) || number.value.fract() != 0.0 {
            return None;
        }
        let (mut decimals, mut at) = (String::new(), number.end + 1);
        while decimals.len() < 15 {
            if self.is(at, &[Part::Letter]) {
                decimals.push('0');
                at += 1;
            } else if let Some(group) = self.group(at, true).filter(|g| g.end > at && g.value.fract() == 0.0) {
                decimals.push_str(&format!("{}", group.value));
                at = group.end;
            } else {
                break;
            }
        }
        (!decimals.is_empty()).then_some((decimals, at))
    }

    /// The fraction that follows a number: "and a half", "e tre quarti", "1/4", "½".
    fn tail(&self, number: &Cardinal) -> Option<(f64, usize)> {
        let at = number.end;
        let whole = number.value.fract() == 0.0 || number.scale > 1.0;
        if !whole {
            return None;
        }
        if self.is(at, &[Part::Vulgar]) && number.digits {
            return Some((self.value(at), at + 1));
        }
        if let (true, Some(bar)) = (number.digits && !self.atoms[at - 1].separated, self.bar(at)) {
            return Some(bar);
        }
        // "two-and-a-half" is hyphenated throughout.
        let and = self.past_hyphen(at);
        if !self.is(and, &[Part::And]) {
            return None;
        }
        let after = self.past_hyphen(and + 1);
        let one = self.past(after, &[Part::A, Part::One, Part::AOne]);
        let half = self.past_hyphen(one);
        if self.is(half, &[Part::Half]) {
            let scaled = self.is(half + 1, &[Part::Scale, Part::FullScale]) && number.scale > 1.0;
            let (scale, end) = if scaled { self.scales(half + 1) } else { (number.scale, half + 1) };
            return Some((self.value(half) * scale / number.scale, end));
        }
        if let Some(vulgar) = self.bar(after) {
            return Some(vulgar);
        }
        if one > after || self.is(one, &[Part::Denominator]) {
            let (parts, end, _) = self.denominator(half)?;
            return Some((1.0 / parts, end));
        }
        let (count, end, _) = self.small(after).filter(|s| s.0 > 1.0)?;
        let (parts, end, singular) = self.denominator(self.past_hyphen(end))?;
        if singular || count >= parts {
            return None;
        }
        // "one billion and three quarters million" has a scale of its own for its tail.
        let (scale, after) = self.scales(end);
        Some(if scale > 1.0 && scale < number.scale { (count / parts * scale / number.scale, after) } else { (count / parts, end) })
    }
}
