//! Puts an article's dates on the calendar: deictic ones ("Thursday") from the publication day,
//! anaphoric ones ("the next day") from the date before them, partial ones ("21 aprile") from the
//! nearest full date of the article or else the publication day. What cannot be known stays open.
//!
//! Not here: finding the dates or reading their words ([`crate::extract`]).

mod parts;
mod stretch;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use jiff::civil::{Date, Weekday};

use self::parts::{Aim, cycle, seen_from, within, yearly};
use self::stretch::{Stretch, granularity, rank};
use crate::extract::date_expr::{Anchor, DateExpr, Looks, Order, Part, Reach, Stated, Unit, Which, Whole, Year};
use crate::span::Span;
use crate::terms::{Granularity, ResolvedFrom};

/// News looks back: a day or month ahead of the publication day must be so many times nearer than the one past.
const BACKWARD_BIAS: i32 = 3;
/// Two digits mean the year that lies at most so far ahead of the publication year, or of [`SHORT_YEAR_BASE`].
const SHORT_YEAR_AHEAD: i16 = 20;
/// What two-digit years are read by where no publication day is known.
const SHORT_YEAR_BASE: i16 = 2020;

/// What a date comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct DateMention {
    /// The words.
    pub span: Span,
    /// ISO 8601 or EDTF; none when nothing can be known.
    pub value: Option<String>,
    /// How fine the date is.
    pub granularity: Granularity,
    /// What completed it.
    pub from: Option<ResolvedFrom>,
    /// The rule that found it.
    pub rule: &'static str,
}

/// Resolves an article's dates, which stand in text order.
pub fn resolve(dates: &[Stated], published: Option<Date>) -> Vec<DateMention> {
    let mut article =
        Article { published, order: numeric_order(dates), full: Vec::new(), by_day: HashMap::new(), before: Vec::new(), at: 0 };
    for date in dates.iter().filter(|d| d.looks != Looks::Apart) {
        article.note_full_days(date.span.start, &date.expr);
    }
    dates.iter().filter_map(|date| article.date(date)).collect()
}

/// The order that the article's own numeric dates show, where one of them can only be read one way.
fn numeric_order(dates: &[Stated]) -> Option<Order> {
    dates.iter().find_map(|date| match date.expr {
        DateExpr::Numeric { first: 13.., .. } => Some(Order::DayFirst),
        DateExpr::Numeric { second: 13.., .. } => Some(Order::MonthFirst),
        _ => None,
    })
}

/// The day that stands nearest to a place, the first of those as near; `days` are in text order.
fn nearest(days: &[(u32, Date)], at: u32) -> Option<Date> {
    let after = days.partition_point(|(place, _)| *place < at);
    let before = days[..after].last().map(|(last, _)| days.partition_point(|(place, _)| place < last));
    let near = [before, Some(after)].into_iter().flatten().filter_map(|n| days.get(n));
    near.min_by_key(|(place, _)| place.abs_diff(at)).map(|(_, day)| *day)
}

/// How many dates back one may refer to. No article has more; what is no article must not take the square of
/// its length.
const FAR: usize = 1000;
/// The years that a value can write.
const YEARS: std::ops::RangeInclusive<i16> = -9999..=9999;

/// What an article tells about its own dates.
struct Article {
    published: Option<Date>,
    /// How it writes numeric dates, if that shows.
    order: Option<Order>,
    /// Its full days, and where they stand.
    full: Vec<(u32, Date)>,
    /// The same by month and day.
    by_day: HashMap<(i8, i8), Vec<(u32, Date)>>,
    /// What its dates so far came to.
    before: Vec<Stretch>,
    /// Where the date in hand stands.
    at: u32,
}

/// A stretch and what it was known from.
#[derive(Clone, Debug, PartialEq)]
struct Known {
    stretch: Stretch,
    from: ResolvedFrom,
}

impl Known {
    fn new(stretch: Stretch, from: ResolvedFrom) -> Self {
        Self { stretch, from }
    }
}

impl Article {
    /// What a date comes to; none of one that only repeats another, where there is no other, or of a day that is none.
    fn date(&mut self, date: &Stated) -> Option<DateMention> {
        self.at = date.span.start;
        if date.expr == DateExpr::Again && self.before.is_empty() || self.impossible(&date.expr, date.looks) {
            return None;
        }
        let known = self.known(&date.expr, date.looks);
        let (span, rule) = (date.span, date.rule);
        let Some(Known { stretch, from }) = known else {
            return Some(DateMention { span, value: None, granularity: granularity_of(&date.expr), from: None, rule });
        };
        let (value, granularity) = (Some(stretch.to_string()), stretch.granularity());
        let from = stretch.first().map(|_| from);
        if from.is_some() {
            self.before.push(stretch);
        }
        Some(DateMention { span, value, granularity, from, rule })
    }

