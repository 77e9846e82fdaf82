"""Check: is this workspace ready to launch today?"""

from collections.abc import Iterator
from shlex import quote

from sparetire import clock, resources
from sparetire.config.schema import Target
from sparetire.errors import SparetireError
from sparetire.flows.approach import NOTHING
from sparetire.flows.exposure import look_at_clock, look_at_doors
from sparetire.flows.headers import look_at_headers
from sparetire.flows.left_over import left_over
from sparetire.flows.newsroom_check import check_newsroom
from sparetire.flows.reach import look_at_address
from sparetire.flows.rehearsed import look_at_drills
from sparetire.flows.scenario import look_at_scenarios
from sparetire.flows.session import Session
from sparetire.flows.status import look_at_target
from sparetire.hosts.base import Host
from sparetire.hosts.registry import open_host
from sparetire.model.edition import Live
from sparetire.model.finding import Finding, Severity
from sparetire.model.outcome import Checked
from sparetire.stages.build.source import routes_of
from sparetire.stages.fill.skeleton import fill_skeleton
from sparetire.workspace.brand import read_brand

__all__ = ["check"]

SOON = 30  # days before a review date that a reminder is due

Outcome = str | Finding


def check(session: Session) -> Checked:
    """Return what is ready and what is not; nothing public is touched."""
    targets = [session.settings.target(name) for name in session.settings.crisis.targets]
    outcomes = [*_brand(session), *_pages(session), *_contacts(session), *_backup(targets)]
    outcomes += [
        *look_at_scenarios(session),
        *check_newsroom(session),
        *look_at_drills(session),
    ]
    for target in targets:
        with session.stage("connect", target.name):
            outcomes += _target(session, target)
    return Checked(
        passed=tuple(one for one in outcomes if isinstance(one, str)),
        findings=tuple(one for one in outcomes if isinstance(one, Finding)),
    )


def _brand(session: Session) -> Iterator[Outcome]:
    try:
        brand = read_brand(session.settings, session.workspace.root)
    except SparetireError as error:
        yield _error("brand", "brand/", error)
        return
    yield "The logo and the colours can be published."
    for change in brand.palette.adjustments:
        yield Finding("brand-contrast", Severity.INFO, "brand.colours", change.in_words())
    if session.settings.organisation.main_site is None:
        yield Finding(
            "main-site",
            Severity.WARNING,
            "organisation.main_site",
            "is missing: readers cannot check that the crisis site is yours.",
            "Add your own site's address.",
        )


def _pages(session: Session) -> Iterator[Outcome]:
    adapted = session.workspace.scenarios / "statement"
    folder = adapted if adapted.is_dir() else resources.skeleton_folder("statement")
    try:
        routes = routes_of(session.settings, session.settings.crisis.targets[0])
        pages = fill_skeleton(folder, session.settings, routes)
    except SparetireError as error:
        yield _error("skeleton", str(folder), error)
        return
    yield f"{len(pages)} standing pages are complete in every language."


def _contacts(session: Session) -> Iterator[Outcome]:
    contacts = session.settings.contacts
    today = clock.now().date()
    if not any(contact.audience == "media" for contact in contacts):
        yield Finding(
            "contact-missing",
            Severity.WARNING,
            "contacts",
            "journalists find nobody to call.",
            'Add a [[contacts]] table with audience = "media".',
        )
    for contact in contacts:
        days = (contact.review_by - today).days
        place = f"contacts ({contact.audience})"
        if days < 0:
            message = f"should have been reviewed by {contact.review_by}: numbers go stale."
            remedy = "Call it, then set a new date."
            yield Finding("contact-stale", Severity.ERROR, place, message, remedy)
        elif days < SOON:
            message = f"is to be reviewed by {contact.review_by}."
            yield Finding("contact-soon", Severity.WARNING, place, message)
        else:
            yield f"The {contact.audience} contact is fresh until {contact.review_by}."


def _backup(targets: list[Target]) -> Iterator[Outcome]:
    if not any(target.public for target in targets):
        message = "names no target that the public can read: launches stay on this machine."
        remedy = "Add a live target, and name it there."
        yield Finding("no-public-target", Severity.WARNING, "crisis.targets", message, remedy)
    elif len({target.hostname for target in targets}) < 2:  # noqa: PLR2004  one, and another
        message = "names one place only: when its provider is down, so are you."
        remedy = "Add a second target at another provider."
        yield Finding("no-backup", Severity.WARNING, "crisis.targets", message, remedy)
    else:
        yield f"{len(targets)} targets stand in for each other."


def _target(session: Session, target: Target) -> Iterator[Outcome]:
    place = f"targets.{target.name}"
    try:
        host = open_host(target, session.workspace.root)
        host.probe()
        live = host.read_live()
    except SparetireError as error:
        yield _error("target", place, error)
        return
    yield f"{target.name} lets us write, read and delete."
    if host.features.served:
        yield from look_at_address(target)
        yield from look_at_doors(session, target, host)
        yield from look_at_clock(target)
    if not host.features.conditional_writes:
        yield Finding(
            "lock-advisory",
            Severity.WARNING,
            place,
            "the lock is advisory, as this host takes no conditions: "
            "two launches at once are not kept apart.",
        )
    if live is None:
        message = "carries nothing of ours yet: its public address is unproven."
        yield Finding("never-live", Severity.INFO, place, message, "Launch a first time.")
        for told in host.drift(NOTHING):
            yield Finding("occupied", Severity.WARNING, place, told, "A launch needs --adopt.")
        return
    for told in host.drift(live):
        yield Finding("drift", Severity.WARNING, place, told)
    yield from _left(session, target, host, live)
    if host.features.served:
        yield from _seen(session, target, host, live)
        yield from look_at_headers(target)


def _left(session: Session, target: Target, host: Host, live: Live) -> Iterator[Outcome]:
    """Yield what readers still get, although no version names it any more."""
    try:
        left = left_over(session, target.name, host, live)
    except SparetireError as error:
        yield _error("left-over", f"targets.{target.name}", error)
        return
    for path in left.taken_back:
        message = f"{path} goes on to show what was taken back."
        remedy = "Run the withdrawal again: it puts the notice there."
        yield Finding("text-left", Severity.ERROR, f"targets.{target.name}", message, remedy)
    if others := [path for path in left.paths if path not in left.taken_back]:
        shown = ", ".join(others[:3]) + (" …" if others[3:] else "")
        yield Finding(
            "left-over",
            Severity.INFO,
            f"targets.{target.name}",
            f"{len(others)} files of earlier versions can still be read: {shown}",
            f"sparetire prune {quote(target.name)} takes them away after a day.",
        )


def _seen(session: Session, target: Target, host: Host, live: Live) -> Iterator[Outcome]:
    wrong = look_at_target(session, target, host, live)
    if wrong:
        place = f"targets.{target.name}"
        yield Finding("not-seen", Severity.ERROR, place, " ".join(wrong))
    else:
        yield f"{target.name} shows the public what it carries."


def _error(rule: str, place: str, error: SparetireError) -> Finding:
    told = " ".join((error.what, *error.why))
    return Finding(rule, Severity.ERROR, place, told, error.then)
