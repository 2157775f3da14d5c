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

use self::parts::{Aim, cycle, seen_from, within};
use self::stretch::{Stretch, Yearly, granularity};
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
    dates.iter().map(|date| article.date(date)).collect()
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
/// A year that has every day that any year has.
const LEAP_YEAR: i16 = 2000;

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
    fn date(&mut self, date: &Stated) -> DateMention {
        self.at = date.span.start;
        let known = self.known(&date.expr, date.looks);
        let (span, rule) = (date.span, date.rule);
        let Some(Known { stretch, from }) = known else {
            return DateMention { span, value: None, granularity: granularity_of(&date.expr), from: None, rule };
        };
        let (value, granularity) = (Some(stretch.to_string()), stretch.granularity());
        let from = stretch.first().map(|_| from);
        if from.is_some() {
            self.before.push(stretch);
        }
        DateMention { span, value, granularity, from, rule }
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
            DateExpr::Shift { anchor, count, unit, reach } => self.shift(anchor, *count, *unit, *reach),
            DateExpr::SameIn(whole) => {
                let whole = self.known(whole, looks)?;
                let year = whole.stretch.first()?.year();
                let same = self.before.iter().rev().take(FAR).find_map(|stretch| stretch.in_year(year))?;
                Some(Known::new(same, whole.from))
            }
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
                let (day, from) = self.anchor(anchor, part.unit(), *which == Which::Next)?;
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

    /// A part of which the text does not say what it is a part of.
    fn open_part(&self, part: &Part, weekday: Option<Weekday>, looks: Looks) -> Option<Known> {
        if matches!(part, Part::Weekday(_) | Part::Weekend) {
            let aim = if looks == Looks::Ahead { Aim::Ahead } else { Aim::Back };
            return Some(Known::new(seen_from(part, self.published?, aim, None)?, ResolvedFrom::Published));
        }
        let (day, bias, from) = match (self.nearest_full_day(part), self.published) {
            (Some(day), _) => (day, 1, ResolvedFrom::Document),
            (None, Some(day)) => (day, BACKWARD_BIAS, ResolvedFrom::Published),
            (None, None) => return Some(Known::new(Stretch::AnyYear(yearly(part)?), ResolvedFrom::Itself)),
        };
        let aim = match looks {
            Looks::Unsaid | Looks::Apart => Aim::Near(bias),
            Looks::Alone => Aim::Near(1),
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
    fn anchor(&self, anchor: &Anchor, unit: Unit, ahead: bool) -> Option<(Date, ResolvedFrom)> {
        match anchor {
            Anchor::Published => Some((self.published?, ResolvedFrom::Published)),
            Anchor::Before => match self.date_before(unit) {
                Some(day) => Some((day, ResolvedFrom::Document)),
                // The day at the article's head stands before everything in it.
                None if self.before.is_empty() => Some((self.published?, ResolvedFrom::Published)),
                None => None,
            },
            Anchor::Date(expr) => {
                let known = self.known(expr, Looks::Unsaid)?;
                let day = if ahead { known.stretch.last()? } else { known.stretch.first()? };
                Some((day, known.from))
            }
        }
    }

    fn shift(&self, anchor: &Anchor, count: i32, unit: Unit, reach: Reach) -> Option<Known> {
        let (day, from) = self.anchor(anchor, unit, count > 0)?;
        let day = match reach {
            // A week begins on Monday, and the weekend before it is the one that is near.
            Reach::Nearest if day.weekday().to_monday_zero_offset() < 3 => Unit::Day.after(day, -4)?,
            _ => day,
        };
        let unit_meant = match (reach, unit) {
            (Reach::Exact, _) => Unit::Day,
            (Reach::Distance, Unit::Week) => Unit::Day,
            (Reach::Distance, Unit::Decade | Unit::Century) => Unit::Year,
            _ => unit,
        };
        Some(Known::new(Stretch::around(unit.after(day, count)?, unit_meant), from))
    }

    /// The nearest date before that is no coarser than what is counted from it.
    fn date_before(&self, unit: Unit) -> Option<Date> {
        let fine = |stretch: &&Stretch| match (stretch.unit(), stretch.first(), stretch.last()) {
            (Some(of), ..) => rank(of) <= rank(unit),
            (None, Some(first), Some(last)) => Stretch::around(first, unit) == Stretch::around(last, unit),
            _ => false,
        };
        self.before.iter().rev().take(FAR).find(fine)?.last()
    }

    /// An interval: the end that says more completes the other.
    fn interval(&self, from: &DateExpr, to: &DateExpr, looks: Looks) -> Option<Known> {
        let (from, to) = (self.written(from), self.written(to));
        let (start, end) = match (completable(&from), completable(&to)) {
            (Some(part), other) if other.is_none_or(|other| is_day(part) && !is_day(other)) => {
                let end = self.known(&to, looks)?;
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

/// From fine to coarse.
fn rank(unit: Unit) -> u8 {
    match unit {
        Unit::Day => 0,
        Unit::Weekend => 1,
        Unit::Week => 2,
        Unit::Month => 3,
        Unit::Quarter | Unit::Season => 4,
        Unit::Half => 5,
        Unit::Year => 6,
        Unit::Decade => 7,
        Unit::Century => 8,
    }
}

/// The part as every year has it.
fn yearly(part: &Part) -> Option<Yearly> {
    use crate::extract::date_expr::Holiday;
    Some(match *part {
        Part::Month(month) => Yearly::Month(month),
        Part::MonthDay(month, day) | Part::Holiday(Holiday::Fixed(month, day)) => {
            Date::new(LEAP_YEAR, month, day).ok()?;
            Yearly::Day(month, day)
        }
        Part::Season(season) => Yearly::Season(season),
        Part::Quarter(quarter) => Yearly::Quarter(quarter),
        Part::Half(half) => Yearly::Half(half),
        _ => return None,
    })
}

/// How fine a date is that could not be resolved.
fn granularity_of(expr: &DateExpr) -> Granularity {
    match expr {
        DateExpr::Year(_) => Granularity::Year,
        DateExpr::Decade(_) => Granularity::Decade,
        DateExpr::Century(_) => Granularity::Century,
        DateExpr::Numeric { .. } => Granularity::Day,
        DateExpr::Interval(..) => Granularity::Interval,
        DateExpr::SameIn(_) => Granularity::Year,
        DateExpr::Shift { unit, reach: Reach::Whole | Reach::Nearest, .. } => granularity(*unit),
        DateExpr::Shift { unit, .. } => match unit {
            Unit::Week => Granularity::Day,
            Unit::Decade | Unit::Century => Granularity::Year,
            _ => granularity(*unit),
        },
        DateExpr::Part { part, .. } => granularity(part.unit()),
    }
}
