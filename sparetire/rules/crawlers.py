"""What search engines are told about the site: the site map and robots.txt."""

import re
from collections.abc import Iterator

from sparetire.rules.addresses import path_of
from sparetire.rules.base import Built, Sight
from sparetire.rules.feed.document import parse_xml
from sparetire.rules.pages import file_text

__all__ = ["robots_broken", "sitemap_broken"]

SITEMAP, ROBOTS = "sitemap.xml", "robots.txt"
_NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
_LANGUAGE = re.compile(r"[a-z]{2,3}|zh-(?:cn|tw)")
_MOST, _LARGEST = 50_000, 50_000_000  # sitemaps.org
_REMEDY = "This is a fault in how the site is made: please report it."


def sitemap_broken(built: Built) -> Iterator[Sight]:
    """Every site map parses, and its addresses are pages of this site (sitemaps.org)."""
    if SITEMAP not in built.manifest.entries:
        if built.incidents:
            yield SITEMAP, "The site has no site map.", _REMEDY
        return
    for path in sorted(built.manifest.entries.keys() - built.inspected):
        if path.startswith("sitemap") and path.endswith(".xml"):
            for wrong in _wrongs(built, path):
                yield path, wrong, _REMEDY


def _wrongs(built: Built, path: str) -> Iterator[str]:
    text = file_text(built, path)
    root = parse_xml(text)
    if isinstance(root, str):
        yield f"The site map cannot be read: {root}."
        return
    if root.tag not in {f"{_NAMESPACE}urlset", f"{_NAMESPACE}sitemapindex"}:
        yield f"The site map's root is {root.tag!r}."
    places = [(place.text or "").strip() for place in root.iter(f"{_NAMESPACE}loc")]
    if len(places) > _MOST or len(text.encode()) > _LARGEST:
        yield f"The site map has {len(places)} addresses; search engines read {_MOST}."
    for url in places:
        if path_of(built, url) is None:
            yield f"{url or 'An empty address'} is not a page of this site."
    for language in root.iter(f"{_NEWS}language"):
        if not _LANGUAGE.fullmatch(language.text or ""):
            yield f"The news is in {language.text!r}: Google wants fr, not fr-CA."


def robots_broken(built: Built) -> Iterator[Sight]:
    """robots.txt names the site map and locks nobody out (RFC 9309).

    ``Disallow: /`` would also keep search engines from seeing that a page is no longer hidden.
    """
    if ROBOTS not in built.manifest.entries:
        if built.incidents:
            yield ROBOTS, "The site has no robots.txt.", _REMEDY
        return
    rows = [_row(line) for line in file_text(built, ROBOTS).splitlines()]
    if ("disallow", "/") in rows or ("disallow", "/*") in rows:
        yield ROBOTS, "Search engines are locked out (Disallow: /).", _REMEDY
    named = f"{built.routes.base_url}/{SITEMAP}"
    if SITEMAP in built.manifest.entries and ("sitemap", named) not in rows:
        yield ROBOTS, f"The site map is not named: {named}", _REMEDY


def _row(line: str) -> tuple[str, str]:
    key, _, value = line.partition("#")[0].partition(":")
    return key.strip().lower(), value.strip()
