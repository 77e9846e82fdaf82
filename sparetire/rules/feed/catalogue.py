"""Every rule on feeds, by format; each says in its docstring what it demands and why."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from sparetire.model.finding import Finding, Severity
from sparetire.rules.feed import atom, json_feed, reading, rss
from sparetire.rules.feed.document import FeedDocument, Look, read_feed

__all__ = ["FEED_RULES", "FeedRule", "feed_findings"]

_HEAD = re.compile(r"^Severity: (error|warning|info)\. Source: (.+?)\.$", re.MULTILINE)
_ANY = ("rss", "atom", "json")


@dataclass(frozen=True, slots=True)
class FeedRule:
    """A rule on feeds of some formats."""

    id: str
    severity: Severity
    source: str
    forms: tuple[str, ...]
    look: Look

    def findings(self, feed: FeedDocument, place: str) -> Iterator[Finding]:
        """Yield what the rule sees; ``place`` names the feed."""
        if feed.form in self.forms:
            for where, wrong in self.look(feed):
                yield Finding(self.id, self.severity, place, f"{where} {wrong}.")


def _rule(look: Look, *forms: str) -> FeedRule:
    head = _HEAD.search(inspect.getdoc(look) or "")
    assert head is not None, look.__name__  # noqa: S101  a test reads them all
    name = f"feed-{look.__name__.replace('_', '-')}"
    return FeedRule(name, Severity(head[1]), head[2], forms, look)


FEED_RULES = (
    *(_rule(getattr(rss, name), "rss") for name in rss.__all__),
    *(_rule(getattr(atom, name), "atom") for name in atom.__all__),
    *(_rule(getattr(json_feed, name), "json") for name in json_feed.__all__),
    *(_rule(getattr(reading, name), *_ANY) for name in reading.__all__),
)


def feed_findings(content: bytes, place: str, address: str = "") -> Iterator[Finding]:
    """Yield what the rules see in a feed, ours or anybody's.

    Args:
        content: The feed as it is served.
        place: Its name, for messages.
        address: Where it is served, or nothing where that is not known.
    """
    feed = read_feed(content, address)
    if isinstance(feed, str):
        yield Finding("feed-readable", Severity.ERROR, place, f"It cannot be read: {feed}.")
        return
    for rule in FEED_RULES:
        yield from rule.findings(feed, place)
