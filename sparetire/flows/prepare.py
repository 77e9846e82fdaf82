"""Prepare: the site as it stands, without a crisis, at each live target."""

from dataclasses import dataclass, replace

from sparetire.flows.made import Made
from sparetire.flows.order import Allowed, Approve, Order
from sparetire.flows.publication import publish
from sparetire.flows.session import Session
from sparetire.flows.site import Content, SiteMaker, standing_site
from sparetire.flows.standing import note_landed, others_on, refuse_unknown
from sparetire.hosts.folder_lock import folder_lock
from sparetire.model.edition import Live
from sparetire.model.published import Published
from sparetire.stages.build.builder import Builder

__all__ = ["Preparation", "prepare"]


@dataclass(frozen=True, slots=True)
class Preparation:
    """What to prepare, and how."""

    targets: tuple[str, ...]
    dry_run: bool
    allowed: Allowed


def prepare(
    session: Session, request: Preparation, *, approve: Approve, builder: Builder
) -> Published:
    """Put the standing pages in place, hidden from search engines until something happens.

    Incidents that are live already stay; a launch then sends only what is new.

    Raises:
        SparetireError: Any other end; its four parts say what the public sees.
    """
    settings, workspace = session.settings, session.workspace
    primary = request.targets[0]
    with folder_lock(workspace.lock, session.holder("prepare")):
        with session.stage("fill"):
            site = standing_site(session, primary)

        def compose(live: Live | None) -> Content:
            incidents = others_on(session, primary, live)
            refuse_unknown(session, live, incidents, primary)
            return Content(replace(site, incidents=incidents), incident=None)

        order = Order(
            purpose="prepare",
            targets=tuple(settings.target(name) for name in request.targets),
            make=SiteMaker(session, compose, builder),
            started=_nothing_to_keep,
            landed=lambda made, target: note_landed(workspace, made.incidents, target),
            dry_run=request.dry_run,
            allowed=request.allowed,
        )
        return publish(session, order, approve)


def _nothing_to_keep(_made: Made) -> None:
    """The workspace knows the standing pages already."""