    /// Whether a stretch has no such day: the 31st of a shorter month, a fifth Sunday.
    fn impossible(&self, expr: &DateExpr, looks: Looks) -> bool {
        let DateExpr::Part { part: part @ (Part::Day(_) | Part::NthWeekday(..) | Part::Nth(..)), of: Whole::Of(whole), .. } = expr else {
            return false;
        };
        self.known(whole, looks).is_some_and(|whole| whole.stretch.first().is_some() && within(part, &whole.stretch).is_none())
    }

    /// Takes note of the days that an expression gives in full.
    fn note_full_days(&mut self, at: u32, expr: &DateExpr) {
        match expr {
            DateExpr::Part { part: Part::MonthDay(month, day), of: Whole::Of(year), .. } => {
                if let DateExpr::Year(year) = **year
                    && let Ok(day) = Date::new(self.year(year), *month, *day)
                {
                    self.full.push((at, day));
                    self.by_day.entry((day.month(), day.day())).or_default().push((at, day));
                }
            }
            DateExpr::Numeric { year: Some(_), .. } => {
                let written = self.written(expr);
                if !matches!(written, DateExpr::Numeric { .. }) {
                    self.note_full_days(at, &written);
                }
            }
            DateExpr::Interval(from, to) => {
                self.note_full_days(at, from);
                self.note_full_days(at, to);
            }
            _ => {}
        }
    }

    /// What an expression comes to, given which way it looks.
    fn known(&self, expr: &DateExpr, looks: Looks) -> Option<Known> {
        match expr {
            DateExpr::Year(year) => {
                let year = self.year(*year);
                YEARS.contains(&year).then(|| Known::new(Stretch::Year(year), ResolvedFrom::Itself))
            }
            DateExpr::Decade(decade) => Some(Known::new(Stretch::Decade(*decade), ResolvedFrom::Itself)),
            DateExpr::Century(century) => Some(Known::new(Stretch::Century(*century), ResolvedFrom::Itself)),
            DateExpr::Numeric { .. } => match self.written(expr) {
                DateExpr::Numeric { .. } => None,
                written => self.known(&written, looks),
            },
            DateExpr::Part { part, weekday, of } => self.part(part, *weekday, of, looks),
            DateExpr::Shift { anchor, count, unit, reach } => self.shift(anchor, *count, *unit, *reach, looks),
            DateExpr::SameIn { unit, of } => self.same_in(*unit, of, looks),
            DateExpr::Again => Some(Known::new(self.before.last()?.clone(), ResolvedFrom::Document)),
            DateExpr::Interval(from, to) => self.interval(from, to, looks),
        }
    }

    /// A year in full.
    fn year(&self, year: Year) -> i16 {
        match year {
            Year::Full(year) => year,
            Year::Short(digits) => {
                let latest = self.published.map_or(SHORT_YEAR_BASE, Date::year) + SHORT_YEAR_AHEAD;
                latest - (latest - i16::from(digits)).rem_euclid(100)
            }
        }
    }

    /// A numeric date with its day and month told apart; unchanged if there is no such day.
    fn written(&self, expr: &DateExpr) -> DateExpr {
        let DateExpr::Numeric { first, second, year, order } = *expr else { return expr.clone() };
        let day_month = |order| {
            let (day, month) = if order == Order::DayFirst { (first, second) } else { (second, first) };
            DateExpr::day(i8::try_from(day).ok()?, i8::try_from(month).ok()?, year, None)
        };
        let order = self.order.unwrap_or(order);
        let other = if order == Order::DayFirst { Order::MonthFirst } else { Order::DayFirst };
        day_month(order).or_else(|| day_month(other)).unwrap_or_else(|| expr.clone())
    }

    fn part(&self, part: &Part, weekday: Option<Weekday>, of: &Whole, looks: Looks) -> Option<Known> {
        match of {
            Whole::Of(whole) => {
                let whole = self.known(whole, looks)?;
                Some(Known::new(within(part, &whole.stretch)?, whole.from))
            }
            Whole::Open => self.open_part(part, weekday, looks),
            Whole::Seen(which, anchor) => {
                let (day, from) = self.anchor(anchor, part.unit(), *which == Which::Next, looks)?;
                let stretch = match which {
                    Which::Last => seen_from(part, day, Aim::Last, weekday),
                    Which::Next => seen_from(part, day, Aim::Next, weekday),
                    // "This Friday" is the coming one, unless the words look back; "this April" is this year's.
                    Which::This if matches!(part, Part::Weekday(_)) => {
                        seen_from(part, day, if looks == Looks::Back { Aim::Back } else { Aim::Ahead }, None)
                    }
                    Which::This => within(part, &Stretch::around(day, cycle(part))),
                };
                Some(Known::new(stretch?, from))
            }
        }
    }

