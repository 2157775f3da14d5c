//! What a date in a text says, as a small tree, before anything is counted or completed.
//!
//! "lo scorso aprile" is the last fourth month, "the Thursday of that week" a weekday of another
//! expression. Not here: which day that is ([`crate::resolve::calendar`]), how a text writes it
//! (the rules), or a word of any language.

use jiff::civil::{Date, Weekday};

use crate::lang::feasts;
use crate::span::Span;

/// A date as it stands in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub expr: DateExpr,
    /// Which way the words around it look.
    pub looks: Looks,
    /// The rule that found it.
    pub rule: &'static str,
}

/// Which way the words around a date look: "since" and a past tense back, "until" and a future ahead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Looks {
    /// The words do not say.
    #[default]
    Unsaid,
    /// Into the past.
    Back,
    /// Into the future.
    Ahead,
    /// There are no words around it: a date that stands alone, in a programme or a calendar.
    Alone,
    /// Away from the story, at a birth or a law: no other date is of that year because of it.
    Apart,
}

/// A calendar expression.
#[derive(Clone, Debug, PartialEq)]
pub enum DateExpr {
    /// A year.
    Year(Year),
    /// A decade by its first three digits: 199 is the nineties.
    Decade(i16),
    /// A century by its ordinal: 19 is the nineteenth, -5 the fifth before Christ.
    Century(i8),
    /// A part of a longer stretch: a day of a month, a month of a year, a weekday of a week.
    Part {
        /// Which part.
        part: Part,
        /// The weekday that the text states beside it, which checks the rest.
        weekday: Option<Weekday>,
        /// What it is a part of.
        of: Whole,
    },
    /// Two numbers whose order the language and the article decide ("3/4", "03/04/2024").
    Numeric {
        /// The first number.
        first: u8,
        /// The second number.
        second: u8,
        /// The year, where it stands there too.
        year: Option<Year>,
        /// The order that the language would write.
        order: Order,
    },
    /// So many units from an anchor: "yesterday", "last year", "three days later".
    Shift {
        /// What it is counted from.
        anchor: Anchor,
        /// How many units; negative is earlier.
        count: i32,
        /// The unit.
        unit: Unit,
        /// How the unit is meant.
        reach: Reach,
    },
    /// What the date before is, in another year: "the same period last year".
    SameIn {
        /// The unit that it is, where the text says ("the same quarter").
        unit: Option<Unit>,
        /// The year.
        of: Box<DateExpr>,
    },
    /// The date before, once more: "by that time".
    Again,
    /// From one to the other, both included.
    Interval(Box<DateExpr>, Box<DateExpr>),
}

/// A year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Year {
    /// As it is; the year before 1 is 0.
    Full(i16),
    /// Its last two digits.
    Short(u8),
}

/// A part of a longer stretch of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A month of a year, 1 to 12.
    Month(i8),
    /// A day of a month.
    Day(i8),
    /// A month and a day of a year.
    MonthDay(i8, i8),
    /// A weekday of a week.
    Weekday(Weekday),
    /// The days off at the end of a week.
    Weekend,
    /// A season of a year as EDTF numbers them, 21 (spring) to 24 (winter).
    Season(u8),
    /// A quarter of a year.
    Quarter(u8),
    /// A half of a year.
    Half(u8),
    /// A week of a year, as ISO numbers them.
    Week(i8),
    /// A holiday of a year.
    Holiday(Holiday),
    /// From one holiday of a year to another: a fast, a feast of more than one day.
    Holidays(Holiday, Holiday),
    /// The n-th such weekday of a month or a year, or from its end when negative.
    NthWeekday(i8, Weekday),
    /// The n-th such unit, or from the end when negative.
    Nth(i8, Unit),
}

/// What a part is a part of.
#[derive(Clone, Debug, PartialEq)]
pub enum Whole {
    /// Unsaid, and for the article to tell.
    Open,
    /// One of its returns, as seen from an anchor.
    Seen(Which, Anchor),
    /// Another expression.
    Of(Box<DateExpr>),
}

