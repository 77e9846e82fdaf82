"""Amend: what is said after a launch, through the same engine as the launch itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from sparetire import clock, resources
from sparetire.errors import UsageFault
from sparetire.flows.made import Made
from sparetire.flows.order import Allowed, Approve, Order, nothing_to_sign, said
from sparetire.flows.publication import publish
from sparetire.flows.session import Session
from sparetire.flows.site import NOTICES, Content, SiteMaker, standing_site
from sparetire.flows.standing import (
    as_heard,
    as_readers_see,
    heard_on,
    in_order,
    note_landed,
    others_on,
    refuse_unknown,
)
from sparetire.hosts.folder_lock import folder_lock
from sparetire.model.approval import Subject, incident_subject
from sparetire.model.edition import Live
from sparetire.model.finding import Finding
from sparetire.model.incident import Incident, Kind, State
from sparetire.model.published import Published
from sparetire.model.taken_back import TakenBack
from sparetire.stages.build.builder import Builder
from sparetire.stages.build.source import Source
from sparetire.stages.fill.answers import Answers
from sparetire.stages.fill.notices import Reason, ready_notice
from sparetire.stages.fill.statement import Saying, add_statement
from sparetire.stages.fill.translation import add_translation
from sparetire.workspace.attachments import keep_attachments
from sparetire.workspace.incidents import read_incidents, write_incident
from sparetire.workspace.layout import Workspace

__all__ = ["Amendment", "amend", "choose_incident", "notice"]

_COMMANDS = {
    Kind.UPDATE: "update",
    Kind.CORRECTION: "correct",
    Kind.CLOSING: "close",
    Kind.WITHDRAWAL: "withdraw",
}


@dataclass(frozen=True, slots=True)
class Amendment:
    """What somebody wants to add to an incident that is live.

    Attributes:
        name: The incident.
        saying: The words, and what they are for.
        targets: Names; the first is the primary, whose address the pages name as theirs.
        dry_run: Stop before anything is sent or kept.
        allowed: What is done although it is usually a mistake.
    """

    name: str
    saying: Saying
    targets: tuple[str, ...]
    dry_run: bool
    allowed: Allowed


def choose_incident(session: Session, primary: str, name: str, kind: Kind) -> Incident:
    """Return the incident that is meant; without a name, the only one that is open.

    Where none is open, the one that such a statement has ended is meant: a run that was cut
    short is run again as it was typed.

    Raises:
        UsageFault: It is not known, not live there, or there are several to choose from.
    """
    live = [
        incident
        for incident in read_incidents(session.workspace.incidents)
        if heard_on(incident, primary, session.settings)
    ]
    meant = [one for one in live if one.name == name] if name else _unnamed(live, kind)
    if len(meant) == 1:
        return meant[0]
    known = ", ".join(f"{one.name} ({one.state})" for one in live) or "none"
    example = meant or live
    raise UsageFault(
        f"No incident {name!r} is live on {primary}."
        if name
        else "Several incidents are open."
        if meant
        else f"No incident is open on {primary}.",
        why=f"Live there: {known}.",
        then=f"Name the one you mean, such as {example[0].name}"
        if example
        else "sparetire launch starts one; sparetire pull brings those of a colleague.",
    )


def _unnamed(live: list[Incident], kind: Kind) -> list[Incident]:
    still_open = [one for one in live if one.state is State.OPEN]
    return still_open or [one for one in live if one.standing[-1].kind is kind][-1:]


def amend(
    session: Session, request: Amendment, *, approve: Approve, builder: Builder
) -> Published:
    """Add a statement to an incident, and prove that the public sees it.

    Raises:
        SparetireError: Any other end; its four parts say what the public sees.
    """
    settings, workspace, saying = session.settings, session.workspace, request.saying
    primary = request.targets[0]
    command = _COMMANDS[saying.kind] if saying.translates is None else "translate"
    purpose = f"{command} {request.name}"
    with folder_lock(workspace.lock, session.holder(purpose)):
        with session.stage("fill"):
            before = choose_incident(session, primary, request.name, saying.kind)
            as_readers_see(before)  # words that are missing are told before all else
            now = clock.now()

            def amended(live: Live | None) -> Incident:
                return _amended(as_heard(before, live), saying, now, settings.zone)

            site = replace(standing_site(session, primary), brought=saying.attached)

        def compose(live: Live | None) -> Content:
            incident = amended(live)
            others = others_on(session, primary, live, before.name)
            incidents = in_order((*others, as_readers_see(incident)))
            refuse_unknown(session, live, incidents, primary)
            return Content(replace(site, incidents=incidents), incident)

        make = SiteMaker(session, compose, builder)
        with make.begun():
            order = Order(
                purpose=purpose,
                targets=tuple(settings.target(name) for name in request.targets),
                make=make,
                started=lambda made: _keep(workspace, saying, before, made),
                landed=lambda made, target: note_landed(workspace, made.incidents, target),
                dry_run=request.dry_run,
                allowed=request.allowed,
                findings=_findings(session, saying, before, amended(None)),
                before=as_heard(before, None),
                subjects=nothing_to_sign if saying.ready else _said(saying),
                takes_back=lambda made: _taken_back(site, saying, before, made),
                clears=saying.kind is Kind.WITHDRAWAL or "downloads" in saying.sheets,
            )
            return publish(session, order, approve)


def _taken_back(
    site: Source, saying: Saying, before: Incident, made: Made
) -> Iterator[TakenBack]:
    """Yield what was said before, where a notice or a correction takes its place."""
    if saying.kind in {Kind.CORRECTION, Kind.WITHDRAWAL}:
        from sparetire.flows.taking_back import of_incident  # noqa: PLC0415  needed here alone

        yield from of_incident(site, before, made)


def _amended(incident: Incident, saying: Saying, at: datetime, zone: tzinfo) -> Incident:
    if saying.translates is None:
        return add_statement(incident, saying, at, zone)
    return add_translation(incident, saying.translates, saying.answers, at)


def _said(saying: Saying) -> Callable[[Made], tuple[Subject, ...]]:
    """Return what must be signed: the newest statement, or the one that gets another text."""
    number = saying.translates
    if number is None:
        return said
    return lambda made: (incident_subject(made.incident, number),) if made.incident else ()


def _keep(workspace: Workspace, saying: Saying, before: Incident, made: Made) -> None:
    if made.incident:
        keep_attachments(workspace.attachments, saying.attached)
        incident = _unpublished_yet(made.incident, saying, before)
        write_incident(workspace.incidents / made.incident.name, incident)


def _unpublished_yet(incident: Incident, saying: Saying, before: Incident) -> Incident:
    """Return the incident with the texts that a translation adds marked as not public yet.

    A run that fails would else leave them to the next command, which would publish them.
    """
    if saying.translates is None:
        return incident
    known = {one.number: one.shown.words.keys() for one in before.statements}
    statements = tuple(
        replace(
            one,
            unpublished=tuple(
                code
                for code in one.translated
                if code in one.unpublished or code not in known.get(one.number, ())
            ),
        )
        for one in incident.statements
    )
    return replace(incident, statements=statements)


def _findings(
    session: Session, saying: Saying, before: Incident, after: Incident
) -> tuple[Finding, ...]:
    """Return what the rules see; where nothing is said, the gap is the one of before."""
    from sparetire.flows.words import draft_of  # noqa: PLC0415  loaded while Pelican works
    from sparetire.stages.inspect import inspect_draft  # noqa: PLC0415

    answers = saying.answers
    if saying.translates is not None:
        shown = tuple(one for one in after.standing if one.number <= saying.translates)
        after, answers = (
            replace(after, statements=shown),
            replace(answers, only=tuple(shown[-1].words)),
        )
    if not answers.documents:
        answers = replace(answers, only=tuple(before.standing[-1].words))
    return inspect_draft(draft_of(session, answers, after))


def notice(session: Session, reason: Reason) -> Answers:
    """Return a ready notice of withdrawal, in the organisation's own wording where it has one.

    Raises:
        ConfigurationFault: It is not written in one of the site's languages.
    """
    own = session.workspace.scenarios / NOTICES
    folders = (own, resources.skeleton_folder(NOTICES))
    return Answers(documents=ready_notice(reason, session.settings.languages, folders))
