//! Evidence pooled over the article: forms, their scores, their class.
//!
//! Not here: which forms name the same person or body ([`super::entities`]).

use crate::extract::names::{Evidence, Names, Shape};
use crate::lang::data::{kind, tag};
use crate::lang::hash::QuickMap;
use crate::rule::builtin;
use crate::segment::token::key;
use crate::tag::Tags;

/// The classes that compete for a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// A human being.
    Person,
    /// An agency or organization.
    Body,
    /// A place.
    Place,
    /// None of these.
    Other,
}

/// Senses, by their place in a score.
const SENSES: [Sense; 4] = [Sense::Person, Sense::Body, Sense::Place, Sense::Other];

/// A score for each sense.
pub type Scores = [f32; 4];

/// Evidence below which nothing is named.
const THRESHOLD: f32 = 1.0;
/// What a short form gains from a longer name of each sense that it may stand for.
const INHERITED: [f32; 4] = [4.0, 2.0, 2.0, 0.0];
/// By how much an occurrence's own context must speak for another class to be the exception.
const EXCEPTION: f32 = 2.0;

/// What of a longer name of a body a form would be, by its own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The head that says what sort of body it is ("Procura", "Ministry").
    Head,
    /// Words that tell it from others ("Equalize").
    Proper,
    /// Ordinary words, a place or a people.
    Ordinary,
}