/// Which of the returns of a month, a weekday or a holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one before.
    Last,
    /// The present one.
    This,
    /// The one after.
    Next,
}

/// What is counted from.
#[derive(Clone, Debug, PartialEq)]
pub enum Anchor {
    /// The publication day.
    Published,
    /// The date before it in the text.
    Before,
    /// Another expression.
    Date(Box<DateExpr>),
}

/// How the unit of a shift is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The whole unit: "last week" is a week.
    Whole,
    /// A distance: "two weeks ago" is a day, "a decade ago" a year.
    Distance,
    /// A distance to the day, from which more is counted.
    Exact,
    /// A distance that ends as fine as what it is counted from: "a year after Christmas" is a day.
    AsFine,
    /// The unit nearest to that day, of those that do not fill the calendar: weekends.
    Nearest,
}

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Unit {
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Season,
    Half,
    Year,
    Decade,
    Century,
}

/// The order in which a numeric date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
}

/// When a holiday falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holiday {
    /// On a month and day.
    Fixed(i8, i8),
    /// So many days after Easter Sunday.
    Easter(i16),
    /// So many days after the Easter Sunday of the Eastern churches.
    OrthodoxEaster(i16),
    /// So many days after the n-th such weekday of a month.
    Nth {
        /// The month.
        month: i8,
        /// Which one; from the month's end when negative.
        nth: i8,
        /// The weekday.
        weekday: Weekday,
        /// Days after it.
        offset: i16,
    },
    /// So many days after a feast whose days are listed year by year.
    Feast {
        /// Its place in the list.
        feast: u8,
        /// Days after it.
        offset: i16,
    },
    /// On one day only: a day of history that has a name.
    Once(Date),
    /// On a day that this calendar cannot tell.
    Unknown,
}

impl Unit {
    /// The unit that the tables call so.
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "day" => Self::Day,
            "week" => Self::Week,
            "weekend" => Self::Weekend,
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "season" => Self::Season,
            "half" => Self::Half,
            "year" => Self::Year,
            "decade" => Self::Decade,
            "century" => Self::Century,
            _ => return None,
        })
    }
}

impl Part {
    /// The unit whose length it has.
    pub fn unit(&self) -> Unit {
        match self {
            Self::Month(_) => Unit::Month,
            Self::Season(_) => Unit::Season,
            Self::Quarter(_) => Unit::Quarter,
            Self::Half(_) => Unit::Half,
            Self::Week(_) => Unit::Week,
            Self::Weekend => Unit::Weekend,
            Self::Nth(_, unit) => *unit,
            Self::Day(_) | Self::MonthDay(..) | Self::Weekday(_) | Self::NthWeekday(..) => Unit::Day,
            Self::Holiday(_) | Self::Holidays(..) => Unit::Day,
        }
    }
}

impl Holiday {
    /// Reads a table's code: `12-25`, `easter+1`, `orthodox+0`, `11-4-4` (month, n-th, weekday from 1 for
    /// Monday, n-th `-1` the last), `11-4-4+1` (the day after that), `2001-09-11`, `@diwali-2` (two days before a
    /// feast that is listed year by year), `?`.
    pub fn from_code(code: &str) -> Option<Self> {
        if code == "?" {
            return Some(Self::Unknown);
        }
        if let Some(offset) = code.strip_prefix("easter") {
            return Some(Self::Easter(offset.parse().ok()?));
        }
        if let Some(offset) = code.strip_prefix("orthodox") {
            return Some(Self::OrthodoxEaster(offset.parse().ok()?));
        }
        if let Some(listed) = code.strip_prefix('@') {
            let (name, offset) = listed.split_at(listed.find(['+', '-']).unwrap_or(listed.len()));
            let offset = if offset.is_empty() { 0 } else { offset.parse().ok()? };
            return Some(Self::Feast { feast: feasts::find(name)?, offset });
        }
        if code.len() == 10 && code.as_bytes()[4] == b'-' {
            return Some(Self::Once(code.parse().ok()?));
        }
        let (rule, offset) = code.split_once('+').unwrap_or((code, "0"));
        let (month, rest) = rule.split_once('-')?;
        let month = month.parse().ok()?;
        match rest.rsplit_once('-') {
            Some((nth, weekday)) => {
                let weekday = Weekday::from_monday_one_offset(weekday.parse().ok()?).ok()?;
                Some(Self::Nth { month, nth: nth.parse().ok()?, weekday, offset: offset.parse().ok()? })
            }
            None => Some(Self::Fixed(month, rest.parse().ok()?)),
        }
    }
}

