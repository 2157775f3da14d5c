//! Stretches of the calendar: a day, a week, a year, or between two of them; and how ISO 8601 and
//! EDTF (ISO 8601-2) write them.
//!
//! Not here: how an expression is resolved to one.

use std::fmt;

use jiff::Span;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::extract::date_expr::Unit;
use crate::terms::Granularity;

/// A known stretch of the calendar.
#[derive(Clone, Debug, PartialEq)]
pub enum Stretch {
    /// A day.
    Day(Date),
    /// An ISO week, by its Monday.
    Week(Date),
    /// Saturday and Sunday, by the Saturday.
    Weekend(Date),
    /// A month.
    Month(i16, i8),
    /// A season, numbered as EDTF does; winter by the year in which it begins.
    Season(i16, u8),
    /// A quarter.
    Quarter(i16, u8),
    /// A half of a year.
    Half(i16, u8),
    /// A year.
    Year(i16),
    /// A decade by its first three digits.
    Decade(i16),
    /// A century by its ordinal, negative before Christ.
    Century(i8),
    /// From the one to the other.
    Interval(Box<Stretch>, Box<Stretch>),
    /// A stretch of a year that cannot be known.
    AnyYear(Yearly),
}

/// A stretch that every year has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Yearly {
    /// A month and a day.
    Day(i8, i8),
    /// A month.
    Month(i8),
    /// A season.
    Season(u8),
    /// A quarter.
    Quarter(u8),
    /// A half.
    Half(u8),
}

impl Stretch {
    /// The stretch of a unit's length that holds a day.
    pub fn around(day: Date, unit: Unit) -> Self {
        let year = day.year();
        match unit {
            Unit::Day => Self::Day(day),
            Unit::Week => Self::Week(monday(day)),
            Unit::Weekend => Self::Weekend(plus_days(monday(day), 5)),
            Unit::Month => Self::Month(year, day.month()),
            Unit::Quarter => Self::Quarter(year, (day.month() as u8).div_ceil(3)),
            Unit::Half => Self::Half(year, (day.month() as u8).div_ceil(6)),
            Unit::Season => season_of(day),
            Unit::Year => Self::Year(year),
            Unit::Decade => Self::Decade(year.div_euclid(10)),
            Unit::Century => Self::Century(century_of(year)),
        }
    }

    /// The first day; none where the year is open or beyond what a calendar holds.
    pub fn first(&self) -> Option<Date> {
        match self {
            Self::Day(day) | Self::Week(day) | Self::Weekend(day) => Some(*day),
            Self::Month(year, month) => Date::new(*year, *month, 1).ok(),
            Self::Season(year, season) => Date::new(*year, (*season as i8 - 20) * 3, 21).ok(),
            Self::Quarter(year, quarter) => Date::new(*year, *quarter as i8 * 3 - 2, 1).ok(),
            Self::Half(year, half) => Date::new(*year, *half as i8 * 6 - 5, 1).ok(),
            Self::Year(year) => Date::new(*year, 1, 1).ok(),
            Self::Decade(decade) => Date::new(decade.checked_mul(10)?, 1, 1).ok(),
            Self::Century(century) => Date::new(century_start(*century), 1, 1).ok(),
            Self::Interval(from, _) => from.first(),
            Self::AnyYear(_) => None,
        }
    }

    /// The last day.
    pub fn last(&self) -> Option<Date> {
        let next = match self {
            Self::Day(day) => return Some(*day),
            Self::Interval(_, to) => return to.last(),
            Self::Weekend(_) => Unit::Day.after(self.first()?, 2),
            _ => self.unit()?.after(self.first()?, 1),
        };
        next?.yesterday().ok()
    }

    /// The same part of another year, if it is a part of one.
    pub fn in_year(&self, year: i16) -> Option<Self> {
        match self {
            Self::Day(day) => Date::new(year, day.month(), day.day()).ok().map(Self::Day),
            Self::Week(monday) => iso_week(year, monday.iso_week_date().week()).map(Self::Week),
            Self::Month(_, month) => Some(Self::Month(year, *month)),
            Self::Season(_, season) => Some(Self::Season(year, *season)),
            Self::Quarter(_, quarter) => Some(Self::Quarter(year, *quarter)),
            Self::Half(_, half) => Some(Self::Half(year, *half)),
            Self::Interval(from, to) => {
                let gap = to.last()?.year() - from.first()?.year();
                Some(Self::Interval(Box::new(from.in_year(year.checked_sub(gap)?)?), Box::new(to.in_year(year)?)))
            }
            _ => None,
        }
    }

    /// The unit whose length the stretch has.
    pub fn unit(&self) -> Option<Unit> {
        Some(match self {
            Self::Day(_) => Unit::Day,
            Self::Week(_) => Unit::Week,
            Self::Weekend(_) => Unit::Weekend,
            Self::Month(..) => Unit::Month,
            Self::Season(..) => Unit::Season,
            Self::Quarter(..) => Unit::Quarter,
            Self::Half(..) => Unit::Half,
            Self::Year(_) => Unit::Year,
            Self::Decade(_) => Unit::Decade,
            Self::Century(_) => Unit::Century,
            Self::Interval(..) | Self::AnyYear(_) => return None,
        })
    }

    /// How fine it is.
    pub fn granularity(&self) -> Granularity {
        match self {
            Self::Interval(..) => Granularity::Interval,
            Self::AnyYear(yearly) => yearly.granularity(),
            _ => self.unit().map_or(Granularity::Day, granularity),
        }
    }
}

