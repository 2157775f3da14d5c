#!/usr/bin/env python3
"""Shows that time and memory grow with the input and no faster, whatever the input is.

    scripts/hostile/linear.py target/release/dispaccio [--largest 6400K] [--only NAME] [--limit SECONDS]

Runs the binary on texts that no newspaper prints (one word of a million letters, ten thousand names and none
twice, nothing but opening brackets …) at 1, 10 and 100 times a size, and prints for each the seconds and the
peak memory. A row is marked where the last step took more than 20 times its time, and the exit status is then 1.
"""

import argparse
import os
import random
import subprocess
import sys
import time


def repeated(unit: str):
    return lambda size: (unit * (size // len(unit.encode()) + 1)).encode()[:size].decode("utf-8", "ignore").encode()


def words(draw: random.Random, capital: bool, letters: int = 7) -> str:
    word = "".join(draw.choice("bcdfglmnprstv") + draw.choice("aeiou") for _ in range(letters // 2 + draw.randint(0, 2)))
    return word.capitalize() if capital else word


def drawn(pattern: str):
    """A text in which each N is a new capitalised word, each w a new small one and each # a number."""

    def make(size: int) -> bytes:
        draw = random.Random(5)
        parts, length = [], 0
        while length < size:
            part = "".join(
                words(draw, True) if c == "N" else words(draw, False) if c == "w" else str(draw.randint(1, 31)) if c == "#" else c
                for c in pattern
            )
            parts.append(part)
            length += len(part.encode())
        return "".join(parts).encode()

    return make


ARTICLE = (
    "The police in Milan arrested 12 people on 3 March 2024, the Interior Ministry said. Mario Rossi, the former mayor of "
    "Lodi, told Reuters that “nothing was stolen” from the Bank of Italy. "
)
ARTICOLO = (
    "La polizia di Milano ha arrestato 12 persone il 3 marzo 2024, ha detto il ministero dell’Interno. Mario Rossi, ex "
    "sindaco di Lodi, ha riferito all’Ansa che dalla Banca d’Italia mancano 5 milioni di euro. "
)

TEXTS = {
    "an article on one line": repeated(ARTICLE),
    "un articolo, a capo": repeated(ARTICOLO + "\n\n"),
    "one letter": repeated("a"),
    "one capital": repeated("A"),
    "letters and capitals": repeated("aB"),
    "one digit": repeated("7"),
    "digits and points": repeated("1.234,"),
    "numbers": repeated("12 "),
    "number words": repeated("two hundred thousand "),
    "parole di numeri": repeated("ventidue mila "),
    "number words without a space": repeated("ventiduemila"),
    "numbers and hyphens": repeated("12-"),
    "money": repeated("$5bn "),
    "ranges": repeated("between 5 and "),
    "days": repeated("3 March 2024 "),
    "days without a year": repeated("21 aprile, "),
    "weekdays": repeated("Monday "),
    "months and years": repeated("March 2021 to "),
    "full stops": repeated("."),
    "initials": repeated("A. "),
    "initials without a space": repeated("A.B"),
    "brackets": repeated("("),
    "brackets and words": repeated("(Rossi "),
    "quotes": repeated("“a "),
    "straight quotes": repeated("\"A "),
    "apostrophes": repeated("l'"),
    "hyphens": repeated("a-"),
    "dashes": repeated("Rossi – "),
    "slashes": repeated("a/"),
    "commas": repeated("Rossi, "),
    "line ends": repeated("Rossi\n"),
    "short lines": repeated("- Mario Rossi\n\n"),
    "one name": repeated("Mario Rossi "),
    "one title": repeated("Minister "),
    "names and and": repeated("Mario Rossi and "),
    "ministries of": repeated("Ministry of "),
    "of the": repeated("of the "),
    "one small word": repeated("word "),
    "acronyms": repeated("ABC (DEF) "),
    "web addresses": repeated("www.example.com/"),
    "teasers": repeated("Read more\n\nShare this\n\n"),
    "combining marks": repeated("\u0301"),
    "a letter with marks": lambda size: b"e" + repeated("\u0301")(size - 1),
    "zero width": repeated("a\u200b"),
    "no-break spaces": repeated("\u00a0"),
    "soft hyphens": repeated("a\u00ad"),
    "emoji joined": repeated("👩\u200d"),
    "Chinese": repeated("东京"),
    "Thai": repeated("สวัสดี"),
    "Arabic": repeated("مرحبا "),
    "regional letters": repeated("🇮🇹"),
    "new names": drawn("N N said w w. "),
    "new surnames alone": drawn("N said w, N w. "),
    "names of three words": drawn("N N N, "),
    "one surname, new given names": drawn("N Rossi w. "),
    "one given name, new surnames": drawn("Mario N w. "),
    "new bodies": drawn("the Ministry of N and the N Bank w "),
    "new acronyms": drawn("N N N Association (NNA) "),
    "new roles": drawn("w w minister N N, "),
    "new words": drawn("w "),
    "new counts": drawn("# w w in # N "),
    "new days": drawn("on # March, # April 2021 and w "),
    "relative days": drawn("two days later w, the next day, last Monday w. "),
    "new lines": drawn("N N\n"),
}



def run(binary: str, text: bytes, language: str, limit: float):
    """Seconds and peak memory in MiB of one run, or what went wrong."""
    started = time.monotonic()
    command = [binary, "--quiet", "--lang", language]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        child.stdin.write(text)
        child.stdin.close()
    except BrokenPipeError:
        pass
    while True:
        pid, status, used = os.wait4(child.pid, os.WNOHANG)
        if pid:
            break
        if time.monotonic() - started > limit:
            child.kill()
            os.wait4(child.pid, 0)
            return None, "over time"
        time.sleep(0.002)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1):
        return None, f"status {code}"
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("--largest", default="6400K", help="the largest text (K, M)")
    parser.add_argument("--only", default="", help="only the texts whose name has this")
    parser.add_argument("--limit", type=float, default=120, help="seconds for one run")
    asked = parser.parse_args()
    largest = int(asked.largest[:-1]) << {"K": 10, "M": 20}[asked.largest[-1].upper()]
    sizes = [largest // 100, largest // 10, largest]
    print(f"{'':32}" + "".join(f"{size / 1024:>11.0f} KiB" + " " * 9 for size in sizes))
    bad = 0
    for name, make in TEXTS.items():
        if asked.only not in name:
            continue
        for language in ("en", "it"):
            cells, seconds, wrong = [], [], False
            for size in sizes:
                took, memory = run(asked.binary, make(size), language, asked.limit)
                if took is None:
                    cells.append(f"{memory:>24}")
                    wrong = True
                    break
                seconds.append(max(took, 0.005))
                cells.append(f"{took:>9.3f} s {memory:>8.0f} MiB")
            wrong = wrong or seconds[-1] > 20 * seconds[-2]
            bad += wrong
            print(f"{name + ', ' + language:32}" + "".join(cells) + ("  <- not linear" if wrong else ""), flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
