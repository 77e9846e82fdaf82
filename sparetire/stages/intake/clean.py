"""Cleans HTML of others, by an allow-list, and writes it as Markdown."""

import re

import nh3

from sparetire.rules.characters import INVISIBLE
from sparetire.stages.intake.writing import markdown_of

__all__ = ["clean_html", "without_invisible"]

_TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "img"),
    *("blockquote", "pre", "strong", "em", "del", "s", "a", "code", "sup", "sub"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "img": {"src", "alt"}}
_PICTURE = re.compile(r"pictures/[0-9a-f]{16}\.(jpg|png)")
_WEB = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
_RUNNING = re.compile(
    r"<(script|style|iframe|object|embed|form|svg|math|link|meta|base)\b"
    r"|<[a-z][^>]{0,300}\s(on\w+)\s*=",
    re.IGNORECASE,
)


def clean_html(markup: str) -> tuple[str, list[str]]:
    """Return some HTML as Markdown, and what of it was dropped."""
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
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=keep,
        clean_content_tags={"script", "style"},
        link_rel=None,
        url_schemes={"https", "http", "mailto", "tel"},
    )
    text, invisible = without_invisible(clean)
    return markdown_of(text), dropped + invisible


def without_invisible(text: str) -> tuple[str, list[str]]:
    """Return a text without the characters that nobody sees, and how many they were."""
    text, count = INVISIBLE.subn("", text)
    return text, [f"{count} invisible character{'s' if count > 1 else ''}"] if count else []
