//! What the tokenizer makes of phrases. Apart from it only for its length.

use super::*;

struct Test;
impl Joins for Test {
    fn is_elision(&self, key: &str) -> bool {
        ["dell'", "l'", "d'", "po'", "un'"].contains(&key)
    }
    fn is_clitic(&self, key: &str) -> bool {
        key == "'s"
    }
    fn is_abbreviation(&self, key: &str) -> bool {
        ["mr.", "sig.", "dott.", "dott.ssa", "art."].contains(&key)
    }
}

fn cut(text: &str) -> Vec<&str> {
    tokenize(text, &Test).iter().map(|t| t.of(text)).collect()
}

#[test]
fn tokens_of_phrases() {
    for (text, tokens) in [
        ("dell’Unione europea", "dell’|Unione|europea"),
        ("Calamucci’s server", "Calamucci|’s|server"),
        ("the UN’s head", "the|UN|’s|head"),
        ("un po’ di", "un|po’|di"),
        ("the users’ data", "the|users|’|data"),
        ("O’Brien don't", "O’Brien|don't"),
        ("5mila euro, 1.234,50", "5mila|euro|,|1.234,50"),
        ("il 35enne", "il|35enne"),
        ("the U.S. and J. Smith", "the|U.S.|and|J.|Smith"),
        ("AT&T, R&D & co", "AT&T|,|R&D|&|co"),
        ("Mr. Rossi, dott.ssa Bianchi.", "Mr.|Rossi|,|dott.ssa|Bianchi|."),
        ("art. 5", "art.|5"),
        ("wait... no", "wait|...|no"),
        ("al-Fayyad", "al|-|Fayyad"),
        ("2024-11-27", "2024|-|11|-|27"),
        ("€1.2bn >90%", "€|1.2bn|>|90|%"),
        ("270 agentsled", "270|agentsled"),
        ("see https://a.example/b?c=1, or x@y.org.", "see|https://a.example/b?c=1|,|or|x@y.org|."),
        ("on Booking.com today.The end", "on|Booking.com|today|.|The|end"),
        ("l’A380 e il G20", "l’|A380|e|il|G20"),
        ("cafe\u{301} co\u{ad}operate", "cafe\u{301}|co\u{ad}operate"),
        ("东京 tower", "东|京|tower"),
        ("1º maggio", "1|º|maggio"),
    ] {
        assert_eq!(cut(text).join("|"), tokens, "{text}");
    }
}

#[test]
fn keys_fold_what_writing_varies() {
    for (word, folded) in [("Dell’", "dell'"), ("cafe\u{301}", "café"), ("co\u{ad}Op", "coop"), ("roma", "roma"), ("ÀÈ", "àè")] {
        assert_eq!(key(word), folded);
    }
}

#[test]
fn case_is_told() {
    for (word, case) in [
        ("Roma", Case::Capital),
        ("McLeod", Case::Camel),
        ("USA", Case::Upper),
        ("J.", Case::Initial),
        ("iPhone", Case::Mixed),
        ("5mila", Case::Lower),
        ("42", Case::None),
    ] {
        assert_eq!(case_of(word), case, "{word}");
    }
}
