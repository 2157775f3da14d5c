//! What the constructors of stage `counts` make.
//!
//! | constructor | makes |
//! | --- | --- |
//! | `falling NUMBER NUMBER` | nothing but the mark, where the second number is not the larger |
//! | `same NUMBER NUMBER` | nothing but the mark, where the two are worth the same |
//! | `count NUMBER NOUN APPROX` | things counted; NOUN and APPROX may be absent |
//! | `money NUMBER CURRENCY SCALE` | an amount of money; with SCALE, a number of either sort, so many times that ("75 USD million") |
//! | `ratio NUMBER NUMBER NOUN` | a part of things: so many in so many |
//! | `alone NUMBER` | the number, where nothing else stands in the text |
//! | `scaled NUMBER NOUN SCALE` | things counted, where the letters glued to the number are a scale ("35m users"), or so many times SCALE |
//! | `measure NUMBER UNIT` | a measure, a duration if the unit is one of time, a percentage if it is per cent |
//! | `money_if_used NUMBER CODE` | an amount of money, if it is large or the article names that currency otherwise |
//! | `hundredths NUMBER CENT` | an amount of money in hundredths |
//! | `single UNIT` | one of a unit or currency that has an article before it ("a year and two months") |
//! | `one_and NUMBER UNIT` | one and a fraction of a unit ("an hour and a half") |
//! | `mixed NUMBER UNIT NUMBER n` | the first number and an n-th of the second ("due metri e dieci") |
//! | `parts NUMBER UNIT n` | so many n-ths of a unit ("tre centesimi di secondo") |
//! | `in_unit NUMBER CODE` | a measure in the unit that the rule gives |
//! | `rate NUMBER UNIT UNIT` | a measure in one unit for each of another ("10 kV/cm") |
//! | `glued_rate NUMBER UNIT` | the same, the first unit glued to the number |
//! | `age NUMBER UNIT` | an age; in years without UNIT |
//! | `decade NUMBER` | an age in someone's twenties |
//! | `negative NUMBER UNIT` | a measure below zero |
//! | `glued NUMBER WORD` | whatever the letters glued to the number say, with the next word if given: unit, currency, scale or noun |
//! | `glued_hundredths NUMBER` | an amount of money in hundredths, named by the letters glued to the number |
//! | `approximated APPROX AMOUNT` | the amount with the approximator's modifier; without APPROX as it is |
//! | `at_least AMOUNT` | the amount or more |
//! | `range AMOUNT AMOUNT` | from one to the other, which share unit, noun and scale |
//! | `shared AMOUNT AMOUNT APPROX` | the first amount, in the unit of the second ("from 6 to 5 years") |
//! | `plus AMOUNT NUMBER n` | the amount and an n-th of the number ("15 dollars 50", "two hours and a half") |
//! | `sum AMOUNT AMOUNT` | both together, in the unit of the first ("5 dollars 30 cents") |
//!
//! A number that a NONUM rule marked, or that an earlier layer used, makes nothing. Not here: which
//! words make which.

use crate::lang::data::{class, kind};
use crate::lang::pack::Pack;
use crate::rule::matcher::Captured;
use crate::rule::run::{Arg, Build};
use crate::span::Span;
use crate::tag::number::{self, Lexicon};
use crate::tag::{Tags, Value};
use crate::terms::{CountKind, Modifier};

use super::{Quantity, glued};

/// Makes quantities, and remembers which tokens count nothing or are used up.
pub(super) struct Builder<'p> {
    pack: &'p Pack,
    lexicon: &'static Lexicon,
    /// All quantities made; annotations say which by place.
    pub quantities: Vec<Quantity<'p>>,
    /// For each token, whether it may still begin a number that counts.
    free: Vec<bool>,
    /// How many annotations `free` takes account of.
    seen: usize,
}

/// A number, as constructors need it.
#[derive(Clone, Copy)]
struct Number {
    value: f64,
    class: u16,
    from: u32,
    to: u32,
}

