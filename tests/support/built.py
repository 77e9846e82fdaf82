"""A publish through every stage of a run but the build: of a site that is built already."""

from collections.abc import Callable

from sparetire.config.load import load_settings
from sparetire.flows.made import Made
from sparetire.flows.order import Allowed, Order
from sparetire.flows.publication import publish
from sparetire.flows.session import Session
from sparetire.model.edition import Edition
from sparetire.model.published import Published
from sparetire.model.routes import PageUrls, Routes
from sparetire.workspace.layout import Workspace
from tests.support.command import Team

__all__ = ["publish_built"]


def publish_built(
    team: Team, site: Edition, built: Callable[[], None] = lambda: None
) -> Published:
    """Publish to the production target; ``built`` is told when the build would have ended."""
    session = Session(Workspace(team.folder), load_settings(team.folder), lambda _event: None)
    target = session.settings.target("production")
    page = next(path for path in site.manifest.entries if path.endswith(".html"))

    def make(reached: object) -> Made | None:
        if reached is None:
            return None
        built()
        return Made(site, Routes(target.url, PageUrls.FILE), {}, None, {"fr": page}, ())

    order = Order(
        purpose="publish",
        targets=(target,),
        make=make,
        started=lambda _made: None,
        landed=lambda _made, _name: None,
        dry_run=False,
        allowed=Allowed(),
    )
    return publish(session, order, approve=lambda _proposal: True)
