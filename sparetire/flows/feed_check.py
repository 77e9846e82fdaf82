"""Looks at any feed, ours or not, with the rules that ours obey."""

from sparetire.model.finding import Finding, Severity
from sparetire.model.outcome import Linted
from sparetire.rules.feed.catalogue import feed_findings
from sparetire.stages.foreign import Foreign, read_foreign

__all__ = ["check_feed"]

TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
TOLERATED = ("application/xml", "text/xml", "application/json")


def check_feed(where: str, address: str = "") -> Linted:
    """Return what the rules see.

    Args:
        where: A web address, or the name of a file.
        address: Where the file is served, if that is to be checked too.

    Raises:
        HostUnreachable: The address cannot be read.
        ContentRefused: It is larger than any feed.
    """
    feed = read_foreign(where)
    findings = [*feed_findings(feed.body, where, address or feed.address), *_kind(feed, where)]
    return Linted(tuple(findings))


def _kind(feed: Foreign, where: str) -> list[Finding]:
    kind = feed.kind.partition(";")[0].strip().lower()
    if not feed.address or kind in TYPES:
        return []
    weight = Severity.WARNING if kind in TOLERATED else Severity.ERROR
    said = (
        f"It is served as {kind or 'no type'}: browsers and readers may not take it for a feed."
    )
    remedy = f"Let the server say one of: {', '.join(TYPES)}."
    return [Finding("feed-type", weight, where, said, remedy)]
