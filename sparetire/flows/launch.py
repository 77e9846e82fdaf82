"""Launch: from words to verified live."""

from dataclasses import dataclass, replace
from pathlib import Path

from sparetire import clock, resources
from sparetire.flows.publication import Approve, Content, Order, publish
from sparetire.flows.session import Session
from sparetire.flows.standing import as_already_said, as_live, others_on, refuse_unknown
from sparetire.hosts.folder_lock import folder_lock
from sparetire.model.edition import Live
from sparetire.model.incident import Incident
from sparetire.model.outcome import Published
from sparetire.rules.base import Draft
from sparetire.stages.build.source import Source, routes_of
from sparetire.stages.build.workers import Workers
from sparetire.stages.fill.answers import Answers
from sparetire.stages.fill.incident import fill_incident
from sparetire.stages.fill.skeleton import fill_skeleton
from sparetire.stages.inspect import inspect_draft
from sparetire.workspace.brand import read_brand
from sparetire.workspace.incidents import write_incident
from sparetire.workspace.layout import Workspace

__all__ = ["Request", "launch"]

SKELETON = "statement"
THEME = "sparetire"


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants to launch.

    Attributes:
        answers: The words.
        targets: Names; the first is the primary, whose address the pages name as theirs.
        dry_run: Stop before anything is sent or kept.
    """

    answers: Answers
    targets: tuple[str, ...]
    dry_run: bool = False


def launch(
    session: Session, request: Request, *, approve: Approve, workers: Workers
) -> Published:
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
            findings = inspect_draft(_draft(session, request, filled))
            others = others_on(workspace, settings, primary, filled.name)
            site = _site(session, primary)

        def compose(live: Live | None) -> Content:
            incident = as_live(filled, workspace, live)
            incidents = sorted((*others, incident), key=lambda one: (one.started, one.name))
            refuse_unknown(live, incidents, settings.target(primary))
            return Content(
                source=replace(site, incidents=tuple(incidents)),
                incident=incident,
                findings=findings,
                unpublished=_unpublished(workspace),
            )

        live_on = list(filled.live_on)

        def keep(incident: Incident | None, target: str | None) -> None:
            if incident is None:
                return
            if target and target not in live_on:
                live_on.append(target)
            kept = replace(incident, live_on=tuple(live_on))
            write_incident(workspace.incidents / incident.name, kept)

        order = Order(
            purpose=f"launch {filled.name}",
            targets=tuple(settings.target(name) for name in request.targets),
            compose=compose,
            keep=keep,
            dry_run=request.dry_run,
        )
        return publish(session, order, approve=approve, workers=workers)


def _draft(session: Session, request: Request, incident: Incident) -> Draft:
    answers = request.answers
    return Draft(
        incident=incident,
        languages=tuple(language.code for language in session.settings.languages),
        only=answers.only,
        places={code: document.place for code, document in answers.documents.items()},
    )


def _site(session: Session, primary: str) -> Source:
    """Return the site without any incident: brand, standing pages, theme."""
    settings, workspace = session.settings, session.workspace
    adapted = workspace.scenarios / SKELETON
    skeleton = adapted if adapted.is_dir() else resources.skeleton_folder(SKELETON)
    return Source(
        settings=settings,
        brand=read_brand(settings, workspace.root),
        pages=fill_skeleton(skeleton, settings),
        incidents=(),
        routes=routes_of(settings, primary),
        theme=resources.theme_folder(THEME),
    )


def _unpublished(workspace: Workspace) -> dict[str, str]:
    """Return the words that are nobody's yet: other scenarios, and press releases."""
    folders = [workspace.releases]
    if workspace.scenarios.is_dir():
        folders += [path for path in workspace.scenarios.iterdir() if path.name != SKELETON]
    return {
        str(path.relative_to(workspace.root)): path.read_text("utf-8", errors="replace")
        for folder in folders
        for path in sorted(Path(folder).rglob("*.md"))
    }
