"""Currencies and units of measure, from CLDR, with the short words that news use added by hand."""
import os
import re

import raw
from packages import HAND, npm_folder
from tables import gazetteer, hand, tidy

# Currencies no longer legal tender that news still names.
PAST = {"ITL", "DEM", "FRF", "ESP", "ATS", "BEF", "NLG", "PTE", "GRD", "IEP", "FIM"}
# Codes that are words or common acronyms in running text.
NOT_CODES = {"ALL", "TOP", "MAD", "CUP", "BAM", "PEN", "TRY", "STD", "SOS", "LAK", "MOP", "GEL", "LSL", "ANG", "FIM",
             "BOB", "COP", "RON", "CVE", "SDG", "SAR", "CRC", "PHP", "DEM", "ESP", "CDF", "SCR", "NAD", "ATS"}
KEPT_SYMBOLS = set("$ € £ ¥ ₹ ₽ ₺ ₩ ₪ ₴ ₫ ₦ ₱ ฿ US$ A$ CA$ NZ$ HK$ R$ MX$ NT$ CN¥ JP¥ ₸ ₾ ₼ ֏".split())
# The CLDR units that news uses, by quantity.
UNITS = {
    "length": "kilometer meter decimeter centimeter millimeter micrometer nanometer mile yard foot inch "
              "nautical-mile light-year astronomical-unit",
    "area": "square-kilometer square-meter square-centimeter square-mile square-yard square-foot square-inch hectare "
            "acre",
    "volume": "cubic-kilometer cubic-meter cubic-centimeter cubic-foot cubic-yard liter milliliter centiliter "
              "deciliter hectoliter gallon barrel pint",
    "mass": "tonne kilogram gram milligram microgram pound ounce ton carat",
    "digital": "petabyte terabyte gigabyte megabyte kilobyte byte terabit gigabit megabit kilobit bit",
    "speed": "kilometer-per-hour meter-per-second mile-per-hour knot",
    "temperature": "celsius fahrenheit kelvin",
    "energy": "joule kilojoule kilowatt-hour calorie kilocalorie electronvolt becquerel sievert",
    "power": "watt kilowatt megawatt gigawatt milliwatt horsepower",
    "electric": "volt ampere milliampere ohm", "frequency": "hertz kilohertz megahertz gigahertz",
    "pressure": "hectopascal kilopascal megapascal pascal atmosphere millibar", "angle": "degree",
    "concentr": "percent permille", "graphics": "megapixel",
    "duration": "second minute hour day week month year decade century millisecond microsecond nanosecond",
}
# Abbreviations that mean something else far more often.
NOT_UNITS = {"in", "pt", "gal", "c", "d", "mo", "mos", "dec", "ac", "au", "al", "mi", "kt", "kn", "atm", "decade",
             "decadi",
             "°", "tn", "Pa", "sett.", "gg", "wk", "wks", "mth", "mths", "p", "cal", "CD", "MP", "dec.", "secc.", "sec.",
             "deg", "hr"}


def current_currencies():
    """Codes that are legal tender somewhere, and the past ones kept."""
    path = os.path.join(npm_folder("cldr-core"), "supplemental", "currencyData.json")
    regions = raw.load_json(path)["supplemental"]["currencyData"]["region"]
    found = set(PAST)
    for entries in regions.values():
        for entry in entries:
            for code, dates in entry.items():
                if "_to" not in dates and dates.get("_tender") != "false":
                    found.add(code)
    return sorted(found)


def currency_rows(lang):
    """(surface, class, code); first rows win."""
    rows = [(surface, kind, code) for where, surface, kind, code in hand("currencies") if where in (lang, "both")]
    named = raw.cldr("numbers", lang, "currencies")["numbers"]["currencies"]
    for code in current_currencies():
        entry = named.get(code, {})
        for key in ("displayName-count-one", "displayName-count-other", "displayName"):
            if key in entry and not re.search(r"[(\d]", entry[key]):
                name = tidy(entry[key])
                rows.append((lower_common(name) if lang == "en" and key == "displayName" else name, "name", code))
        if code not in NOT_CODES:
            rows.append((code, "code", code))
        for key in ("symbol", "symbol-alt-narrow"):
            if entry.get(key) in KEPT_SYMBOLS:
                rows.append((entry[key], "symbol", code))
    return rows


def lower_common(name):
    """"Swiss Franc" as text writes it: the noun in lower case."""
    head, _, last = name.rpartition(" ")
    return f"{head} {last.lower()}" if head else name.lower()


def unique(rows):
    best = {}
    for row in rows:
        best.setdefault(row[0], row)
    return best.values()


def write_currencies():
    for lang, language in (("en", "English"), ("it", "Italian")):
        gazetteer(f"{lang}/currencies.tsv", f"Currencies under {language} names, their symbols and ISO 4217 codes.",
                  ["cldr-numbers-full", HAND], "CURRENCY", unique(currency_rows(lang)))


def unit_rows(lang):
    """(surface, class, code): long names, then short forms."""
    rows = [(surface, kind, code) for where, surface, kind, code in hand("units") if where in (lang, "both")]
    units = raw.cldr("units", lang, "units")["units"]
    for width in ("long", "short"):
        for key, entry in units[width].items():
            quantity, _, unit = key.partition("-")
            if isinstance(entry, dict) and unit in UNITS.get(quantity, "").split():
                rows += unit_forms(entry, quantity, unit)
    return rows


def unit_forms(entry, quantity, unit):
    for key, pattern in entry.items():
        if not key.startswith("unitPattern"):
            continue
        form = tidy(pattern.replace("{0}", "").replace("\u00a0", " "))
        if not form or form in NOT_UNITS:
            continue
        yield form, quantity + ("_letter" if len(form) == 1 and form.isalpha() else ""), unit


def write_units():
    for lang, language in (("en", "English"), ("it", "Italian")):
        gazetteer(f"{lang}/units.tsv",
                  f"Units of measure under {language} names and abbreviations; code is the CLDR unit. A class in "
                  "_letter is a single letter, a unit only after a number.",
                  ["cldr-units-full", HAND], "UNIT", unique(unit_rows(lang)))
