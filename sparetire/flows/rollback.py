"""Rollback: an edition that was live before, through the same engine as any other."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sparetire.clock import local_time
from sparetire.errors import UsageFault
from sparetire.flows.approach import Approached
from sparetire.flows.fetching import fetch_bodies
from sparetire.flows.going_back import going_back
from sparetire.flows.made import Made
from sparetire.flows.order import Allowed, Approve, Order
from sparetire.flows.publication import publish
from sparetire.flows.session import Session
from sparetire.flows.standing import note_landed
from sparetire.hosts.folder_lock import folder_lock
from sparetire.model.edition import Edition, Past
from sparetire.model.finding import Finding, Severity
from sparetire.model.manifest import Entry
from sparetire.model.plan import Action
from sparetire.model.published import Published
from sparetire.stages.build.source import routes_of
from sparetire.stages.plan import make_plan

__all__ = ["Rollback", "rollback"]


@dataclass(frozen=True, slots=True)
class Rollback:
    """What to go back to, and where.

    Attributes:
        edition: The first letters of an edition's name; nothing for the one before.
        targets: Names; the first is the primary, whose past is looked up.
        dry_run: Stop before anything is sent.
    """

    edition: str
    targets: tuple[str, ...]
    dry_run: bool


def rollback(session: Session, request: Rollback, *, approve: Approve) -> Published:
    """Publish an older edition, byte for byte; what the host keeps is enough to do it.

    Raises:
        UsageFault: No such edition was ever live there.
        ConfigurationFault: Its files are not kept any more, or are damaged.
        SparetireError: Any other end; its four parts say what the public sees.
    """
    settings, workspace = session.settings, session.workspace
    primary = request.targets[0]
    routes = routes_of(settings, primary)

    def make(reached: Approached | None) -> Made | None:
        if reached is None:
            return None  # which edition came before is known only there
        past = _choose(reached, request.edition)
        with session.stage("restore"):
            edition = _restore(reached, past, workspace.bodies, whole=len(request.targets) > 1)
        homes = {each.code: routes.page(each.code, "") for each in settings.languages}
        again = () if request.edition else tuple(_gone_back(session, reached))
        told = again or tuple(going_back(session, reached.target.name, reached.live, past))
        return Made(edition, routes, past.incidents, None, homes, told, goes_back=True)

    with folder_lock(workspace.lock, session.holder("rollback")):
        order = Order(
            purpose=f"rollback {request.edition}".strip(),
            targets=tuple(settings.target(name) for name in request.targets),
            make=make,
            started=lambda _made: None,
            landed=lambda made, target: note_landed(workspace, made.incidents, target),
            dry_run=request.dry_run,
            allowed=Allowed(shrink=True),  # an older site may well be a smaller one
            clears=True,
        )
        return publish(session, order, approve)


def _choose(reached: Approached, wanted: str) -> Past:
    """Return the newest past edition that was asked for.

    Without a name that is the edition before, or the live one where a rollback has made it so:
    typed once more, on any machine, the command finishes what it began and goes no further.

    Raises:
        UsageFault: There is none.
    """
    past, live = reached.host.past(), reached.live
    if live and live.left:
        wanted = wanted or live.edition
    for one in past:
        if (
            one.edition.startswith(wanted)
            if wanted
            else not live or one.edition != live.edition
        ):
            return one
    known = ", ".join(dict.fromkeys(one.edition for one in past)) or "none"
    raise UsageFault(
        f"{reached.target.name} has no version {wanted!r}."
        if wanted
        else f"{reached.target.name} has no version before the present one.",
        why=f"Kept there: {known}.",
        then="sparetire history shows which version went live when.",
    )


def _gone_back(session: Session, reached: Approached) -> Iterator[Finding]:
    """Tell that a rollback without a name was made already."""
    live = reached.live
    if live and live.left:
        yield Finding(
            "gone-back",
            Severity.INFO,
            reached.target.name,
            f"Version {live.edition} took the place of {live.left} by a rollback, "
            f"at {local_time(live.committed, session.settings.zone)}.",
            "To go further back, name a version: sparetire history shows them.",
        )


def _restore(reached: Approached, past: Past, bodies: Path, *, whole: bool) -> Edition:
    """Return the edition on this disk; what is not here whole is fetched from the host.

    Args:
        reached: The target that keeps it.
        past: Which one.
        bodies: Where it goes.
        whole: Also what this target shows already: others may lack it.
    """
    edition = Edition(reached.host.manifest(past), bodies)
    plan = make_plan(reached.target.name, edition.manifest, reached.live)
    wanted = edition.manifest.entries.values() if whole else plan.of(Action.PUT)
    missing = [entry for entry in wanted if not _right(edition.file(entry), entry)]
    fetch_bodies(reached.host, past, edition, missing)
    return edition


def _right(file: Path, entry: Entry) -> bool:
    try:
        body = file.read_bytes()
    except OSError:
        return False
    return hashlib.sha256(body).hexdigest() == entry.sha256
