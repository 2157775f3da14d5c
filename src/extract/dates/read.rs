//! Reads the arguments of a constructor: numbers, years, table rows, dates built before; and makes
//! the expression that the constructor names.
//!
//! The list of constructors stands in [`super`]. Not here: how expressions combine ([`super::compose`]).

use jiff::civil::Weekday;

use super::Dates;
use super::compose::{between, day_of_month, further, half, halves, interval, numeric, on_the_calendar, part_of, size, weekend_by};
use crate::extract::date_expr::{Anchor, DateExpr, Holiday, Order, Part, Reach, Unit, Which, Whole, Year};
use crate::lang::data::{class, kind};
use crate::lang::pack::Row;
use crate::rule::run::Arg;
use crate::tag::{Annotation, Tags, Value};

/// One constructor call.
pub struct Reader<'a, 'p, 't> {
    /// Where dates built before are found.
    pub dates: &'a Dates<'p>,
    /// The arguments.
    pub args: &'a [Arg],
    /// What they were captured from.
    pub tags: &'a Tags<'t>,
}

impl<'a> Reader<'a, '_, '_> {
    /// The expression that a constructor makes; none declines the match.
    pub fn read(&self, constructor: &str) -> Option<DateExpr> {
        match constructor {
            "day" => DateExpr::day(self.small(0)?, self.small(1)?, self.optional_year(2)?, self.weekday(3)),
            "days" => self.days(),
            "from-day" => self.after_day(),
            "day-of" => part_of(DateExpr::part(Part::Day(day_of_month(self.small(0)?)?), Whole::Open), self.date(1)?),
            "days-of" => self.days_of(),
            "days-of-month" => {
                let (from, to) = (day_of_month(self.small(0)?)?, day_of_month(self.small(1)?)?);
                let day = |day| DateExpr::part(Part::Day(day), Whole::Open);
                (from < to).then(|| interval(day(from), day(to)))
            }
            "month-day" => {
                Some(DateExpr::Part { part: Part::Day(day_of_month(self.small(0)?)?), weekday: self.weekday(1), of: Whole::Open })
            }
            "numeric-month" => Some(DateExpr::part(Part::Month(self.small(0)?), Whole::of_year(Some(self.year(1, false)?)))),
            "numeric" => numeric(self.order(0)?, self.number(1)?, self.number(2)?, self.optional_year(3)?),
            "numeric-days" => self.numeric_days(),
            "digits" => self.digits(),
            "year" => Some(DateExpr::Year(self.year(0, self.given(1))?)),
            "era" => Some(DateExpr::Year(Year::Full(i16::try_from(self.number(0)?).ok()?))),
            "halves" => halves(self.number(0)?, self.number(1)?),
            "years" => self.years(),
            "decade" => Some(DateExpr::Decade(self.row(0)?.code.parse().ok()?)),
            "century" => self.century(),
            "named" => Some(DateExpr::part(self.part(0)?, Whole::of_year(self.optional_year(1)?))),
            "weekend" => Some(DateExpr::part(Part::Weekend, Whole::Open)),
            "nth" => self.nth(self.small(0)?),
            "nth-now" => {
                let month = DateExpr::shift(Anchor::Published, 0, Unit::Month);
                part_of(DateExpr::part(Part::NthWeekday(self.small(0)?, self.weekday(1)?), Whole::Open), month)
            }
            "nth-last" => self.nth(-self.small(0)?),
            "weekend-by" => weekend_by(self.date(0)?),
            "half" => part_of(DateExpr::part(Part::Half(half(self.small(0)?)?), Whole::Open), self.date(1)?),
            "week" => {
                Some(DateExpr::part(Part::Week(self.small(0).filter(|n| (1..=53).contains(n))?), Whole::of_year(self.optional_year(1)?)))
            }
            "part" => part_of(self.date(0)?, self.date(1)?),
            "week-part" => self.date(1).filter(|w| size(w) == Some(Unit::Week)).and_then(|week| part_of(self.date(0)?, week)),
            "same-day" => Some(DateExpr::shift(Anchor::Before, 0, Unit::Day)),
            "next-day" => Some(DateExpr::shift(Anchor::Before, 1, Unit::Day)),
            "again" => Some(DateExpr::Again),
            "same-in" => {
                let of = self.date(0).filter(|d| size(d) == Some(Unit::Year)).map(Box::new)?;
                Some(DateExpr::SameIn { unit: self.unit(1), of })
            }
            "seen" => self.seen(),
            "next-but-one" => {
                let next = |anchor| Some(DateExpr::part(self.part(0)?, Whole::Seen(Which::Next, anchor)));
                next(Anchor::Date(Box::new(next(Anchor::Published)?)))
            }
            "shift" => Some(DateExpr::shift(self.anchor_of(0)?, self.number(0)?, self.unit(1)?)),
            "count" => self.count(),
            "count-half" => match self.annotation(0, |a| matches!(a.value, Value::Number(_)))?.value {
                Value::Number(number) if number.fract() == 0.5 => self.halves_ago((number * 2.0) as i32),
                _ => None,
            },
            "count-and-half" => self.halves_ago(if self.given(0) { self.number(0)? } else { 1 }.checked_mul(2)? + 1),
            "beside" => Some(DateExpr::shift(Anchor::Date(Box::new(self.date(2)?)), self.number(1)?, self.unit(0)?)),
            "first-of" => self.first_of(),
            "count-weekdays" => self.count_weekdays(),
            "further" => {
                let one = |n| if self.given(n) { self.number(n) } else { Some(1) };
                let near = further(self.date(2)?, one(0)?, self.unit(1)?)?;
                if self.given(4) { further(near, one(3)?, self.unit(4)?) } else { Some(near) }
            }
            "around" => self
                .date(1)
                .filter(|d| size(d) == Some(Unit::Day))
                .and_then(|day| Some(DateExpr::shift(Anchor::Date(Box::new(day)), 0, self.unit(0)?))),
            "deictic" => Some(DateExpr::shift(self.anchor_of(0)?, self.number(0)?, Unit::Day)),
            "interval" => between(self.end(0)?, self.end(1)?),
            "stretch" => between(self.end(0)?, self.end(1)?).filter(on_the_calendar),
            "same" => self.date(0),
            "point" => self.date(0).filter(|d| !matches!(d, DateExpr::Interval(..))),
            "eve" => {
                let day = self.date(0).filter(|d| size(d) == Some(Unit::Day))?;
                Some(DateExpr::shift(Anchor::Date(Box::new(day)), -1, Unit::Day))
            }
            "impossible" => self.impossible(),
            _ => None,
        }
    }

