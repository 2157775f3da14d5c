//! Step 2: which language a text is in, or why it cannot be read.
//!
//! Words decide: how many are function words of a language, and how many of the rest that language
//! knows. Where that leaves doubt or points elsewhere, whatlang's opinion on letters joins in. Every
//! word list is language data; a language that is refused is a tag of `foreign_words.tsv`. Not here:
//! encodings ([`crate::read`]).

use std::sync::LazyLock;

use whatlang::{Lang, Script};

use crate::error::{Error, ErrorKind, Result};
use crate::lang::Language;
use crate::lang::data::{TAGS, tag};
use crate::lang::pack::Pack;
use crate::lang::user::UserLexicon;
use crate::segment::token::{Case, TokenKind, tokenize};

/// A text's language.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detected {
    /// The language.
    pub language: Language,
    /// How sure that is, from 0 to 1.
    pub confidence: f64,
}

/// Bytes looked at from the start of a text, and as many from its middle.
const WINDOW: usize = 2048;

/// The share of a language's function words among all words that decides at once.
const PLAIN_FUNCTION: f64 = 0.2;
/// … and of the ordinary words that the language knows.
const PLAIN_KNOWN: f64 = 0.75;
/// … where there are as many words as this.
const PLAIN_WORDS: usize = 12;

/// The share of capitalised words that makes a list of names.
const NAMES: f64 = 0.8;

/// What a word known to a language weighs beside a function word.
const KNOWN_WEIGHT: f64 = 0.5;
/// What a foreign language starts with: the share of words that a neighbour's lexicon knows by chance.
const FOREIGN_START: f64 = 0.25;
/// What whatlang's full confidence weighs.
const WHATLANG_WEIGHT: f64 = 0.35;
/// The score that a language of ours must reach.
const ENOUGH: f64 = 0.3;

/// The tags by which words of other languages are known, and the languages.
static FOREIGN: LazyLock<Vec<(u128, Lang)>> = LazyLock::new(|| {
    let language = |(bit, tag): (usize, &&str)| Some((1 << bit, Lang::from_code(tag.strip_prefix("function_")?)?));
    TAGS.iter().enumerate().filter_map(language).collect()
});

static PACKS: LazyLock<[Pack; Language::ALL.len()]> = LazyLock::new(|| Language::ALL.map(|l| Pack::open(l, UserLexicon::default())));

/// Detects the language of a text.
///
/// # Errors
/// `UnsupportedLanguage` names the language that it is in instead, `UndeterminedLanguage` where
/// nothing tells.
pub fn detect(text: &str) -> Result<Detected> {
    let sample = sample(text);
    let counts = Counts::of(&sample);
    let best = counts.best();
    let rival = (0..Language::ALL.len()).filter(|l| *l != best).map(|l| counts.score(l)).fold(0.0, f64::max);
    if counts.is_plain(best) {
        return Ok(counts.detected(best, counts.score(best) - rival.max(FOREIGN_START)));
    }
    if counts.is_list_of_names(best, rival) {
        return Ok(counts.detected(best, 0.0));
    }
    let opinion = whatlang::detect(&sample);
    if let Some(info) = opinion.as_ref().filter(|i| i.script() != Script::Latin) {
        return Err(unsupported(info.lang()));
    }
    let opinion = opinion.map(|i| (i.lang(), i.confidence() * WHATLANG_WEIGHT));
    let foreign = counts.best_foreign(opinion);
    let score = counts.score(best) + opinion.filter(|(lang, _)| ours(*lang) == Some(best)).map_or(0.0, |(_, weight)| weight);
    match foreign {
        Some((lang, other)) if other > score => Err(unsupported(lang)),
        _ if score < ENOUGH => Err(Error::new(ErrorKind::UndeterminedLanguage, "nothing tells the language; name it with --lang")),
        foreign => Ok(counts.detected(best, score - foreign.map_or(0.0, |f| f.1).max(rival))),
    }
}

fn unsupported(lang: Lang) -> Error {
    let ours = Language::ALL.map(|l| whatlang_of(l).eng_name()).join(" and ");
    Error::new(ErrorKind::UnsupportedLanguage, format!("the text is in {}; {ours} are supported", lang.eng_name()))
}

