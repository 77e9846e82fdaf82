"""The languages of a page know each other (hreflang)."""

from collections.abc import Iterator

from sparetire.rules.addresses import path_of
from sparetire.rules.base import Built, Sight
from sparetire.rules.ties import Ties, ties, ties_at

__all__ = ["head_hreflang"]

ANY = "x-default"
_REMEDY = "Correct it in the theme: one wrong entry voids the whole set."


def head_hreflang(built: Built) -> Iterator[Sight]:
    """A set of alternates holds the page itself, x-default, and only pages that answer it.

    Without that, search engines drop the set and show readers the wrong language.
    """
    expected = _translated(built)
    for path, tied in ties(built):
        if tied.alternates or path in expected:
            for wrong in (*_set_wrongs(built, path, tied), *_entry_wrongs(built, path, tied)):
                yield path, wrong, _REMEDY


def _set_wrongs(built: Built, path: str, tied: Ties) -> Iterator[str]:
    """Say what is wrong with the list as a whole."""
    codes = [code for code, _ in tied.alternates]
    if not any(url == built.routes.url(path) for _, url in tied.alternates):
        yield "The page is not in its own list of languages."
    if len(set(codes)) != len(codes):
        yield "A language is listed twice."
    if len(set(codes) - {ANY}) > 1 and ANY not in codes:
        yield "The list of languages has no x-default."


def _entry_wrongs(built: Built, path: str, tied: Ties) -> Iterator[str]:
    """Say what is wrong with single entries of the list."""
    own = built.routes.url(path)
    spoken = {language.code for language in built.settings.languages}
    for code, url in tied.alternates:
        if code != ANY and ("_" in code or code.split("-", 1)[0].lower() not in spoken):
            yield f"{code!r} is not one of the site's languages."
        other = path_of(built, url)
        if other is None or not other.endswith(".html"):
            yield f"The alternate {url} is not in this site."
        elif own not in {back for _, back in ties_at(built, other).alternates}:
            yield f"The alternate {url} does not point back."


def _translated(built: Built) -> set[str]:
    """Return the paths of incidents that are told in several languages."""
    paths = set()
    for incident in built.incidents:
        told = {code for statement in incident.statements for code in statement.words}
        if len(told) > 1:
            paths |= {built.routes.page(code, incident.slugs[code]) for code in told}
    return paths & built.manifest.entries.keys()
