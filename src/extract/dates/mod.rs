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
//! | `numeric-days ORDER A B [Y] C D [Y]` | from one such day to another |
//! | `digits ORDER T` | the same from one token with dots |
//! | `year Y [BC]` | a year |
//! | `years A B` | from one year to another, of which two digits will do |
//! | `era Y` | a year as it stands, however short |
//! | `halves A B` | a year said in two halves: nineteen eighty |
//! | `decade D`, `century N [BC]` | a decade by its table's code, a century by a number |
//! | `named P [Y]` | a month, weekday, season, holiday or quarter, of a year |
//! | `weekend` | the end of a week |
//! | `nth N U [DATE]` | the n-th such unit or weekday, of a date; quarters and halves too |
//! | `nth-now N W` | the n-th such weekday of the present month |
//! | `nth-last N U DATE` | the same counted from the end |
//! | `half N DATE` | a half of a year |
//! | `weekend-by DATE` | the weekend nearest to a day |
//! | `around U DATE` | the unit that holds a date |
//! | `week N [Y]` | a week by its number |
//! | `part DATE DATE` | the first as a part of the second |
//! | `week-part DATE DATE` | the same where the second is a week |
//! | `day-of D DATE` | a day of a month that is a date |
//! | `days-of-month A B` | from one day of a month that is not named to another |
//! | `days-of A B DATE` | days of a month that is a date |
//! | `same-day` | the day before it in the text |
//! | `next-day` | the day after it |
//! | `again` | the date before it, as it was |
//! | `same-in DATE [U]` | what the date before is, in another year; the last that is such a unit |
//! | `seen R P` | a month, weekday, season or holiday as R, a relative word, sees it |
//! | `next-but-one P` | the second return of a month or a weekday from now |
//! | `shift R U` | a whole unit as a relative word sees it |
//! | `count [N] U SIGN ANCHOR` | so many units from `published`, from the date `before`, or from a date; whole ones: `…-whole` |
//! | `count-and-half [N] U SIGN` | N units and a half from the publication day; `count-half N U SIGN`: N may be a half |
//! | `beside U SIGN DATE` | the whole unit before a date, or after it |
//! | `first-of N U SIGN DATE` | the first so many units of a date, or the last |
//! | `count-weekdays N W SIGN` | so many such weekdays after the publication day, or before it |
//! | `further N U DATE [[N] U]` | as `count` made DATE, and so many units more, and more again |
//! | `deictic W` | a day by its table's distance from the publication day, or from the date before |
//! | `interval DATE DATE` | from one to the other |
//! | `stretch DATE DATE` | the same of dates that are not counted from anything |
//! | `same DATE` | the date again, with the class that the rule gives it |
//! | `point DATE` | the same of a date that is no interval |
//! | `eve DATE` | the day before a day |
//! | `impossible D M [Y]` | what keeps anything from being made of a day that is none |
//!
//! The class of a DATE is where the words around it look: `ahead` or `back`; `apart` is the date of a
//! birth or a law, from which others are not completed; `alone` has no words around it. Not here: which words
//! say so (the rules), and what the expressions come to ([`crate::resolve::calendar`]).

mod compose;
mod read;

use self::read::Reader;
use super::date_expr::{DateExpr, Looks, Stated};
use crate::lang::data::{class, kind};
use crate::lang::pack::Pack;
use crate::rule::run::{Arg, Build, run};
use crate::tag::{Annotation, Tags, Value};

/// Runs the rules of stage `dates`: the dates of an article, in text order, of overlapping ones the longest.
pub fn extract(tags: &mut Tags<'_>, pack: &Pack) -> Vec<Stated> {
    let mut dates = Dates { pack, built: Vec::new() };
    run("dates", pack, tags, &mut dates);
    let mut taken = vec![false; tags.tokens().len()];
    for shut_out in tags.annotations().iter().filter(|a| a.kind == kind::NODATE) {
        taken[shut_out.from as usize..shut_out.to as usize].fill(true);
    }
    // The latest first among equals: a later layer says more of the same words.
    let mut found: Vec<&Annotation> = tags.annotations().iter().rev().filter(|a| a.kind == kind::DATE).collect();
    found.sort_by_key(|a| std::cmp::Reverse(a.to - a.from));
    let mut kept: Vec<&Annotation> = Vec::new();
    for date in found {
        let words = date.from as usize..date.to as usize;
        if !taken[words.clone()].contains(&true) {
            taken[words].fill(true);
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
            class::ALONE => Looks::Alone,
            _ => Looks::Unsaid,
        };
        let expr = self.built.get(at as usize)?.clone();
        Some(Stated { span: tags.span(annotation.from, annotation.to), expr, looks, rule: annotation.rule })
    }
}
