//! What expressions come to, in articles of a few dates; and that whatever comes out is a valid value.

use jiff::civil::{Weekday, date};

use super::*;
use crate::extract::date_expr::Holiday;
use crate::span::Span;

/// The reference day of the tables: a Tuesday.
const PUBLISHED: Date = date(2024, 5, 7);

fn stated(expr: DateExpr) -> Stated {
    Stated { span: Span::new(0, 1), expr, looks: Looks::Unsaid, rule: "" }
}

fn article(exprs: impl IntoIterator<Item = DateExpr>) -> Vec<Stated> {
    exprs
        .into_iter()
        .zip(0..)
        .map(|(expr, at)| Stated { span: Span::new(at * 10, at * 10 + 5), expr, looks: Looks::Unsaid, rule: "" })
        .collect()
}

fn values(dates: &[Stated], published: Option<Date>) -> Vec<String> {
    resolve(dates, published).into_iter().map(|r| r.value.unwrap_or_else(|| "null".into())).collect()
}

/// What one date comes to that is published on the reference day.
fn value(expr: DateExpr) -> String {
    values(&[stated(expr)], Some(PUBLISHED)).remove(0)
}

/// What one date comes to that nothing helps.
fn open(expr: DateExpr) -> String {
    values(&[stated(expr)], None).remove(0)
}

fn day(d: i8, m: i8) -> DateExpr {
    DateExpr::day(d, m, None, None).expect("a day")
}

fn full(d: i8, m: i8, y: i16) -> DateExpr {
    DateExpr::day(d, m, Some(Year::Full(y)), None).expect("a day")
}

fn part(part: Part) -> DateExpr {
    DateExpr::part(part, Whole::Open)
}

fn year(y: i16) -> DateExpr {
    DateExpr::Year(Year::Full(y))
}

fn from_now(count: i32, unit: Unit) -> DateExpr {
    DateExpr::shift(Anchor::Published, count, unit)
}

fn ago(count: i32, unit: Unit) -> DateExpr {
    DateExpr::Shift { anchor: Anchor::Published, count: -count, unit, reach: Reach::Distance }
}

fn later(count: i32, unit: Unit) -> DateExpr {
    DateExpr::Shift { anchor: Anchor::Before, count, unit, reach: Reach::Distance }
}

fn interval(from: DateExpr, to: DateExpr) -> DateExpr {
    DateExpr::Interval(Box::new(from), Box::new(to))
}

fn of(part: Part, y: i16) -> DateExpr {
    DateExpr::part(part, Whole::Of(Box::new(year(y))))
}

fn same_in(unit: Option<Unit>, year: DateExpr) -> DateExpr {
    DateExpr::SameIn { unit, of: Box::new(year) }
}

fn after(date: DateExpr, count: i32, unit: Unit) -> DateExpr {
    DateExpr::Shift { anchor: Anchor::Date(Box::new(date)), count, unit, reach: Reach::AsFine }
}

fn numeric(first: u8, second: u8, year: Option<i16>, order: Order) -> DateExpr {
    DateExpr::Numeric { first, second, year: year.map(Year::Full), order }
}

#[test]
fn what_says_it_all() {
    let of = |p, whole| DateExpr::part(p, Whole::Of(Box::new(whole)));
    for (expr, expected) in [
        (full(21, 4, 2022), "2022-04-21"),
        (year(2016), "2016"),
        (year(-43), "-0043"),
        (DateExpr::Year(Year::Short(82)), "1982"),
        (DateExpr::Year(Year::Short(19)), "2019"),
        (DateExpr::Decade(199), "199X"),
        (DateExpr::Century(19), "18XX"),
        (DateExpr::Century(-5), "-04XX"),
        (of(Part::Month(5), year(1991)), "1991-05"),
        (of(Part::Season(21), year(2022)), "2022-21"),
        (of(Part::Quarter(3), year(2016)), "2016-07/2016-09"),
        (of(Part::Half(1), year(2022)), "2022-01/2022-06"),
        (of(Part::Week(3), year(2027)), "2027-W03"),
        (of(Part::Holiday(Holiday::Easter(0)), year(2010)), "2010-04-04"),
        (of(Part::Nth(-1, Unit::Week), of(Part::Month(3), year(2009))), "2009-W13"),
        (interval(year(1972), year(2008)), "1972/2008"),
        (interval(DateExpr::Decade(197), DateExpr::Decade(198)), "197X/198X"),
    ] {
        assert_eq!(open(expr.clone()), expected, "{expr:?}");
    }
}

