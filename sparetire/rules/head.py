"""The head of a page: what search engines, cards and browsers read before anybody else."""

import re
from collections.abc import Iterator

from sparetire.rules.base import Built, Sight
from sparetire.rules.pages import NOT_FOUND, Page, language_of, pages
from sparetire.rules.ties import ties

__all__ = [
    "head_canonical",
    "head_card",
    "head_charset",
    "head_description",
    "head_language",
    "head_title",
    "head_viewport",
    "noindex_left",
    "title_repeated",
]

_THEME = "Correct it in the theme."
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*")  # BCP 47, the part that we use
_LOCALE = re.compile(r"[a-z]{2,3}_[A-Z]{2}")
_LOCKED = re.compile(r"(?i)user-scalable\s*=\s*(?:no|0)\b|maximum-scale\s*=\s*[01](?:\.\d+)?\b")
_CARD = ("og:title", "og:url", "og:type", "og:site_name", "og:locale")


def head_title(built: Built) -> Iterator[Sight]:
    """A page has exactly one title, and it is not empty."""
    for page in pages(built):
        if len(page.titles) != 1 or not page.titles[0]:
            yield page.path, "The page has no title, or more than one.", _THEME


def title_repeated(built: Built) -> Iterator[Sight]:
    """Two pages of one language never share a title: nobody could tell them apart."""
    first: dict[tuple[str | None, str], str] = {}
    for path, tied in ties(built):
        for title in tied.titles:
            same = first.setdefault((language_of(built, path), title), path)
            if same != path:
                yield path, f"{same} has the same title: {title}", "Tell them apart."


def head_language(built: Built) -> Iterator[Sight]:
    """A page says the language of its folder: screen readers pick their voice by it.

    ``fr_CA`` with an underscore is no language tag (BCP 47).
    """
    codes = {language.code for language in built.settings.languages}
    for page in pages(built):
        code = language_of(built, page.path)
        spoken = page.language.split("-", 1)[0].lower()
        if not _LANGUAGE.fullmatch(page.language) or spoken not in ({code} if code else codes):
            expected = f"{code!r}" if code else "one of the site's languages"
            yield (
                page.path,
                f"The page's language is {page.language!r}, not {expected}.",
                _THEME,
            )


def head_charset(built: Built) -> Iterator[Sight]:
    """UTF-8 is named first, before any text that depends on it (HTML, 4.2.5.4)."""
    for page in pages(built):
        inside = [tag for tag in page.tags if tag.name not in {"html", "head"}]
        if not inside or inside[0].get("charset").lower() != "utf-8":
            yield page.path, "The head does not start with the UTF-8 charset.", _THEME


def head_viewport(built: Built) -> Iterator[Sight]:
    """The page fits a phone, and its reader may zoom (WCAG 2.2, 1.4.4)."""
    for page in pages(built):
        viewports = page.metas("viewport")
        if len(viewports) != 1:
            yield page.path, "The page has no viewport, or more than one.", _THEME
        elif _LOCKED.search(viewports[0]):
            yield page.path, f"Readers may not zoom: {viewports[0]}", _THEME


def head_description(built: Built) -> Iterator[Sight]:
    """A page describes itself once, for search results."""
    for page in _indexed(built):
        descriptions = page.metas("description")
        if len(descriptions) != 1 or not descriptions[0]:
            yield page.path, "The page has no description, or more than one.", _THEME


def head_canonical(built: Built) -> Iterator[Sight]:
    """A page names its own absolute address, once: a wrong one hides it from searches."""
    for page in _indexed(built):
        own = built.routes.url(page.path)
        named = [tag.get("href") for tag in page.links("canonical")]
        if named != [own]:
            told = " and ".join(named) or "missing"
            wrong = f"The canonical address is {told}, not {own}."
            yield page.path, wrong, _THEME


def head_card(built: Built) -> Iterator[Sight]:
    """A shared link shows title, address, kind, sender and language (Open Graph protocol)."""
    for page in _indexed(built):
        for name in _CARD:
            if not any(page.metas(name)):
                yield page.path, f"The card lacks {name}.", _THEME
        for url in page.metas("og:url"):
            if url != built.routes.url(page.path):
                yield page.path, f"The card leads to {url}, not to the page itself.", _THEME
        for locale in page.metas("og:locale"):
            if not _LOCALE.fullmatch(locale):
                yield page.path, f"The card's language is {locale!r}, not like fr_CA.", _THEME


def noindex_left(built: Built) -> Iterator[Sight]:
    """Once there is an incident, search engines may list its pages.

    The waiting page of a dark site is hidden on purpose; left on after a launch, the mark would
    hide the statement. A page that declares a language gap, or leads on from there, may stay
    hidden.
    """
    if not built.incidents or built.settings.exercise:
        return
    allowed = {NOT_FOUND, *_gaps(built)}
    for path, tied in ties(built):
        if tied.hidden and path not in allowed:
            yield path, "The page hides from search engines (noindex).", _THEME


def _gaps(built: Built) -> Iterator[str]:
    for incident in built.incidents:
        for code, slug in incident.former_slugs.items():
            yield built.routes.page(code, slug)
        for code, slug in incident.slugs.items():
            if not any(code in statement.words for statement in incident.statements):
                yield built.routes.page(code, slug)


def _indexed(built: Built) -> Iterator[Page]:
    """Yield the pages that have an address of their own."""
    return (page for page in pages(built) if page.path != NOT_FOUND)