    /// What the date before is, in another year. A period is one of more than a day, if there is one, and nothing is
    /// compared with itself: in January, the last quarter of last year is compared with the year before that.
    fn same_in(&self, unit: Option<Unit>, of: &DateExpr, looks: Looks) -> Option<Known> {
        let whole = self.known(of, looks)?;
        let year = whole.stretch.first()?.year();
        let last =
            |fits: &dyn Fn(&Stretch) -> bool| self.before.iter().rev().take(FAR).find(|s| s.in_year(year).is_some() && fits(s)).cloned();
        let same = match unit {
            Some(unit) => last(&|s| s.unit() == Some(unit)).or_else(|| Some(Stretch::around(self.before.last()?.first()?, unit)))?,
            None => last(&|s| s.unit() != Some(Unit::Day)).or_else(|| last(&|_| true))?,
        };
        let counted = matches!(of, DateExpr::Shift { count: ..0, .. });
        let itself = counted && same.first().is_some_and(|day| day.year() == year);
        Some(Known::new(same.in_year(if itself { year - 1 } else { year })?, whole.from))
    }

    /// A part of which the text does not say what it is a part of.
    fn open_part(&self, part: &Part, weekday: Option<Weekday>, looks: Looks) -> Option<Known> {
        if matches!(part, Part::Weekday(_) | Part::Weekend) {
            let aim = if matches!(looks, Looks::Ahead | Looks::Alone) { Aim::Ahead } else { Aim::Back };
            return Some(Known::new(seen_from(part, self.published?, aim, None)?, ResolvedFrom::Published));
        }
        let (day, bias, from) = match (self.nearest_full_day(part), self.published) {
            (Some(day), _) => (day, 1, ResolvedFrom::Document),
            (None, Some(day)) => (day, BACKWARD_BIAS, ResolvedFrom::Published),
            (None, None) => return Some(Known::new(Stretch::AnyYear(yearly(part)?), ResolvedFrom::Itself)),
        };
        let aim = match looks {
            Looks::Unsaid | Looks::Apart => Aim::Near(bias),
            // A day of a month that stands alone may be a dateline, a quarter the head of a table.
            Looks::Alone if from == ResolvedFrom::Document || matches!(part, Part::MonthDay(..) | Part::Quarter(_) | Part::Half(_)) => {
                Aim::Near(1)
            }
            Looks::Alone => Aim::Ahead,
            Looks::Back => Aim::Back,
            Looks::Ahead => Aim::Ahead,
        };
        Some(Known::new(seen_from(part, day, aim, weekday)?, from))
    }

    /// The full day of the article that stands nearest, one with the same day and month before any other.
    fn nearest_full_day(&self, part: &Part) -> Option<Date> {
        let same = match part {
            Part::MonthDay(month, day) => self.by_day.get(&(*month, *day)),
            _ => None,
        };
        nearest(same.unwrap_or(&self.full), self.at)
    }

    /// The day to count from, no coarser than a unit: of a longer stretch its end, when counting ahead.
    fn anchor(&self, anchor: &Anchor, unit: Unit, ahead: bool, looks: Looks) -> Option<(Date, ResolvedFrom)> {
        match anchor {
            Anchor::Published => Some((self.published?, ResolvedFrom::Published)),
            Anchor::Before => match self.date_before(unit) {
                Some(day) => Some((day, ResolvedFrom::Document)),
                // The day at the article's head stands before everything in it.
                None if self.before.is_empty() => Some((self.published?, ResolvedFrom::Published)),
                None => None,
            },
            Anchor::Date(expr) => {
                let known = self.known(expr, if looks == Looks::Alone { Looks::Unsaid } else { looks })?;
                let day = if ahead { known.stretch.last()? } else { known.stretch.first()? };
                Some((day, known.from))
            }
        }
    }

    fn shift(&self, anchor: &Anchor, count: i32, unit: Unit, reach: Reach, looks: Looks) -> Option<Known> {
        let looks = if looks == Looks::Alone && count == 0 { Looks::Ahead } else { looks };
        let (day, from) = self.anchor(anchor, unit, count > 0, looks)?;
        let day = match reach {
            // A week begins on Monday, and the weekend before it is the one that is near.
            Reach::Nearest if day.weekday().to_monday_zero_offset() < 3 => Unit::Day.after(day, -4)?,
            _ => day,
        };
        let unit_meant = match (reach, unit) {
            (Reach::Exact, _) => Unit::Day,
            (Reach::AsFine, _) => self.as_fine(anchor, unit, looks),
            (Reach::Distance, Unit::Week) => Unit::Day,
            (Reach::Distance, Unit::Decade | Unit::Century) => Unit::Year,
            _ => unit,
        };
        Some(Known::new(Stretch::around(unit.after(day, count)?, unit_meant), from))
    }

