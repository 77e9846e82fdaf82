"""Slugs: the words of an address."""

import re
import unicodedata

__all__ = ["slugify"]

LONGEST = 60
MOST_WORDS = 8


def slugify(text: str) -> str:
    """Return lower-case ASCII words joined by hyphens, accents folded, cut at a whole word.

    Empty when the text holds no letter that can be folded.
    """
    folded = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words = re.findall(r"[a-z0-9]+", plain)[:MOST_WORDS]
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        slug = longer
    return slug