#[test]
fn what_the_publication_day_completes() {
    for (expr, expected) in [
        (part(Part::Weekday(Weekday::Thursday)), "2024-05-02"),
        (part(Part::Weekday(Weekday::Tuesday)), "2024-05-07"),
        (DateExpr::part(Part::Weekday(Weekday::Tuesday), Whole::Seen(Which::Last, Anchor::Published)), "2024-04-30"),
        (DateExpr::part(Part::Weekday(Weekday::Tuesday), Whole::Seen(Which::Next, Anchor::Published)), "2024-05-14"),
        (DateExpr::part(Part::Weekday(Weekday::Friday), Whole::Seen(Which::This, Anchor::Published)), "2024-05-10"),
        (DateExpr::part(Part::Weekday(Weekday::Friday), Whole::Of(Box::new(from_now(-1, Unit::Week)))), "2024-05-03"),
        (DateExpr::part(Part::Month(4), Whole::Seen(Which::Last, Anchor::Published)), "2024-04"),
        (DateExpr::part(Part::Month(6), Whole::Seen(Which::Next, Anchor::Published)), "2024-06"),
        (DateExpr::part(Part::Month(9), Whole::Seen(Which::This, Anchor::Published)), "2024-09"),
        (part(Part::Weekend), "2024-05-04/2024-05-05"),
        (from_now(0, Unit::Weekend), "2024-05-11/2024-05-12"),
        (from_now(-1, Unit::Day), "2024-05-06"),
        (from_now(-1, Unit::Week), "2024-W18"),
        (from_now(1, Unit::Month), "2024-06"),
        (from_now(-1, Unit::Quarter), "2024-01/2024-03"),
        (from_now(-1, Unit::Year), "2023"),
        (from_now(-1, Unit::Decade), "201X"),
        (from_now(0, Unit::Century), "20XX"),
        (ago(20, Unit::Year), "2004"),
        (ago(3, Unit::Month), "2024-02"),
        (ago(2, Unit::Week), "2024-04-23"),
        (ago(1, Unit::Decade), "2014"),
        (day(21, 4), "2024-04-21"),
        (day(3, 6), "2024-06-03"),
        (day(3, 12), "2023-12-03"),
        (part(Part::Month(12)), "2023-12"),
        (part(Part::Quarter(4)), "2023-10/2023-12"),
        (part(Part::Holiday(Holiday::Fixed(12, 25))), "2023-12-25"),
        (part(Part::Day(21)), "2024-04-21"),
        (later(1, Unit::Day), "2024-05-08"),
        (interval(part(Part::Weekday(Weekday::Monday)), part(Part::Weekday(Weekday::Friday))), "2024-05-06/2024-05-10"),
        (interval(part(Part::Day(3)), day(7, 5)), "2024-05-03/2024-05-07"),
        (interval(part(Part::Day(13)), day(15, 7)), "2024-07-13/2024-07-15"),
        (interval(part(Part::Month(11)), DateExpr::part(Part::Month(2), Whole::of_year(Some(Year::Full(2017))))), "2016-11/2017-02"),
        (interval(full(10, 8, 2013), day(12, 9)), "2013-08-10/2013-09-12"),
    ] {
        assert_eq!(value(expr.clone()), expected, "{expr:?}");
    }
}

