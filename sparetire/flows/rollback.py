"""Rollback: an edition that was live before, through the same engine as any other."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sparetire.errors import UsageFault
from sparetire.flows.approach import Approached
from sparetire.flows.delivery import Made
from sparetire.flows.fetching import fetch_bodies
from sparetire.flows.publication import Allowed, Approve, Order, publish
from sparetire.flows.session import Session
from sparetire.flows.standing import note_landed
from sparetire.hosts.base import Host
from sparetire.hosts.folder_lock import folder_lock
from sparetire.model.edition import Edition, Entry, Past
from sparetire.model.outcome import Published
from sparetire.stages.build.source import routes_of
from sparetire.workspace.ledger import Ledger

__all__ = ["Rollback", "rollback"]

_PLAIN = "rollback"  # its purpose in the ledger, when no edition was named


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
        begun = "" if request.edition else _begun(session, primary)
        past = _choose(reached, request.edition, begun)
        with session.stage("restore"):
            edition = _restore(reached.host, past, workspace.bodies)
        homes = {each.code: routes.page(each.code, "") for each in settings.languages}
        return Made(edition, routes, past.incidents, None, homes, ())

    with folder_lock(workspace.lock, session.holder("rollback")):
        order = Order(
            purpose=f"{_PLAIN} {request.edition}".strip(),
            targets=tuple(settings.target(name) for name in request.targets),
            make=make,
            started=lambda _made: None,
            landed=lambda made, target: note_landed(workspace, made.incidents, target),
            dry_run=request.dry_run,
            allowed=Allowed(shrink=True),  # an older site may well be a smaller one
        )
        return publish(session, order, approve)


def _begun(session: Session, primary: str) -> str:
    """Return the edition that an earlier rollback to the one before had not yet proved live."""
    last = None
    for record in Ledger(session.workspace.ledger).records():
        if record.what in {"push started", "verified"} and record.facts["target"] == primary:
            last = record
    if last is None or last.what == "verified" or last.facts["purpose"] != _PLAIN:
        return ""
    return str(last.facts["edition"])


def _choose(reached: Approached, wanted: str, begun: str) -> Past:
    """Return the newest past edition that was asked for.

    A rollback that died after its switch is finished by the same command typed again: the
    edition before the live one would now be the one that was to be left.
    """
    past = reached.host.past()
    live = reached.live.edition if reached.live else ""
    if begun == live:
        wanted = wanted or live
    for one in past:
        if one.edition.startswith(wanted) if wanted else one.edition != live:
            return one
    known = ", ".join(dict.fromkeys(one.edition for one in past)) or "none"
    raise UsageFault(
        f"{reached.target.name} has no edition {wanted!r}."
        if wanted
        else f"{reached.target.name} has no edition before the present one.",
        why=f"Kept there: {known}.",
        then="sparetire history shows which edition went live when.",
    )


def _restore(host: Host, past: Past, bodies: Path) -> Edition:
    """Return the edition on this disk; what is not here whole is fetched from the host."""
    edition = Edition(host.manifest(past), bodies)
    entries = [
        entry
        for entry in edition.manifest.entries.values()
        if not _right(edition.file(entry), entry)
    ]
    fetch_bodies(host, past, edition, entries)
    return edition


def _right(file: Path, entry: Entry) -> bool:
    try:
        body = file.read_bytes()
    except OSError:
        return False
    return hashlib.sha256(body).hexdigest() == entry.sha256
