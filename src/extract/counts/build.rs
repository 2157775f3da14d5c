//! What the constructors of stage `counts` make.
//!
//! | constructor | makes |
//! | --- | --- |
//! | `count NUMBER NOUN` | things counted; NOUN may be absent |
//! | `money NUMBER CURRENCY` | an amount of money |
//! | `percent NUMBER` | a percentage |
//! | `measure NUMBER UNIT` | a measure, or a duration if the unit is one of time |
//! | `rate NUMBER UNIT UNIT` | a measure in one unit for each of another |
//! | `age NUMBER UNIT` | an age; in years without UNIT |
//! | `glued NUMBER` | whatever the letters glued to the number say: unit, currency, scale or noun |
//! | `approximated APPROX AMOUNT` | the amount with the approximator's modifier; without APPROX as it is |
//! | `range AMOUNT AMOUNT APPROX` | from one to the other, which share unit, noun and scale |
//! | `add AMOUNT AMOUNT n` | the first amount and an n-th of the second ("5 dollars 30 cents") |
//! | `decade NUMBER` | an age in someone's twenties |
//!
//! A number that a NONUM rule marked, or that an earlier layer used, makes nothing. Not here: which
//! words make which.

use crate::lang::data::{class, kind};
use crate::lang::pack::{Pack, RowId};
use crate::rule::matcher::Captured;
use crate::rule::run::{Arg, Build};
use crate::span::Span;
use crate::tag::number::{self, Lexicon};
use crate::tag::{Annotation, Tags, Value};
use crate::terms::{CountKind, Modifier};

use super::{Quantity, glued};

/// Makes quantities, and remembers which numbers are used up.
pub(super) struct Builder<'p> {
    pack: &'p Pack,
    lexicon: &'static Lexicon,
    /// All quantities made; annotations say which by place.
    pub quantities: Vec<Quantity<'p>>,
    /// Numbers used by a constructor: first token, and the first token of the layer's rule.
    used: Vec<u32>,
}

/// A number, as constructors need it.
#[derive(Clone, Copy)]
struct Number {
    value: f64,
    class: u16,
    from: u32,
    to: u32,
}

impl<'p> Builder<'p> {
    pub fn new(pack: &'p Pack) -> Self {
        Self { pack, lexicon: Lexicon::of(pack.language()), quantities: Vec::new(), used: Vec::new() }
    }

    fn make(&self, constructor: &str, args: &[Arg], tags: &Tags<'_>) -> Option<Quantity<'p>> {
        let capture = |at: usize| match args.get(at) {
            Some(Arg::Capture(captured)) => Some(*captured),
            _ => None,
        };
        let amount = |at: usize| capture(at).and_then(|c| self.amount(c, tags));
        match constructor {
            "approximated" => Some(self.approximated(capture(0), amount(1)?, tags)),
            "range" => self.range(amount(0)?, amount(1)?, capture(2), tags),
            "add" => add(amount(0)?, &amount(1)?, args.get(2)),
            _ => {
                let number = self.number(capture(0)?, tags)?;
                let plain = self.plain(&number, tags);
                match constructor {
                    "count" => self.count(plain, &number, capture(1), tags),
                    "money" => self.money(plain, &number, capture(1)?, tags),
                    "percent" => Some(Quantity { kind: CountKind::Percent, ..plain }),
                    "measure" => Some(measured(plain, self.code(capture(1)?, kind::UNIT, tags)?)),
                    "age" => {
                        let unit = capture(1).and_then(|unit| self.code(unit, kind::UNIT, tags)).unwrap_or("year");
                        Some(Quantity { kind: CountKind::Age, unit: Some(unit), ..plain })
                    }
                    "decade" => Some(Quantity { kind: CountKind::Age, unit: Some("year"), max: Some(plain.value + 9.0), modifier: Some(Modifier::Range), ..plain }),
                    "glued" => glued::quantity(plain, number.to - 1, tags, self.pack, self.lexicon),
                    _ => None,
                }
            }
        }
    }

    /// The number that a capture begins with, if it counts and is not used up.
    fn number(&self, captured: Captured, tags: &Tags<'_>) -> Option<Number> {
        let at = captured.from;
        let marked = |kind: u8| tags.starting_at(at).any(|id| tags.annotation(id).kind == kind);
        if marked(kind::NONUM) {
            return None;
        }
        let annotation = tags.longest_at(at, kind::NUMBER)?;
        let Value::Number(value) = annotation.value else { return None };
        Some(Number { value, class: annotation.class, from: annotation.from, to: annotation.to })
    }

    fn plain(&self, number: &Number, tags: &Tags<'_>) -> Quantity<'p> {
        let modifier = match number.class {
            class::MULTIPLE => Some(Modifier::MultiplesOf),
            class::APPROX | class::COUPLE => Some(Modifier::About),
            _ => None,
        };
        let range = number.from..number.to;
        let scale = number::find(tags.text(), tags.tokens(), &[range], self.lexicon).first().map_or(1.0, |n| n.scale);
        Quantity { kind: CountKind::Count, value: number.value, max: None, modifier, unit: None, noun: None, scale, end: None }
    }

    fn count(&self, plain: Quantity<'p>, number: &Number, noun: Option<Captured>, tags: &Tags<'_>) -> Option<Quantity<'p>> {
        if self.used.contains(&number.from) {
            return None;
        }
        let Some(noun) = noun else { return Some(plain) };
        let span = tags.span(noun.from, noun.to);
        let (noun, end) = glued::trimmed(span, noun.to - 1, tags, self.pack);
        Some(Quantity { noun: Some(noun), end, ..plain })
    }

    fn money(&self, plain: Quantity<'p>, number: &Number, currency: Captured, tags: &Tags<'_>) -> Option<Quantity<'p>> {
        let code = self.code(currency, kind::CURRENCY, tags)?;
        let mut value = plain.value;
        if number.class == class::GLUED {
            value *= glued::scale(number.to - 1, tags, self.lexicon)?;
        }
        Some(Quantity { kind: CountKind::Money, value, unit: Some(code), ..plain })
    }

