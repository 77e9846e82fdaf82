"""Feeds: what journalists' readers and newsrooms' systems poll."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from sparetire.model.finding import Severity
from sparetire.rules.base import Built, Sight
from sparetire.rules.feed.catalogue import feed_findings
from sparetire.rules.feed.document import absolute, read_feed, said
from sparetire.rules.pages import file_text, language_of

__all__ = ["feed_broken"]

_REMEDY = "This is a fault in how the feed is made: please report it."
_FORMS = {".xml", ".atom", ".json"}


def feed_broken(built: Built) -> Iterator[Sight]:
    """Every feed obeys the rules of its format, speaks its folder's language, leads here."""
    for path in built.fresh:
        name = PurePosixPath(path)
        if name.suffix in _FORMS and name.stem.partition("-")[0] == "feed":
            for wrong in _wrongs(built, path):
                yield path, wrong, _REMEDY


def _wrongs(built: Built, path: str) -> Iterator[str]:
    content = file_text(built, path).encode()
    for finding in feed_findings(content, path, built.routes.url(path)):
        if finding.severity is Severity.ERROR:
            yield finding.message
    feed = read_feed(content)
    if isinstance(feed, str) or feed.form != "rss":
        return
    code, spoken = language_of(built, path), said(feed.channel, "language")
    if code is not None and spoken.split("-", 1)[0].lower() != code:
        yield f"The feed's language is {spoken!r}, not {code!r}."
    for item in feed.items:
        link = said(item, "link")
        if absolute(link) and not link.startswith(f"{built.routes.base_url}/"):
            yield f"It links to {link}, not to a page under {built.routes.base_url}/"
