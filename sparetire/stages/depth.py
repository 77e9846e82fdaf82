"""How deep markup is nested: what parses and cleans it takes a time that grows with the square.

65,000 nested ``div`` keep Ammonia busy for a minute; a text that a person wrote has ten levels.
"""

import re

from sparetire.errors import ContentRefused

__all__ = ["refuse_deep"]

DEEPEST = 256
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_SINGLE = frozenset(
    {
        # These have no end tag, or browsers end them where the next one begins.
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"),
        *("track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot"),
        *("option", "optgroup", "rp", "rt", "body", "html", "head"),
    }
)


def refuse_deep(markup: str) -> None:
    """Refuse markup that is nested deeper than any text for readers.

    Raises:
        ContentRefused: It is.
    """
    depth = 0
    for end, name in _TAG.findall(markup):
        if name.lower() in _SINGLE:
            continue
        depth = max(depth - 1, 0) if end else depth + 1
        if depth > DEEPEST:
            raise ContentRefused(
                "The text is nested too deep.",
                why=f"More than {DEEPEST} elements or quotations are open at once, as in no "
                "text that a person wrote.",
                then="Take the text over by hand, or correct what wrote it.",
            )
