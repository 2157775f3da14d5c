//! The forms of a number that are no plain cardinal: loose numbers, fractions, ranks and ages.
//!
//! The cardinals that they are made of are [`super::grammar`]'s. Not here: what a fraction is a part of.

use super::Class;
use super::grammar::{Cardinal, Found, Grammar};
use super::lexicon::Part;

impl Grammar<'_> {
    /// A rank, or a scale, that no number stands before.
    pub(super) fn without_cardinal(&self) -> Option<Found> {
        let class = match self.part(0)? {
            Part::Ordinal | Part::OrdinalJoined => Class::Ordinal,
            // "quarter-mile"
            Part::Denominator if self.is(1, &[Part::Hyphen]) && self.atoms[1].glued && self.atoms.len() == 2 && self.word_follows => {
                return Some(Found { value: 1.0 / self.value(0), class: Class::Half, atoms: 1 });
            }
            Part::Hundred | Part::Scale | Part::Approx => Class::Bare,
            _ => return None,
        };
        Some(Found { value: self.value(0), class, atoms: 1 })
    }

    /// "Dozens", "tens of thousands", "una ventina", "half a million", "a couple".
    pub(super) fn loose(&self) -> Option<Found> {
        let article = self.past(0, &[Part::A, Part::One, Part::AOne]);
        let found = |value, class, atoms| Some(Found { value, class, atoms });
        match self.part(article)? {
            Part::Multiple if article == 0 => {
                let (value, end) = self.of_multiple(0);
                found(value, Class::Multiple, end)
            }
            Part::Approx if article == 1 => {
                let (value, end) = self.of_multiple(article);
                found(value, Class::Approx, end)
            }
            Part::Couple if article == 1 => found(self.value(1), Class::Couple, 2),
            Part::Half => {
                let scale = self.past(self.past_hyphen(article + 1), &[Part::A, Part::AOne]);
                if !self.is(scale, &[Part::Hundred, Part::Scale, Part::FullScale, Part::Approx]) {
                    return found(self.value(article), Class::Half, article + 1);
                }
                let (scales, end) = self.scales(scale);
                let (scales, end) = if end == scale { (self.value(scale), scale + 1) } else { (scales, end) };
                found(self.value(article) * scales, Class::Words, end)
            }
            Part::Denominator | Part::Ordinal => {
                let of = self.past(article + 1, &[Part::Of]);
                let scale = self.past(of, &[Part::A, Part::AOne]);
                let plain = self.part(article) == Some(Part::Denominator) || of > article + 1;
                if !plain || !self.is(scale, &[Part::Scale]) || self.value(scale) < 1000.0 {
                    return None;
                }
                let (scales, end) = self.scales(scale);
                found(scales / self.value(article), Class::Words, end)
            }
            _ => None,
        }
    }

    /// A loose plural or noun, and the larger ones it counts ("decine di migliaia").
    fn of_multiple(&self, at: usize) -> (f64, usize) {
        let (mut value, mut end) = (self.value(at), at + 1);
        while self.is(end, &[Part::Of]) && self.is(end + 1, &[Part::Multiple]) {
            value *= self.value(end + 1);
            end += 2;
        }
        // "decine e decine" are no more than "decine".
        if self.is(end, &[Part::And]) && self.is(end + 1, &[Part::Multiple]) && self.value(end + 1) == self.value(at) {
            end += 2;
        }
        (value, end)
    }

    /// "a third of", "two-thirds", "1/4", "¾", "tre ventesimi".
    pub(super) fn fraction(&self) -> Option<Found> {
        let found = |value, atoms| Some(Found { value: super::rounded(value), class: Class::Fraction, atoms });
        if self.is(0, &[Part::Vulgar]) {
            return found(self.value(0), 1);
        }
        if let Some((value, end)) = self.bar(0) {
            return found(value, end);
        }
        let one = self.past(0, &[Part::A, Part::One, Part::AOne]);
        let at = self.past_hyphen(1);
        if let Some((parts, end, singular)) = self.denominator(at).filter(|_| one == 1) {
            // "a third man" is a rank, "a third of them" and "one third" are fractions.
            let plain = !singular
                || at > 1
                || self.is(0, &[Part::One])
                || self.is(end, &[Part::Of])
                || (end == self.atoms.len() && !self.word_follows);
            return if plain { found(1.0 / parts, end) } else { None };
        }
        let count = self.cardinal(0).filter(|c| c.value >= 2.0 && c.value.fract() == 0.0)?;
        let (parts, end, singular) = self.denominator(self.past_hyphen(count.end))?;
        // "four quarters" and "two halves" are as a rule no fractions.
        (!singular && (count.value < parts || parts > 4.0)).then(|| found(count.value / parts, end)).flatten()
    }

    /// What a whole is divided into, at `at`; and whether the word is singular, thus also a rank.
    pub(super) fn denominator(&self, at: usize) -> Option<(f64, usize, bool)> {
        match self.part(at)? {
            Part::Denominator => return Some((self.value(at), at + 1, false)),
            Part::Ordinal if self.value(at) > 2.0 => return Some((self.value(at), at + 1, true)),
            _ => {}
        }
        if let Some((parts, end)) = self.joined_denominator(at) {
            return Some((parts, end, false));
        }
        let number = self.cardinal(at)?;
        match self.part(number.end)? {
            Part::DenominatorEnding => Some((number.value, number.end + 1, false)),
            Part::OrdinalEnding => Some((number.value, number.end + 1, true)),
            _ => None,
        }
    }

    /// A ten and the parts that it is joined to ("twenty-fifths").
    fn joined_denominator(&self, at: usize) -> Option<(f64, usize)> {
        let parts = self.past_hyphen(at + 1);
        let joins = self.is(at, &[Part::Ten]) && self.is(parts, &[Part::Denominator]) && self.value(parts) < 10.0;
        joins.then(|| (self.value(at) + self.value(parts), parts + 1))
    }

    /// Digits, a bar and digits that plainly are a fraction, not a date or the number of a law.
    pub(super) fn bar(&self, at: usize) -> Option<(f64, usize)> {
        let whole = |at: usize| self.atoms.get(at).filter(|a| a.part == Part::Digits && a.closes && !a.separated && a.value.fract() == 0.0);
        let (above, below) = (whole(at)?, whole(at + 2)?);
        let tight = self.is(at + 1, &[Part::Bar]) && self.atoms[at + 1].glued && below.glued;
        let usual = matches!(below.value as u32, 2..=6 | 8 | 10 | 12 | 16 | 20 | 32 | 64 | 100 | 128 | 1000);
        let ends = !self.is(at + 3, &[Part::Bar]);
        (tight && usual && ends && above.value >= 1.0 && above.value < below.value).then(|| (above.value / below.value, at + 3))
    }

    /// A rank or an age that the cardinal is the beginning of.
    pub(super) fn rank(&self, cardinal: &Cardinal) -> Option<Found> {
        let found = |value, class, atoms| Some(Found { value, class, atoms });
        let end = cardinal.end;
        match self.part(end) {
            Some(Part::OrdinalMark | Part::OrdinalEnding) => return found(cardinal.value, Class::Ordinal, end + 1),
            Some(Part::FoldEnding) => return found(cardinal.value, Class::Fold, end + 1),
            Some(Part::AgeEnding) => return found(cardinal.value, Class::Age, end + 1),
            Some(Part::Decade) => return found(cardinal.value, Class::Decade, end + 1),
            _ if self.is(0, &[Part::Digits]) => return None,
            _ => {}
        }
        let hyphen = self.past_hyphen(end);
        let at = if hyphen == end { self.past(end, &[Part::And]) } else { hyphen };
        let (part, value) = (self.part(at)?, self.value(at));
        let joins = part == Part::Ordinal || (part == Part::OrdinalJoined && hyphen > end);
        if !joins || cardinal.value < 1.0 {
            return None;
        }
        if value >= 1000.0 {
            return found(cardinal.value * value, Class::Ordinal, at + 1);
        }
        (value < cardinal.place).then(|| found(cardinal.value + value, Class::Ordinal, at + 1)).flatten()
    }
}
