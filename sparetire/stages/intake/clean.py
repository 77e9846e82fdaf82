"""Cleans HTML of others, by an allow-list, and writes it as Markdown."""

import re

import nh3

from sparetire.rules.characters import INVISIBLE
from sparetire.stages.depth import refuse_deep
from sparetire.stages.intake.html_tree import hiding_selectors, read_tree
from sparetire.stages.intake.list_numbers import MARK
from sparetire.stages.intake.writing import write_markdown

__all__ = ["clean_html", "without_invisible"]

# Every other element is read, so that what hides in it is known, and leaves its text behind.
_UNREAD = {
    *("script", "style", "template", "iframe", "noembed", "noframes", "plaintext", "xmp"),
    *("title", "textarea", "svg", "math", "html", "head", "body", "frameset", "frame"),
}
_NAME = re.compile(r"<([a-z][a-z0-9-]{0,40})", re.IGNORECASE)
_MOST_NAMES = 200
_LOOKS = {"style", "class", "id", "hidden", "open"}
_ATTRIBUTES = {
    "*": _LOOKS,
    "a": {"href"},
    "ol": {"start"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_SHEET = re.compile(r"<style\b[^>]{0,300}>(.{0,200000}?)</style", re.IGNORECASE | re.DOTALL)
_PICTURE = re.compile(r"pictures/[0-9a-f]{16}\.(jpg|png)")
_WEB = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
_RUNNING = re.compile(
    r"<(script|style|iframe|object|embed|form|svg|math|link|meta|base)\b"
    r"|<[a-z][^>]{0,300}\s(on\w+)\s*=",
    re.IGNORECASE,
)


def clean_html(markup: str, page: str = "") -> tuple[str, list[str]]:
    """Return some HTML as Markdown, and what of it was dropped.

    Args:
        markup: The part with the text.
        page: All of the page that it is a part of, for its style sheets.

    Raises:
        ContentRefused: It is nested deeper than any text.
    """
    refuse_deep(markup)
    dropped = list(dict.fromkeys(
        f"markup that runs or loads something: {found[1] or found[2]}"
        for found in _RUNNING.finditer(markup)
    ))  # fmt: skip

    def keep(tag: str, attribute: str, value: str) -> str | None:
        known = True
        if (tag, attribute) == ("a", "href"):
            known = bool(_WEB.match(value))
        elif (tag, attribute) == ("img", "src"):
            known = bool(_PICTURE.fullmatch(value))
        if not known and value and not value.startswith("#"):
            dropped.append(f"the link to {value[:200]!r}")
        return value if known else None

    clean = nh3.clean(
        markup,
        tags=_names(markup),
        attributes=_ATTRIBUTES,
        attribute_filter=keep,
        clean_content_tags={"script", "style", "template"},
        link_rel=None,
        url_schemes={"https", "http", "mailto", "tel"},
    )
    text, invisible = without_invisible(clean)
    sheets = " ".join(_SHEET.findall(page or markup))
    tree, hidden = read_tree(text, hiding_selectors(sheets))
    return MARK.sub("", write_markdown(tree)), dropped + invisible + hidden


def _names(markup: str) -> set[str]:
    """Return the elements of a text that are read."""
    names = dict.fromkeys(name.lower() for name in _NAME.findall(markup))
    return set(list(names)[:_MOST_NAMES]) - _UNREAD | {"p", "div"}


def without_invisible(text: str) -> tuple[str, list[str]]:
    """Return a text without the characters that nobody sees, and how many they were."""
    text, count = INVISIBLE.subn("", text)
    return text, [f"{count} invisible character{'s' if count > 1 else ''}"] if count else []
