"""Lists the press releases of a workspace: what each is waiting for, or what became of it."""

from collections.abc import Iterator
from datetime import datetime
from shlex import quote

from sparetire.flows.session import Session
from sparetire.model.finding import Finding
from sparetire.model.outcome import ReleaseRow
from sparetire.model.release import Release, Status
from sparetire.workspace.releases import Shelf, read_shelf
from sparetire.workspace.releases_ledger import ReleasesLedger

__all__ = ["list_releases"]


def list_releases(
    session: Session, now: datetime, *, drafts: bool = False
) -> tuple[ReleaseRow, ...]:
    """Return every release, the next one that is due first, then the newest.

    Args:
        session: The run.
        now: The present instant.
        drafts: Leave out what is public.
    """
    shelf = read_shelf(session.workspace.releases, session.settings)
    rows = [_row(session, release, now) for release in shelf.releases]
    rows += _broken(shelf.problems)
    rows += _without_files(session, shelf)
    public = {"public", "edited", "withdrawn"}
    if drafts:
        rows = [row for row in rows if row.state not in public]
    coming = sorted((row for row in rows if row.state not in public), key=_soonest)
    gone = sorted((row for row in rows if row.state in public), key=lambda row: row.at)
    return (*coming, *reversed(gone))


def _row(session: Session, release: Release, now: datetime) -> ReleaseRow:
    state, at = _state(release, now)
    first = next(
        code
        for code in (*(each.code for each in session.settings.languages), *release.wordings)
        if code in release.wordings
    )
    return ReleaseRow(
        name=release.name,
        state=state,
        title=release.wordings[first].title,
        at=at.astimezone(session.settings.zone).isoformat() if at else "",
        languages=tuple(release.wordings),
    )


def _without_files(session: Session, shelf: Shelf) -> Iterator[ReleaseRow]:
    """Yield what is public and has no file here any more: whoever deleted it may not know."""
    folder, zone = session.workspace.releases, session.settings.zone
    ledger, here = ReleasesLedger(folder), {release.id for release in shelf.releases}
    names = ledger.names()
    for identity, publication in ledger.publications().items():
        name = names.get(identity, identity)
        if identity in here or publication.withdrawn or any(folder.glob(f"{name}.*.md")):
            continue
        told = "Its files are gone from releases/, but the public still reads it."
        remedy = f"To take it back: sparetire newsroom withdraw {quote(name)}"
        at = publication.published.astimezone(zone).isoformat()
        yield ReleaseRow(name, "public", "", at, tuple(publication.slugs), (told, remedy))


def _state(release: Release, now: datetime) -> tuple[str, datetime | None]:
    if release.withdrawn:
        return "withdrawn", release.updated
    if release.edited:
        return "edited", release.published
    if release.publication:
        return "public", release.published
    if release.status is Status.DRAFT:
        return "draft", release.due
    if release.due and release.due > now:
        return "waiting", release.due
    return "due", release.due


def _broken(problems: tuple[Finding, ...]) -> list[ReleaseRow]:
    places: dict[str, list[str]] = {}
    for problem in problems:
        places.setdefault(problem.place, []).append(problem.message)
    return [
        ReleaseRow(place, "broken", "", "", (), tuple(told)) for place, told in places.items()
    ]


def _soonest(row: ReleaseRow) -> tuple[bool, bool, str, str]:
    return row.state != "due", not row.at, row.at, row.name
