"""The one dialect of Markdown: CommonMark with tables, footnotes and strikethrough, cleaned.

Pyromark (Rust) because no text hangs it; nh3 (Rust) because what is cleaned by an allow-list
holds no script, no style and no picture from elsewhere, whatever the text tried.
"""

import html
import re
from functools import lru_cache

import nh3
import pyromark

from sparetire.model.attachment import ATTACHED, size_of
from sparetire.stages.depth import refuse_deep

__all__ = ["first_paragraph", "plain_text", "to_html"]

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
)
_TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li"),
    *("blockquote", "pre", "strong", "em", "del", "a", "code", "sup", "sub", "div"),
    *("table", "thead", "tbody", "tr", "th", "td", "img"),
}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "div": {"id"}, "img": {"src", "alt"}}
_SCHEMES = {"https", "http", "mailto", "tel"}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)  # RFC 3986, section 3.1
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", flags=re.DOTALL)
_IMAGE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
_SOURCE = re.compile(r' src="([^"]*)"')
_HEADING = re.compile(r"<(/?)h([1-6])>")
_LOWEST = 6


def to_html(markdown: str, *, top: int, anchor: str, root: str | None = None) -> str:
    """Return clean HTML.

    Args:
        markdown: The text; raw HTML in it is kept only where the allow-list knows it.
        top: The level of its first heading; the others follow without a jump.
        anchor: Set before every id, so that two texts on one page never share one.
        root: What leads to the site's files from where it will stand, such as ``../../``; None
            leaves out pictures, and links to files.

    Raises:
        ContentRefused: It is nested deeper than any text.
    """
    markup = pyromark.html(markdown, options=_OPTIONS)
    refuse_deep(markup)
    clean = _cleaner(anchor, root).clean(markup)
    # A wide table scrolls by itself; focusable, so that a keyboard can scroll it too.
    clean = clean.replace("<table>", '<div class="scroll" tabindex="0"><table>')
    clean = clean.replace("</table>", "</table></div>")
    clean = _IMAGE.sub(_with_size, clean)
    return _with_headings_from(clean, top).strip()


# To make one takes as long as to clean with it, and most texts share one.
@lru_cache(maxsize=64)
def _cleaner(anchor: str, root: str | None) -> nh3.Cleaner:
    """Return what cleans a text: its ids begin with an anchor, its files lie at a root."""

    def keep(tag: str, attribute: str, value: str) -> str | None:
        if (tag, attribute) not in {("a", "href"), ("img", "src")}:
            return value
        if root is not None and ATTACHED.fullmatch(value):
            return f"{root}{value}"
        if tag == "img":
            return None
        if value.startswith("#"):
            return f"#{anchor}-{value[1:]}"
        return value if _SCHEME.match(value) else None  # a relative link leads nowhere we know

    return nh3.Cleaner(
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=keep,
        clean_content_tags={"script", "style"},
        id_prefix=f"{anchor}-",
        link_rel=None,
        url_schemes=_SCHEMES,
    )


def plain_text(markup: str) -> str:
    """Return what a reader sees of some HTML, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def first_paragraph(markup: str) -> str:
    """Return the text of the first paragraph of some HTML that has any, or nothing."""
    told = (plain_text(found[1]) for found in _PARAGRAPH.finditer(markup))
    return next(filter(None, told), "")


def _with_size(image: re.Match[str]) -> str:
    """Give a picture the place that it will take; one that leads nowhere is left out."""
    source = _SOURCE.search(image[1])
    size = size_of(source[1]) if source else None
    if size is None:
        return ""
    return (
        f'<img{image[1]} width="{size[0]}" height="{size[1]}" loading="lazy" decoding="async">'
    )


def _with_headings_from(markup: str, top: int) -> str:
    """Renumber the headings so that the outline starts at ``top`` and never skips a level."""
    outline: list[int] = []
    level = top

    def renumber(match: re.Match[str]) -> str:
        nonlocal level
        if not match[1]:
            given = int(match[2])
            while outline and outline[-1] >= given:
                outline.pop()
            outline.append(given)
            level = min(top + len(outline) - 1, _LOWEST)
        return f"<{match[1]}h{level}>"

    return _HEADING.sub(renumber, markup)