    /// The code of the gazetteer row that a capture holds.
    fn code(&self, captured: Captured, wanted: u8, tags: &Tags<'_>) -> Option<&'p str> {
        let annotation = match captured.annotation {
            Some(id) => tags.annotation(id),
            None => tags.longest_at(captured.from, wanted)?,
        };
        row(annotation).map(|row| self.pack.row(row).code).filter(|code| !code.is_empty())
    }

    fn amount(&self, captured: Captured, tags: &Tags<'_>) -> Option<Quantity<'p>> {
        let annotation = captured.annotation.map(|id| tags.annotation(id)).or_else(|| tags.longest_at(captured.from, kind::AMOUNT))?;
        match annotation.value {
            Value::Built(at) => self.quantities.get(at as usize).cloned(),
            _ => None,
        }
    }

    fn approximated(&self, approx: Option<Captured>, amount: Quantity<'p>, tags: &Tags<'_>) -> Quantity<'p> {
        let class = approx.and_then(|a| a.annotation).map(|id| tags.annotation(id).class);
        Quantity { modifier: class.and_then(modifier).or(amount.modifier), ..amount }
    }

    fn range(&self, low: Quantity<'p>, high: Quantity<'p>, approx: Option<Captured>, tags: &Tags<'_>) -> Option<Quantity<'p>> {
        let unlike = low.kind != high.kind && low.kind != CountKind::Count && high.kind != CountKind::Count;
        let other_unit = low.unit.is_some() && high.unit.is_some() && low.unit != high.unit;
        if unlike || other_unit || low.max.is_some() || high.max.is_some() {
            return None;
        }
        let typed = if high.kind == CountKind::Count { low.kind } else { high.kind };
        // "5 to 7 million": the scale belongs to both, unless the first would then be the larger.
        let shared = if low.scale == 1.0 && high.scale > 1.0 && low.value * high.scale < high.value { high.scale } else { 1.0 };
        let value = low.value * shared;
        if value >= high.value {
            return None;
        }
        let unit = high.unit.or(low.unit);
        let _ = (approx, tags);
        Some(Quantity { kind: typed, value, max: Some(high.value), modifier: Some(Modifier::Range), unit, noun: high.noun.or(low.noun), ..high })
    }
}

impl Build for Builder<'_> {
    fn build(&mut self, constructor: &'static str, args: &[Arg], tags: &Tags<'_>) -> Option<Value> {
        let quantity = self.make(constructor, args, tags)?;
        if let (true, Some(Arg::Capture(number))) = (quantity.kind != CountKind::Count, args.first()) {
            self.used.push(number.from);
        }
        self.quantities.push(quantity);
        Some(Value::Built(self.quantities.len() as u32 - 1))
    }
}

/// An amount in a unit: a duration if the unit is one of time.
pub(super) fn measured<'p>(plain: Quantity<'p>, unit: &'p str) -> Quantity<'p> {
    let kind = match unit {
        "percent" => return Quantity { kind: CountKind::Percent, ..plain },
        "year" | "month" | "week" | "day" | "hour" | "minute" | "second" | "millisecond" | "microsecond" | "nanosecond" | "decade" | "century" | "quarter" => CountKind::Duration,
        _ => CountKind::Measure,
    };
    Quantity { kind, unit: Some(unit), ..plain }
}

fn add<'p>(whole: Quantity<'p>, part: &Quantity<'p>, parts: Option<&Arg>) -> Option<Quantity<'p>> {
    let Some(Arg::Number(parts)) = parts else { return None };
    let value = ((whole.value + part.value / parts) * 1e6).round() / 1e6;
    Some(Quantity { value, ..whole })
}

fn row(annotation: &Annotation) -> Option<RowId> {
    match annotation.value {
        Value::Row(row) => Some(row),
        _ => None,
    }
}

/// The modifier that an approximator's class names.
fn modifier(class: u16) -> Option<Modifier> {
    Some(match class {
        class::ABOUT | class::ABOUT_AFTER => Modifier::About,
        class::AT_LEAST | class::AT_LEAST_AFTER => Modifier::AtLeast,
        class::MORE_THAN | class::MORE_THAN_AFTER => Modifier::MoreThan,
        class::AT_MOST | class::AT_MOST_AFTER => Modifier::AtMost,
        class::LESS_THAN | class::LESS_THAN_AFTER => Modifier::LessThan,
        class::NEARLY => Modifier::Nearly,
        _ => return None,
    })
}

/// A span's place in the text as a token range would have it; kept here for the noun's byte span.
#[expect(dead_code, reason = "for noun spans that end inside a token")]
fn cut(span: Span, end: u32) -> Span {
    Span::new(span.start, end)
}
