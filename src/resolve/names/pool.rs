//! Evidence pooled over the article: forms, their scores, their class.
//!
//! Not here: which forms name the same person or body (`people`, `bodies`).

use super::form::{Form, Part, SENSES, Scores, Sense, Shortening, abbreviates, is_bare_head, part_of, sense_of, winner, words_of};
use super::word::{Number, Numbers};
use crate::extract::names::{Candidate, Evidence, Names, Shape};
use crate::lang::data::weight;
use crate::lang::hash::QuickMap;
use crate::tag::Tags;

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
    by_words: QuickMap<Vec<Number>, usize>,
    numbers: Numbers,
    of_candidate: Vec<usize>,
    local: Vec<Scores>,
}

/// The form that each item of evidence speaks of, and the share of its weight that counts: what looks inside a name
/// says the same at every occurrence and counts once; what looks around it counts again at each, but ever less.
pub fn shares<'e>(evidence: &'e [Evidence], of_candidate: &'e [usize]) -> impl Iterator<Item = (usize, &'e Evidence, f32)> {
    let mut seen: QuickMap<(usize, &str, &str), u8> = QuickMap::default();
    evidence.iter().map(move |item| {
        let form = of_candidate[item.candidate as usize];
        let count = seen.entry((form, item.rule, item.class)).or_insert(0);
        *count = count.saturating_add(1);
        let share = match (*count, item.inside) {
            (1, _) => 1.0,
            (_, true) | (4.., false) => 0.0,
            (n, false) => 1.0 / f32::from(n),
        };
        (form, item, share)
    })
}

impl Forms {
    /// What each sense begins with: below nothing, so that evidence has to lift it over what is no name at all.
    pub const START: Scores = [-weight::THRESHOLD_PERSON, -weight::THRESHOLD_BODY, -weight::THRESHOLD_PLACE, 0.0];

    /// Groups candidates by form and pools their evidence.
    pub fn of(names: &Names, tags: &Tags<'_>) -> Self {
        let mut forms = Self {
            all: Vec::new(),
            by_words: QuickMap::default(),
            numbers: Numbers::default(),
            of_candidate: Vec::new(),
            local: vec![[0.0; 4]; names.candidates.len()],
        };
        let mut numbers = Vec::new();
        for (number, candidate) in names.candidates.iter().enumerate() {
            numbers.clear();
            numbers.extend((candidate.from..candidate.to).map(|at| forms.numbers.give(tags, at)));
            let id = forms.by_words.get(&numbers[..]).copied().unwrap_or_else(|| forms.meet(&numbers, candidate, tags));
            forms.all[id].candidates.push(number as u32);
            forms.of_candidate.push(id);
        }
        forms.pool(&names.evidence);
        forms.share_acronyms(names, tags);
        forms
    }

    /// A form that was not seen before, by its first candidate.
    fn meet(&mut self, numbers: &[Number], candidate: &Candidate, tags: &Tags<'_>) -> usize {
        let (from, to) = (candidate.from, candidate.to);
        self.all.push(Form {
            words: words_of(tags, from, to),
            numbers: numbers.to_vec(),
            candidates: Vec::new(),
            scores: Self::START,
            kinds: Vec::new(),
            sense: None,
            parents: Vec::new(),
            shortens: Vec::new(),
            part: part_of(tags, from, to),
            bare_head: is_bare_head(tags, from, to),
            rules: [("candidates", 0.0); 4],
        });
        self.by_words.insert(numbers.to_vec(), self.all.len() - 1);
        self.all.len() - 1
    }

    /// The form that some tokens are, if they are one.
    pub fn at(&self, tags: &Tags<'_>, from: u32, to: u32) -> Option<usize> {
        let numbers: Vec<Number> = (from..to).map(|at| self.numbers.of(tags, at)).collect();
        self.by_words.get(&numbers).copied()
    }