#[test]
fn what_stays_open() {
    for (expr, expected) in [
        (day(21, 4), "XXXX-04-21"),
        (part(Part::Month(4)), "XXXX-04"),
        (part(Part::Season(23)), "XXXX-23"),
        (part(Part::Quarter(3)), "XXXX-07/XXXX-09"),
        (part(Part::Holiday(Holiday::Fixed(12, 25))), "XXXX-12-25"),
        (part(Part::Holiday(Holiday::Easter(0))), "null"),
        (part(Part::Weekday(Weekday::Thursday)), "null"),
        (from_now(-1, Unit::Day), "null"),
        (later(1, Unit::Day), "null"),
        (interval(part(Part::Day(3)), day(7, 5)), "null"),
        (interval(day(3, 5), day(7, 6)), "XXXX-05-03/XXXX-06-07"),
    ] {
        assert_eq!(open(expr.clone()), expected, "{expr:?}");
        assert_eq!(resolve(&[stated(expr)], None)[0].from, None);
    }
}

#[test]
fn dates_of_an_article_help_each_other() {
    let cases: &[(&[DateExpr], &[&str])] = &[
        (&[day(21, 4), full(21, 4, 2022)], &["2022-04-21", "2022-04-21"]),
        (&[full(1, 10, 2012), day(5, 10), later(1, Unit::Day)], &["2012-10-01", "2012-10-05", "2012-10-06"]),
        (&[full(30, 4, 2015), part(Part::Month(9))], &["2015-04-30", "2015-09"]),
        (&[year(2010), part(Part::Month(9))], &["2010", "XXXX-09"]),
        (&[full(28, 2, 2023), part(Part::Month(3)), same_in(None, year(2022))], &["2023-02-28", "2023-03", "2022-03"]),
        (&[of(Part::Quarter(4), 2023), full(6, 1, 2024), same_in(None, year(2021))], &["2023-10/2023-12", "2024-01-06", "2021-10/2021-12"]),
        (&[full(6, 2, 2024), same_in(Some(Unit::Month), year(2021))], &["2024-02-06", "2021-02"]),
        (
            &[interval(of(Part::Month(1), 2023), of(Part::Month(5), 2023)), same_in(None, year(2022))],
            &["2023-01/2023-05", "2022-01/2022-05"],
        ),
        (&[full(10, 6, 2023), DateExpr::Again], &["2023-06-10", "2023-06-10"]),
        (&[DateExpr::Again, year(2023)], &["2023"]),
        (&[after(full(25, 12, 2021), 1, Unit::Year), after(of(Part::Month(5), 2021), 2, Unit::Year)], &["2022-12-25", "2023-05"]),
        (&[year(2010), later(1, Unit::Year), later(-2, Unit::Year)], &["2010", "2011", "2009"]),
        (&[full(28, 2, 2023), later(3, Unit::Week)], &["2023-02-28", "2023-03-21"]),
        (&[year(2012), later(1, Unit::Day)], &["2012", "null"]),
        (&[interval(year(2012), year(2014)), later(1, Unit::Year)], &["2012/2014", "2015"]),
        (&[interval(full(3, 5, 2023), full(7, 5, 2023)), later(1, Unit::Day)], &["2023-05-03/2023-05-07", "2023-05-08"]),
        (&[full(3, 3, 2023), from_now(-1, Unit::Day)], &["2023-03-03", "null"]),
        (&[numeric(3, 4, Some(2024), Order::MonthFirst), numeric(25, 4, None, Order::MonthFirst)], &["2024-04-03", "2024-04-25"]),
        (&[numeric(3, 4, Some(2024), Order::MonthFirst)], &["2024-03-04"]),
        (&[numeric(3, 4, Some(2024), Order::DayFirst)], &["2024-04-03"]),
        (&[numeric(2, 22, Some(2016), Order::DayFirst)], &["2016-02-22"]),
    ];
    for (dates, expected) in cases {
        assert_eq!(values(&article(dates.iter().cloned()), None), *expected, "{dates:?}");
    }
}