/// The arguments of a constructor.
struct Args<'a> {
    args: &'a [Arg],
    tags: &'a Tags<'a>,
}

impl Args<'_> {
    fn capture(&self, at: usize) -> Option<Captured> {
        match self.args.get(at) {
            Some(Arg::Capture(captured)) => Some(*captured),
            _ => None,
        }
    }

    fn number(&self, at: usize) -> Option<Number> {
        let annotation = self.tags.longest_at(self.capture(at)?.from, kind::NUMBER)?;
        let Value::Number(value) = annotation.value else { return None };
        Some(Number { value, class: annotation.class, from: annotation.from, to: annotation.to })
    }
}

impl<'p> Builder<'p> {
    /// A builder for an article of so many tokens.
    pub fn new(pack: &'p Pack, tokens: usize) -> Self {
        Self { pack, lexicon: Lexicon::of(pack.language()), quantities: Vec::new(), free: vec![true; tokens], seen: 0 }
    }

    /// Takes account of the marks and amounts of earlier layers.
    fn look(&mut self, tags: &Tags<'_>) {
        for annotation in &tags.annotations()[self.seen..] {
            if annotation.kind == kind::NONUM || annotation.kind == kind::AMOUNT {
                self.free[annotation.from as usize..annotation.to as usize].fill(false);
            }
        }
        self.seen = tags.annotations().len();
    }

