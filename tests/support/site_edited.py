"""A site that changes between two builds, all of it in memory but for its theme."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sparetire.config.schema import Settings
from sparetire.model.incident import Incident
from sparetire.model.release import Release
from sparetire.stages.build.source import Source
from sparetire.workspace.brand import read_brand
from sparetire.workspace.releases_public import PublicReleases

__all__ = ["Edit", "Site", "went"]


@dataclass(frozen=True)
class Site:
    """All that can change.

    Attributes:
        root: The workspace, for what is read from it.
        theme: A copy of ours.
        packages: A folder on Python's path, where libraries are known by their folders.
    """

    source: Source
    root: Path
    theme: Path
    packages: Path

    def given(self, **changes: Any) -> "Site":
        """Return a site with another source."""
        return replace(self, source=replace(self.source, **changes))

    def with_incidents(self, incidents: Sequence[Incident]) -> "Site":
        ordered = sorted(incidents, key=lambda one: (one.started, one.name))
        return self.given(incidents=tuple(ordered))

    def with_releases(self, releases: Sequence[Release]) -> "Site":
        ordered = sorted(releases, key=lambda one: (str(one.published), one.id))
        return self.given(releases=PublicReleases.given([_digested(one) for one in ordered]))

    def with_settings(self, settings: Settings) -> "Site":
        return self.given(settings=settings, brand=read_brand(settings, self.root))

    def with_organisation(self, **changes: Any) -> "Site":
        told = self.source.settings
        organisation = told.organisation.model_copy(update=changes)
        return self.with_settings(told.model_copy(update={"organisation": organisation}))

    def with_colour(self, colour: str) -> "Site":
        told = self.source.settings
        colours = told.brand.colours.model_copy(update={"brand": colour})
        brand = told.brand.model_copy(update={"colours": colours})
        return self.with_settings(told.model_copy(update={"brand": brand}))

    def with_theme(self, file: str, change: Callable[[str], str]) -> "Site":
        path = self.theme / file
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
        return self

    def with_library(self, version: int) -> "Site":
        """Return the site as another version of a library would build it."""
        for folder in self.packages.iterdir():
            folder.rmdir()
        (self.packages / f"library-{version}.dist-info").mkdir()
        return self


Edit = Callable[[Site], Site]


def went(release: Release, **changes: Any) -> Release:
    """Return a release of which something else became."""
    assert release.publication
    publication = replace(release.publication, **changes)
    return replace(release, publication=publication)


def _digested(release: Release) -> Release:
    """Return a release whose digests stand for its words, as those of its files do."""
    words = {code: repr((release.category, one)) for code, one in release.wordings.items()}
    digests = {code: hashlib.sha256(text.encode()).hexdigest() for code, text in words.items()}
    return went(release, digests=digests)