fn whatlang_of(language: Language) -> Lang {
    match language {
        Language::En => Lang::Eng,
        Language::It => Lang::Ita,
    }
}

/// The place of a language of ours.
fn ours(lang: Lang) -> Option<usize> {
    Language::ALL.iter().position(|l| whatlang_of(*l) == lang)
}

/// The part of a text that is looked at: its start and its middle.
fn sample(text: &str) -> String {
    if text.len() <= 2 * WINDOW {
        return text.to_owned();
    }
    let boundary = |from: usize| (from..text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len());
    let window = |from: usize| &text[boundary(from)..boundary(from + WINDOW)];
    [window(0), window((text.len() - WINDOW) / 2)].join("\n")
}

/// Whether a word is a function word of other languages alone.
fn is_foreign(sets: &[u128]) -> bool {
    sets.iter().all(|s| s & tag::FUNCTION == 0) && FOREIGN.iter().any(|(bit, _)| sets[0] & bit != 0)
}

/// How many words speak for which language.
struct Counts {
    words: usize,
    /// Of these, the ones with a capital, and initials.
    names: usize,
    /// Function words of our languages; one that several languages share counts for each in part.
    function: [f64; Language::ALL.len()],
    /// … and of the others, as [`FOREIGN`] lists them.
    foreign: Vec<f64>,
    /// Share of the ordinary words, names left out as far as capitals show them, that our languages know.
    known: [f64; Language::ALL.len()],
}

