"""Launch: from words to verified live."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sparetire import clock
from sparetire.flows.made import Made
from sparetire.flows.order import Allowed, Approve, Order, said
from sparetire.flows.publication import publish
from sparetire.flows.session import Session
from sparetire.flows.site import Content, SiteMaker, standing_site
from sparetire.flows.standing import (
    as_already_said,
    as_heard,
    as_live,
    as_readers_see,
    in_order,
    note_landed,
    others_on,
    refuse_unknown,
)
from sparetire.hosts.folder_lock import folder_lock
from sparetire.model.approval import Subject
from sparetire.model.edition import Live
from sparetire.model.finding import Finding
from sparetire.model.incident import Incident
from sparetire.stages.build.builder import Builder
from sparetire.stages.fill.answers import Answers
from sparetire.stages.fill.incident import fill_incident
from sparetire.workspace.attachments import keep_attachments
from sparetire.workspace.incidents import write_incident

if TYPE_CHECKING:
    from sparetire.model.published import Published

__all__ = ["Request", "launch"]


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants to launch.

    Attributes:
        answers: The words.
        targets: Names; the first is the primary, whose address the pages name as theirs.
        dry_run: Stop before anything is sent or kept.
        allowed: What is done although it is usually a mistake.
    """

    answers: Answers
    targets: tuple[str, ...]
    dry_run: bool
    allowed: Allowed


def launch(
    session: Session, request: Request, *, approve: Approve, builder: Builder
) -> "Published":
    """Publish an incident's first statement and prove that the public sees it.

    Raises:
        SparetireError: Any other end; its four parts say what the public sees.
    """
    settings, workspace = session.settings, session.workspace
    primary = request.targets[0]
    with folder_lock(workspace.lock, session.holder("launch")):
        with session.stage("fill"):
            filled = fill_incident(request.answers, settings.languages, clock.now())
            filled = as_already_said(filled, workspace, settings, primary)
            site = replace(standing_site(session, primary), brought=request.answers.attached)

        def compose(live: Live | None) -> Content:
            incident = as_heard(as_live(filled, workspace, live), live)
            others = others_on(session, primary, live, filled.name)
            incidents = in_order((*others, as_readers_see(incident)))
            refuse_unknown(session, live, incidents, primary)
            return Content(replace(site, incidents=incidents), incident)

        def started(made: Made) -> None:
            if made.incident:
                keep_attachments(workspace.attachments, request.answers.attached)
                write_incident(workspace.incidents / filled.name, made.incident)

        make = SiteMaker(session, compose, builder)
        with make.begun():
            order = Order(
                purpose=f"launch {filled.name}",
                targets=tuple(settings.target(name) for name in request.targets),
                make=make,
                started=started,
                landed=lambda made, target: note_landed(workspace, made.incidents, target),
                dry_run=request.dry_run,
                allowed=request.allowed,
                findings=_findings(session, request.answers, filled),
                subjects=lambda made: _subjects(session, request.answers, made),
            )
            return publish(session, order, approve)


def _findings(session: Session, answers: Answers, filled: Incident) -> tuple[Finding, ...]:
    """Return what the rules see in the words; they are loaded while Pelican is busy."""
    from sparetire.flows.words import draft_of  # noqa: PLC0415
    from sparetire.stages.inspect import inspect_draft  # noqa: PLC0415

    return inspect_draft(draft_of(session, answers, filled))


def _subjects(session: Session, answers: Answers, made: Made) -> tuple[Subject, ...]:
    """Return what must be signed: the words, or the scenario of which they fill the blanks."""
    template = None
    if answers.scenario and not (answers.titles or answers.keywords):
        from sparetire.flows.approving import scenario_subject  # noqa: PLC0415  as above
        from sparetire.flows.scenario import chosen_scenario  # noqa: PLC0415  as above

        scenario = chosen_scenario(session.workspace, answers.scenario)
        template = scenario_subject(session, scenario)
    return tuple(replace(subject, template=template) for subject in said(made))
