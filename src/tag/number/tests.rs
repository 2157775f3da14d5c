//! Numbers spelled out and read back, and the phrases that decide the rest.

use super::*;
use crate::lang::{Language, data};
use crate::segment::token::{Joins, tokenize};

struct Italian;
impl Joins for Italian {
    fn is_elision(&self, key: &str) -> bool {
        ["un'", "d'", "l'", "dell'", "mezz'", "trent'", "cent'"].contains(&key)
    }
    fn is_clitic(&self, key: &str) -> bool {
        key == "'s" || key == "’s"
    }
    fn is_abbreviation(&self, _: &str) -> bool {
        false
    }
}

fn english() -> &'static Lexicon {
    Lexicon::of(Language::En)
}

fn italian() -> &'static Lexicon {
    Lexicon::of(Language::It)
}

fn numbers(text: &str, lexicon: &Lexicon) -> Vec<Number> {
    let tokens = tokenize(text, &Italian);
    find(text, &tokens, std::slice::from_ref(&(0..tokens.len() as u32)), lexicon)
}

/// The numbers of a text as "text=value class", joined by "; ".
fn seen(text: &str, lexicon: &Lexicon) -> String {
    let show = |n: Number| {
        let rest = n.rest.map_or(String::new(), |r| format!(" +{}{}", r.span.of(text), r.scale.map_or("", |_| "?")));
        format!("{}={} {}{rest}", n.span.of(text), n.value, Class::NAMES[n.class as usize].1)
    };
    numbers(text, lexicon).into_iter().map(show).collect::<Vec<_>>().join("; ")
}

#[test]
fn every_row_is_understood() {
    for (surface, class, code) in data::NUMBER_WORDS.into_iter().chain(data::NUMBER_SUFFIXES).flatten() {
        assert!(Lexicon::understands(class, code), "{surface} {class} {code}");
    }
}

const EN_UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const EN_TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn spell_english(n: u32, and: &str, hyphen: &str) -> String {
    let (thousands, rest) = (n / 1000, n % 1000);
    let tail = match (rest / 100, rest % 100) {
        (0, r) if n > 0 && r == 0 => String::new(),
        (0, r @ 0..20) => EN_UNITS[r as usize].to_string(),
        (0, r) if r % 10 == 0 => EN_TENS[(r / 10) as usize].to_string(),
        (0, r) => format!("{}{hyphen}{}", EN_TENS[(r / 10) as usize], EN_UNITS[(r % 10) as usize]),
        (h, 0) => format!("{} hundred", EN_UNITS[h as usize]),
        (h, r) => format!("{} hundred {and}{}", EN_UNITS[h as usize], spell_english(r, and, hyphen)),
    };
    let head = if thousands == 0 { String::new() } else { format!("{} thousand ", spell_english(thousands, and, hyphen)) };
    let joint = if thousands > 0 && rest > 0 && rest < 100 { and } else { "" };
    format!("{head}{joint}{tail}").trim().to_string()
}

const IT_UNITS: [&str; 20] = [
    "zero",
    "uno",
    "due",
    "tre",
    "quattro",
    "cinque",
    "sei",
    "sette",
    "otto",
    "nove",
    "dieci",
    "undici",
    "dodici",
    "tredici",
    "quattordici",
    "quindici",
    "sedici",
    "diciassette",
    "diciotto",
    "diciannove",
];
const IT_TENS: [&str; 10] = ["", "", "venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta"];

fn spell_italian(n: u32, space: &str) -> String {
    match n {
        0..20 => IT_UNITS[n as usize].to_string(),
        20..100 => {
            let (ten, unit) = (IT_TENS[(n / 10) as usize], n % 10);
            let ten = if matches!(unit, 1 | 8) && space.is_empty() { &ten[..ten.len() - 1] } else { ten };
            let unit = ["", "uno", "due", "tré", "quattro", "cinque", "sei", "sette", "otto", "nove"][unit as usize];
            if unit.is_empty() { ten.to_string() } else { format!("{ten}{space}{unit}") }
        }
        100..1000 => {
            let (hundreds, rest) = (n / 100, n % 100);
            let head = if hundreds == 1 { "cento".to_string() } else { format!("{}{space}cento", IT_UNITS[hundreds as usize]) };
            if rest == 0 { head } else { format!("{head}{space}{}", spell_italian(rest, space)) }
        }
        _ => {
            let (thousands, rest) = (n / 1000, n % 1000);
            let head = if thousands == 1 { "mille".to_string() } else { format!("{}{space}mila", spell_italian(thousands, space)) };
            if rest == 0 { head } else { format!("{head}{space}{}", spell_italian(rest, space)) }
        }
    }
}