impl Counts {
    fn of(sample: &str) -> Self {
        let mut counts = Self {
            words: 0,
            names: 0,
            function: [0.0; Language::ALL.len()],
            foreign: vec![0.0; FOREIGN.len()],
            known: [0.0; Language::ALL.len()],
        };
        let (mut lower, mut known_lower, mut known_any) = (0usize, [0.0; Language::ALL.len()], [0.0; Language::ALL.len()]);
        let tokens = tokenize(sample, &PACKS[0]);
        let mut after_name = false;
        for (at, token) in tokens.iter().enumerate().filter(|(_, t)| t.kind == TokenKind::Word) {
            let word = PACKS[0].written(token.of(sample));
            let sets = PACKS.each_ref().map(|p| p.tags(word));
            counts.words += 1;
            // The particles of "Ursula von der Leyen" say nothing of the language around them.
            let particle = after_name
                && token.case == Case::Lower
                && is_foreign(&sets)
                && tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Word);
            after_name = particle || token.is_capitalised();
            if particle {
                continue;
            }
            counts.vote(&sets);
            counts.names += usize::from(matches!(token.case, Case::Capital | Case::Initial));
            lower += usize::from(token.case == Case::Lower);
            for (language, set) in sets.iter().enumerate() {
                let known = f64::from(u8::from(set & (tag::COMMON1 | tag::COMMON2 | tag::COMMON3 | tag::FUNCTION) != 0));
                known_any[language] += known;
                known_lower[language] += if token.case == Case::Lower { known } else { 0.0 };
            }
        }
        let many = lower >= 3 && lower * 5 >= counts.words;
        let (known, of) = if many { (known_lower, lower) } else { (known_any, counts.words) };
        counts.known = known.map(|k| k / of.max(1) as f64);
        counts
    }

    fn vote(&mut self, sets: &[u128]) {
        let foreign: u32 = FOREIGN.iter().map(|(bit, _)| u32::from(sets[0] & bit != 0)).sum();
        let shared = foreign + sets.iter().map(|s| u32::from(s & tag::FUNCTION != 0)).sum::<u32>();
        if shared == 0 {
            return;
        }
        let vote = 1.0 / f64::from(shared);
        for (language, set) in sets.iter().enumerate() {
            self.function[language] += if set & tag::FUNCTION != 0 { vote } else { 0.0 };
        }
        for (votes, (bit, _)) in self.foreign.iter_mut().zip(FOREIGN.iter()) {
            *votes += if sets[0] & bit != 0 { vote } else { 0.0 };
        }
    }

    fn share(&self, votes: f64) -> f64 {
        votes / self.words.max(1) as f64
    }

    /// What speaks for a language of ours.
    fn score(&self, language: usize) -> f64 {
        self.share(self.function[language]) + KNOWN_WEIGHT * self.known[language]
    }

    /// Which of our languages has most for it.
    fn best(&self) -> usize {
        (0..Language::ALL.len()).max_by(|a, b| self.score(*a).total_cmp(&self.score(*b))).unwrap_or(0)
    }

    /// Whether words alone decide.
    fn is_plain(&self, language: usize) -> bool {
        let own = self.function[language];
        let others = self.function.iter().enumerate().filter(|(l, _)| *l != language).map(|(_, v)| v).chain(&self.foreign);
        self.words >= PLAIN_WORDS
            && self.share(own) >= PLAIN_FUNCTION
            && self.known[language] >= PLAIN_KNOWN
            && others.into_iter().all(|v| v * 2.5 <= own)
    }

    /// Whether these are names and hardly a word besides, which speak for this language and for no other: the letters of
    /// a line-up tell whatlang nothing.
    fn is_list_of_names(&self, language: usize, rival: f64) -> bool {
        let foreign: f64 = self.foreign.iter().sum();
        self.words >= PLAIN_WORDS
            && self.names as f64 >= NAMES * self.words as f64
            && self.score(language) > rival
            && foreign <= self.function[language]
    }

    /// The language, not ours, that words and whatlang's weighed opinion speak for, and how loud.
    fn best_foreign(&self, opinion: Option<(Lang, f64)>) -> Option<(Lang, f64)> {
        let mut all: Vec<(Lang, f64)> = FOREIGN.iter().zip(&self.foreign).map(|((_, lang), votes)| (*lang, self.share(*votes))).collect();
        if let Some((lang, weight)) = opinion.filter(|(lang, _)| ours(*lang).is_none()) {
            match all.iter_mut().find(|(l, _)| *l == lang) {
                Some((_, score)) => *score += weight,
                None => all.push((lang, weight)),
            }
        }
        let best = all.into_iter().filter(|(_, score)| *score > 0.0).max_by(|a, b| a.1.total_cmp(&b.1));
        best.map(|(lang, score)| (lang, score + FOREIGN_START))
    }

    fn detected(&self, language: usize, lead: f64) -> Detected {
        Detected { language: Language::ALL[language], confidence: self.confidence(lead) }
    }

    /// How sure a lead of that much makes: the more words, the surer.
    fn confidence(&self, lead: f64) -> f64 {
        let odds = 4.0 * lead.max(0.0) * (self.words as f64).sqrt();
        ((1000.0 / (1.0 + (-odds).exp())).round() / 1000.0).min(0.999)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_are_told_apart() {
        for (text, language) in [
            ("Police arrest nine over museum theft", Language::En),
            ("POLICE ARREST NINE OVER MUSEUM THEFT", Language::En),
            ("Storm leaves thousands without power", Language::En),
            ("Juventus sign Brazilian striker Gabriel Souza da Costa", Language::En),
            ("Meloni and Macron clash over migrants", Language::En),
            ("Volkswagen to cut jobs in Wolfsburg and Zwickau", Language::En),
            ("Arrestati nove ladri di opere d’arte", Language::It),
            ("ARRESTATI NOVE LADRI DI OPERE D’ARTE", Language::It),
            ("Terremoto nelle Marche, paura ad Ancona", Language::It),
            ("Maltempo, scuole chiuse a Genova e Savona", Language::It),
            ("Ursula von der Leyen a Roma incontra la premier Meloni", Language::It),
            ("La Juventus batte il Real Madrid", Language::It),
        ] {
            let detected = detect(text).unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!(detected.language, language, "{text}");
            assert!(detected.confidence > 0.5, "{text}: {}", detected.confidence);
        }
    }

    #[test]
    fn line_ups_are_read_in_the_language_of_their_few_words() {
        let players = "Kowalczyk, Haug, Szabo, Verbeek, Nyqvist, Brandstetter, Ilves, Kovarik, Halvorsen, Petkov, Juhasz, Lindqvist, Sokolov, Baumann";
        for (text, language) in
            [(format!("FORMAZIONE DELLA POLONIA: {players}."), Language::It), (format!("SQUAD OF POLAND: {players}."), Language::En)]
        {
            let detected = detect(&text).unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!(detected.language, language, "{text}");
        }
    }

    #[test]
    fn other_languages_are_refused_by_name() {
        for (text, name) in [
            ("La police a arrêté neuf personnes qui volaient des tableaux dans les musées de la région.", "French"),
            ("La policía detuvo a nueve personas que robaban cuadros en los museos de la ciudad.", "Spanish"),
            ("A polícia deteve nove pessoas que roubavam quadros nos museus da cidade.", "Portuguese"),
            ("Die Polizei hat neun Personen festgenommen, die in Museen Bilder gestohlen haben.", "German"),
            ("De politie heeft negen mensen aangehouden die schilderijen uit musea hadden gestolen.", "Dutch"),
            ("Poliția a reținut nouă persoane care furau tablouri din muzeele orașului.", "Romanian"),
            ("La policia ha detingut nou persones que robaven quadres als museus de la ciutat.", "Catalan"),
            (
                "Custodes noctu novem fures comprehenderunt, qui ex templis urbis tabulas pictas et signa auferebant, neque quisquam eorum effugit.",
                "Latin",
            ),
            ("Полиция задержала девять человек, которые крали картины из музеев.", "Russian"),
            ("警察は美術館から絵画を盗んだ九人を逮捕した。", "Japanese"),
            ("Polisen har gripit nio personer som stulit tavlor från museer i staden.", "Swedish"),
        ] {
            let error = detect(text).expect_err(text);
            assert_eq!(error.kind, ErrorKind::UnsupportedLanguage, "{text}");
            assert!(error.message.contains(name), "{text}: {}", error.message);
        }
    }

    #[test]
    fn nothing_tells() {
        for text in ["", "12 34 56", "… – !"] {
            assert_eq!(detect(text).expect_err(text).kind, ErrorKind::UndeterminedLanguage, "{text}");
        }
    }

    #[test]
    fn a_quote_in_another_language_changes_nothing() {
        let text = "The minister stopped at the door, turned to the cameras and said in Italian: “Non abbiamo niente da dire \
                    e non parleremo con nessuno di questa storia”. Then she left with her lawyer and did not come back.";
        assert_eq!(detect(text).map(|d| d.language), Ok(Language::En));
        let text = "Il presidente ha citato Shakespeare, “the lady doth protest too much, methinks, and all the world’s a stage”, \
                    e ha lasciato la sala senza rispondere alle domande dei giornalisti che lo aspettavano da due ore.";
        assert_eq!(detect(text).map(|d| d.language), Ok(Language::It));
    }

    #[test]
    fn fixtures() {
        for (folder, language) in [("en", Language::En), ("it", Language::It)] {
            for entry in std::fs::read_dir(format!("fixtures/{folder}"))
                .expect("the fixtures")
                .flatten()
                .filter(|e| e.path().extension().is_some_and(|x| x == "txt"))
            {
                let text = std::fs::read_to_string(entry.path()).expect("a fixture");
                let detected = detect(&text).unwrap_or_else(|e| panic!("{:?}: {e}", entry.path()));
                assert_eq!(detected.language, language, "{:?}", entry.path());
                assert!(detected.confidence > 0.95, "{:?}: {}", entry.path(), detected.confidence);
                let headline = text.lines().find(|l| l.split_whitespace().count() > 4).expect("a headline");
                assert_eq!(detect(headline).map(|d| d.language), Ok(language), "{headline}");
            }
        }
        for name in ["french", "spanish", "portuguese", "german", "dutch", "romanian", "catalan", "latin"] {
            let text = std::fs::read_to_string(format!("fixtures/hard/lang-{name}.txt")).expect("a fixture");
            let error = detect(&text).expect_err(name);
            assert_eq!(error.kind, ErrorKind::UnsupportedLanguage, "{name}");
            assert!(error.message.to_lowercase().contains(name), "{name}: {}", error.message);
        }
    }
}
