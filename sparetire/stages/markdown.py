"""The one dialect of Markdown: CommonMark with tables, footnotes and strikethrough, cleaned.

Pyromark (Rust) because no text hangs it; nh3 (Rust) because what is cleaned by an allow-list
holds no script, no style and no picture from elsewhere, whatever the text tried.
"""

import html
import re
from functools import lru_cache

import nh3
import pyromark

__all__ = ["first_paragraph", "plain_text", "to_html"]

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
)
_TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li"),
    *("blockquote", "pre", "strong", "em", "del", "a", "code", "sup", "sub", "div"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "div": {"id"}}
_SCHEMES = {"https", "http", "mailto", "tel"}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)  # RFC 3986, section 3.1
_HEADING = re.compile(r"<(/?)h([1-6])>")
_LOWEST = 6


def to_html(markdown: str, *, top: int, anchor: str) -> str:
    """Return clean HTML.

    Args:
        markdown: The text; raw HTML in it is kept only where the allow-list knows it.
        top: The level of its first heading; the others follow without a jump.
        anchor: Set before every id, so that two texts on one page never share one.
    """
    clean = _cleaner(anchor).clean(pyromark.html(markdown, options=_OPTIONS))
    # A wide table scrolls by itself; focusable, so that a keyboard can scroll it too.
    clean = clean.replace("<table>", '<div class="scroll" tabindex="0"><table>')
    clean = clean.replace("</table>", "</table></div>")
    return _with_headings_from(clean, top).strip()


@lru_cache(
    maxsize=64
)  # to make one takes as long as to clean with it, and most texts share one
def _cleaner(anchor: str) -> nh3.Cleaner:
    """Return what cleans a text whose ids begin with an anchor."""

    def keep(tag: str, attribute: str, value: str) -> str | None:
        if (tag, attribute) != ("a", "href"):
            return value
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
    """Return the text of the first paragraph of some HTML, or nothing."""
    found = re.search(r"<p>(.*?)</p>", markup, flags=re.DOTALL)
    return plain_text(found[1]) if found else ""


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
