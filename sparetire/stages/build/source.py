"""Everything an edition is made of: whatever is not in here cannot become public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sparetire.config.schema import Settings
from sparetire.model.attachment import Attachment
from sparetire.model.incident import Incident
from sparetire.model.language import Language
from sparetire.model.release import Release
from sparetire.model.routes import Routes
from sparetire.stages.fill.skeleton import StandingPage
from sparetire.workspace.brand import Brand
from sparetire.workspace.releases_public import PublicReleases
from sparetire.workspace.rendered import Share

__all__ = ["Source", "routes_of"]


@dataclass(frozen=True, slots=True)
class Source:
    """What to build.

    Attributes:
        settings: The workspace's settings.
        brand: Its look.
        pages: The standing pages of every language.
        incidents: The incidents to show, oldest first.
        routes: How paths and addresses are made.
        theme: The folder of the theme.
        attachments: The folder that keeps the files that incidents bring along.
        brought: Such files that are to be kept once this run has begun to publish.
        own_theme: The folder whose templates and rules the workspace puts in place of ours.
        releases: The press releases to show, oldest first: only what is public already.
        resting: Files of a newsroom that another workspace knows, in place of our releases'.
        shelf: The folder that keeps them and their pictures.
        news_until: Where the two days of the news sitemap end: now, or with the newest news.
    """

    settings: Settings
    brand: Brand
    pages: tuple[StandingPage, ...]
    incidents: tuple[Incident, ...]
    routes: Routes
    theme: Path
    releases: Sequence[Release] = ()
    resting: Share | None = None
    shelf: Path | None = None
    news_until: datetime | None = None
    own_theme: Path | None = None
    attachments: Path = Path()
    brought: tuple[Attachment, ...] = ()

    @property
    def archive(self) -> str:
        """A name for the releases, equal while they are; empty where they have none."""
        if isinstance(self.releases, PublicReleases) and self.releases:
            return self.releases.name
        return ""

    @property
    def dormant(self) -> bool:
        """Whether no page is anybody's search result: the site only waits, or is a drill's."""
        return self.settings.exercise or not (self.incidents or self.releases or self.resting)

    @property
    def languages(self) -> tuple[Language, ...]:
        """The site's languages, its default first."""
        return self.settings.languages

    def pages_in(self, code: str) -> tuple[StandingPage, ...]:
        """Return the standing pages of one language, in the order of the menu."""
        return tuple(page for page in self.pages if page.code == code)


def routes_of(settings: Settings, primary: str) -> Routes:
    """Return how addresses are made when a target is the primary one."""
    return Routes(
        base_url=settings.target(primary).url,
        page_urls=settings.crisis.page_urls,
        single=len(settings.languages) == 1,
    )