fn one_number(text: &str, lexicon: &Lexicon) -> Option<f64> {
    let found = numbers(text, lexicon);
    (found.len() == 1 && found[0].span.len() as usize == text.len()).then(|| found[0].value)
}

/// All numbers up to ten thousand, and every 37th up to a million: each digit at each place, beside every other.
fn samples() -> impl Iterator<Item = u32> {
    (0..10_000).chain((10_000..1_000_000).step_by(37))
}

#[test]
fn english_words_come_back() {
    let lexicon = english();
    for n in 0..1_000_000 {
        let words = spell_english(n, if n % 2 == 0 { "and " } else { "" }, "-");
        assert_eq!(one_number(&words, lexicon), Some(f64::from(n)), "{words}");
    }
    for n in samples() {
        for (and, hyphen) in [("", " "), ("and ", "-")] {
            let words = spell_english(n, and, hyphen);
            assert_eq!(one_number(&words, lexicon), Some(f64::from(n)), "{words}");
        }
    }
}

#[test]
fn italian_words_come_back() {
    let lexicon = italian();
    for n in 0..1_000_000 {
        let words = spell_italian(n, "");
        assert_eq!(one_number(&words, lexicon), Some(f64::from(n)), "{words}");
    }
    for n in samples().step_by(3).filter(|n| n % 10 != 1) {
        let words = spell_italian(n, " ");
        assert_eq!(one_number(&words, lexicon), Some(f64::from(n)), "{words}");
    }
}

#[test]
fn digits_come_back() {
    for (lexicon, group, point) in [(english(), ',', '.'), (italian(), '.', ',')] {
        for n in samples() {
            let plain = n.to_string();
            let grouped: String = plain
                .chars()
                .enumerate()
                .flat_map(|(i, c)| (i > 0 && (plain.len() - i) % 3 == 0).then_some(group).into_iter().chain([c]))
                .collect();
            assert_eq!(one_number(&grouped, lexicon), Some(f64::from(n)));
            let decimal = format!("{grouped}{point}5");
            assert_eq!(one_number(&decimal, lexicon), Some(f64::from(n) + 0.5), "{decimal}");
        }
    }
}

