"""Country names and demonyms of both languages.

Names come from CLDR, i18n-iso-countries and keshvar; demonyms from a list by hand (hand/demonyms.tsv), inflected by
rule. What rules and packages miss stands in src/lang/*/countries_more.tsv, states and parts of states without a code of
ISO 3166-1 in countries_without_code.tsv: both are written by hand and win here.
"""
import functools
import os
import re

import raw
from packages import HAND, ROOT, keshvar_countries, npm_folder
from tables import fold, gazetteer, hand, tidy

# Codes of CLDR that are not entries of ISO 3166-1 (XK is kept: Kosovo).
NOT_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
# Forms in the packages that would be misread: other things of the same name, or nobody's usage.
WRONG = {"Island", "TT", "PR", "GB", "Reunion", "Aotearoa New Zealand"}
# Forms several countries share, and the likeliest.
SHARED = {"Congo": "CD", "Saint Martin": "MF", "Samoa": "WS", "Virgin Islands": "VI", "Dominican": "DO",
          "Guinea": "GN", "congolese": "CD"}
# Short names where CLDR's is not what a newspaper calls the country.
SHORT = {
    "en": {"AG": "Antigua and Barbuda", "BA": "Bosnia and Herzegovina", "BL": "Saint Barthélemy", "CC": "Cocos Islands",
           "CD": "Democratic Republic of the Congo", "CG": "Republic of the Congo", "CI": "Ivory Coast", "GS": "South Georgia",
           "HK": "Hong Kong", "HM": "Heard and McDonald Islands", "KN": "Saint Kitts and Nevis", "LC": "Saint Lucia",
           "MF": "Saint Martin", "MM": "Myanmar", "MO": "Macau", "PM": "Saint Pierre and Miquelon", "PS": "Palestine",
           "SH": "Saint Helena", "SJ": "Svalbard and Jan Mayen", "ST": "São Tomé and Príncipe", "TC": "Turks and Caicos Islands",
           "TL": "East Timor", "TR": "Turkey", "TT": "Trinidad and Tobago", "VA": "Vatican City",
           "VC": "Saint Vincent and the Grenadines", "WF": "Wallis and Futuna"},
    "it": {"CC": "Isole Cocos", "CD": "Repubblica Democratica del Congo", "CG": "Repubblica del Congo", "CZ": "Repubblica Ceca",
           "HK": "Hong Kong", "MM": "Myanmar", "MO": "Macao", "PS": "Palestina", "VA": "Città del Vaticano"},
}
NO_PLURAL = re.compile(r"(ese|ss|sh|ch|ish|nch|ic|z|s|men|women|nx|Kiribati|Vanuatu|Mosotho|Motswana|swati|Vatican)$")
# Italian -co words with plural in -chi.
CHI = {"polacco", "turco", "slovacco", "ceco", "tedesco", "guatemalteco", "uzbeco", "monegasco", "kazaco"}
# Countries that Italian sides with or against in one word (filorusso, antiamericano).
SIDES = {"AM", "AZ", "BY", "CN", "CU", "DE", "EG", "ES", "FR", "GB", "GE", "GR", "IL", "IN", "IQ", "IR", "IT", "JP", "KP", "KR", "LB",
         "LY", "MD", "PK", "PL", "PS", "QA", "RO", "RS", "RU", "SA", "SY", "TR", "TW", "UA", "US", "VE", "VN", "XK"}
# Common nouns that open Italian names and are as often written small ("l'isola di Man").
NOUN = re.compile(r"(Isol[ae]|Impero|Territori[o]?|Terre|Arcipelago|Principato|Granducato|Confederazione|Repubblica|Regno d\w+|Stato d\w+) ")
UNINFLECTED = {"swazi", "saharawi", "sahrawi", "burkinabé", "basotho"}
COLUMNS = ("surface", "class", "name", "code")
once = functools.lru_cache(maxsize=None)


def is_country(code):
    return re.fullmatch("[A-Z]{2}", code) and code not in NOT_COUNTRIES


def spellings(name):
    """A name as printed, and as newspapers would write it."""
    name = tidy(name)
    inside = re.match(r"^(.+?) \((.+)\)$", name)
    forms = [inside[1]] if inside else [name]
    turned = re.match(r"^(.+?), ((?:.*)(?:Republic|State|States|Federated|Province).*)$", forms[0])
    if turned:
        forms = [turned[1]]
    for form in list(forms):
        for old, new in ((" & ", " and "), ("St. ", "Saint "), (" SAR China", ""), ("RAS di ", ""), ("- ", "")):
            if old in form:
                forms.append(form.replace(old, new))
        if form.startswith("St. "):
            forms.append(form.replace("St. ", "St ").replace(" & ", " and "))
    return {form for form in forms if len(form) > 2 and not re.search(r"[(,]|^The ", form)}


