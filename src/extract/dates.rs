//! Dates: builds calendar expressions from what the rules of stage `dates` match.
//!
//! Constructors, each with its arguments; `[ ]` may match nothing, a *number* is digits, an ordinal
//! or a number word, a *year* is such a number, of two digits too, or a date that is a year:
//!
//! | constructor | makes |
//! | --- | --- |
//! | `day D M [Y] [W]` | a day of a month, checked by a weekday |
//! | `days A B M [Y]` | from one day of a month to another |
//! | `from-day D DATE` | from a day of the month to a date |
//! | `month-day D [W]` | a day of a month that is not named |
//! | `numeric-month M Y` | a month by its number |
//! | `numeric ORDER A B [Y]` | two numbers, in the language's ORDER: `day-first`, `month-first` |
//! | `digits ORDER T` | the same from one token with dots |
//! | `year Y [BC]` | a year |
//! | `years A B` | from one year to another, of which two digits will do |
//! | `decade D`, `century N [BC]` | a decade by its table's code, a century by a number |
//! | `named P [Y]` | a month, weekday, season, holiday or quarter, of a year |
//! | `weekend` | the end of a week |
//! | `nth N U [DATE]` | the n-th such unit or weekday, of a date; quarters and halves too |
//! | `half N DATE` | a half of a year |
//! | `around U DATE` | the unit that holds a date |
//! | `week N [Y]` | a week by its number |
//! | `part DATE DATE` | the first as a part of the second |
//! | `week-part DATE DATE` | the same where the second is a week |
//! | `day-of D DATE` | a day of a month that is a date |
//! | `same-day` | the day before it in the text |
//! | `same-in DATE` | what the date before is, in another year |
//! | `seen R P` | a month, weekday, season or holiday as R, a relative word, sees it |
//! | `shift R U` | a whole unit as a relative word sees it |
//! | `count [N] U SIGN ANCHOR` | so many units from `published`, from the date `before`, or from a date; whole ones: `…-whole` |
//! | `deictic W` | a day by its table's distance from the publication day, or from the date before |
//! | `interval DATE DATE` | from one to the other |
//! | `stretch DATE DATE` | the same of dates that are not counted from anything |
//! | `same DATE` | the date again, with the class that the rule gives it |
//! | `impossible D M [Y]` | what keeps anything from being made of a day that is none |
//!
//! The class of a DATE is where the words around it look: `ahead` or `back`; `apart` is the date of a
//! birth or a law, from which others are not completed. Not here: which words
//! say so (the rules), and what the expressions come to ([`crate::resolve::calendar`]).

use jiff::civil::Weekday;

use super::date_expr::{Anchor, DateExpr, Holiday, Looks, Order, Part, Reach, Stated, Unit, Which, Whole, Year};
use crate::lang::data::{class, kind};
use crate::lang::pack::{Pack, Row};
use crate::rule::run::{Arg, Build, run};
use crate::tag::{Annotation, Tags, Value};

/// Runs the rules of stage `dates`: the dates of an article, in text order, of overlapping ones the longest.
pub fn extract(tags: &mut Tags<'_>, pack: &Pack) -> Vec<Stated> {
    let mut dates = Dates { pack, built: Vec::new() };
    run("dates", pack, tags, &mut dates);
    let shut_out = |a: &Annotation| tags.annotations().iter().any(|n| n.kind == kind::NODATE && n.from < a.to && a.from < n.to);
    // The latest first among equals: a later layer says more of the same words.
    let mut found: Vec<&Annotation> = tags.annotations().iter().rev().filter(|a| a.kind == kind::DATE).collect();
    found.sort_by_key(|a| std::cmp::Reverse(a.to - a.from));
    let mut kept: Vec<&Annotation> = Vec::new();
    for date in found {
        if !kept.iter().any(|k| k.from < date.to && date.from < k.to) && !shut_out(date) {
            kept.push(date);
        }
    }
    kept.sort_by_key(|a| a.from);
    kept.into_iter().filter_map(|a| dates.stated(a, tags)).collect()
}

