//! Labelled articles as rows of features: what the engine sees of each form, and what the labels say it is.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use dispaccio::extract;
use dispaccio::lang::{Language, pack::Pack, user::UserLexicon};
use dispaccio::resolve::names::form::{SENSES, Sense, sense_of};
use dispaccio::resolve::names::pool::{Forms, shares};
use dispaccio::segment;
use dispaccio::tag::Tags;

/// The name under which the weights of short forms stand in the rule files.
const SHORT_FORM: &str = "short-form";
/// What a rule writes for the class of the body that it looks at.
const OWN_CLASS: &str = "class";

#[derive(Deserialize)]
struct Article {
    text: String,
    lang: String,
    gold: Vec<Label>,
}

#[derive(Deserialize)]
struct Label {
    start: usize,
    end: usize,
    label: String,
}

/// What the labels say that a form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A human being.
    Person,
    /// An agency or organization.
    Body,
    /// Neither: a place and anything else are the same to a record.
    Neither,
}

impl Answer {
    const ALL: [Self; 3] = [Self::Person, Self::Body, Self::Neither];

    /// Whether a class is this answer.
    pub fn agrees(self, sense: Sense) -> bool {
        self == match sense {
            Sense::Person => Self::Person,
            Sense::Body => Self::Body,
            Sense::Place | Sense::Other => Self::Neither,
        }
    }
}

/// What a rule says for one class.
pub struct Feature {
    rule: String,
    class: String,
    /// The class that its weight goes to.
    pub sense: Sense,
    /// The weight in the rule files.
    pub weight: f64,
    /// Whether it states a decision, which figures do not move.
    pub fixed: bool,
}

impl Feature {
    /// The rule and the class, as the rule files name them.
    pub fn key(&self) -> (String, String) {
        (self.rule.clone(), self.class.clone())
    }
}

/// A form of an article.
pub struct Row {
    /// Its words.
    pub form: String,
    /// Features, and how much of each counts.
    pub features: Vec<(usize, f64)>,
    /// What it is by the labels.
    pub answer: Answer,
    /// How much it counts.
    pub weight: f64,
}

impl Row {
    /// The sum of the evidence for each class.
    pub fn scores(&self, features: &[Feature], weights: &[f64]) -> [f64; 4] {
        let mut scores = Forms::START.map(f64::from);
        for (id, share) in &self.features {
            scores[features[*id].sense as usize] += weights[*id] * share;
        }
        scores
    }

    /// The class with the most evidence.
    pub fn winner(&self, features: &[Feature], weights: &[f64]) -> Sense {
        let scores = self.scores(features, weights);
        SENSES.into_iter().max_by(|a, b| scores[*a as usize].total_cmp(&scores[*b as usize])).unwrap_or(Sense::Other)
    }

    /// Whether the class with the most evidence is the answer.
    pub fn is_right(&self, features: &[Feature], weights: &[f64]) -> bool {
        self.answer.agrees(self.winner(features, weights))
    }
}

/// All rows of all articles.
#[derive(Default)]
pub struct Data {
    /// What rules say.
    pub features: Vec<Feature>,
    /// The forms.
    pub rows: Vec<Row>,
    stated: HashMap<(String, String), bool>,
    by_key: HashMap<(String, String), usize>,
    rows_of: Vec<Vec<usize>>,
}

impl Data {
    /// The rows in which a feature counts.
    pub fn rows_with(&self, feature: usize) -> impl Iterator<Item = &Row> {
        self.rows_of[feature].iter().map(|row| &self.rows[*row])
    }

    /// The weighted share of rows that come out right.
    pub fn share_right(&self, weights: &[f64]) -> f64 {
        let right: f64 = self.rows.iter().filter(|r| r.is_right(&self.features, weights)).map(|r| r.weight).sum();
        right / self.rows.iter().map(|r| r.weight).sum::<f64>()
    }

