"""Makes the site: what stands on it, built and inspected, once or again when it must."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from sparetire import clock, resources
from sparetire.flows.approach import Approached
from sparetire.flows.delivery import Made
from sparetire.flows.elsewhere import share_elsewhere, strange_releases, told_of
from sparetire.flows.session import Session
from sparetire.model.edition import Edition, Live
from sparetire.model.finding import Finding
from sparetire.model.incident import Incident
from sparetire.model.palette import Tone
from sparetire.rules.base import Built
from sparetire.stages.build.builder import Builder
from sparetire.stages.build.edition import build_edition
from sparetire.stages.build.source import Source, routes_of
from sparetire.stages.fill.skeleton import fill_skeleton
from sparetire.stages.inspect import inspect_edition
from sparetire.workspace.brand import read_brand
from sparetire.workspace.layout import Workspace
from sparetire.workspace.releases import unpublished_files
from sparetire.workspace.releases_index import read_index
from sparetire.workspace.releases_public import PublicReleases
from sparetire.workspace.rendered import open_rendered

__all__ = ["EXERCISE", "NOTICES", "Content", "SiteMaker", "standing_site"]

SKELETON = "statement"
EXERCISE = "exercise"  # texts of drills, which are public in drills only
NOTICES = "withdrawal"  # ready texts, each public the moment it is needed
THEME = "sparetire"


@dataclass(frozen=True, slots=True)
class Content:
    """What to publish.

    Attributes:
        source: Everything the site is made of.
        incident: The incident that this run is about, or None for the site as it stands.
        findings: What the rules saw in the words.
        coming: Names of the press releases that this run makes public.
        about_releases: It must know all that are live, where any other run leaves them alone.
    """

    source: Source
    incident: Incident | None
    findings: tuple[Finding, ...] = ()
    coming: frozenset[str] = frozenset()
    about_releases: bool = False


class SiteMaker:
    """Builds what ``compose`` says; again only when the live state changes the answer."""

    def __init__(
        self, session: Session, compose: Callable[[Live | None], Content], builder: Builder
    ) -> None:
        self._session = session
        self._compose = compose
        self._builder = builder
        self._last: tuple[Content, Made] | None = None

    def __call__(self, primary: Approached | None) -> Made:
        """Return the edition for what is live; without that, for what is usually live."""
        content = self._compose(primary.live if primary else None)
        if self._last and self._last[0] == content:
            made = self._last[1]
        else:
            made = self._make(content)
            self._last = (content, made)
        return made if content.about_releases else self._beside_others(content, made, primary)

    def _beside_others(self, content: Content, made: Made, primary: Approached | None) -> Made:
        """Return the edition with the releases that are live and that we do not know."""
        live = primary.live if primary else None
        strange = strange_releases(live, made.edition) if live else []
        if not (strange and primary and live):
            return made
        share = share_elsewhere(primary.host, content.source, live)
        source = replace(content.source, resting=share)
        findings = (*content.findings, told_of(primary.target.name, strange))
        return self._make(replace(content, source=source, findings=findings))

    def _make(self, content: Content) -> Made:
        session, source, incident = self._session, content.source, content.incident
        with session.stage("build"):
            edition = build_edition(source, session.workspace, self._builder)
        with session.stage("inspect"):
            findings = _inspect(session, content, edition)
            if edition.share and not edition.inspected:
                with open_rendered(session.workspace.rendered) as rendered:
                    rendered.mark_inspected(edition.share)
        slugs = incident.slugs if incident else {each.code: "" for each in source.languages}
        return Made(
            edition=edition,
            routes=source.routes,
            incidents={each.name: each.updated.isoformat() for each in source.incidents},
            incident=incident,
            path={code: source.routes.page(code, slug) for code, slug in slugs.items()},
            findings=(*content.findings, *findings),
        )


def standing_site(session: Session, primary: str) -> Source:
    """Return the site without any incident: brand, standing pages, public releases, theme."""
    settings, workspace = session.settings, session.workspace
    adapted = workspace.scenarios / SKELETON
    skeleton = adapted if adapted.is_dir() else resources.skeleton_folder(SKELETON)
    routes = routes_of(settings, primary)
    carried = primary in settings.newsroom.targets
    shelf, index = workspace.releases, workspace.releases_index
    releases = (
        PublicReleases.at(shelf, settings, primary, read_index(shelf, index)) if carried else ()
    )
    return Source(
        settings=settings,
        brand=read_brand(
            settings, workspace.root, Tone.EXERCISE if settings.exercise else None
        ),
        pages=fill_skeleton(skeleton, settings, routes),
        incidents=(),
        routes=routes,
        theme=resources.theme_folder(THEME),
        own_theme=workspace.own_theme if workspace.own_theme.is_dir() else None,
        releases=releases,
        shelf=shelf,
        news_until=clock.now(),
        attachments=workspace.attachments,
    )


def _inspect(session: Session, content: Content, edition: Edition) -> tuple[Finding, ...]:
    source = content.source
    return inspect_edition(
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
