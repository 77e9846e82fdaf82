"""The words for a run of the newsroom: one line of what it did, and of what is next."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sparetire.model.finding import Severity
from sparetire.model.issue import Appointment, Issued

if TYPE_CHECKING:
    from sparetire.output.terminal import Terminal

__all__ = ["issued_facts", "tell_issued", "tell_withdrawn"]


def tell_issued(terminal: "Terminal", result: Issued, *, quiet: bool) -> None:
    """Show what went public, and what is due next.

    Whoever asked for quiet is a timer, whose words end in some log: there, what nobody may know
    of yet has a time and no name.
    """
    if result.published:
        terminal.published(result.published)
    for one in result.findings:
        if one.severity is not Severity.ERROR:
            continue
        terminal.block(one.severity, f"{one.place}: {one.message} {one.remedy}", one.rule)
    terminal.plain(f"{_done(result)} {_next(result.upcoming, named=not quiet)}")


def tell_withdrawn(terminal: "Terminal", result: Issued) -> None:
    """Show that a release is taken back."""
    if result.published:
        terminal.published(result.published)
        verb = "is withdrawn" if result.published.receipts else "would be withdrawn"
        terminal.plain(f"{', '.join(result.names)} {verb}: its page and its feeds say so.")


def issued_facts(result: Issued) -> dict[str, Any]:
    """Return the same for programs."""
    upcoming = result.upcoming
    return {
        "published": [{"name": name, "urls": result.urls[name]} for name in result.names],
        "next": {"name": upcoming.name, "at": upcoming.at} if upcoming else None,
    }


def _done(result: Issued) -> str:
    if not result.names:
        return "Finished what was left." if result.changed else "Nothing is due."
    verb = "Published" if result.published and result.published.receipts else "Would publish"
    return f"{verb} {', '.join(result.names)}."


def _next(upcoming: Appointment | None, *, named: bool) -> str:
    if upcoming is None:
        return "Nothing waits."
    at = datetime.fromisoformat(upcoming.at)
    name = f"{upcoming.name}, " if named else ""
    return f"Next: {name}{at:%Y-%m-%d %H:%M} (UTC{at:%z})."
