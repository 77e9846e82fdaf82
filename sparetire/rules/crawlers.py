"""What search engines are told about the site: the site map and robots.txt."""

from collections.abc import Iterator

from sparetire.rules.addresses import path_of
from sparetire.rules.base import Built, Sight
from sparetire.rules.feed.document import parse_xml
from sparetire.rules.pages import file_text

__all__ = ["robots_broken", "sitemap_broken"]

SITEMAP, ROBOTS = "sitemap.xml", "robots.txt"
_NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_REMEDY = "This is a fault in how the site is made: please report it."


def sitemap_broken(built: Built) -> Iterator[Sight]:
    """The site map parses, and every address in it is a page of this site (sitemaps.org)."""
    if SITEMAP not in built.manifest.entries:
        if built.incidents:
            yield SITEMAP, "The site has no site map.", _REMEDY
        return
    root = parse_xml(file_text(built, SITEMAP))
    if isinstance(root, str):
        yield SITEMAP, f"The site map cannot be read: {root}.", _REMEDY
        return
    if root.tag not in {f"{_NAMESPACE}urlset", f"{_NAMESPACE}sitemapindex"}:
        yield SITEMAP, f"The site map's root is {root.tag!r}.", _REMEDY
    for place in root.iter(f"{_NAMESPACE}loc"):
        url = (place.text or "").strip()
        if path_of(built, url) is None:
            yield SITEMAP, f"{url or 'An empty address'} is not a page of this site.", _REMEDY


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
