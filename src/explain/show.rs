//! The page that `explain` prints, sentence by sentence.
//!
//! Offsets are characters, as in a record. Not here: running the steps.

use std::fmt::Write as _;
use std::ops::Range;

use dispaccio::emit::offsets::Ruler;
use dispaccio::lang::data;
use dispaccio::lang::pack::class_name;
use dispaccio::resolve::names::form::{SENSES, Sense};
use dispaccio::resolve::names::pool::shares;
use dispaccio::span::{Offsets, Span};
use dispaccio::tag::{Annotation, Value};

use super::Workings;

/// A mention of the record, by its place in the text.
struct Mention {
    list: &'static str,
    span: Span,
    says: String,
}

impl Workings<'_> {
    /// Everything that is known of the sentences that hold one of the places.
    pub fn tell(&self, places: Option<&[Span]>) -> String {
        let mut page = String::new();
        let record = self.record;
        let published = record.published.as_deref().unwrap_or("unknown");
        let from = record.published_from.map_or(String::new(), |from| format!(" ({})", plain(&from)));
        let _ = writeln!(
            page,
            "{}  {} {:.2}  published {published}{from}",
            plain(&record.id),
            plain(&record.language),
            record.language_confidence
        );
        let ruler = Ruler::new(self.text, Offsets::Chars);
        let wanted = |span: Span| places.is_none_or(|places| places.iter().any(|place| place.overlaps(span)));
        for skip in self.segments.skipped.iter().filter(|skip| wanted(skip.span)) {
            let (start, end) = ruler.range(skip.span);
            let _ = writeln!(page, "\nskipped {start}–{end}  {}  {}", skip.reason, in_one_line(skip.span.of(self.text)));
        }
        let mentions = self.mentions();
        for (number, sentence) in self.segments.sentences.iter().enumerate() {
            let span = self.span(&sentence.tokens);
            if wanted(span) {
                let (start, end) = ruler.range(span);
                let zone = format!("{:?}", sentence.zone).to_lowercase();
                let _ = writeln!(page, "\nsentence {} ({zone}) {start}–{end}  {}", number + 1, in_one_line(span.of(self.text)));
                self.tokens(&sentence.tokens, &ruler, &mut page);
                self.annotations(&sentence.tokens, &ruler, &mut page);
                self.names(&sentence.tokens, &ruler, &mut page);
                self.outcome(span, &mentions, &ruler, &mut page);
            }
        }
        page
    }

    fn tokens(&self, tokens: &Range<u32>, ruler: &Ruler, page: &mut String) {
        page.push_str("  tokens and their tags\n");
        for at in tokens.clone() {
            let token = self.tags.token(at);
            let (start, _) = ruler.range(Span::new(token.start, token.end));
            let set = self.tags.set(at);
            let tags: Vec<&str> = (0..data::TAGS.len()).filter(|bit| set >> bit & 1 == 1).map(|bit| data::TAGS[bit]).collect();
            let _ = writeln!(page, "    {start:>6}  {:<18} {}", token.of(self.text), tags[1..].join(" "));
        }
    }

    fn annotations(&self, tokens: &Range<u32>, ruler: &Ruler, page: &mut String) {
        let mut here: Vec<&Annotation> = self.tags.annotations().iter().filter(|a| tokens.contains(&a.from)).collect();
        here.sort_by_key(|a| (a.from, a.to));
        if !here.is_empty() {
            page.push_str("  annotations, each with the rule that made it\n");
        }
        for annotation in here {
            let span = self.tags.span(annotation.from, annotation.to);
            let (start, end) = ruler.range(span);
            let class = match class_name(annotation.class) {
                "" => String::new(),
                class => format!(".{class}"),
            };
            let value = match annotation.value {
                Value::Row(row) => match self.pack.row(row).name {
                    "" => String::new(),
                    name => format!("  = {name}"),
                },
                Value::Number(n) => format!("  = {n}"),
                Value::None | Value::Built(_) => String::new(),
            };
            let kind = format!("{}{class}", data::KINDS[annotation.kind as usize]);
            let _ = writeln!(page, "    {start:>6}–{end:<6} {kind:<24} {}  {}{value}", in_one_line(span.of(self.text)), annotation.rule);
        }
    }

    /// The candidates for names, each with the evidence of its form: what all its occurrences in the article say.
    fn names(&self, tokens: &Range<u32>, ruler: &Ruler, page: &mut String) {
        let here = |c: &u32| tokens.contains(&self.names.candidates[*c as usize].from);
        let candidates: Vec<u32> = (0..self.names.candidates.len() as u32).filter(here).collect();
        if candidates.is_empty() {
            return;
        }
        page.push_str("  names, with the evidence of the whole article\n");
        let of_candidate: Vec<usize> = (0..self.names.candidates.len() as u32).map(|c| self.forms.form_of(c)).collect();
        for candidate in candidates {
            let number = of_candidate[candidate as usize];
            let (form, place) = (&self.forms.all[number], &self.names.candidates[candidate as usize]);
            let span = self.tags.span(place.from, place.to);
            let (start, end) = ruler.range(span);
            let score = |sense: &Sense| format!("{} {:+.2}", named(*sense), form.scores[*sense as usize]);
            let scores: Vec<String> = SENSES.iter().map(score).collect();
            let decided = form.sense.map_or("nothing", named);
            let _ = writeln!(page, "    {start:>6}–{end:<6} {}  → {decided}  ({})", in_one_line(span.of(self.text)), scores.join(", "));
            for (_, item, share) in shares(&self.names.evidence, &of_candidate).filter(|(form, _, share)| *form == number && *share > 0.0) {
                let whose = if item.candidate == candidate { "" } else { "  (elsewhere)" };
                let _ = writeln!(page, "             {:+.2} {}  {}{whose}", item.weight * share, item.class, item.rule);
            }
            for way in &form.shortens {
                let _ = writeln!(page, "             {:+.2} {}  short-form-{}", way.weight(), named(way.sense()), way.name());
            }
        }
    }

    /// What became a mention, and what did not and why.
    fn outcome(&self, sentence: Span, mentions: &[Mention], ruler: &Ruler, page: &mut String) {
        let here: Vec<&Mention> = mentions.iter().filter(|m| sentence.contains(m.span)).collect();
        if !here.is_empty() {
            page.push_str("  mentions\n");
        }
        for mention in &here {
            let (start, end) = ruler.range(mention.span);
            let _ = writeln!(
                page,
                "    {start:>6}–{end:<6} {:<14} {}  {}",
                mention.list,
                in_one_line(mention.span.of(self.text)),
                mention.says
            );
        }
        let mut lost = Vec::new();
        for proposed in self.proposed.iter().filter(|p| sentence.contains(p.span)) {
            if !here.iter().any(|m| m.span == proposed.span && m.list == proposed.list) {
                let winner = here.iter().find(|m| m.span.overlaps(proposed.span) && m.span != proposed.span);
                let why = winner.or(here.iter().find(|m| m.span == proposed.span));
                lost.push((
                    proposed.span,
                    proposed.list,
                    proposed.rule,
                    why.map(|m| format!("{} “{}”", m.list, in_one_line(m.span.of(self.text)))),
                ));
            }
        }
        if !lost.is_empty() {
            page.push_str("  proposed, and lost\n");
        }
        for (span, list, rule, why) in lost {
            let (start, end) = ruler.range(span);
            let why = why.map_or_else(|| "to nothing that stands".to_owned(), |why| format!("to {why}"));
            let _ = writeln!(page, "    {start:>6}–{end:<6} {list:<14} {}  {rule}, {why}", in_one_line(span.of(self.text)));
        }
    }

    /// Every mention of the article, in text order.
    fn mentions(&self) -> Vec<Mention> {
        let mut all = Vec::new();
        for person in &self.resolved.names.people {
            let says = |rule: &str, score: f32| format!("{}  {rule} {score:.2}", person.name);
            all.extend(person.mentions.iter().map(|m| Mention { list: "people", span: m.span, says: says(m.rule, m.score) }));
        }
        for body in &self.resolved.names.bodies {
            let list = if body.agency { "agencies" } else { "organizations" };
            let says = |rule: &str, score: f32| format!("{} ({})  {rule} {score:.2}", body.name, plain(&body.kind));
            all.extend(body.mentions.iter().map(|m| Mention { list, span: m.span, says: says(m.rule, m.score) }));
        }
        let countries = self.resolved.countries.iter();
        all.extend(countries.map(|c| Mention { list: "countries", span: c.span, says: format!("{}  {}", c.code, c.rule) }));
        let count =
            |c: &dispaccio::extract::counts::CountCandidate<'_>| format!("{} {}  {}", plain(&c.quantity.kind), c.quantity.value, c.rule);
        all.extend(self.resolved.counts.iter().map(|c| Mention { list: "counts", span: c.span, says: count(c) }));
        let date = |d: &dispaccio::resolve::calendar::DateMention| format!("{}  {}", d.value.as_deref().unwrap_or("unknown"), d.rule);
        all.extend(self.resolved.dates.iter().map(|d| Mention { list: "dates", span: d.span, says: date(d) }));
        all.sort_by_key(|m| (m.span.start, m.span.end));
        all
    }
}

fn named(sense: Sense) -> &'static str {
    match sense {
        Sense::Person => "person",
        Sense::Body => "body",
        Sense::Place => "place",
        Sense::Other => "other",
    }
}

/// A value as a record has it, a string without its quotes.
fn plain(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(s)) => s,
        Ok(other) => other.to_string(),
        Err(e) => e.to_string(),
    }
}

/// Some text on one line, a long one by its ends.
fn in_one_line(text: &str) -> String {
    let words: Vec<char> = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    match words.len() {
        0..=120 => words.into_iter().collect(),
        n => words[..60].iter().chain(&['…']).chain(&words[n - 60..]).collect(),
    }
}