    /// The finer of a unit and of what is counted from.
    fn as_fine(&self, anchor: &Anchor, unit: Unit, looks: Looks) -> Unit {
        let of = match anchor {
            Anchor::Date(expr) => self.known(expr, looks).and_then(|known| known.stretch.unit()),
            Anchor::Published | Anchor::Before => None,
        };
        of.filter(|of| rank(*of) < rank(unit)).unwrap_or(unit)
    }

    /// The nearest date before that is no coarser than what is counted from it.
    fn date_before(&self, unit: Unit) -> Option<Date> {
        let fine = |stretch: &&Stretch| {
            let end = if let Stretch::Interval(_, end) = stretch { end } else { *stretch };
            end.unit().is_some_and(|of| rank(of) <= rank(unit))
        };
        self.before.iter().rev().take(FAR).find(fine)?.last()
    }

    /// An interval: the end that says more completes the other.
    fn interval(&self, from: &DateExpr, to: &DateExpr, looks: Looks) -> Option<Known> {
        let (from, to) = (self.written(from), self.written(to));
        let alone = looks == Looks::Alone;
        let (start, end) = match (completable(&from), completable(&to)) {
            // A day of an unnamed month, a date beside a full one, or beside one whose weekday tells its year; and with no
            // words around it a programme's, which is not over.
            (Some(part), other)
                if other.is_none_or(|other| alone || is_day(part) && !is_day(other) || part.1.is_none() && other.1.is_some()) =>
            {
                let end = self.known(&to, if alone { Looks::Ahead } else { looks })?;
                (completed(part, &end, Aim::Back)?, end)
            }
            (_, Some(part)) => {
                let start = self.known(&from, looks)?;
                let end = completed(part, &start, Aim::Ahead)?;
                (start, end)
            }
            _ => (self.known(&from, looks)?, self.known(&to, looks)?),
        };
        let forward = match (&start.stretch, &end.stretch) {
            // Written XXXX-MM-DD: with the year left open, the end may not come before the start.
            (Stretch::AnyYear(_), Stretch::AnyYear(_)) => start.stretch.to_string() <= end.stretch.to_string(),
            (start, end) => start.first().zip(end.last()).is_none_or(|(first, last)| first <= last),
        };
        let from = if start.from == ResolvedFrom::Itself { end.from } else { start.from };
        forward.then(|| Known::new(Stretch::Interval(Box::new(start.stretch), Box::new(end.stretch)), from))
    }
}

/// The part that a date gives, if what it is a part of is left open.
fn completable(expr: &DateExpr) -> Option<(&Part, Option<Weekday>)> {
    match expr {
        DateExpr::Part { part, weekday, of: Whole::Open } => Some((part, *weekday)),
        _ => None,
    }
}

/// Whether the part is a day of a month that is not named.
fn is_day((part, _): (&Part, Option<Weekday>)) -> bool {
    matches!(part, Part::Day(_))
}

/// One end of an interval, as seen from the other.
fn completed((part, weekday): (&Part, Option<Weekday>), other: &Known, aim: Aim) -> Option<Known> {
    let stretch = match other.stretch.first() {
        Some(day) => seen_from(part, day, aim, weekday)?,
        None => Stretch::AnyYear(yearly(part)?),
    };
    Some(Known::new(stretch, other.from))
}

/// How fine a date is that could not be resolved.
fn granularity_of(expr: &DateExpr) -> Granularity {
    match expr {
        DateExpr::Year(_) => Granularity::Year,
        DateExpr::Decade(_) => Granularity::Decade,
        DateExpr::Century(_) => Granularity::Century,
        DateExpr::Numeric { .. } => Granularity::Day,
        DateExpr::Interval(..) => Granularity::Interval,
        DateExpr::SameIn { unit, .. } => granularity(unit.unwrap_or(Unit::Year)),
        DateExpr::Again => Granularity::Day,
        DateExpr::Shift { unit, reach: Reach::Whole | Reach::Nearest | Reach::AsFine, .. } => granularity(*unit),
        DateExpr::Shift { unit, .. } => match unit {
            Unit::Week => Granularity::Day,
            Unit::Decade | Unit::Century => Granularity::Year,
            _ => granularity(*unit),
        },
        DateExpr::Part { part, .. } => granularity(part.unit()),
    }
}