    /// Whether an argument took part.
    fn given(&self, n: usize) -> bool {
        matches!(self.args.get(n), Some(arg) if *arg != Arg::None)
    }

    /// The annotation of an argument: the one captured, or the longest of some kind that covers its words.
    fn annotation(&self, n: usize, of: impl Fn(&Annotation) -> bool) -> Option<&'a Annotation> {
        let Arg::Capture(captured) = self.args.get(n)? else { return None };
        let direct = captured.annotation.map(|id| self.tags.annotation(id)).filter(|a| of(a));
        direct.or_else(|| {
            let starting = self.tags.starting_at(captured.from).map(|id| self.tags.annotation(id));
            starting.filter(|a| a.to == captured.to && of(a)).last()
        })
    }

    fn row(&self, n: usize) -> Option<Row<'a>> {
        let annotation = self.annotation(n, |a| matches!(a.value, Value::Row(_)))?;
        let Value::Row(row) = annotation.value else { return None };
        Some(self.dates.pack.row(row))
    }

    /// A number: a literal one, digits, a number word, or the code of a table's row.
    fn number(&self, n: usize) -> Option<i32> {
        match self.args.get(n)? {
            Arg::Number(number) => return Some(*number as i32),
            Arg::Capture(captured) if captured.to == captured.from + 1 => {
                if let Ok(number) = self.tags.words_text(captured.from, captured.to).parse() {
                    return Some(number);
                }
            }
            _ => {}
        }
        let annotation = self.annotation(n, |a| matches!(a.value, Value::Row(_) | Value::Number(_)))?;
        match annotation.value {
            Value::Row(row) => self.dates.pack.row(row).code.parse().ok(),
            Value::Number(number) if number.fract() == 0.0 && number.abs() < 1e6 => Some(number as i32),
            _ => None,
        }
    }

    fn small(&self, n: usize) -> Option<i8> {
        i8::try_from(self.number(n)?).ok()
    }

    /// A year; of two digits it is short.
    fn year(&self, n: usize, before_christ: bool) -> Option<Year> {
        if let Some(DateExpr::Year(year)) = self.date(n) {
            return Some(year);
        }
        let Arg::Capture(captured) = self.args.get(n)? else { return None };
        let text = self.tags.words_text(captured.from, captured.to);
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        let number = i16::try_from(self.number(n)?).ok()?;
        match number {
            1..=9999 if before_christ => Some(Year::Full(1 - number)),
            0..=99 if digits && text.len() == 2 => u8::try_from(number).ok().map(Year::Short),
            // A year in words is one of this thousand years or the last: other number words count.
            1001..=2199 => Some(Year::Full(number)),
            1..=9999 if digits => Some(Year::Full(number)),
            _ => None,
        }
    }

    /// A year that may be missing; `None` if it is there and is none.
    fn optional_year(&self, n: usize) -> Option<Option<Year>> {
        if self.given(n) { self.year(n, false).map(Some) } else { Some(None) }
    }

    fn date(&self, n: usize) -> Option<DateExpr> {
        let annotation = self.annotation(n, |a| matches!(a.value, Value::Built(_)) && matches!(a.kind, kind::DATE | kind::YEAR))?;
        let Value::Built(at) = annotation.value else { return None };
        self.dates.built.get(at as usize).cloned()
    }

    fn weekday(&self, n: usize) -> Option<Weekday> {
        let row = self.row(n)?;
        (row.kind == kind::WEEKDAY).then(|| Weekday::from_monday_one_offset(row.code.parse().ok()?).ok())?
    }

    fn unit(&self, n: usize) -> Option<Unit> {
        Unit::from_code(self.row(n)?.code)
    }

    fn order(&self, n: usize) -> Option<Order> {
        match self.args.get(n)? {
            Arg::Symbol("day-first") => Some(Order::DayFirst),
            Arg::Symbol("month-first") => Some(Order::MonthFirst),
            _ => None,
        }
    }

    /// The part of the calendar that a table's row names.
    fn part(&self, n: usize) -> Option<Part> {
        let row = self.row(n)?;
        Some(match row.kind {
            kind::MONTH => Part::Month(row.code.parse().ok()?),
            kind::WEEKDAY => Part::Weekday(self.weekday(n)?),
            kind::SEASON => Part::Season(row.code.parse().ok()?),
            kind::HOLIDAY => match row.code.split_once('/') {
                Some((from, to)) => Part::Holidays(Holiday::from_code(from)?, Holiday::from_code(to)?),
                None => Part::Holiday(Holiday::from_code(row.code)?),
            },
            kind::YEARPART if row.class == class::HALF => Part::Half(row.code.parse().ok()?),
            kind::YEARPART => Part::Quarter(row.code.parse().ok()?),
            _ => return None,
        })
    }

    /// An end of an interval: a date, or a month or weekday that is none by itself.
    fn end(&self, n: usize) -> Option<DateExpr> {
        self.date(n).or_else(|| Some(DateExpr::part(self.part(n)?, Whole::Open)))
    }

    /// Any date, where there is no such day, so that nothing is made of its parts.
    fn impossible(&self) -> Option<DateExpr> {
        let year = self.optional_year(2)?.unwrap_or(Year::Full(2000));
        let day = DateExpr::day(self.small(0)?, self.small(1)?, Some(year), None);
        day.is_none().then_some(DateExpr::Year(year))
    }

    fn after_day(&self) -> Option<DateExpr> {
        let (from, to) = (day_of_month(self.small(0)?)?, self.date(1)?);
        let fits = size(&to) == Some(Unit::Day) && !matches!(to, DateExpr::Shift { .. });
        fits.then(|| interval(DateExpr::part(Part::Day(from), Whole::Open), to))
    }

    fn days(&self) -> Option<DateExpr> {
        let (month, year) = (self.small(2)?, self.optional_year(3)?);
        let (from, to) = (self.small(0)?, self.small(1)?);
        (from < to).then(|| Some(interval(DateExpr::day(from, month, year, None)?, DateExpr::day(to, month, year, None)?)))?
    }

    /// From one day of a dated month to another.
    fn days_of(&self) -> Option<DateExpr> {
        let (from, to) = (day_of_month(self.small(0)?)?, day_of_month(self.small(1)?)?);
        let day = |day| part_of(DateExpr::part(Part::Day(day), Whole::Open), self.date(2)?);
        (from < to).then(|| Some(interval(day(from)?, day(to)?)))?
    }

    /// From one numeric day to another; what the first leaves out of its year, the second tells.
    fn numeric_days(&self) -> Option<DateExpr> {
        let order = self.order(0)?;
        let from = numeric(order, self.number(1)?, self.number(2)?, self.optional_year(3)?)?;
        let to = numeric(order, self.number(4)?, self.number(5)?, self.optional_year(6)?)?;
        Some(interval(from, to))
    }

    /// Numbers with dots between them.
    fn digits(&self) -> Option<DateExpr> {
        let Some(Arg::Capture(captured)) = self.args.get(1) else { return None };
        let numbers: Vec<&str> = self.tags.words_text(captured.from, captured.to).split('.').collect();
        let year = |text: &str| match text.len() {
            4 => text.parse().ok().map(Year::Full),
            2 => text.parse().ok().map(Year::Short),
            _ => None,
        };
        let number = |text: &str| if text.len() <= 2 { text.parse().ok() } else { None };
        match numbers[..] {
            [whole] => compact(whole),
            [first, second, third] => numeric(self.order(0)?, number(first)?, number(second)?, Some(year(third)?)),
            _ => None,
        }
    }

    /// From one year to another that lies after it, and may be short.
    fn years(&self) -> Option<DateExpr> {
        let (Year::Full(from), to) = (self.year(0, false)?, self.year(1, false)?) else { return None };
        let to = match to {
            Year::Full(to) => to,
            Year::Short(to) => from - from.rem_euclid(100) + i16::from(to),
        };
        (from < to).then(|| interval(DateExpr::Year(Year::Full(from)), DateExpr::Year(Year::Full(to))))
    }

    /// So many halves of a unit before the publication day, or after it.
    fn halves_ago(&self, halves: i32) -> Option<DateExpr> {
        let (per_half, unit) = match self.unit(1)? {
            Unit::Year => (6, Unit::Month),
            Unit::Decade => (5, Unit::Year),
            Unit::Century => (50, Unit::Year),
            _ => return None,
        };
        let count = halves.checked_mul(per_half)?.checked_mul(self.number(2)?)?;
        Some(DateExpr::Shift { anchor: Anchor::Published, count, unit, reach: Reach::Distance })
    }

    /// The first so many units of a date, or the last.
    fn first_of(&self) -> Option<DateExpr> {
        let (count, unit, whole) = (self.small(0).filter(|n| *n > 1)?, self.unit(1)?, self.date(3)?);
        let nth = |n| part_of(DateExpr::part(Part::Nth(n, unit), Whole::Open), whole.clone());
        if self.number(2)? < 0 { Some(interval(nth(-count)?, nth(-1)?)) } else { Some(interval(nth(1)?, nth(count)?)) }
    }

    fn century(&self) -> Option<DateExpr> {
        let number = self.small(0).filter(|n| (1..=30).contains(n))?;
        Some(DateExpr::Century(if self.given(1) { -number } else { number }))
    }

    fn nth(&self, n: i8) -> Option<DateExpr> {
        let part = match (self.weekday(1), self.row(1)?.code) {
            (Some(weekday), _) => Part::NthWeekday(n, weekday),
            (None, "quarter") => Part::Quarter(u8::try_from(if n < 0 { n + 5 } else { n }).ok().filter(|q| (1..=4).contains(q))?),
            (None, "half") => Part::Half(half(n)?),
            (None, code) => Part::Nth(n, Unit::from_code(code)?),
        };
        if self.given(2) { part_of(DateExpr::part(part, Whole::Open), self.date(2)?) } else { Some(DateExpr::part(part, Whole::Open)) }
    }

    /// What a relative word counts from.
    fn anchor_of(&self, n: usize) -> Option<Anchor> {
        Some(if self.row(n)?.class == class::ANAPHORIC { Anchor::Before } else { Anchor::Published })
    }

    fn seen(&self) -> Option<DateExpr> {
        let which = match self.number(0)? {
            ..0 => Which::Last,
            0 => Which::This,
            1.. => Which::Next,
        };
        let of = Whole::Seen(which, self.anchor_of(0)?);
        match (self.part(1), self.date(1)) {
            (Some(part), _) => Some(DateExpr::part(part, of)),
            (None, Some(DateExpr::Part { part, weekday, of: Whole::Open })) => Some(DateExpr::Part { part, weekday, of }),
            _ => None,
        }
    }

    fn count_weekdays(&self) -> Option<DateExpr> {
        let (count, sign) = (self.number(0).filter(|n| *n > 0)?, self.number(2)?);
        let which = if sign > 0 { Which::Next } else { Which::Last };
        let first = DateExpr::part(Part::Weekday(self.weekday(1)?), Whole::Seen(which, Anchor::Published));
        Some(DateExpr::shift(Anchor::Date(Box::new(first)), (count - 1) * sign * 7, Unit::Day))
    }

    fn count(&self) -> Option<DateExpr> {
        let count = if self.given(0) { self.number(0)? } else { 1 };
        let (anchor, reach) = match self.args.get(3)? {
            Arg::Symbol("published") => (Anchor::Published, Reach::Distance),
            Arg::Symbol("before") => (Anchor::Before, Reach::Distance),
            Arg::Symbol("before-whole") => (Anchor::Before, Reach::Whole),
            Arg::Symbol("published-whole") => (Anchor::Published, Reach::Whole),
            _ => (Anchor::Date(Box::new(self.date(3)?)), Reach::AsFine),
        };
        Some(DateExpr::Shift { anchor, count: count * self.number(2)?, unit: self.unit(1)?, reach })
    }
}

/// A day in eight digits, as ISO 8601 writes it without hyphens; of years that other numbers seldom look like.
fn compact(text: &str) -> Option<DateExpr> {
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<i16>().ok();
    let year = part(0..4).filter(|year| text.len() == 8 && (1950..2050).contains(year))?;
    DateExpr::day(part(6..8)? as i8, part(4..6)? as i8, Some(Year::Full(year)), None)
}