    fn feature(&mut self, rule: &str, class: &str, sense: Sense, weight: f32) -> usize {
        let mut key = (rule.to_owned(), class.to_owned());
        if rule != SHORT_FORM && !self.stated.contains_key(&key) {
            OWN_CLASS.clone_into(&mut key.1);
        }
        let next = self.features.len();
        let id = *self.by_key.entry(key.clone()).or_insert(next);
        if id == next {
            let fixed = self.stated.get(&key).is_some_and(|fixed| *fixed);
            self.features.push(Feature { fixed, rule: key.0, class: key.1, sense, weight: weight.into() });
            self.rows_of.push(Vec::new());
        }
        id
    }

    fn push(&mut self, row: Row) {
        for (feature, _) in &row.features {
            if self.rows_of[*feature].last() != Some(&self.rows.len()) {
                self.rows_of[*feature].push(self.rows.len());
            }
        }
        self.rows.push(row);
    }

    fn add(&mut self, article: &Article, pack: &Pack) {
        let text = &article.text;
        let segments = segment::segment(text, pack);
        let mut tags = Tags::new(text, &segments.tokens, segments.words.clone(), segments.ranges(true), pack);
        let names = extract::extract(&mut tags, pack).names;
        let mut forms = Forms::of(&names, &tags);
        let numbers: Vec<usize> = (0..names.candidates.len()).map(|c| forms.form_of(c as u32)).collect();
        let mut features: Vec<Vec<(usize, f64)>> = vec![Vec::new(); forms.all.len()];
        for (form, item, share) in shares(&names.evidence, &numbers).filter(|(.., share)| *share > 0.0) {
            let id = self.feature(item.rule, item.class, sense_of(item.class), item.weight);
            features[form].push((id, share.into()));
        }
        forms.decide();
        let offsets = Offsets::of(text);
        for (form, mut features) in forms.all.iter().zip(features) {
            for way in &form.shortens {
                features.push((self.feature(SHORT_FORM, way.name(), way.sense(), way.weight()), 1.0));
            }
            let mut votes = [0.0; 3];
            for candidate in form.candidates.iter().map(|c| &names.candidates[*c as usize]) {
                let span = tags.span(candidate.from, candidate.to);
                let (answer, weight) = article.label(offsets.of_byte(span.start), offsets.of_byte(span.end));
                votes[answer as usize] += weight;
            }
            for answer in Answer::ALL.into_iter().filter(|a| votes[*a as usize] > 0.0) {
                let weight = f64::min(votes[answer as usize], 4.0).powf(0.7);
                self.push(Row { form: form.words.join(" "), features: features.clone(), answer, weight });
            }
        }
    }
}

impl Article {
    /// What the labels say of a place in the text, and how surely: half where the bounds differ.
    fn label(&self, start: usize, end: usize) -> (Answer, f64) {
        let Some(label) = self.gold.iter().find(|l| l.start < end && start < l.end) else { return (Answer::Neither, 1.0) };
        let answer = match label.label.as_str() {
            "person" => Answer::Person,
            "organization" | "agency" => Answer::Body,
            _ => Answer::Neither,
        };
        (answer, if (label.start, label.end) == (start, end) { 1.0 } else { 0.5 })
    }
}

/// Where each scalar value begins.
struct Offsets(Vec<usize>);

impl Offsets {
    fn of(text: &str) -> Self {
        Self(text.char_indices().map(|(at, _)| at).collect())
    }

    fn of_byte(&self, byte: u32) -> usize {
        self.0.partition_point(|at| *at < byte as usize)
    }
}

/// Reads labelled articles, one a line. `stated` holds the rules and classes that the rule files write out.
///
/// # Errors
/// A file that cannot be read or a line that is no labelled article, by path and line.
pub fn read(paths: &[String], stated: HashMap<(String, String), bool>) -> Result<Data> {
    let packs = Language::ALL.map(|l| Pack::open(l, UserLexicon::default()));
    let mut data = Data { stated, ..Data::default() };
    for path in paths {
        let text = std::fs::read_to_string(Path::new(path)).with_context(|| path.clone())?;
        for (number, line) in text.lines().enumerate() {
            let place = || format!("{path}:{}", number + 1);
            let article: Article = serde_json::from_str(line).with_context(place)?;
            let language = Language::from_code(&article.lang).with_context(place)?;
            data.add(&article, &packs[language as usize]);
        }
    }
    Ok(data)
}