impl DateExpr {
    /// A month and a day, of a year or of one that is for the article to tell; none if there is no such day.
    pub fn day(day: i8, month: i8, year: Option<Year>, weekday: Option<Weekday>) -> Option<Self> {
        let leap = match year {
            Some(Year::Full(year)) => Date::new(year, 1, 1).ok()?.in_leap_year(),
            Some(Year::Short(year)) => year % 4 == 0,
            None => true,
        };
        let fits = Date::new(if leap { 2000 } else { 2001 }, month, day).is_ok();
        fits.then(|| Self::Part { part: Part::MonthDay(month, day), weekday, of: Whole::of_year(year) })
    }

    /// A part of something.
    pub fn part(part: Part, of: Whole) -> Self {
        Self::Part { part, weekday: None, of }
    }

    /// Units counted from an anchor, whole.
    pub fn shift(anchor: Anchor, count: i32, unit: Unit) -> Self {
        Self::Shift { anchor, count, unit, reach: Reach::Whole }
    }
}

impl Whole {
    /// A year, where there is one.
    pub fn of_year(year: Option<Year>) -> Self {
        year.map_or(Self::Open, |y| Self::Of(Box::new(DateExpr::Year(y))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holiday_codes() {
        let nth = |month, nth, weekday, offset| Some(Holiday::Nth { month, nth, weekday, offset });
        assert_eq!(Holiday::from_code("12-25"), Some(Holiday::Fixed(12, 25)));
        assert_eq!(Holiday::from_code("easter+1"), Some(Holiday::Easter(1)));
        assert_eq!(Holiday::from_code("easter-2"), Some(Holiday::Easter(-2)));
        assert_eq!(Holiday::from_code("orthodox+0"), Some(Holiday::OrthodoxEaster(0)));
        assert_eq!(Holiday::from_code("11-4-4"), nth(11, 4, Weekday::Thursday, 0));
        assert_eq!(Holiday::from_code("11-4-4+1"), nth(11, 4, Weekday::Thursday, 1));
        assert_eq!(Holiday::from_code("5--1-1"), nth(5, -1, Weekday::Monday, 0));
        assert_eq!(Holiday::from_code("1987-10-19"), Some(Holiday::Once(Date::constant(1987, 10, 19))));
        assert!(matches!(Holiday::from_code("@diwali-2"), Some(Holiday::Feast { offset: -2, .. })));
        assert!(matches!(Holiday::from_code("@holi"), Some(Holiday::Feast { offset: 0, .. })));
        assert_eq!(Holiday::from_code("?"), Some(Holiday::Unknown));
        for wrong in ["", "x", "@x", "12", "easter", "5-1-9", "1987-13-01"] {
            assert_eq!(Holiday::from_code(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn impossible_days_are_no_dates() {
        for (day, month, year) in [(31, 4, None), (30, 2, None), (29, 2, Some(Year::Full(2023))), (0, 5, None), (1, 13, None)] {
            assert_eq!(DateExpr::day(day, month, year, None), None);
        }
        for (day, month, year) in [(29, 2, None), (29, 2, Some(Year::Full(2024))), (31, 12, Some(Year::Short(99)))] {
            assert!(DateExpr::day(day, month, year, None).is_some());
        }
    }
}
