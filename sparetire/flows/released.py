"""What a run of the newsroom shows: the site with its releases, and where each is read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sparetire.flows.delivery import Made
from sparetire.model.release import Release
from sparetire.stages.build.release_pages import Newsroom
from sparetire.stages.build.source import Source
from sparetire.workspace.releases_public import archive_name

__all__ = ["Shown", "with_releases"]


def with_releases(site: Source, fresh: Sequence[Release]) -> Source:
    """Return the site with releases as they are now, each in place of what it was."""
    if not fresh:
        return site
    known = {one.id: one for one in (*site.releases, *fresh)}
    releases = sorted(known.values(), key=lambda one: (one.published, one.id))
    public = [(one.id, one.publication) for one in releases if one.publication]
    return replace(site, releases=tuple(releases), archive=archive_name(public))


@dataclass(frozen=True, slots=True)
class Shown:
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
