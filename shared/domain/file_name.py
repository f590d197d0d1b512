"""A file's name as it is kept and shown: one line, no path, no tricks, no card numbers."""

import re
import unicodedata

from shared.domain.masking import mask
from shared.domain.text import clean

LONGEST = 120  # characters
# What another system could take for a path, a pattern or a quote.
UNFIT = re.compile(r'[\\/:?"<>|]')
HIDDEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")  # also marks that turn the direction, and hide an ending


def file_name(told: str) -> str:
    """The name, "" for what is none. The ending stays where the rest is cut."""
    last = re.split(r"[\\/]", clean(told[: 20 * LONGEST]))[-1]
    plain = "".join(c for c in last if unicodedata.category(c) not in HIDDEN)
    name = mask(" ".join(UNFIT.sub("_", plain).split())).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if len(name) <= LONGEST or not stem or len(ending) > 10:
        return name[:LONGEST]
    return stem[: LONGEST - len(ending) - 1] + dot + ending