/// One written form of names, with every place it stands.
#[derive(Debug)]
pub struct Form {
    /// The keys of its words.
    pub words: Vec<String>,
    /// Its candidates, by number.
    pub candidates: Vec<u32>,
    /// The pooled evidence.
    pub scores: Scores,
    /// For each kind of body, the pooled evidence.
    pub kinds: Vec<(&'static str, f32)>,
    /// What it names, once decided.
    pub sense: Option<Sense>,
    /// Longer forms that it may stand for.
    pub parents: Vec<usize>,
    /// What of a body's name it would be.
    pub part: Part,
    /// The rule with the most weight for each sense.
    pub rules: [(&'static str, f32); 4],
}

/// A place where a form is a mention.
#[derive(Clone, Copy, Debug)]
pub struct Occurrence {
    /// The form, by number.
    pub form: usize,
    /// First token.
    pub from: u32,
    /// One past the last token.
    pub to: u32,
    /// What it names here.
    pub sense: Sense,
    /// The candidate, if it was one.
    pub candidate: Option<u32>,
}

/// The forms of an article.
pub struct Forms {
    /// In order of first occurrence.
    pub all: Vec<Form>,
    by_words: QuickMap<Vec<String>, usize>,
    of_candidate: Vec<usize>,
    local: Vec<Scores>,
}

/// The sense that an evidence class speaks for.
fn sense_of(class: &str) -> Sense {
    match class {
        "person" => Sense::Person,
        "place" => Sense::Place,
        "other" => Sense::Other,
        _ => Sense::Body,
    }
}

impl Forms {
    /// Groups candidates by form and pools their evidence.
    pub fn of(names: &Names, tags: &Tags<'_>) -> Self {
        let mut forms = Self {
            all: Vec::new(),
            by_words: QuickMap::default(),
            of_candidate: Vec::new(),
            local: vec![[0.0; 4]; names.candidates.len()],
        };
        for (number, candidate) in names.candidates.iter().enumerate() {
            let words = words_of(tags, candidate.from, candidate.to);
            let id = *forms.by_words.entry(words.clone()).or_insert_with(|| {
                forms.all.push(Form {
                    words,
                    candidates: Vec::new(),
                    scores: [0.0; 4],
                    kinds: Vec::new(),
                    sense: None,
                    parents: Vec::new(),
                    part: part_of(tags, candidate.from, candidate.to),
                    rules: [("candidates", 0.0); 4],
                });
                forms.all.len() - 1
            });
            forms.all[id].candidates.push(number as u32);
            forms.of_candidate.push(id);
        }
        forms.pool(&names.evidence);
        forms.share_acronyms(names, tags);
        forms
    }

    /// An acronym and what it stands for are one body: each gains what the other has as a body.
    fn share_acronyms(&mut self, names: &Names, tags: &Tags<'_>) {
        for attachment in names.attachments.iter().filter(|a| a.what == "acronym") {
            let long = self.of_candidate[attachment.candidate as usize];
            let Some(&short) = self.by_words.get(&words_of(tags, attachment.from, attachment.to)) else { continue };
            if !self.stands_for(short, long, names) {
                continue;
            }
            for (to, from) in [(short, long), (long, short)] {
                let kinds = self.all[from].kinds.clone();
                let form = &mut self.all[to];
                for (kind, weight) in kinds.into_iter().filter(|(k, _)| *k != "organization") {
                    match form.kinds.iter_mut().find(|(k, _)| *k == kind) {
                        Some((_, sum)) => *sum = sum.max(weight),
                        None => form.kinds.push((kind, weight)),
                    }
                    form.scores[Sense::Body as usize] += weight.min(INHERITED[Sense::Body as usize]);
                }
            }
        }
    }

    /// Whether an acronym in parentheses may stand for the name before it: by its letters or, where a rule or
    /// gazetteer knows the name as a body's, in another language.
    pub fn stands_for(&self, short: usize, long: usize, names: &Names) -> bool {
        let shape = |form: usize| self.all[form].candidates.first().map(|c| names.candidates[*c as usize].shape);
        let body = shape(long) == Some(Shape::Body) && shape(short) == Some(Shape::Acronym);
        body || abbreviates(&self.all[short].words, &self.all[long].words)
    }

    /// What looks inside a name says the same at every occurrence and counts once; what looks around it counts
    /// again at each, but ever less.
    fn pool(&mut self, evidence: &[Evidence]) {
        let mut seen: QuickMap<(usize, &str, &str), u32> = QuickMap::default();
        for item in evidence {
            let form = self.of_candidate[item.candidate as usize];
            let sense = sense_of(item.class);
            let count = seen.entry((form, item.rule, item.class)).or_insert(0);
            *count += 1;
            let weight = match (*count, item.inside) {
                (1, _) => item.weight,
                (_, true) | (4.., false) => 0.0,
                (n, false) => item.weight / n as f32,
            };
            let form = &mut self.all[form];
            form.scores[sense as usize] += weight;
            if !item.inside {
                self.local[item.candidate as usize][sense as usize] += item.weight;
            }
            if item.weight > form.rules[sense as usize].1 {
                form.rules[sense as usize] = (item.rule, item.weight);
            }
            if sense == Sense::Body {
                match form.kinds.iter_mut().find(|(k, _)| *k == item.class) {
                    Some((_, sum)) => *sum += weight,
                    None => form.kinds.push((item.class, weight)),
                }
            }
        }
    }

    /// Decides each form: longer ones first, so that shorter ones can draw on them.
    pub fn decide(&mut self) {
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by_key(|f| std::cmp::Reverse(self.all[*f].words.len()));
        let holding = self.holding();
        for form in order {
            let parents = self.parents_of(form, &holding);
            for parent in &parents {
                if let Some(sense) = self.all[*parent].sense {
                    let bonus = if parents.iter().take_while(|p| *p != parent).any(|p| self.all[*p].sense == Some(sense)) {
                        0.0
                    } else {
                        INHERITED[sense as usize]
                    };
                    let child = &mut self.all[form];
                    child.scores[sense as usize] += bonus;
                    if bonus > child.rules[sense as usize].1 {
                        child.rules[sense as usize] = ("short-form", bonus);
                    }
                }
            }
            self.all[form].parents = parents;
            self.all[form].sense = winner(&self.all[form].scores);
        }
    }

    /// Longer decided forms that a form may be short for: people by surname or given name, bodies by their first
    /// words. `holding` lists the forms that hold each word.
    fn parents_of(&self, form: usize, holding: &QuickMap<String, Vec<usize>>) -> Vec<usize> {
        let words = &self.all[form].words;
        let short_for = |other: &usize| {
            let long = &self.all[*other].words;
            long.len() > words.len()
                && match self.all[*other].sense {
                    Some(Sense::Person) => {
                        long.ends_with(words)
                            || (words.len() == 1 && long[0] == words[0])
                            || (words.len() > 1 && long.windows(words.len()).any(|w| w == words))
                    }
                    Some(Sense::Body) => self.shortens(form, *other),
                    Some(Sense::Place) => words.len() == 1 && long.ends_with(words),
                    _ => false,
                }
        };
        holding.get(&words[0]).map_or_else(Vec::new, |forms| forms.iter().copied().filter(short_for).collect())
    }

    /// The forms that hold each word, each form once.
    fn holding(&self) -> QuickMap<String, Vec<usize>> {
        let mut holding: QuickMap<String, Vec<usize>> = QuickMap::default();
        for (id, form) in self.all.iter().enumerate() {
            for word in &form.words {
                let forms = holding.entry(word.clone()).or_default();
                if forms.last() != Some(&id) {
                    forms.push(id);
                }
            }
        }
        holding
    }

    /// Whether a form may be short for a longer name of a body: its head, its last words, or, of a company, party,
    /// paper, club or the like, the proper name it begins with.
    fn shortens(&self, form: usize, other: usize) -> bool {
        const BY_NAME: [&str; 7] = ["company", "party", "media", "sports", "criminal", "university", "union"];
        let (short, long) = (&self.all[form], &self.all[other]);
        let best = long.kinds.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map_or("", |(kind, _)| kind);
        match short.part {
            Part::Head => long.words.starts_with(&short.words) || long.words.ends_with(&short.words),
            Part::Proper if BY_NAME.contains(&best) && long.words.starts_with(&short.words) => true,
            // A company's proper name may follow its head: "Gruppo Marvelli".
            Part::Proper if best == "company" && long.words.ends_with(&short.words) => true,
            _ => short.words.len() > 1 && long.words.ends_with(&short.words),
        }
    }

    /// Every place where a person or a body is named, in text order: the candidates, and decided forms in lines set
    /// in capitals, where there are no candidates.
    pub fn mentions(&self, names: &Names, tags: &Tags<'_>) -> Vec<Occurrence> {
        let mut all = Vec::new();
        for (number, candidate) in names.candidates.iter().enumerate() {
            let form = self.of_candidate[number];
            let Some(sense) = self.sense_at(form, number) else { continue };
            all.push(Occurrence { form, from: candidate.from, to: candidate.to, sense, candidate: Some(number as u32) });
        }
        self.shouted(names, tags, &mut all);
        all.retain(|o| matches!(o.sense, Sense::Person | Sense::Body));
        all.sort_by_key(|o| (o.from, std::cmp::Reverse(o.to)));
        let mut end = 0;
        all.retain(|o| {
            o.from >= end && {
                end = o.to;
                true
            }
        });
        all
    }

    /// What a candidate names: its form's sense, unless its own context speaks clearly for another.
    fn sense_at(&self, form: usize, candidate: usize) -> Option<Sense> {
        let sense = self.all[form].sense?;
        let local = &self.local[candidate];
        let best = SENSES.into_iter().max_by(|a, b| local[*a as usize].total_cmp(&local[*b as usize]))?;
        let exception =
            best != sense && local[best as usize] - local[sense as usize] >= EXCEPTION && self.all[form].scores[best as usize] > THRESHOLD;
        Some(if exception { best } else { sense })
    }

    fn shouted(&self, names: &Names, tags: &Tags<'_>, all: &mut Vec<Occurrence>) {
        // Candidates are in text order and apart.
        let taken = |from: u32, to: u32| {
            let after = names.candidates.partition_point(|c| c.to <= from);
            names.candidates.get(after).is_some_and(|c| c.from < to)
        };
        let known: QuickMap<&str, Vec<usize>> =
            self.all.iter().enumerate().filter(|(_, f)| f.sense.is_some()).fold(QuickMap::default(), |mut map, (i, f)| {
                map.entry(f.words[0].as_str()).or_insert_with(Vec::new).push(i);
                map
            });
        for range in &names.shouted {
            let mut at = range.start;
            while at < range.end {
                let word = key(tags.token(at).of(tags.text()));
                let fits = |form: &&usize| {
                    let words = &self.all[**form].words;
                    let end = at + words.len() as u32;
                    end <= range.end && words_of(tags, at, end) == *words && !taken(at, end)
                };
                let best = known.get(word.as_ref()).and_then(|forms| forms.iter().filter(fits).max_by_key(|f| self.all[**f].words.len()));
                if let Some(&form) = best
                    && let Some(sense) = self.all[form].sense
                    && tags.token(at).is_capitalised()
                {
                    let to = at + self.all[form].words.len() as u32;
                    all.push(Occurrence { form, from: at, to, sense, candidate: None });
                    at = to;
                } else {
                    at += 1;
                }
            }
        }
    }
}

/// The sense with the most evidence, if it is enough.
fn winner(scores: &Scores) -> Option<Sense> {
    let best = SENSES.into_iter().max_by(|a, b| scores[*a as usize].total_cmp(&scores[*b as usize]))?;
    (scores[best as usize] >= THRESHOLD).then_some(best)
}

/// What of a body's name these words would be.
fn part_of(tags: &Tags<'_>, from: u32, to: u32) -> Part {
    const PLACES: u64 = 1 << kind::STATE | 1 << kind::CITY | 1 << kind::REGION;
    let head = |id: u32| {
        let annotation = tags.annotation(id);
        annotation.to == to && annotation.kind == kind::AGENCYHEAD
    };
    if tags.starting_at(from).any(head) && tags.has(from, builtin::CAP) {
        return Part::Head;
    }
    let ordinary = tags.has(from, tag::COMMON1 | tag::PEOPLE_WORD | tag::FUNCTION) || tags.kinds_at(from) & PLACES != 0;
    if ordinary { Part::Ordinary } else { Part::Proper }
}

/// Whether an acronym may stand for a name: its letters stand in the name in their order, the first at the start of
/// a word.
fn abbreviates(acronym: &[String], name: &[String]) -> bool {
    let letters: Vec<char> = acronym.concat().chars().filter(|c| c.is_alphabetic()).collect();
    let Some(first) = letters.first() else { return false };
    (0..name.len()).filter(|at| name[*at].starts_with(*first)).any(|at| {
        let mut rest = letters.iter().peekable();
        for c in name[at..].concat().chars() {
            rest.next_if(|l| **l == c);
        }
        rest.peek().is_none()
    })
}

/// The keys of the words of a name; marks between them do not count.
pub fn words_of(tags: &Tags<'_>, from: u32, to: u32) -> Vec<String> {
    (from..to).map(|t| key(tags.token(t).of(tags.text())).into_owned()).collect()
}

/// The shape that says whether a form is an acronym.
pub fn is_acronym(names: &Names, form: &Form) -> bool {
    form.candidates.first().is_some_and(|c| matches!(names.candidates[*c as usize].shape, Shape::Acronym | Shape::Code))
}