/// The extractor's arena, and what its constructors need to read their arguments.
struct Dates<'p> {
    pack: &'p Pack,
    built: Vec<DateExpr>,
}

impl Build for Dates<'_> {
    fn build(&mut self, constructor: &'static str, args: &[Arg], tags: &Tags<'_>) -> Option<Value> {
        let expr = Reader { dates: self, args, tags }.read(constructor)?;
        self.built.push(expr);
        Some(Value::Built(self.built.len() as u32 - 1))
    }
}

impl Dates<'_> {
    fn stated(&self, annotation: &Annotation, tags: &Tags<'_>) -> Option<Stated> {
        let Value::Built(at) = annotation.value else { return None };
        let looks = match annotation.class {
            class::AHEAD => Looks::Ahead,
            class::BACK => Looks::Back,
            class::APART => Looks::Apart,
            _ => Looks::Unsaid,
        };
        let expr = self.built.get(at as usize)?.clone();
        Some(Stated { span: tags.span(annotation.from, annotation.to), expr, looks, rule: annotation.rule })
    }
}

/// One constructor call.
struct Reader<'a, 'p, 't> {
    dates: &'a Dates<'p>,
    args: &'a [Arg],
    tags: &'a Tags<'t>,
}

impl<'a> Reader<'a, '_, '_> {
    fn read(&self, constructor: &str) -> Option<DateExpr> {
        match constructor {
            "day" => DateExpr::day(self.small(0)?, self.small(1)?, self.optional_year(2)?, self.weekday(3)),
            "days" => self.days(),
            "from-day" => self.after_day(),
            "day-of" => part_of(DateExpr::part(Part::Day(day_of_month(self.small(0)?)?), Whole::Open), self.date(1)?),
            "month-day" => {
                Some(DateExpr::Part { part: Part::Day(day_of_month(self.small(0)?)?), weekday: self.weekday(1), of: Whole::Open })
            }
            "numeric-month" => Some(DateExpr::part(Part::Month(self.small(0)?), Whole::of_year(Some(self.year(1, false)?)))),
            "numeric" => numeric(self.order(0)?, self.number(1)?, self.number(2)?, self.optional_year(3)?),
            "digits" => self.digits(),
            "year" => Some(DateExpr::Year(self.year(0, self.given(1))?)),
            "years" => self.years(),
            "decade" => Some(DateExpr::Decade(self.row(0)?.code.parse().ok()?)),
            "century" => self.century(),
            "named" => Some(DateExpr::part(self.part(0)?, Whole::of_year(self.optional_year(1)?))),
            "weekend" => Some(DateExpr::part(Part::Weekend, Whole::Open)),
            "nth" => self.nth(),
            "half" => part_of(DateExpr::part(Part::Half(half(self.small(0)?)?), Whole::Open), self.date(1)?),
            "week" => {
                Some(DateExpr::part(Part::Week(self.small(0).filter(|n| (1..=53).contains(n))?), Whole::of_year(self.optional_year(1)?)))
            }
            "part" => part_of(self.date(0)?, self.date(1)?),
            "week-part" => self.date(1).filter(|w| size(w) == Some(Unit::Week)).and_then(|week| part_of(self.date(0)?, week)),
            "same-day" => Some(DateExpr::shift(Anchor::Before, 0, Unit::Day)),
            "same-in" => self.date(0).filter(|d| size(d) == Some(Unit::Year)).map(|year| DateExpr::SameIn(Box::new(year))),
            "seen" => self.seen(),
            "shift" => Some(DateExpr::shift(self.anchor_of(0)?, self.number(0)?, self.unit(1)?)),
            "count" => self.count(),
            "around" => self
                .date(1)
                .filter(|d| size(d) == Some(Unit::Day))
                .and_then(|day| Some(DateExpr::shift(Anchor::Date(Box::new(day)), 0, self.unit(0)?))),
            "deictic" => Some(DateExpr::shift(self.anchor_of(0)?, self.number(0)?, Unit::Day)),
            "interval" => between(self.end(0)?, self.end(1)?),
            "stretch" => between(self.end(0)?, self.end(1)?).filter(on_the_calendar),
            "same" => self.date(0),
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
            kind::HOLIDAY => Part::Holiday(Holiday::from_code(row.code)?),
            kind::QUARTER => Part::Quarter(row.code.parse().ok()?),
            kind::HALF => Part::Half(row.code.parse().ok()?),
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

    fn century(&self) -> Option<DateExpr> {
        let number = self.small(0).filter(|n| (1..=30).contains(n))?;
        Some(DateExpr::Century(if self.given(1) { -number } else { number }))
    }

    fn nth(&self) -> Option<DateExpr> {
        let n = self.small(0)?;
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

    fn count(&self) -> Option<DateExpr> {
        let count = if self.given(0) { self.number(0)? } else { 1 };
        let (anchor, reach) = match self.args.get(3)? {
            Arg::Symbol("published") => (Anchor::Published, Reach::Distance),
            Arg::Symbol("before") => (Anchor::Before, Reach::Distance),
            Arg::Symbol("before-whole") => (Anchor::Before, Reach::Whole),
            Arg::Symbol("published-whole") => (Anchor::Published, Reach::Whole),
            _ => (Anchor::Date(Box::new(self.date(3)?)), Reach::Distance),
        };
        Some(DateExpr::Shift { anchor, count: count * self.number(2)?, unit: self.unit(1)?, reach })
    }
}

fn interval(from: DateExpr, to: DateExpr) -> DateExpr {
    DateExpr::Interval(Box::new(from), Box::new(to))
}

/// A half by its ordinal, which may count from the end.
fn half(n: i8) -> Option<u8> {
    match n {
        1 | -2 => Some(1),
        2 | -1 => Some(2),
        _ => None,
    }
}

fn day_of_month(day: i8) -> Option<i8> {
    (1..=31).contains(&day).then_some(day)
}

/// Two numbers that are a day and a month one way or the other.
fn numeric(order: Order, first: i32, second: i32, year: Option<Year>) -> Option<DateExpr> {
    let (first, second) = (u8::try_from(first).ok()?, u8::try_from(second).ok()?);
    let possible = |day: u8, month: u8| DateExpr::day(day as i8, month as i8, year, None).is_some();
    (first <= 31 && second <= 31 && (possible(first, second) || possible(second, first))).then_some(DateExpr::Numeric {
        first,
        second,
        year,
        order,
    })
}

/// An interval of two dates of one sort.
fn between(from: DateExpr, to: DateExpr) -> Option<DateExpr> {
    let weekday = |expr: &DateExpr| matches!(expr, DateExpr::Part { part: Part::Weekday(_), of: Whole::Open, .. });
    let of_a_month = |expr: &DateExpr| matches!(expr, DateExpr::Part { part: Part::MonthDay(..) | Part::Month(_), .. } | DateExpr::Year(_));
    // "Monday – 3 May" is one day twice.
    let twice = weekday(&from) && of_a_month(&to) || of_a_month(&from) && weekday(&to);
    (size(&from).is_some() && size(&to).is_some() && !twice).then(|| interval(from, to))
}

/// Whether both ends of an interval are dates of the calendar: a dash before "today" is punctuation.
fn on_the_calendar(interval: &DateExpr) -> bool {
    let counted = |end: &DateExpr| matches!(end, DateExpr::Shift { .. } | DateExpr::SameIn(_));
    !matches!(interval, DateExpr::Interval(from, to) if counted(from) || counted(to))
}

/// A date as a part of another, if it can be.
fn part_of(part: DateExpr, whole: DateExpr) -> Option<DateExpr> {
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
fn size(expr: &DateExpr) -> Option<Unit> {
    Some(match expr {
        DateExpr::Year(_) => Unit::Year,
        DateExpr::Decade(_) => Unit::Decade,
        DateExpr::Century(_) => Unit::Century,
        DateExpr::Numeric { .. } => Unit::Day,
        DateExpr::Shift { unit, .. } => *unit,
        DateExpr::Interval(..) | DateExpr::SameIn(_) => return None,
        DateExpr::Part { part, .. } => part.unit(),
    })
}
