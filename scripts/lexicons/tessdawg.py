"""A reader of the word list inside a Tesseract `.traineddata` file.

The file is a table of offsets followed by its parts. The word list is a squished DAWG: an array of 64-bit edges, each
holding a letter (an index into the part that lists the characters), three flag bits, and the edge where the next node
starts. The layout follows the published file format; only what is needed to walk it is here.
"""
import math
import struct

WORD_DAWG, CHARACTERS = 19, 21
LAST_EDGE, BACKWARD, WORD_END = 1, 2, 4


def parts(data):
    """{index: bytes} of the parts of a traineddata file."""
    (count,) = struct.unpack_from("<i", data)
    offsets = struct.unpack_from(f"<{count}q", data, 4)
    starts = sorted({o for o in offsets if o >= 0}) + [len(data)]
    return {i: data[o:starts[starts.index(o) + 1]] for i, o in enumerate(offsets) if o >= 0}


def characters(part):
    """The characters by number."""
    lines = part.decode("utf8").split("\n")
    names = [line.split(" ")[0] for line in lines[1:int(lines[0]) + 1]]
    return [" " if name == "NULL" else name for name in names]


def words(path):
    """Every word of the file at `path`."""
    with open(path, "rb") as f:
        found = parts(f.read())
    dawg, letters = found[WORD_DAWG], characters(found[CHARACTERS])
    magic, size, count = struct.unpack_from("<hii", dawg)
    if magic != 42:
        raise ValueError("not a little-endian DAWG")
    edges = struct.unpack_from(f"<{count}Q", dawg, 10)
    flag_bit = math.ceil(math.log2(size + 1))
    mask = (1 << flag_bit) - 1
    stack = [(0, "")]
    while stack:
        at, prefix = stack.pop()
        while True:
            edge = edges[at]
            flags, after = edge >> flag_bit & 7, edge >> flag_bit + 3
            if flags & BACKWARD:
                break
            word = prefix + letters[edge & mask]
            if flags & WORD_END:
                yield word
            if after:
                stack.append((after, word))
            if flags & LAST_EDGE:
                break
            at += 1