#[test]
fn english_phrases() {
    let lexicon = english();
    for (text, want) in [
        ("two hundred and fifty-three thousand", "two hundred and fifty-three thousand=253000 words"),
        ("2.3 million users", "2.3 million=2300000 words"),
        ("$1.2bn", "1.2bn=1200000000 words"),
        ("35m of them", "35=35 digits +m?"),
        ("3 and a half", "3 and a half=3.5 words"),
        ("two and a half million", "two and a half million=2500000 words"),
        ("one million and a half", "one million and a half=1500000 words"),
        ("two-and-a-half hours", "two-and-a-half=2.5 words"),
        ("two dozen eggs", "two dozen=24 words"),
        ("a dozen", "a dozen=12 words"),
        ("half a dozen", "half a dozen=6 words"),
        ("half a million", "half a million=500000 words"),
        ("a quarter of a million", "a quarter of a million=250000 words"),
        ("two thirds of them", "two thirds=0.6667 fraction"),
        ("one-third", "one-third=0.3333 fraction"),
        ("a third of it", "a third=0.3333 fraction"),
        ("a third man", "third=3 ordinal"),
        ("a fifth", "a fifth=0.2 fraction"),
        ("three quarters", "three quarters=0.75 fraction"),
        ("half of them", "half=0.5 half"),
        ("1/3 of ½", "1/3=0.3333 fraction; ½=0.5 fraction"),
        ("2 1/4 and 3½", "2 1/4=2.25 words; 3½=3.5 words"),
        ("law 231/2001", "231=231 digits; 2001=2001 digits"),
        ("9/11", "9=9 digits; 11=11 digits"),
        ("22nd twenty-first five hundred first", "22nd=22 ordinal; twenty-first=21 ordinal; five hundred first=501 ordinal"),
        ("thirty second delay", "thirty=30 words; second=2 ordinal"),
        ("the twentyfifth", "twentyfifth=25 ordinal"),
        ("dozens, tens of thousands", "dozens=12 multiple; tens of thousands=10000 multiple"),
        ("hundreds of millions", "hundreds of millions=100000000 multiple"),
        ("several hundred people", "hundred=100 bare"),
        ("a couple of weeks", "a couple=2 couple"),
        ("one of them", "one=1 article"),
        ("a man and an owl", ""),
        ("270agents on 5Gbps", "270=270 digits +agents; 5=5 digits +Gbps"),
        ("the 1990s and 20s", "1990s=1990 decade; 20s=20 decade"),
        ("5000 6 hundred and 17", "5000=5000 digits; 6 hundred and 17=617 words"),
        ("7 hundred and 4 hundred", "7 hundred=700 words; 4 hundred=400 words"),
        ("between two hundred and three hundred", "two hundred=200 words; three hundred=300 words"),
        ("two thousand and three thousand", "two thousand=2000 words; three thousand=3000 words"),
        ("seven point three one billion", "seven point three one billion=7310000000 words"),
        ("thirty point four o seven", "thirty point four o seven=30.407 words"),
        ("one point of two", "one=1 article; two=2 words"),
        ("minus 20 and -1.7", "minus 20=-20 words; -1.7=-1.7 words"),
        ("15-22 and 20 -30", "15=15 digits; 22=22 digits; 20=20 digits; 30=30 digits"),
        ("twenty fifty", "twenty=20 words; fifty=50 words"),
        ("eleven hundred", "eleven hundred=1100 words"),
        ("three lakh crore", "three lakh crore=3000000000000 words"),
        ("30\u{a0}000 and 1 234 567", "30\u{a0}000=30000 digits; 1 234 567=1234567 digits"),
        ("192.168.1.2", ""),
        (".534 FG", ".534=0.534 digits"),
        ("eight billion-mile", "eight billion=8000000000 words"),
        ("someone often bones", ""),
        ("A million people", "A million=1000000 words"),
        ("two hundred and two thirds", "two hundred and two thirds=200.66666666666666 words"),
        ("fifty - two", "fifty - two=52 words"),
        ("two billion and three quarters", "two billion and three quarters=2750000000 words"),
        ("tenfold and 10fold", "tenfold=10 fold; 10fold=10 fold"),
        ("sixfold manifold", "sixfold=6 fold"),
        ("12.3e+6, 15e-1, 2e5", "12.3e+6=12300000 digits; 15e-1=1.5 digits; 2e5=200000 digits"),
        ("12.3e+ and 1.5^2", "12.3=12.3 digits +e; 1.5^2=2.25 digits"),
        ("4^-1 and 3^x", "4^-1=0.25 digits; 3=3 digits"),
        ("-4/5", "-4/5=-0.8 words"),
        ("80 -200mm", "80=80 digits; 200=200 digits +mm"),
        ("plus or minus 3, minus 3", "3=3 digits; minus 3=-3 words"),
        ("52 thousand 417, 52 thousand 41", "52 thousand 417=52417 words; 52 thousand=52000 words; 41=41 digits"),
        ("three twenty-fifths, twenty-firsts", "three twenty-fifths=0.12 fraction; twenty=20 words"),
        ("two hundred and forty-three fifths", "two hundred and forty-three fifths=48.6 fraction"),
        ("a hundred and two thirds", "a hundred and two thirds=100.66666666666667 words"),
        ("a quarter-mile, quarter-mile", "a quarter=0.25 fraction; quarter=0.25 half"),
        ("six billion four hundred seventy one million eight", "six billion four hundred seventy one million eight=6471000008 words"),
    ] {
        assert_eq!(seen(text, lexicon), want, "{text}");
    }
}

