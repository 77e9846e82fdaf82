"""Takes a press release back: its page keeps its address and says so, with the date."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sparetire import clock
from sparetire.errors import UsageFault
from sparetire.flows.order import Allowed, Approve
from sparetire.flows.released import Errand, bring_out
from sparetire.flows.session import Session
from sparetire.hosts.folder_lock import folder_lock
from sparetire.model.issue import Issued
from sparetire.model.release import Release
from sparetire.stages.build.builder import Builder
from sparetire.workspace.releases import public_releases
from sparetire.workspace.releases_ledger import ReleasesLedger

__all__ = ["Retraction", "withdraw_release"]


@dataclass(frozen=True, slots=True)
class Retraction:
    """Which release is taken back, and what its page says instead.

    Attributes:
        name: The stem of its files, or its id where they are gone.
        notice: Plain text, by language code.
        dry_run: Stop before anything is sent or recorded.
        allowed: What is done although it is usually a mistake.
    """

    name: str
    notice: dict[str, str]
    dry_run: bool
    allowed: Allowed


def withdraw_release(
    session: Session, request: Retraction, *, approve: Approve, builder: Callable[[], Builder]
) -> Issued:
    """Put a dated notice in the place of a release, everywhere it went, and tell its feeds.

    Raises:
        UsageFault: No public release has that name.
        SparetireError: Any other end; its four parts say what the public sees.
    """
    workspace = session.workspace
    with folder_lock(workspace.lock, session.holder("newsroom withdraw")):
        now = clock.now()
        release = _public(session, request.name)
        publication = release.publication
        assert publication is not None  # noqa: S101  only public ones are found
        gone = replace(release, name=request.name)
        if not release.withdrawn:
            notice = replace(publication, withdrawn=now, notice=request.notice)
            gone = replace(gone, publication=notice)
        errand = Errand(
            purpose=f"withdraw {request.name}",
            releases=(gone,),
            targets=_where(session, publication.live_on),
            record=lambda: _record(session, release, now, request.notice),
            dry_run=request.dry_run,
            allowed=request.allowed,
        )
        return bring_out(session, errand, approve, builder())


def _record(session: Session, release: Release, now: datetime, notice: dict[str, str]) -> None:
    if not release.withdrawn:
        ReleasesLedger(session.workspace.releases).withdrawn(release, now, notice)


def _public(session: Session, name: str) -> Release:
    """Return a release as the public has it, whatever its files say by now."""
    folder, settings = session.workspace.releases, session.settings
    minted = ReleasesLedger(folder).names()
    known: dict[str, Release] = {}
    for target in settings.targets:
        for one in public_releases(folder, settings, target):
            known.setdefault(minted.get(one.id, one.id), one)
    found = known.get(name) or next((one for one in known.values() if one.id == name), None)
    if found is None:
        raise UsageFault(
            f"No public release is called {name!r}.",
            why=f"There are: {', '.join(known) or 'none'}.",
            then="sparetire newsroom list shows them all.",
        )
    return found


def _where(session: Session, live_on: tuple[str, ...]) -> tuple[str, ...]:
    """Return the targets that carry it, the newsroom's own first: the primary stays so."""
    settings = session.settings
    known = [name for name in live_on if name in settings.targets]
    first = [name for name in settings.newsroom.targets if name in known]
    return tuple(dict.fromkeys((*first, *known)))
