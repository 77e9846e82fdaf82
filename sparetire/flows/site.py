"""Makes the site: what stands on it, built and inspected, once or again when it must."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sparetire import clock, resources
from sparetire.errors import ReleasesDamaged, SparetireError
from sparetire.flows.made import Made
from sparetire.flows.session import Session
from sparetire.model.edition import Edition, Live
from sparetire.model.finding import Finding, Severity
from sparetire.model.incident import Incident
from sparetire.model.palette import Tone
from sparetire.stages.build.builder import Builder
from sparetire.stages.build.edition import StartedEdition, build_edition, started_edition
from sparetire.stages.build.source import Source, routes_of
from sparetire.stages.fill.skeleton import fill_skeleton
from sparetire.workspace.brand import read_brand
from sparetire.workspace.releases_index import read_index
from sparetire.workspace.releases_public import PublicReleases

if TYPE_CHECKING:
    from sparetire.flows.approach import Approached

__all__ = ["EXERCISE", "NOTICES", "SKELETON", "Content", "SiteMaker", "standing_site"]

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
        findings: What is to be told beside what the rules see in the site.
        coming: Names of the press releases that this run makes public.
        about_releases: It must know all that are live, where any other run leaves them alone.
    """

    source: Source
    incident: Incident | None
    findings: tuple[Finding, ...] = ()
    coming: frozenset[str] = frozenset()
    about_releases: bool = False


@dataclass(frozen=True, slots=True)
class _Begun:
    """A build under way, and all that is open for it."""

    content: Content
    started: StartedEdition
    open: ExitStack


class SiteMaker:
    """Builds what ``compose`` says; again only when the live state changes the answer."""

    def __init__(
        self, session: Session, compose: Callable[[Live | None], Content], builder: Builder
    ) -> None:
        self._session = session
        self._compose = compose
        self._builder = builder
        self._last: tuple[Content, Made] | None = None
        self._begun: _Begun | None = None

    @contextmanager
    def begun(self) -> Iterator[None]:
        """Give Pelican its work now, for what is usually live, and ask for the site within.

        Whatever else has to be loaded and reached is, while Pelican is busy.
        """
        content = self._compose(None)
        with ExitStack() as open_:
            open_.enter_context(self._session.stage("build"))
            try:
                started = open_.enter_context(
                    started_edition(content.source, self._session.workspace, self._builder)
                )
            except ReleasesDamaged:  # The live site has a newsroom to take over.
                yield
                return
            self._session.earlier.update(started.earlier())
            self._begun = _Begun(content, started, open_)
            yield

    def __call__(self, primary: "Approached | None") -> Made | None:
        """Return the edition for what is live; without that, for what is usually live.

        What only the newsroom of this workspace keeps from the public waits for what is live:
        a run about something else then takes the newsroom that readers have.
        """
        content = self._compose(primary.live if primary else None)
        try:
            made = self._known(content, primary)
        except SparetireError as error:
            if content.about_releases or not _may_be_the_newsroom(content, error):
                raise
            return self._with_live_newsroom(content, error, primary) if primary else None
        return made if content.about_releases else self._beside_others(content, made, primary)

    def _known(self, content: Content, primary: "Approached | None") -> Made:
        if self._last and self._last[0] == content:
            return self._last[1]
        made = self._make(content, primary)
        self._last = (content, made)
        return made

    def _beside_others(
        self, content: Content, made: Made, primary: "Approached | None"
    ) -> Made:
        """Return the edition with the releases that are live and that we do not know."""
        from sparetire.flows.elsewhere import (  # noqa: PLC0415  loaded while Pelican works
            share_elsewhere,
            strange_releases,
            told_of,
        )

        live = primary.live if primary else None
        strange = strange_releases(live, made.edition) if live else []
        if not (strange and primary and live):
            return made
        share = share_elsewhere(primary.host, content.source, live)
        source = replace(content.source, resting=share)
        findings = (*content.findings, told_of(primary.target.name, strange))
        return self._make(replace(content, source=source, findings=findings), primary)

    def _with_live_newsroom(
        self, content: Content, error: SparetireError, primary: "Approached"
    ) -> Made:
        """Return the edition with the newsroom that is live, where ours cannot be used."""
        from sparetire.flows.elsewhere import (  # noqa: PLC0415  rarely needed
            newsroom_unusable,
            share_elsewhere,
        )

        live = primary.live
        share = share_elsewhere(primary.host, content.source, live) if live else None
        resting = share if share and share.manifest.entries else None
        source = replace(content.source, releases=(), resting=resting)
        findings = (*content.findings, newsroom_unusable(error))
        return self._make(replace(content, source=source, findings=findings), primary)

    def _make(self, content: Content, primary: "Approached | None") -> Made:
        from sparetire.flows.elsewhere import public_texts  # noqa: PLC0415  as above
        from sparetire.flows.inspecting import inspect_site  # noqa: PLC0415  as above

        def read_live() -> Iterator[str]:
            if primary and primary.live:
                yield from public_texts(primary.host, primary.live, edition.bodies)

        session, source, incident = self._session, content.source, content.incident
        edition = self._built(content)
        with session.stage("inspect"):
            findings = inspect_site(session, content, edition, read_live)
        codes = [each.code for each in source.languages]
        slugs = incident.public.slugs if incident else dict.fromkeys(codes, "")
        return Made(
            edition=edition,
            routes=source.routes,
            incidents={each.name: each.changed.isoformat() for each in source.incidents},
            incident=incident,
            path={
                code: source.routes.page(code, slugs[code]) for code in codes if code in slugs
            },
            findings=(*content.findings, *findings),
        )

    def _built(self, content: Content) -> Edition:
        begun, self._begun = self._begun, None
        if begun:
            with begun.open:
                if begun.content == content:
                    return begun.started.finished()
        with self._session.stage("build"):
            return build_edition(content.source, self._session.workspace, self._builder)


def _may_be_the_newsroom(content: Content, error: SparetireError) -> bool:
    """Tell whether a site may be refused for its newsroom, and not for its crisis part."""
    from sparetire.flows.elsewhere import is_newsroom  # noqa: PLC0415  rarely needed
    from sparetire.stages.inspect import FindingsRefused  # noqa: PLC0415  rarely needed

    if not isinstance(error, FindingsRefused):
        return isinstance(error, ReleasesDamaged)
    return any(
        one.rule == "leak-text" or is_newsroom(one.place, content.source)
        for one in error.findings
        if one.severity is Severity.ERROR
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
        PublicReleases.at(shelf, settings, primary, lambda: read_index(shelf, index))
        if carried
        else ()
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
