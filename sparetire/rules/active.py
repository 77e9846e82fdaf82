"""Pages are read, they do not run: no script, no event, no frame, no form."""

import re
from collections.abc import Iterator

from sparetire.rules.base import Built, Sight
from sparetire.rules.pages import Page, Tag, pages

__all__ = ["event_handler", "frame_or_form", "script", "style_attribute"]

_REMEDY = "Take it out of the theme or the skeleton."
_ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "xlink:href"})
_RUNNING = ("javascript:", "vbscript:", "data:text/html")
_IGNORED = re.compile(r"[\x00-\x20]+")  # what browsers drop from an address (WHATWG URL, 4.4)
_FOREIGN = frozenset({"base", "embed", "form", "frame", "iframe", "object"})


def script(built: Built) -> Iterator[Sight]:
    """The only script is JSON-LD, which is data: nothing on a crisis page needs more."""
    for page in pages(built):
        for tag in page.named("script"):
            if tag.get("type").strip().lower() != "application/ld+json" or tag.get("src"):
                yield _place(page, tag), "The page has a script.", _REMEDY


def event_handler(built: Built) -> Iterator[Sight]:
    """No attribute runs a script, and no link does: that is how a title becomes an attack."""
    for page in pages(built):
        for tag in page.tags:
            for name, value in tag.attributes.items():
                if name.startswith("on"):
                    yield (
                        _place(page, tag),
                        f"The attribute {name!r} would run a script.",
                        _REMEDY,
                    )
                elif name in _ADDRESSES and _runs(value):
                    yield _place(page, tag), f"The link would run a script: {value}", _REMEDY


def frame_or_form(built: Built) -> Iterator[Sight]:
    """No frame shows another site, no form takes anything from a reader."""
    for page in pages(built):
        for tag in page.named(*_FOREIGN):
            yield _place(page, tag), f"The page has a <{tag.name}>.", _REMEDY


def style_attribute(built: Built) -> Iterator[Sight]:
    """Styles stand in one ``style`` element: the security policy names it by its hash (CSP)."""
    for page in pages(built):
        for tag in page.tags:
            if "style" in tag.attributes:
                yield (
                    _place(page, tag),
                    f"The <{tag.name}> has a style attribute, which browsers will ignore.",
                    "Move the style into the theme's style sheet.",
                )


def _runs(value: str) -> bool:
    return _IGNORED.sub("", value).lower().startswith(_RUNNING)


def _place(page: Page, tag: Tag) -> str:
    return f"{page.path}, line {tag.line}"
