//! How calendar expressions combine: intervals, parts of wholes, numbers that are a day and a month.
//!
//! Not here: what rules matched ([`super::read`]).

use crate::extract::date_expr::{Anchor, DateExpr, Order, Part, Reach, Unit, Whole, Year};

/// From one date to another.
pub fn interval(from: DateExpr, to: DateExpr) -> DateExpr {
    DateExpr::Interval(Box::new(from), Box::new(to))
}

/// A half by its ordinal, which may count from the end.
pub fn half(n: i8) -> Option<u8> {
    match n {
        1 | -2 => Some(1),
        2 | -1 => Some(2),
        _ => None,
    }
}

/// A number that can be a day of a month.
pub fn day_of_month(day: i8) -> Option<i8> {
    (1..=31).contains(&day).then_some(day)
}

/// Two numbers that are a day and a month one way or the other.
pub fn numeric(order: Order, first: i32, second: i32, year: Option<Year>) -> Option<DateExpr> {
    let (first, second) = (u8::try_from(first).ok()?, u8::try_from(second).ok()?);
    let possible = |day: u8, month: u8| DateExpr::day(day as i8, month as i8, year, None).is_some();
    (first <= 31 && second <= 31 && (possible(first, second) || possible(second, first))).then_some(DateExpr::Numeric {
        first,
        second,
        year,
        order,
    })
}

/// A year said in two halves: nineteen eighty.
pub fn halves(first: i32, second: i32) -> Option<DateExpr> {
    let fits = (11..=21).contains(&first) && (10..=99).contains(&second);
    fits.then(|| DateExpr::Year(Year::Full((first * 100 + second) as i16)))
}

/// What is counted as a distance, and so many units more: "two weeks and two days ago".
pub fn further(from: DateExpr, count: i32, unit: Unit) -> Option<DateExpr> {
    let DateExpr::Shift { anchor, count: days, unit: last, reach: Reach::Distance } = &from else { return None };
    // The units grow smaller, so that the last says how fine the whole is.
    let fits = matches!(
        (unit, last),
        (Unit::Week | Unit::Month | Unit::Year, Unit::Day) | (Unit::Month | Unit::Year, Unit::Week) | (Unit::Year, Unit::Month)
    );
    let farther = DateExpr::Shift { anchor: anchor.clone(), count: count.checked_mul(days.signum())?, unit, reach: Reach::Exact };
    fits.then(|| DateExpr::Shift { anchor: Anchor::Date(Box::new(farther)), count: *days, unit: *last, reach: Reach::Distance })
}

/// The weekend nearest to a day.
pub fn weekend_by(day: DateExpr) -> Option<DateExpr> {
    let named = matches!(day, DateExpr::Part { part: Part::MonthDay(..) | Part::Holiday(_), .. });
    named.then(|| DateExpr::Shift { anchor: Anchor::Date(Box::new(day)), count: 0, unit: Unit::Weekend, reach: Reach::Nearest })
}

/// An interval of two dates of one sort.
pub fn between(from: DateExpr, to: DateExpr) -> Option<DateExpr> {
    let weekday = |expr: &DateExpr| matches!(expr, DateExpr::Part { part: Part::Weekday(_), of: Whole::Open, .. });
    let of_a_month = |expr: &DateExpr| matches!(expr, DateExpr::Part { part: Part::MonthDay(..) | Part::Month(_), .. } | DateExpr::Year(_));
    // "Monday – 3 May" is one day twice.
    let twice = weekday(&from) && of_a_month(&to) || of_a_month(&from) && weekday(&to);
    (size(&from).is_some() && size(&to).is_some() && !twice).then(|| interval(from, to))
}

/// Whether both ends of an interval are dates of the calendar: a dash before "today" is punctuation.
pub fn on_the_calendar(interval: &DateExpr) -> bool {
    let counted = |end: &DateExpr| matches!(end, DateExpr::Shift { .. } | DateExpr::SameIn { .. } | DateExpr::Again);
    !matches!(interval, DateExpr::Interval(from, to) if counted(from) || counted(to))
}

/// A date as a part of another, if it can be.
pub fn part_of(part: DateExpr, whole: DateExpr) -> Option<DateExpr> {
    let DateExpr::Part { part, weekday, of: Whole::Open } = part else { return None };
    let fits = match (&part, size(&whole)?) {
        (Part::Weekday(_) | Part::Weekend, size) => size == Unit::Week,
        (Part::Day(_), size) => size == Unit::Month,
        (Part::NthWeekday(..) | Part::Nth(_, Unit::Day | Unit::Week | Unit::Weekend), size) => {
            matches!(size, Unit::Month | Unit::Year | Unit::Quarter | Unit::Season)
        }
        (Part::Nth(_, Unit::Year), size) => matches!(size, Unit::Decade | Unit::Century),
        (Part::Nth(_, Unit::Decade), size) => size == Unit::Century,
        (_, size) => size == Unit::Year,
    };
    fits.then(|| DateExpr::Part { part, weekday, of: Whole::Of(Box::new(whole)) })
}

/// The length of what an expression names.
pub fn size(expr: &DateExpr) -> Option<Unit> {
    Some(match expr {
        DateExpr::Year(_) => Unit::Year,
        DateExpr::Decade(_) => Unit::Decade,
        DateExpr::Century(_) => Unit::Century,
        DateExpr::Numeric { .. } => Unit::Day,
        DateExpr::Shift { unit, .. } => *unit,
        DateExpr::Interval(..) | DateExpr::SameIn { .. } | DateExpr::Again => return None,
        DateExpr::Part { part, .. } => part.unit(),
    })
}