#[test]
fn what_resolved_them() {
    let from = |dates: Vec<DateExpr>| resolve(&article(dates), Some(PUBLISHED)).pop().expect("one a date").from;
    assert_eq!(from(vec![year(2010)]), Some(ResolvedFrom::Itself));
    assert_eq!(from(vec![day(21, 4)]), Some(ResolvedFrom::Published));
    assert_eq!(from(vec![full(3, 3, 2023), day(21, 4)]), Some(ResolvedFrom::Document));
    assert_eq!(from(vec![full(3, 3, 2023), later(1, Unit::Day)]), Some(ResolvedFrom::Document));
    assert_eq!(from(vec![full(3, 3, 2023), from_now(0, Unit::Year)]), Some(ResolvedFrom::Published));
}

#[test]
fn a_weekday_checks_the_year() {
    let checked = DateExpr::day(18, 7, None, Some(Weekday::Friday)).expect("a day");
    assert_eq!(values(&[stated(checked)], Some(date(2013, 2, 12))), ["2014-07-18"]);
}

#[test]
fn which_way_words_look() {
    let ahead = |expr| Stated { looks: Looks::Ahead, ..stated(expr) };
    let alone = |expr| Stated { looks: Looks::Alone, ..stated(expr) };
    let back = |expr| Stated { looks: Looks::Back, ..stated(expr) };
    for (date, expected) in [
        (ahead(part(Part::Weekday(Weekday::Friday))), "2024-05-10"),
        (back(part(Part::Weekday(Weekday::Friday))), "2024-05-03"),
        (ahead(part(Part::Month(12))), "2024-12"),
        (back(day(3, 6)), "2023-06-03"),
        (alone(part(Part::Weekday(Weekday::Friday))), "2024-05-10"),
        (alone(part(Part::Holiday(Holiday::Easter(0)))), "2025-04-20"),
        (alone(day(3, 3)), "2024-03-03"),
        (alone(interval(part(Part::Day(3)), day(5, 3))), "2025-03-03/2025-03-05"),
    ] {
        assert_eq!(values(std::slice::from_ref(&date), Some(PUBLISHED)), [expected], "{date:?}");
    }
}

/// Whether a value is what this program may write of ISO 8601-1 and EDTF.
fn is_valid(value: &str) -> bool {
    if let Some((from, to)) = value.split_once('/') {
        return !to.contains('/') && is_valid(from) && is_valid(to);
    }
    let (year, rest) = value.strip_prefix('-').map_or_else(|| value.split_at(4), |bc| bc.split_at(4));
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let in_range = |s: &str, low: u8, high: u8| s.len() == 2 && digits(s) && s.parse().is_ok_and(|n| (low..=high).contains(&n));
    match rest.as_bytes() {
        [] => digits(year) || (year.ends_with('X') && digits(&year[..3])) || (year.ends_with("XX") && digits(&year[..2])),
        [b'-', b'W', ..] => digits(year) && in_range(&rest[2..], 1, 53),
        [b'-', _, _] => (digits(year) || year == "XXXX") && (in_range(&rest[1..], 1, 12) || in_range(&rest[1..], 21, 24)),
        [b'-', _, _, b'-', _, _] if year == "XXXX" => format!("2000{rest}").parse::<Date>().is_ok(),
        [b'-', _, _, b'-', _, _] => value.starts_with('-') || value.parse::<Date>().is_ok(),
        _ => false,
    }
}

