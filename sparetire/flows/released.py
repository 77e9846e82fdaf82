"""Brings releases to the public: the site with them as they are now, and what it is about."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from sparetire.errors import ConfigurationFault
from sparetire.flows.approach import Approached
from sparetire.flows.elsewhere import lost_releases, newest_there
from sparetire.flows.made import Made
from sparetire.flows.order import Allowed, Approve, Order
from sparetire.flows.publication import publish
from sparetire.flows.session import Session
from sparetire.flows.site import Content, SiteMaker, standing_site
from sparetire.flows.standing import note_landed, others_on, refuse_unknown
from sparetire.model.edition import Live
from sparetire.model.issue import Issued
from sparetire.model.release import Release
from sparetire.model.taken_back import TakenBack
from sparetire.stages.build.builder import Builder
from sparetire.stages.build.release_pages import Newsroom
from sparetire.stages.build.source import Source
from sparetire.workspace.releases_public import PublicReleases

__all__ = ["Errand", "bring_out"]


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to become of some releases.

    Attributes:
        purpose: In a few words, for locks and the ledger.
        releases: As the public will have them.
        targets: Names; the first is the primary.
        record: Told before the first public write.
        dry_run: Stop before anything is sent or recorded.
        allowed: What is done although it is usually a mistake.
        yields: It can wait for whoever cannot.
    """

    purpose: str
    releases: tuple[Release, ...]
    targets: tuple[str, ...]
    record: Callable[[], None]
    dry_run: bool
    allowed: Allowed
    yields: bool = False


def bring_out(session: Session, errand: Errand, approve: Approve, builder: Builder) -> Issued:
    """Publish the site with the releases in it; without any, with what is public already.

    Raises:
        SparetireError: Any other end; its four parts say what the public sees.
    """
    workspace, targets, primary = session.workspace, errand.targets, errand.targets[0]
    with session.stage("fill"):
        before = standing_site(session, primary)
        site = _with_releases(before, errand.releases)
        shown = _Shown(site, errand.releases)
        coming = frozenset(one.name for one in errand.releases)

    def compose(live: Live | None) -> Content:
        incidents = others_on(session, primary, live)
        refuse_unknown(session, live, incidents, primary)
        return Content(
            replace(site, incidents=incidents),
            incident=None,
            coming=coming,
            about_releases=True,
        )

    maker = SiteMaker(session, compose, builder)

    def make(first: Approached | None) -> Made:
        made = maker(first)
        assert made is not None  # noqa: S101  a run about releases waits for nothing
        if first and first.live:
            _refuse_lost(first, first.live, made, _newest(before))
        return replace(shown.headed(made), newest=_newest(site))

    order = Order(
        purpose=errand.purpose,
        targets=tuple(session.settings.target(name) for name in targets),
        make=make,
        started=lambda _made: errand.record(),
        landed=lambda made, target: note_landed(workspace, made.incidents, target),
        dry_run=errand.dry_run,
        allowed=errand.allowed,
        takes_back=lambda _made: _taken_back(site, before, errand),
        yields=errand.yields,
    )
    published = publish(session, order, approve)
    names = tuple(one.name for one in errand.releases)
    return Issued(names, published, upcoming=None, urls=shown.urls)


def _taken_back(site: Source, before: Source, errand: Errand) -> Iterator[TakenBack]:
    """Yield what the releases of a run said before, where they were public already."""
    again = {one.id for one in errand.releases if _once_public(one)}
    if again:
        from sparetire.flows.taking_back import of_releases  # noqa: PLC0415  rarely needed

        known = [one for one in before.releases if one.id in again]
        yield from of_releases(site, known, errand.releases)


def _once_public(release: Release) -> bool:
    """Tell whether a release, as it will be, was public before this run."""
    told = release.publication
    return told is not None and bool(told.withdrawn or told.updated != told.published)


def _newest(site: Source) -> str:
    return site.releases.newest if isinstance(site.releases, PublicReleases) else ""


def _refuse_lost(first: Approached, live: Live, made: Made, newest: str) -> None:
    """Refuse a site that would drop a release, or bring back one that was taken back elsewhere.

    Raises:
        ConfigurationFault: The target carries releases that this workspace does not know.
    """
    if (theirs := newest_there(first.host)) > newest:
        raise ConfigurationFault(
            f"{first.target.name} carries press releases as this workspace does not know them.",
            why=f"Somebody published or withdrew one at {theirs}, from another workspace.",
            public="The public goes on seeing them.",
            then="Copy the folder releases/ from that workspace into this one.",
        )
    if lost := lost_releases(live, made.edition):
        raise ConfigurationFault(
            f"{first.target.name} carries {len(lost)} pages of press releases that this "
            "workspace does not know.",
            why=f"Somebody published them from another workspace: {min(lost)}.",
            public="The public goes on seeing them.",
            then="Copy the folder releases/ from that workspace into this one.",
        )


def _with_releases(site: Source, fresh: Sequence[Release]) -> Source:
    """Return the site with releases as they are now, each in place of what it was."""
    if not fresh:
        return site
    known = {one.id: one for one in (*site.releases, *fresh)}
    releases = sorted(known.values(), key=lambda one: (one.published, one.id))
    return replace(site, releases=PublicReleases.given(releases))


@dataclass(frozen=True, slots=True)
class _Shown:
    """The releases that a run is about, on the site that carries them."""

    site: Source
    releases: Sequence[Release]

    @property
    def urls(self) -> dict[str, dict[str, str]]:
        """Where each is read, by its name and language code."""
        return {
            one.name: {code: self.site.routes.url(path) for code, path in paths.items()}
            for one, paths in zip(self.releases, self._paths, strict=True)
        }

    def headed(self, made: Made) -> Made:
        """Return the edition as one that is about the releases: their page, or their list."""
        if not self.releases:
            return made
        path = self._paths[0]
        if len(self.releases) > 1:
            path = {code: here.front for code, here in self._newsroom.paths.items()}
        titles = {
            code: " · ".join(
                one.wordings[code].title for one in self.releases if code in one.wordings
            )
            for code in path
        }
        return replace(made, path=path, headlines=titles)

    @property
    def _newsroom(self) -> Newsroom:
        return Newsroom.of(self.site, self.site.languages[0])

    @property
    def _paths(self) -> list[dict[str, str]]:
        paths = self._newsroom.paths
        return [
            {code: paths[code].release(one) for code in one.wordings} for one in self.releases
        ]