#[test]
fn italian_phrases() {
    let lexicon = italian();
    for (text, want) in [
        ("trecentoventimila", "trecentoventimila=320000 words"),
        ("trentadue mila", "trentadue mila=32000 words"),
        ("5mila euro, 22mln, 1,2 mld", "5mila=5000 words; 22mln=22000000 words; 1,2 mld=1200000000 words"),
        ("22milioni", "22milioni=22000000 words"),
        ("trentun giorni, ventun anni", "trentun=31 words; ventun=21 words"),
        ("un migliaio di persone", "un migliaio=1000 approx"),
        ("mezzo milione", "mezzo milione=500000 words"),
        ("un milione e mezzo", "un milione e mezzo=1500000 words"),
        ("un milione e 200 mila", "un milione e 200 mila=1200000 words"),
        ("due milioni e trecentomila", "due milioni e trecentomila=2300000 words"),
        ("una ventina", "una ventina=20 approx"),
        ("una decina di milioni", "una decina di milioni=10000000 approx"),
        ("mezza dozzina", "mezza dozzina=6 words"),
        ("tre dozzine", "tre dozzine=36 words"),
        ("tre quarti", "tre quarti=0.75 fraction"),
        ("un terzo dei voti", "un terzo=0.3333 fraction"),
        ("un terzo uomo", "un=1 article; terzo=3 ordinal"),
        ("due terzi", "due terzi=0.6667 fraction"),
        ("la metà di", "metà=0.5 half"),
        ("sedicesimo settantunesimo ventitreesima", "sedicesimo=16 ordinal; settantunesimo=71 ordinal; ventitreesima=23 ordinal"),
        ("centoventicinquesimo millesimo", "centoventicinquesimo=125 ordinal; millesimo=1000 ordinal"),
        ("tre ventesimi", "tre ventesimi=0.15 fraction"),
        ("una donna", "una=1 article"),
        ("il 35enne e la quarantenne", "35enne=35 age; quarantenne=40 age"),
        ("settantacinquenni, un ventitreenne", "settantacinquenni=75 age; un=1 article; ventitreenne=23 age"),
        ("1º maggio, 3ª, 30mo", "1º=1 ordinal; 3ª=3 ordinal; 30mo=30 ordinal"),
        ("decine di migliaia", "decine di migliaia=10000 multiple"),
        ("decine e decine di", "decine e decine=10 multiple"),
        ("milioni di euro", "milioni=1000000 multiple"),
        ("tra venti e trenta", "venti=20 words; trenta=30 words"),
        ("tra cento e duecento", "cento=100 words; duecento=200 words"),
        ("da mille a millecinquecento", "mille=1000 words; millecinquecento=1500 words"),
        ("zero virgola centododici", "zero virgola centododici=0.112 words"),
        ("quaranta tre virgola sessanta due", "quaranta tre virgola sessanta due=43.62 words"),
        ("vent uno mila undici", "vent uno mila undici=21011 words"),
        ("settant otto", "settant otto=78 words"),
        ("cinquantatremila milioni", "cinquantatremila milioni=53000000000 words"),
        ("un miliardo e mezzo milione", "un miliardo e mezzo milione=1000500000 words"),
        ("trent'anni", "trent'=30 words"),
        ("meno 27 gradi, uno in meno", "meno 27=-27 words; uno=1 article"),
        ("un paio di giorni", "un paio=2 couple"),
        ("ottobre trebbia setteveli", ""),
        ("più o meno 40, meno 40", "40=40 digits; meno 40=-40 words"),
        ("52mila 417, 52mila 41", "52mila 417=52417 words; 52mila=52000 words; 41=41 digits"),
        ("cinque millesimi, duemillesimo", "cinque millesimi=0.005 fraction; duemillesimo=2000 ordinal"),
        ("centoquarantatré quinti", "centoquarantatré quinti=28.6 fraction"),
        ("12,3e+6", "12,3e+6=12300000 digits"),
        ("tre centesimi", "tre=3 words"),
        ("ventunbilionitrecento", "ventunbilionitrecento=21000000000300 words"),
        ("2 1/4", "2 1/4=2.25 words"),
        ("6 700,54", "6 700,54=6700.54 digits"),
    ] {
        assert_eq!(seen(text, lexicon), want, "{text}");
    }
}

#[test]
fn nothing_panics() {
    let (english, italian) = (english(), italian());
    let pieces = [
        "una",
        "mezzo",
        "e",
        "di",
        "5",
        "1.2.3",
        "milione",
        "esimo",
        "enne",
        "-",
        "/",
        "½",
        "º",
        "1e99",
        "9".repeat(400).as_str(),
        "and",
        "a",
        "half",
        "point",
        "o",
        "third",
        "tens",
        "of",
        "30",
        "000",
        "meno",
        "minus",
        ".",
        " ",
        "\n\n",
        "zero",
        "hundred",
        "cento",
        "venti",
        "couple",
        "quarter",
    ]
    .map(str::to_string);
    arbtest::arbtest(|u| {
        let mut text = String::new();
        for _ in 0..u.int_in_range(1..=12)? {
            text.push_str(u.choose(&pieces)?);
            if u.arbitrary()? {
                text.push(' ');
            }
        }
        for lexicon in [english, italian] {
            for pair in numbers(&text, lexicon).windows(2) {
                assert!(pair[0].tokens.end <= pair[1].tokens.start && pair[0].value.is_finite(), "{text:?}: {pair:?}");
            }
        }
        Ok(())
    });
}