/// Any expression at all, at most so deep.
fn any_expr(u: &mut arbtest::arbitrary::Unstructured<'_>, depth: u8) -> arbtest::arbitrary::Result<DateExpr> {
    let unit = [
        Unit::Day,
        Unit::Week,
        Unit::Weekend,
        Unit::Month,
        Unit::Quarter,
        Unit::Season,
        Unit::Half,
        Unit::Year,
        Unit::Decade,
        Unit::Century,
    ];
    let weekday = Weekday::from_monday_zero_offset(u.int_in_range(0..=6)?).expect("a weekday");
    let nested = |u: &mut _| any_expr(u, depth.saturating_sub(1)).map(Box::new);
    let unit = *u.choose(&unit)?;
    Ok(match u.int_in_range(0..=if depth == 0 { 3 } else { 6 })? {
        0 => DateExpr::Year(Year::Full(u.int_in_range(-9000..=9000)?)),
        1 => DateExpr::Decade(u.int_in_range(0..=999)?),
        2 => DateExpr::Century(*u.choose(&[-99, -5, -1, 1, 19, 21, 99])?),
        3 => DateExpr::Numeric {
            first: u.int_in_range(0..=40)?,
            second: u.int_in_range(0..=40)?,
            year: u.arbitrary::<bool>()?.then_some(Year::Short(7)),
            order: Order::DayFirst,
        },
        4 => {
            let anchor = match u.int_in_range(0..=2)? {
                0 => Anchor::Published,
                1 => Anchor::Before,
                _ => Anchor::Date(nested(u)?),
            };
            let reach = *u.choose(&[Reach::Whole, Reach::Distance, Reach::AsFine])?;
            DateExpr::Shift { anchor, count: u.arbitrary()?, unit, reach }
        }
        5 if u.arbitrary()? => DateExpr::SameIn { unit: u.arbitrary::<bool>()?.then_some(unit), of: nested(u)? },
        5 => DateExpr::Interval(nested(u)?, nested(u)?),
        _ => {
            let nth = u.int_in_range(-6..=6)?;
            let (month, day) = (u.int_in_range(1..=12)?, u.int_in_range(1..=31)?);
            let holidays = [
                Holiday::Fixed(2, 29),
                Holiday::Easter(-47),
                Holiday::OrthodoxEaster(50),
                Holiday::Nth { month: 11, nth: 4, weekday, offset: 1 },
                Holiday::Feast { feast: u.int_in_range(0..=60)?, offset: -1 },
                Holiday::Unknown,
            ];
            let part = match u.int_in_range(0..=12)? {
                0 => Part::Month(month),
                1 => Part::Day(day),
                2 => Part::MonthDay(month, day),
                3 => Part::Weekday(weekday),
                4 => Part::Weekend,
                5 => Part::Season(u.int_in_range(21..=24)?),
                6 => Part::Quarter(u.int_in_range(1..=4)?),
                7 => Part::Half(u.int_in_range(1..=2)?),
                8 => Part::Week(u.int_in_range(0..=54)?),
                9 => Part::Holiday(*u.choose(&holidays)?),
                10 => Part::NthWeekday(nth, weekday),
                11 => Part::Holidays(*u.choose(&holidays)?, *u.choose(&holidays)?),
                _ => Part::Nth(nth, unit),
            };
            let of = match u.int_in_range(0..=4)? {
                0 => Whole::Open,
                1 => Whole::Seen(Which::Last, Anchor::Published),
                2 => Whole::Seen(Which::This, Anchor::Before),
                3 => Whole::Seen(Which::Next, Anchor::Date(nested(u)?)),
                _ => Whole::Of(nested(u)?),
            };
            DateExpr::Part { part, weekday: u.arbitrary::<bool>()?.then_some(weekday), of }
        }
    })
}

#[test]
fn every_value_is_valid() {
    arbtest::arbtest(|u| {
        let exprs = (0..4).map(|_| any_expr(u, 2)).collect::<Result<Vec<_>, _>>()?;
        let published = u.arbitrary::<bool>()?.then_some(PUBLISHED);
        for resolved in resolve(&article(exprs.clone()), published) {
            assert!(resolved.value.as_deref().is_none_or(is_valid), "{resolved:?} of {exprs:?}");
        }
        Ok(())
    });
}
