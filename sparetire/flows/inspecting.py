"""Inspects a built site: what it shows, and what of this workspace it must not show."""

from collections.abc import Iterator

from sparetire.flows.session import Session
from sparetire.flows.site import EXERCISE, NOTICES, SKELETON, Content
from sparetire.model.edition import Edition
from sparetire.model.finding import Finding
from sparetire.rules.base import Built
from sparetire.stages.build.source import Source
from sparetire.stages.inspect import inspect_edition
from sparetire.workspace.layout import Workspace
from sparetire.workspace.releases import unpublished_files
from sparetire.workspace.releases_index import read_index
from sparetire.workspace.rendered import open_rendered

__all__ = ["inspect_site"]


def inspect_site(session: Session, content: Content, edition: Edition) -> tuple[Finding, ...]:
    """Return what the rules see in an edition, and remember the share that they passed.

    Raises:
        FindingsRefused: At least one finding is an error.
    """
    source = content.source
    findings = inspect_edition(
        Built(
            bodies=edition.bodies,
            manifest=edition.manifest,
            incidents=source.incidents,
            settings=source.settings,
            routes=source.routes,
            unpublished=_unpublished(session.workspace, content.coming),
            standing=tuple(_standing(source)),
            released=lambda: _released(source),
            inspected=edition.inspected,
        )
    )
    if edition.share and not edition.inspected:
        with open_rendered(session.workspace.rendered) as rendered:
            rendered.mark_inspected(edition.share)
    return findings


def _standing(source: Source) -> Iterator[str]:
    for page in source.pages:
        yield f"{page.title}\n{page.description}\n{page.body}"


def _released(source: Source) -> Iterator[str]:
    """Yield what press releases have said: a draft may say some of it again."""
    for release in source.releases:
        for said in release.wordings.values():
            yield f"{said.title}\n{said.summary}\n{said.body}\n{said.boilerplate}"


def _unpublished(workspace: Workspace, coming: frozenset[str]) -> dict[str, str]:
    """Return the words that are nobody's yet: other scenarios, and press releases."""
    index = read_index(workspace.releases, workspace.releases_index)
    paths = [
        path
        for path in unpublished_files(workspace.releases, index)
        if path.name.partition(".")[0] not in coming
    ]
    if workspace.scenarios.is_dir():
        for folder in workspace.scenarios.iterdir():
            if folder.name not in {SKELETON, NOTICES, EXERCISE}:
                paths += sorted(folder.rglob("*.md"))
    return {
        str(path.relative_to(workspace.root)): path.read_text("utf-8", errors="replace")
        for path in paths
    }
