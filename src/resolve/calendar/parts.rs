//! Where a part of a longer stretch falls: the third quarter of a year, the second Sunday of a month,
//! Easter; and which of its many returns is meant, given a day and a direction.
//!
//! Not here: what the day to count from is, which the article decides ([`super`]).

use jiff::civil::{Date, Weekday};

use super::stretch::{Stretch, Yearly, iso_week, monday, plus_days};
use crate::extract::date_expr::{Holiday, Part, Unit};
use crate::lang::feasts;

/// A year that has every day that any year has.
const LEAP_YEAR: i16 = 2000;
/// Words that look ahead reach back so many days: nobody announces a day that is all but a year away without its year.
const LATE: i32 = 7;

/// Which of a part's returns is meant, seen from a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// The nearest; one ahead counts as so many times as far away as it is.
    Near(i32),
    /// The last to have begun by then.
    Back,
    /// The first not over by then; of days of the year one just past, rather than one almost a year ahead.
    Ahead,
    /// The last that is over.
    Last,
    /// The first to begin after it.
    Next,
}

/// The part as every year has it.
pub fn yearly(part: &Part) -> Option<Yearly> {
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

/// The part's return that is meant, seen from a day; the weekday, where stated, checks it.
pub fn seen_from(part: &Part, day: Date, aim: Aim, weekday: Option<Weekday>) -> Option<Stretch> {
    let returns = |reach: i32| {
        (-reach..=reach).filter_map(|n| {
            let cycle = cycle(part).after(day, n)?;
            within(part, &Stretch::around(cycle, self::cycle(part)))
        })
    };
    // A weekday comes back to a day of the month within a year; a year farther off than three is a slip of the text.
    let checks = if matches!(part, Part::Day(_)) { 12 } else { 3 };
    let checked =
        weekday.and_then(|weekday| nearest(part, returns(checks).filter(|s| s.first().is_some_and(|d| d.weekday() == weekday)), day, aim));
    // A leap day is up to eight years away.
    let reach = if matches!(part, Part::MonthDay(2, 29)) { 8 } else { 2 };
    checked.or_else(|| nearest(part, returns(reach), day, aim))
}

/// The unit in which a part comes back.
pub fn cycle(part: &Part) -> Unit {
    match part {
        Part::Weekday(_) | Part::Weekend => Unit::Week,
        Part::Day(_) | Part::NthWeekday(..) | Part::Nth(_, Unit::Week | Unit::Day | Unit::Weekend) => Unit::Month,
        _ => Unit::Year,
    }
}

/// The stretch that lies as the aim says.
fn nearest(part: &Part, stretches: impl Iterator<Item = Stretch>, day: Date, aim: Aim) -> Option<Stretch> {
    let distance = |stretch: &Stretch| -> Option<i32> {
        let (first, last) = (days_between(day, stretch.first()?), days_between(day, stretch.last()?));
        Some(match aim {
            Aim::Near(weight) if first > 0 => first.saturating_mul(weight),
            Aim::Near(_) => (-last).max(0),
            Aim::Back if first <= 0 => -first,
            Aim::Ahead if last >= 0 => last,
            Aim::Ahead if matches!(part, Part::MonthDay(..)) && last >= -LATE => -last,
            Aim::Last if last < 0 => -last,
            Aim::Next if first > 0 => first,
            _ => return None,
        })
    };
    stretches.filter_map(|s| Some((distance(&s)?, s))).min_by_key(|(d, _)| *d).map(|(_, s)| s)
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

/// The part of this very stretch; none where it has no such part.
pub fn within(part: &Part, whole: &Stretch) -> Option<Stretch> {
    let first = whole.first()?;
    let year = match whole {
        Stretch::Month(..) | Stretch::Day(_) | Stretch::Week(_) | Stretch::Weekend(_) => None,
        _ => Some(first.year()),
    };
    match *part {
        Part::Month(month) => Some(Stretch::Month(year?, month)),
        Part::MonthDay(month, day) => Date::new(year?, month, day).ok().map(Stretch::Day),
        Part::Season(season) => Some(Stretch::Season(year?, season)),
        Part::Quarter(quarter) => Some(Stretch::Quarter(year?, quarter)),
        Part::Half(half) => Some(Stretch::Half(year?, half)),
        Part::Week(week) => iso_week(year?, week).map(Stretch::Week),
        Part::Holiday(holiday) => holiday_of(holiday, first.year()).map(Stretch::Day),
        Part::Holidays(from, to) => feast_between(from, to, first.year()),
        Part::Day(day) => Date::new(first.year(), first.month(), day).ok().map(Stretch::Day),
        Part::Weekday(weekday) => Some(Stretch::Day(plus_days(monday(first), i32::from(weekday.to_monday_zero_offset())))),
        Part::Weekend => Some(Stretch::Weekend(plus_days(monday(first), 5))),
        Part::NthWeekday(nth, weekday) => nth_weekday(nth, weekday, first, whole.last()?).map(Stretch::Day),
        Part::Nth(nth, unit) => nth_unit(nth, unit, whole),
    }
}

/// The n-th such weekday between two days, or from the end.
fn nth_weekday(nth: i8, weekday: Weekday, first: Date, last: Date) -> Option<Date> {
    let weeks = 7 * (i32::from(nth.unsigned_abs()) - 1);
    let day = if nth > 0 {
        plus_days(first, i32::from(first.weekday().until(weekday)) + weeks)
    } else {
        plus_days(last, -i32::from(last.weekday().since(weekday)) - weeks)
    };
    (nth != 0 && first <= day && day <= last).then_some(day)
}

/// The n-th such unit of a stretch, or from the end. A week belongs where its Thursday is, as in ISO 8601.
fn nth_unit(nth: i8, unit: Unit, whole: &Stretch) -> Option<Stretch> {
    let (first, last) = (whole.first()?, whole.last()?);
    if matches!(unit, Unit::Week | Unit::Weekend) {
        let day = nth_weekday(nth, if unit == Unit::Week { Weekday::Thursday } else { Weekday::Saturday }, first, last)?;
        return Some(Stretch::around(day, unit));
    }
    let day = match nth {
        1.. => unit.after(first, i32::from(nth) - 1)?,
        _ => unit.after(last, i32::from(nth) + 1)?,
    };
    (nth != 0 && first <= day && day <= last).then(|| Stretch::around(day, unit))
}

/// The day on which a holiday falls in a year.
fn holiday_of(holiday: Holiday, year: i16) -> Option<Date> {
    match holiday {
        Holiday::Fixed(month, day) => Date::new(year, month, day).ok(),
        Holiday::Easter(offset) => Some(plus_days(easter(year)?, i32::from(offset))),
        Holiday::OrthodoxEaster(offset) => Some(plus_days(orthodox_easter(year)?, i32::from(offset))),
        Holiday::Nth { month, nth, weekday, offset } => {
            let first = Date::new(year, month, 1).ok()?;
            let day = nth_weekday(nth, weekday, first, first.last_of_month())?;
            Some(plus_days(day, i32::from(offset)))
        }
        Holiday::Feast { feast, offset } => {
            let (month, day) = feasts::day(feast, year)?;
            Some(plus_days(Date::new(year, month, day).ok()?, i32::from(offset)))
        }
        Holiday::Once(day) => Some(day),
        Holiday::Unknown => None,
    }
}

/// From one holiday to the next return of another.
fn feast_between(from: Holiday, to: Holiday, year: i16) -> Option<Stretch> {
    let first = holiday_of(from, year)?;
    let ends = [holiday_of(to, year), holiday_of(to, year.checked_add(1)?)];
    let last = ends.into_iter().flatten().find(|last| first <= *last)?;
    Some(Stretch::Interval(Box::new(Stretch::Day(first)), Box::new(Stretch::Day(last))))
}

/// Easter Sunday, by the method of Meeus, Jones and Butcher.
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15).rem_euclid(30);
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

/// Easter Sunday of the Eastern churches: reckoned in the Julian calendar, given in the Gregorian.
fn orthodox_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let d = (19 * y.rem_euclid(19) + 15) % 30;
    let e = (2 * y.rem_euclid(4) + 4 * y.rem_euclid(7) - d + 34).rem_euclid(7);
    let n = d + e + 114;
    let julian = Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()?;
    Some(plus_days(julian, y.div_euclid(100) - y.div_euclid(400) - 2))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn easters() {
        for (y, m, d) in [(1961, 4, 2), (2000, 4, 23), (2010, 4, 4), (2024, 3, 31), (2025, 4, 20), (2038, 4, 25)] {
            assert_eq!(easter(y), Some(date(y, m, d)));
        }
        for (y, m, d) in [(2018, 4, 8), (2024, 5, 5), (2025, 4, 20)] {
            assert_eq!(orthodox_easter(y), Some(date(y, m, d)));
        }
    }

    #[test]
    fn parts_of_a_stretch() {
        let cases: &[(Part, Stretch, &str)] = &[
            (Part::NthWeekday(1, Weekday::Friday), Stretch::Month(2016, 7), "2016-07-01"),
            (Part::NthWeekday(-1, Weekday::Monday), Stretch::Month(2013, 3), "2013-03-25"),
            (Part::Nth(-1, Unit::Day), Stretch::Month(2015, 10), "2015-10-31"),
            (Part::Nth(-5, Unit::Day), Stretch::Month(2013, 5), "2013-05-27"),
            (Part::Nth(1, Unit::Week), Stretch::Year(2015), "2015-W01"),
            (Part::Nth(-1, Unit::Week), Stretch::Month(2009, 3), "2009-W13"),
            (Part::Nth(3, Unit::Month), Stretch::Year(2021), "2021-03"),
            (Part::Nth(1, Unit::Year), Stretch::Decade(199), "1990"),
            (Part::Quarter(3), Stretch::Year(2016), "2016-07/2016-09"),
            (Part::Weekday(Weekday::Friday), Stretch::Week(date(2022, 7, 25)), "2022-07-29"),
            (Part::Weekend, Stretch::Week(date(2022, 4, 18)), "2022-04-23/2022-04-24"),
            (Part::Holiday(Holiday::Easter(1)), Stretch::Year(2024), "2024-04-01"),
            (Part::Week(16), Stretch::Year(2022), "2022-W16"),
            (Part::Season(21), Stretch::Year(2022), "2022-21"),
        ];
        for (part, whole, value) in cases {
            assert_eq!(within(part, whole).map(|s| s.to_string()).as_deref(), Some(*value), "{part:?} of {whole:?}");
        }
        assert_eq!(within(&Part::NthWeekday(5, Weekday::Sunday), &Stretch::Month(2017, 9)), None);
        assert_eq!(within(&Part::Month(4), &Stretch::Month(2017, 9)), None);
    }

    #[test]
    fn returns_of_a_part() {
        let day = date(2024, 5, 7); // a Tuesday
        let cases: &[(Part, Aim, &str)] = &[
            (Part::Weekday(Weekday::Tuesday), Aim::Back, "2024-05-07"),
            (Part::Weekday(Weekday::Tuesday), Aim::Last, "2024-04-30"),
            (Part::Weekday(Weekday::Tuesday), Aim::Next, "2024-05-14"),
            (Part::Weekday(Weekday::Tuesday), Aim::Ahead, "2024-05-07"),
            (Part::Weekday(Weekday::Friday), Aim::Back, "2024-05-03"),
            (Part::Month(5), Aim::Back, "2024-05"),
            (Part::Month(5), Aim::Last, "2023-05"),
            (Part::Month(4), Aim::Last, "2024-04"),
            (Part::Month(6), Aim::Near(3), "2024-06"),
            (Part::Month(12), Aim::Near(3), "2023-12"),
            (Part::MonthDay(2, 29), Aim::Next, "2028-02-29"),
            (Part::Day(21), Aim::Back, "2024-04-21"),
            (Part::Weekend, Aim::Back, "2024-05-04/2024-05-05"),
        ];
        for (part, aim, value) in cases {
            assert_eq!(seen_from(part, day, *aim, None).map(|s| s.to_string()).as_deref(), Some(*value), "{part:?} {aim:?}");
        }
        let checked = seen_from(&Part::MonthDay(7, 18), date(2013, 2, 12), Aim::Near(3), Some(Weekday::Friday));
        assert_eq!(checked.map(|s| s.to_string()).as_deref(), Some("2014-07-18"));
    }
}