    fn make(&self, constructor: &str, args: &Args<'_>) -> Option<Quantity<'p>> {
        let amount = |at| self.amount(args.capture(at)?, args.tags);
        match constructor {
            "approximated" => Some(approximated(args.capture(0), amount(1)?, args.tags)),
            "at_least" => Some(Quantity { modifier: Some(Modifier::AtLeast), ..amount(0)? }),
            "range" => range(amount(0)?, amount(1)?),
            "shared" => Some(approximated(args.capture(2), shared(amount(0)?, &amount(1)?)?, args.tags)),
            "plus" => plus(amount(0)?, args.number(1)?.value, args.args.get(2)),
            "sum" => plus(amount(0)?, amount(1)?.value, None),
            "single" => self.single(args.capture(0)?, args.tags),
            _ => self.numbered(constructor, args),
        }
    }

    fn numbered(&self, constructor: &str, args: &Args<'_>) -> Option<Quantity<'p>> {
        let number = args.number(0).filter(|n| self.free[n.from as usize])?;
        if constructor == "count" && is_code(args.tags.words_text(number.from, number.to)) {
            return None;
        }
        let plain = self.plain(&number, args.tags);
        let unit = |at| args.capture(at).and_then(|unit| self.code(unit, kind::UNIT, args.tags));
        match constructor {
            "count" => Some(approximated(args.capture(2), self.count(plain, args.capture(1), args.tags), args.tags)),
            "ratio" => {
                let whole = args.number(1).filter(|w| number.value < w.value && w.value <= 5000.0)?;
                let part = Quantity { value: number::rounded(plain.value / whole.value), ..plain };
                Some(self.count(part, args.capture(2), args.tags))
            }
            "alone" => Some(plain),
            "scaled" => {
                let scaled = match args.args.get(2) {
                    Some(Arg::Number(scale)) => times(plain, *scale),
                    _ => self.rescaled(plain, &number, args.tags)?,
                };
                Some(self.count(scaled, args.capture(1), args.tags))
            }
            "money" => self.money(plain, &number, args),
            "money_if_used" => {
                let Some(Arg::Symbol(code)) = args.args.get(1) else { return None };
                let plain = self.rescaled(plain, &number, args.tags)?;
                let used = plain.value >= 1e6 || self.names_currency(code, args.tags);
                used.then(|| Quantity { kind: CountKind::Money, unit: Some((*code).into()), ..plain })
            }
            "hundredths" => {
                let code = self.code(args.capture(1)?, kind::CENT, args.tags);
                Some(Quantity { kind: CountKind::Money, value: plain.value / 100.0, unit: Some(code?.into()), ..plain })
            }
            "measure" => Some(measured(self.rescaled(plain, &number, args.tags)?, unit(1)?)),
            "negative" => Some(measured(Quantity { value: -plain.value, ..plain }, unit(1)?)),
            "one_and" => Some(measured(Quantity { value: 1.0 + plain.value, ..plain }, unit(1)?)),
            "mixed" => {
                let part = args.number(2).filter(|n| self.free[n.from as usize])?;
                Some(measured(plus(plain, part.value, args.args.get(3))?, unit(1)?))
            }
            "parts" => Some(measured(plus(Quantity { value: 0.0, ..plain }, number.value, args.args.get(2))?, unit(1)?)),
            "in_unit" => {
                let Some(Arg::Symbol(code)) = args.args.get(1) else { return None };
                Some(measured(plain, code))
            }
            "rate" => rate(plain, unit(1)?, unit(2)?),
            "glued_rate" => rate(plain, glued::code_of(number.to - 1, kind::UNIT, args.tags, self.pack)?, unit(1)?),
            "age" => Some(Quantity { kind: CountKind::Age, unit: Some(unit(1).unwrap_or("year").into()), ..plain }),
            "decade" => {
                let max = Some(plain.value + 9.0);
                Some(Quantity { kind: CountKind::Age, unit: Some("year".into()), max, modifier: Some(Modifier::Range), ..plain })
            }
            "glued" => glued::quantity(plain, number.to - 1, args.capture(1), args.tags, self.pack, self.lexicon),
            "glued_hundredths" => {
                let code = glued::code_of(number.to - 1, kind::CENT, args.tags, self.pack)?;
                Some(Quantity { kind: CountKind::Money, value: plain.value / 100.0, unit: Some(code.into()), ..plain })
            }
            _ => None,
        }
    }

    fn plain(&self, number: &Number, tags: &Tags<'_>) -> Quantity<'p> {
        let modifier = match number.class {
            class::MULTIPLE => Some(Modifier::MultiplesOf),
            class::APPROX | class::COUPLE => Some(Modifier::About),
            _ => None,
        };
        // One token of digits has no scale; others are read again for theirs.
        let read = || number::reread(tags.text(), tags.tokens(), number.from..number.to, self.lexicon);
        let scale = if number.class == class::DIGITS { 1.0 } else { read().map_or(1.0, |n| n.scale) };
        let span = tags.span(number.from, number.to);
        Quantity {
            kind: CountKind::Count,
            value: number.value,
            max: None,
            modifier,
            unit: None,
            noun: None,
            number: span,
            scale,
            end: None,
        }
    }

    fn count(&self, plain: Quantity<'p>, noun: Option<Captured>, tags: &Tags<'_>) -> Quantity<'p> {
        let Some(noun) = noun else { return plain };
        let span = tags.span(noun.from, noun.to);
        let Some(end) = (noun.from..noun.to).find_map(|at| glued::cut(at, tags, self.pack)) else {
            return Quantity { noun: Some(span), ..plain };
        };
        // What is left may be a unit or a currency after all: "9 monthsand", "3 million eurosin".
        let plain = Quantity { end: Some(end), ..plain };
        glued::named(Span::new(span.start, end), plain, tags, self.pack)
    }

    fn money(&self, plain: Quantity<'p>, number: &Number, args: &Args<'_>) -> Option<Quantity<'p>> {
        let code = self.code(args.capture(1)?, kind::CURRENCY, args.tags)?;
        let plain = self.rescaled(plain, number, args.tags)?;
        let scale = match args.args.get(2) {
            Some(Arg::Number(scale)) => *scale,
            _ => args.number(2).map_or(1.0, |scale| scale.value),
        };
        Some(Quantity { kind: CountKind::Money, unit: Some(code.into()), ..times(plain, scale) })
    }

    /// One of a unit or a currency.
    fn single(&self, captured: Captured, tags: &Tags<'_>) -> Option<Quantity<'p>> {
        let one = Quantity {
            kind: CountKind::Money,
            value: 1.0,
            max: None,
            modifier: None,
            unit: None,
            noun: None,
            number: tags.span(captured.from, captured.to),
            scale: 1.0,
            end: None,
        };
        let unit = self.code(captured, kind::UNIT, tags).map(|code| measured(one.clone(), code));
        unit.or_else(|| Some(Quantity { unit: Some(self.code(captured, kind::CURRENCY, tags)?.into()), ..one }))
    }

    /// Whether the article has a sign or code of a currency.
    fn names_currency(&self, code: &str, tags: &Tags<'_>) -> bool {
        let mut currencies = tags.annotations().iter().filter(|a| a.kind == kind::CURRENCY && a.class != class::NAME);
        currencies.any(|a| matches!(a.value, Value::Row(row) if self.pack.row(row).code == code))
    }

    /// A number with the scale that is glued to it, if anything is; none where that is no scale.
    fn rescaled(&self, plain: Quantity<'p>, number: &Number, tags: &Tags<'_>) -> Option<Quantity<'p>> {
        if number.class != class::GLUED {
            return Some(plain);
        }
        let scale = glued::scale(number.to - 1, tags, self.lexicon)?;
        Some(Quantity { value: number::scaled(plain.value, scale), scale, ..plain })
    }

    /// The code of the gazetteer row that a capture holds; of several that differ in their capitals, of the exact one.
    fn code(&self, captured: Captured, wanted: u8, tags: &Tags<'_>) -> Option<&'p str> {
        let text = tags.words_text(captured.from, captured.to);
        let here = tags.starting_at(captured.from).map(|id| tags.annotation(id)).filter(|a| a.kind == wanted && a.to == captured.to);
        let rows = here.filter_map(|a| if let Value::Row(row) = a.value { Some(self.pack.row(row)) } else { None });
        rows.filter_map(|row| Some((glued::likeness(&row, text)?, row.code)))
            .max_by_key(|(likeness, _)| *likeness)
            .map(|(_, code)| code)
            .filter(|code| !code.is_empty())
    }

    fn amount(&self, captured: Captured, tags: &Tags<'_>) -> Option<Quantity<'p>> {
        let annotation = match captured.annotation {
            Some(id) => tags.annotation(id),
            None => tags.longest_at(captured.from, kind::AMOUNT)?,
        };
        match annotation.value {
            Value::Built(at) => self.quantities.get(at as usize).cloned(),
            _ => None,
        }
    }
}

impl Build for Builder<'_> {
    fn build(&mut self, constructor: &'static str, args: &[Arg], tags: &Tags<'_>) -> Option<Value> {
        self.look(tags);
        let args = Args { args, tags };
        match constructor {
            "falling" => return (args.number(0)?.value >= args.number(1)?.value).then_some(Value::None),
            "same" => return (args.number(0)?.value == args.number(1)?.value).then_some(Value::None),
            _ => {}
        }
        let quantity = self.make(constructor, &args)?;
        self.quantities.push(quantity);
        Some(Value::Built(self.quantities.len() as u32 - 1))
    }
}

/// Whether digits begin with a nought that says nothing of their value, as telephone numbers do.
fn is_code(digits: &str) -> bool {
    digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
}

/// An amount in a unit: a duration if the unit is one of time.
pub(super) fn measured<'p>(plain: Quantity<'p>, unit: &'p str) -> Quantity<'p> {
    let kind = match unit {
        "percent" => return Quantity { kind: CountKind::Percent, ..plain },
        "year" | "quarter" | "month" | "week" | "day" | "hour" | "minute" | "second" | "millisecond" | "microsecond" | "nanosecond"
        | "decade" | "century" | "night" => CountKind::Duration,
        _ => CountKind::Measure,
    };
    Quantity { kind, unit: Some(unit.into()), ..plain }
}

/// So many times a quantity.
fn times(plain: Quantity<'_>, scale: f64) -> Quantity<'_> {
    let last = if scale > 1.0 { scale } else { plain.scale };
    Quantity { value: number::scaled(plain.value, scale), scale: last, ..plain }
}

/// An amount in one unit for each of another.
fn rate<'p>(plain: Quantity<'p>, unit: &str, each: &str) -> Option<Quantity<'p>> {
    let unit = format!("{unit}-per-{each}");
    (!unit.starts_with("percent-")).then(|| Quantity { kind: CountKind::Measure, unit: Some(unit.into()), ..plain })
}

fn approximated<'p>(approx: Option<Captured>, amount: Quantity<'p>, tags: &Tags<'_>) -> Quantity<'p> {
    let class = approx.and_then(|a| a.annotation).map(|id| tags.annotation(id).class);
    Quantity { modifier: class.and_then(modifier).or(amount.modifier), ..amount }
}

/// The modifier that an approximator's class names.
fn modifier(class: u16) -> Option<Modifier> {
    Some(match class {
        class::ABOUT | class::ABOUT_AFTER => Modifier::About,
        class::AT_LEAST | class::AT_LEAST_AFTER => Modifier::AtLeast,
        class::MORE_THAN => Modifier::MoreThan,
        class::AT_MOST | class::AT_MOST_AFTER => Modifier::AtMost,
        class::LESS_THAN => Modifier::LessThan,
        class::NEARLY => Modifier::Nearly,
        _ => return None,
    })
}

fn range<'p>(low: Quantity<'p>, high: Quantity<'p>) -> Option<Quantity<'p>> {
    let counts = |q: &Quantity<'_>| q.kind == CountKind::Count;
    let unlike = low.kind != high.kind && !(counts(&low) && low.noun.is_none()) && !(counts(&high) && high.noun.is_none());
    let other_unit = low.unit.is_some() && high.unit.is_some() && low.unit != high.unit;
    let other_noun = low.noun.is_some() && high.noun.is_some();
    if unlike || other_unit || other_noun || low.max.is_some() || high.max.is_some() {
        return None;
    }
    // "5 to 7 million": the scale belongs to both, unless the first would then be the larger.
    let shared = if low.scale == 1.0 && low.value * high.scale < high.value { high.scale } else { 1.0 };
    let value = low.value * shared;
    // A year before a large number is no range: "in 2015 to 3 million".
    let year = counts(&low) && (1850.0..2050.0).contains(&low.value) && high.value > 10.0 * low.value;
    if value >= high.value || year {
        return None;
    }
    let kind = if counts(&high) { low.kind } else { high.kind };
    Some(Quantity {
        kind,
        value,
        max: Some(high.value),
        modifier: Some(Modifier::Range),
        unit: high.unit.or(low.unit),
        noun: high.noun.or(low.noun),
        number: low.number,
        ..high
    })
}

/// An amount that says its number only; unit and scale stand with the other one.
fn shared<'p>(bare: Quantity<'p>, full: &Quantity<'p>) -> Option<Quantity<'p>> {
    let plain = bare.kind == CountKind::Count && bare.noun.is_none();
    let scale = if bare.scale == 1.0 && bare.value < 1000.0 { full.scale } else { 1.0 };
    let value = number::scaled(bare.value, scale);
    plain.then_some(Quantity { kind: full.kind, unit: full.unit.clone(), value, ..bare })
}

fn plus<'p>(whole: Quantity<'p>, part: f64, parts: Option<&Arg>) -> Option<Quantity<'p>> {
    let parts = if let Some(Arg::Number(parts)) = parts { *parts } else { 1.0 };
    if part >= parts {
        return None;
    }
    let value = ((whole.value + part / parts) * 1e6).round() / 1e6;
    Some(Quantity { value, ..whole })
}