def names_of(lang):
    """(surface, code) from the packages, best source first."""
    for key, name in raw.cldr_territories(lang).items():
        if is_country(key.split("-")[0]):
            yield from ((form, key.split("-")[0]) for form in spellings(name))
    path = os.path.join(npm_folder("i18n-iso-countries"), "langs", lang + ".json")
    for code, found in raw.load_json(path)["countries"].items():
        for name in found if isinstance(found, list) else [found]:
            yield from ((form, code) for form in spellings(name))
    if lang == "en":
        yield from official_names()


@once
def short_names(lang):
    """{code: the name that records print}"""
    found = {code: tidy(name) for code, name in raw.cldr_territories(lang).items() if is_country(code)}
    return found | SHORT[lang]


def official_names():
    for path in keshvar_countries():
        with open(path, encoding="utf8") as f:
            match = re.search(r'ISO_LONG_NAME: &str =\s*"([^"]+)"', f.read())
        if match:
            yield tidy(re.sub(r"^The ", "", match[1])), os.path.basename(path)[:2].upper()


def english_forms(lemma):
    """A demonym and its plural; Frenchman and the like apart, only -man and -woman nouns change their vowel."""
    if re.search(r"(sh|ch|x|y)(wo)?man$", lemma):
        return [lemma, lemma[:-3] + "men"]
    return [lemma] if NO_PLURAL.search(lemma) else [lemma, lemma + "s"]


def italian_forms(lemma):
    """The four inflected forms of an Italian adjective, from its masculine singular."""
    if " " in lemma:
        parts = [italian_forms(part) if part[0].islower() and part != "di" else [part] * 4 for part in lemma.split()]
        return [" ".join(part[i] for part in parts) for i in range(4)]
    stem = lemma[:-1]
    if lemma in UNINFLECTED:
        return [lemma] * 4
    if lemma.endswith("ko"):
        return [lemma, stem + "a", stem + "i", stem + "e"]
    if lemma.endswith(("co", "go")):
        return [lemma, stem + "a", stem + ("hi" if lemma in CHI or lemma.endswith("go") else "i"), stem + "he"]
    if lemma.endswith("io"):
        return [lemma, stem + "a", stem, stem[:-1] + "e" if lemma.endswith("cio") else stem + "e"]
    if lemma.endswith("o"):
        return [lemma, stem + "a", stem + "i", stem + "e"]
    if lemma.endswith("ga"):
        return [lemma, lemma, stem + "i", stem + "he"]
    if lemma.endswith("a"):
        return [lemma, lemma, stem + "i", stem + "e"]
    return [lemma, lemma, stem + "i", stem + "i"]


def demonyms_of(lang):
    """(surface, code) of every form."""
    for code, english, italian in hand("demonyms"):
        lemmas = (english if lang == "en" else italian).split(";")
        for lemma in lemmas:
            for form in english_forms(lemma) if lang == "en" else italian_forms(lemma):
                yield form, code
                if lang == "it" and code in SIDES and "-" not in form:
                    yield from (("filo" + form, code), ("anti" + form, code))


@once
def by_hand(lang):
    """Surfaces of the tables by hand, which the generated table must not repeat."""
    found = set()
    for table in ("countries_more.tsv", "countries_without_code.tsv"):
        with open(os.path.join(ROOT, "src", "lang", lang, table), encoding="utf8") as f:
            found |= {line.rstrip("\n").split("\t")[0] for line in f if not line.startswith("#")}
    return found


@once
def rows(lang):
    """{surface: (class, code)}"""
    found = {}
    for surface, code in names_of(lang):
        for form in (surface, fold(surface)):
            if lang == "it" and NOUN.match(form):
                form = form[0].lower() + form[1:]
            if form not in WRONG and is_country(code):
                found.setdefault(form, ("name", SHARED.get(form, code)))
    for surface, code in demonyms_of(lang):
        found.setdefault(surface, ("demonym", SHARED.get(surface, code)))
    return {surface: row for surface, row in found.items() if surface not in by_hand(lang)}


def write_countries():
    names = {"en": ("English", ["cldr-localenames-full", "i18n-iso-countries", "keshvar", HAND]),
             "it": ("Italian", ["cldr-localenames-full", "i18n-iso-countries", HAND])}
    for lang, (language, sources) in names.items():
        table = [(surface, kind, short_names(lang)[code], code) for surface, (kind, code) in rows(lang).items()]
        gazetteer(f"{lang}/countries.tsv",
                  f"{language} names of the countries and territories of ISO 3166-1 and Kosovo, and their demonyms. "
                  "More in countries_more.tsv.", sources, "COUNTRY", table, COLUMNS)