    /// An acronym and what it stands for are one body: each gains what the other has as a body.
    fn share_acronyms(&mut self, names: &Names, tags: &Tags<'_>) {
        for attachment in names.attachments.iter().filter(|a| a.what == "acronym") {
            let long = self.of_candidate[attachment.candidate as usize];
            let Some(short) = self.at(tags, attachment.from, attachment.to) else { continue };
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
                    form.scores[Sense::Body as usize] += weight.min(weight::SHORT_FORM_BODY);
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

    fn pool(&mut self, evidence: &[Evidence]) {
        for item in evidence.iter().filter(|item| !item.inside) {
            self.local[item.candidate as usize][sense_of(item.class) as usize] += item.weight;
        }
        for (form, item, share) in shares(evidence, &self.of_candidate) {
            let sense = sense_of(item.class);
            let weight = item.weight * share;
            let form = &mut self.all[form];
            form.scores[sense as usize] += weight;
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

    /// The form of a candidate, by number.
    pub fn form_of(&self, candidate: u32) -> usize {
        self.of_candidate[candidate as usize]
    }

    /// Decides each form: longer ones first, so that shorter ones can draw on them.
    pub fn decide(&mut self) {
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by_key(|f| std::cmp::Reverse(self.all[*f].numbers.len()));
        let holding = self.holding();
        for form in order {
            self.all[form].parents = self.parents_of(form, &holding);
            self.all[form].shortens = self.shortenings(form);
            for way in self.all[form].shortens.clone() {
                let child = &mut self.all[form];
                child.scores[way.sense() as usize] += way.weight();
                if way.weight() > child.rules[way.sense() as usize].1 {
                    child.rules[way.sense() as usize] = ("short-form", way.weight());
                }
            }
            // The head alone ("la Procura") stands for a body only where its name stands in full.
            if self.all[form].bare_head && !self.all[form].shortens.contains(&Shortening::Body) {
                self.all[form].scores[Sense::Body as usize] = f32::MIN;
            }
            self.all[form].sense = winner(&self.all[form].scores);
        }
    }

    /// In what ways a form shortens its parents, each once; a surname that is a given name too counts as a surname.
    fn shortenings(&self, form: usize) -> Vec<Shortening> {
        let form = &self.all[form];
        let way = |parent: &usize| {
            let parent = &self.all[*parent];
            match parent.sense? {
                Sense::Person if parent.numbers.ends_with(&form.numbers) => Some(Shortening::Surname),
                Sense::Person => Some(Shortening::GivenName),
                Sense::Body => Some(Shortening::Body),
                Sense::Place => Some(Shortening::Place),
                Sense::Other => None,
            }
        };
        let ways: Vec<Shortening> = form.parents.iter().filter_map(way).collect();
        let counts = |way: &Shortening| ways.contains(way) && !(*way == Shortening::GivenName && ways.contains(&Shortening::Surname));
        Shortening::ALL.into_iter().filter(counts).collect()
    }

    /// Longer decided forms that a form may be short for: people by surname or given name, bodies by their first
    /// words. `holding` lists the forms that hold each word.
    fn parents_of(&self, form: usize, holding: &QuickMap<Number, Vec<usize>>) -> Vec<usize> {
        let words = &self.all[form].numbers;
        let short_for = |other: &usize| {
            let long = &self.all[*other].numbers;
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
        // A longer form holds all of them: the rarest leads to the fewest.
        let fewest = words.iter().filter_map(|w| holding.get(w)).min_by_key(|forms| forms.len());
        fewest.map_or_else(Vec::new, |forms| forms.iter().copied().filter(short_for).collect())
    }

    /// The forms that hold each word, each form once.
    fn holding(&self) -> QuickMap<Number, Vec<usize>> {
        let mut holding: QuickMap<Number, Vec<usize>> = QuickMap::default();
        for (id, form) in self.all.iter().enumerate() {
            for word in &form.numbers {
                let forms = holding.entry(*word).or_default();
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
            Part::Head => long.numbers.starts_with(&short.numbers) || long.numbers.ends_with(&short.numbers),
            Part::Proper if BY_NAME.contains(&best) && long.numbers.starts_with(&short.numbers) => true,
            // A company's proper name may follow its head: "Gruppo Marvelli".
            Part::Proper if best == "company" && long.numbers.ends_with(&short.numbers) => true,
            _ => short.numbers.len() > 1 && long.numbers.ends_with(&short.numbers),
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

    /// What a candidate names: its form's sense, unless its own context speaks clearly for another. That it is no name
    /// at all must be said, it does not follow from what speaks against the form's sense.
    fn sense_at(&self, form: usize, candidate: usize) -> Option<Sense> {
        let sense = self.all[form].sense?;
        let local = &self.local[candidate];
        let best = SENSES.into_iter().max_by(|a, b| local[*a as usize].total_cmp(&local[*b as usize]))?;
        let against = if best == Sense::Other { local[sense as usize].max(0.0) } else { local[sense as usize] };
        let exception = best != sense && local[best as usize] - against >= weight::EXCEPTION && self.all[form].scores[best as usize] > 0.0;
        Some(if exception { best } else { sense })
    }

    fn shouted(&self, names: &Names, tags: &Tags<'_>, all: &mut Vec<Occurrence>) {
        // Candidates are in text order and apart.
        let taken = |from: u32, to: u32| {
            let after = names.candidates.partition_point(|c| c.to <= from);
            names.candidates.get(after).is_some_and(|c| c.from < to)
        };
        let mut known: QuickMap<Number, Vec<usize>> = QuickMap::default();
        for (id, form) in self.all.iter().enumerate().filter(|(_, f)| f.sense.is_some()) {
            known.entry(form.numbers[0]).or_default().push(id);
        }
        for range in &names.shouted {
            let numbers: Vec<Number> = range.clone().map(|at| self.numbers.of(tags, at)).collect();
            let mut at = range.start;
            while at < range.end {
                let rest = &numbers[(at - range.start) as usize..];
                let fits = |form: &&usize| {
                    let words = &self.all[**form].numbers;
                    rest.starts_with(words) && !taken(at, at + words.len() as u32)
                };
                let best = known.get(&rest[0]).and_then(|forms| forms.iter().filter(fits).max_by_key(|f| self.all[**f].numbers.len()));
                if let Some(&form) = best
                    && let Some(sense) = self.all[form].sense
                    && tags.token(at).is_capitalised()
                {
                    let to = at + self.all[form].numbers.len() as u32;
                    all.push(Occurrence { form, from: at, to, sense, candidate: None });
                    at = to;
                } else {
                    at += 1;
                }
            }
        }
    }
}
