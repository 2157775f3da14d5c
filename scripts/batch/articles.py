#!/usr/bin/env python3
"""Writes articles as JSON Lines to standard output: as many bytes, or as many articles, as asked for.

    scripts/batch/articles.py --bytes 2G | dispaccio --input jsonl > /dev/null
    scripts/batch/articles.py --count 10000

The articles are those of fixtures/en and fixtures/it with their paragraphs drawn anew: 20,000 different ones,
and then the same again. The same call gives the same bytes. Every hundredth line is none
that a record can be made of, as in life.
"""

import argparse
import json
import pathlib
import random
import sys

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "fixtures"


def size(written: str) -> int:
    """A number of bytes, or of K, M or G of them."""
    shift = {"K": 10, "M": 20, "G": 30}.get(written[-1:].upper(), 0)
    return int(written[:-1] if shift else written) << shift


def lines():
    draw = random.Random(7)
    texts = {}
    for language in ("en", "it"):
        files = sorted((FIXTURES / language).glob("*.txt"))
        texts[language] = [[p for p in f.read_text("utf-8").split("\n") if p.strip()] for f in files]
    number = 0
    while True:
        number += 1
        if number % 100 == 0:
            yield '{"id": %d, "text": %d}' % (number, number)
            continue
        language = draw.choice(("en", "it"))
        head, other = draw.choice(texts[language]), draw.choice(texts[language])
        kept = head[: draw.randint(1, len(head))] + draw.sample(other, draw.randint(0, len(other)))
        yield json.dumps({"id": number, "text": "\n\n".join(kept)}, ensure_ascii=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--bytes", type=size, default=None, help="write until there are so many (K, M, G)")
    parser.add_argument("--count", type=int, default=None, help="write so many lines")
    asked = parser.parse_args()
    if asked.bytes is None and asked.count is None:
        parser.error("--bytes or --count")
    # A pool is drawn once and repeated: drawing is slower than what is to be measured.
    pool, written, count = [], 0, 0
    out, draw = sys.stdout.buffer, lines()
    while (asked.bytes is None or written < asked.bytes) and (asked.count is None or count < asked.count):
        if len(pool) < 20_000:
            pool.append((next(draw) + "\n").encode())
            line = pool[-1]
        else:
            line = pool[count % len(pool)]
        out.write(line)
        written, count = written + len(line), count + 1


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        sys.stderr.close()
