"""The newsroom's round: what is due goes public, once, and makes way for a crisis."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from shlex import quote

from sparetire.config.schema import Settings, Target
from sparetire.errors import ConfigurationFault, Locked, NotApproved, SparetireError
from sparetire.events import Emit, Event
from sparetire.flows.appointments import Choice, appointment, choose
from sparetire.flows.linting import findings_of
from sparetire.flows.looking import fades_of, idle_look, left_over, note_look
from sparetire.flows.order import Allowed, Approve
from sparetire.flows.released import Errand, bring_out
from sparetire.flows.session import Session
from sparetire.flows.signatures import signed
from sparetire.hosts.folder_lock import asked_for, folder_lock
from sparetire.model.finding import Finding, Severity
from sparetire.model.issue import Issued
from sparetire.model.release import Release
from sparetire.stages.build.builder import Builder
from sparetire.stages.inspect import FindingsRefused
from sparetire.workspace.layout import Workspace
from sparetire.workspace.releases import Shelf, read_shelf
from sparetire.workspace.releases_copies import lay_aside
from sparetire.workspace.releases_ledger import ReleasesLedger, published_as
from sparetire.workspace.rounds import Round, last_round, note_round, sight_of

__all__ = ["Issue", "Overdue", "publish_releases"]


@dataclass(frozen=True, slots=True)
class Issue:
    """What is wanted of the newsroom.

    Attributes:
        names: These releases; without any, whatever is due.
        targets: Names; the first is the primary.
        dry_run: Stop before anything is sent or recorded.
        allowed: What is done although it is usually a mistake.
    """

    names: tuple[str, ...]
    targets: tuple[str, ...]
    dry_run: bool
    allowed: Allowed


class Overdue(NotApproved):
    """Releases whose time passed so long ago that somebody must look first.

    Attributes:
        names: Theirs.
        issued: What went out first, without them.
    """

    def __init__(self, late: Sequence[Release], issued: Issued) -> None:
        self.issued = issued
        self.names = tuple(one.name for one in late)
        super().__init__(
            f"{len(late)} releases are overdue." if late[1:] else f"{late[0].name} is overdue.",
            why=[f"{one.name} was due {one.due.isoformat()}." for one in late if one.due],
            then="If it is still right to publish, name it: "
            f"sparetire newsroom publish {' '.join(map(quote, self.names))}",
        )


def publish_releases(
    session: Session, request: Issue, *, approve: Approve, builder: Callable[[], Builder]
) -> Issued:
    """Publish what is due and nothing else; done again, it does nothing.

    It lets go of the workspace when a person asks for it before anything is public.

    Raises:
        Locked: Somebody else is at work, or asked for the workspace.
        FindingsRefused: A rule keeps a release from the public; all others are public.
        NotApproved: A release is not signed, or so late that somebody must name it; all others
            are public.
        SparetireError: Any other end; its four parts say what the public sees.
    """
    workspace, settings = session.workspace, session.settings
    primary = _primary(settings, request)
    with folder_lock(workspace.lock, session.holder("newsroom publish", yields=True)):
        sight, before = sight_of(workspace), last_round(workspace.rounds)
        if (
            before
            and not (request.names or request.dry_run)
            and (idle := idle_look(session, before, sight, primary))
        ):
            return idle
        shelf = read_shelf(workspace.releases, settings)
        chosen = choose(session, shelf.releases, request.names, primary)
        choice, seen, refusals = _passed(session, request, chosen, shelf)
        if request.names and refusals:
            raise refusals[0]
        told = (*shelf.problems, *seen)
        issued = Issued((), None, appointment(session, choice.waiting), findings=told)
        fades = fades_of(session, shelf)
        if choice.releases or request.names or left_over(before, shelf, fades, choice.now):
            done = _bring_out(session, request, choice, approve, builder())
            issued = replace(done, upcoming=issued.upcoming, findings=issued.findings)
        if not request.dry_run:
            clear = not (choice.late or refusals or shelf.problems)
            known = sight if clear and sight.settled(choice.now) else None
            note_look(session, choice, fades, known)
    if choice.late:
        refusals.append(Overdue(choice.late, issued))
    if refusals:
        raise _while_others(refusals[0], issued)
    return issued


def _primary(settings: Settings, request: Issue) -> Target:
    """Return the target whose address the pages name as theirs.

    Raises:
        ConfigurationFault: There is none.
    """
    if not request.targets:
        raise ConfigurationFault(
            "The newsroom has no target.",
            why="newsroom.targets in sparetire.toml is empty.",
            then="Name a target there, or give one with --target.",
        )
    return settings.target(request.targets[0])


def _passed(
    session: Session, request: Issue, chosen: Choice, shelf: Shelf
) -> tuple[Choice, tuple[Finding, ...], list[SparetireError]]:
    """Return what may go out of the choice, what rules saw, and why the rest may not."""
    refusals: list[SparetireError] = []
    choice, seen = _sound(session, chosen, shelf)
    if choice != chosen:
        refusals.append(FindingsRefused(seen))
    if not request.dry_run:
        choice, missing = signed(session, choice, request.allowed.glass)
        refusals += missing
    return choice, seen, refusals


def _sound(
    session: Session, choice: Choice, shelf: Shelf
) -> tuple[Choice, tuple[Finding, ...]]:
    """Return the choice without what a rule keeps from the public, and all that rules saw."""
    sound, seen = [], list[Finding]()
    for release in choice.releases:
        findings = list(findings_of(session, release, shelf, choice.now))
        if all(finding.severity is not Severity.ERROR for finding in findings):
            sound.append(release)
        seen += findings
    return replace(choice, releases=tuple(sound)), tuple(seen)


@dataclass(slots=True)
class _Way:
    """Makes way for whoever asks for the workspace, until the public sees something new."""

    tell: Emit
    workspace: Workspace
    closed: bool = False

    def emit(self, event: Event) -> None:
        """Pass an event on, unless somebody waits.

        Raises:
            Locked: Somebody asked for the workspace, and nothing is public yet.
        """
        self.heed()
        self.tell(event)

    def heed(self) -> None:
        """Make way, if somebody waits.

        Raises:
            Locked: Somebody asked for the workspace, and nothing is public yet.
        """
        if not self.closed and asked_for(self.workspace.lock):
            raise Locked(
                "The newsroom has made way.",
                why="Somebody wants to publish something that cannot wait.",
                then="Nothing: the next run does what is due.",
            )


def _bring_out(
    session: Session, request: Issue, choice: Choice, approve: Approve, builder: Builder
) -> Issued:
    """Build the site with the chosen releases and bring it to the public."""
    workspace, targets = session.workspace, request.targets
    way = _Way(session.emit, workspace)
    session = replace(session, emit=way.emit)
    builder.heed = way.heed
    copies = [(one, lay_aside(workspace.releases, one)) for one in choice.releases]
    fresh = tuple(published_as(one, shots, choice.now, targets) for one, shots in copies)

    def record() -> None:
        way.closed = True
        note_round(workspace.rounds, Round(choice.now, whole=False))
        ReleasesLedger(workspace.releases).published(copies, choice.now, targets)

    errand = Errand(
        purpose=f"publish {' '.join(one.name for one in fresh)}".strip(),
        releases=fresh,
        targets=targets,
        record=record,
        dry_run=request.dry_run,
        allowed=request.allowed,
        yields=True,
    )
    return bring_out(session, errand, approve, builder)


def _while_others(error: SparetireError, issued: Issued) -> SparetireError:
    """Return the error of a release that was left out, saying what went public without it."""
    if issued.names and issued.published and issued.published.receipts:
        error.public = f"{', '.join(issued.names)} went public; the rest did not."
    return error