impl Yearly {
    fn granularity(self) -> Granularity {
        match self {
            Self::Day(..) => Granularity::Day,
            Self::Month(_) => Granularity::Month,
            Self::Season(_) => Granularity::Season,
            Self::Quarter(_) => Granularity::Quarter,
            Self::Half(_) => Granularity::Half,
        }
    }
}

impl Unit {
    /// The day that lies `count` units after another; none beyond what a calendar holds.
    pub fn after(self, day: Date, count: i32) -> Option<Date> {
        let (months, days) = match self {
            Self::Day => (0, 1),
            Self::Week | Self::Weekend => (0, 7),
            Self::Month => (1, 0),
            Self::Quarter | Self::Season => (3, 0),
            Self::Half => (6, 0),
            Self::Year => (12, 0),
            Self::Decade => (120, 0),
            Self::Century => (1200, 0),
        };
        let count = i64::from(count);
        let span = Span::new().try_months(count.checked_mul(months)?).ok()?.try_days(count.checked_mul(days)?).ok()?;
        day.checked_add(span).ok()
    }
}

/// Where a unit stands from fine to coarse.
pub fn rank(unit: Unit) -> u8 {
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

/// The granularity of a stretch of a unit's length.
pub fn granularity(unit: Unit) -> Granularity {
    match unit {
        Unit::Day => Granularity::Day,
        Unit::Week => Granularity::Week,
        Unit::Weekend => Granularity::Weekend,
        Unit::Month => Granularity::Month,
        Unit::Quarter => Granularity::Quarter,
        Unit::Season => Granularity::Season,
        Unit::Half => Granularity::Half,
        Unit::Year => Granularity::Year,
        Unit::Decade => Granularity::Decade,
        Unit::Century => Granularity::Century,
    }
}

/// The day so many days later, or the day itself at the calendar's end.
pub fn plus_days(day: Date, days: i32) -> Date {
    Unit::Day.after(day, days).unwrap_or(day)
}

/// The Monday of a day's week.
pub fn monday(day: Date) -> Date {
    plus_days(day, -i32::from(day.weekday().to_monday_zero_offset()))
}

/// The Monday of a year's ISO week.
pub fn iso_week(year: i16, week: i8) -> Option<Date> {
    ISOWeekDate::new(year, week, Weekday::Monday).ok().map(ISOWeekDate::date)
}

fn season_of(day: Date) -> Stretch {
    let (year, month) = (day.year(), day.month());
    let turned = u8::from(month % 3 == 0 && day.day() >= 21);
    match (month as u8 - 1) / 3 + turned {
        0 => Stretch::Season(year - 1, 24),
        n => Stretch::Season(year, 20 + n),
    }
}

fn century_of(year: i16) -> i8 {
    // Years as they are spoken of: 1900 belongs to the 1900s, which the notation `19XX` means too.
    if year > 0 { (year / 100 + 1) as i8 } else { (year / 100 - 1) as i8 }
}

fn century_start(century: i8) -> i16 {
    if century > 0 { (i16::from(century) - 1) * 100 } else { i16::from(century) * 100 + 1 }
}

impl fmt::Display for Stretch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{}-{:02}-{:02}", Y(day.year()), day.month(), day.day()),
            Self::Week(monday) => {
                let week = monday.iso_week_date();
                write!(f, "{}-W{:02}", Y(week.year()), week.week())
            }
            Self::Weekend(saturday) => write!(f, "{}/{}", Self::Day(*saturday), Self::Day(plus_days(*saturday, 1))),
            Self::Month(year, month) => write!(f, "{}-{month:02}", Y(*year)),
            Self::Season(year, season) => write!(f, "{}-{season}", Y(*year)),
            Self::Quarter(year, quarter) => write!(f, "{0}-{1:02}/{0}-{2:02}", Y(*year), quarter * 3 - 2, quarter * 3),
            Self::Half(year, half) => write!(f, "{0}-{1:02}/{0}-{2:02}", Y(*year), half * 6 - 5, half * 6),
            Self::Year(year) => write!(f, "{}", Y(*year)),
            Self::Decade(decade) if *decade >= 0 => write!(f, "{decade:03}X"),
            Self::Decade(decade) => write!(f, "-{:03}X", -decade),
            Self::Century(century) if *century > 0 => write!(f, "{:02}XX", century - 1),
            Self::Century(century) => write!(f, "-{:02}XX", -century - 1),
            Self::Interval(from, to) => write!(f, "{}/{}", Start(from), End(to)),
            Self::AnyYear(Yearly::Day(month, day)) => write!(f, "XXXX-{month:02}-{day:02}"),
            Self::AnyYear(Yearly::Month(month)) => write!(f, "XXXX-{month:02}"),
            Self::AnyYear(Yearly::Season(season)) => write!(f, "XXXX-{season}"),
            Self::AnyYear(Yearly::Quarter(quarter)) => write!(f, "XXXX-{:02}/XXXX-{:02}", quarter * 3 - 2, quarter * 3),
            Self::AnyYear(Yearly::Half(half)) => write!(f, "XXXX-{:02}/XXXX-{:02}", half * 6 - 5, half * 6),
        }
    }
}

/// A year of four digits.
struct Y(i16);

impl fmt::Display for Y {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 { write!(f, "-{:04}", -self.0) } else { write!(f, "{:04}", self.0) }
    }
}

/// The side of an interval on which it begins; what is itself an interval gives its own beginning.
struct Start<'a>(&'a Stretch);
/// The side on which it ends.
struct End<'a>(&'a Stretch);

impl fmt::Display for Start<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        f.write_str(text.split('/').next().unwrap_or_default())
    }
}

impl fmt::Display for End<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        f.write_str(text.rsplit('/').next().unwrap_or_default())
    }
}
