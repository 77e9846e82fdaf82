"""Where the newsroom's pages and feeds live, in one language.

Lists are numbered from the oldest and never say how many there are: a new release changes the
front of each list, and no page behind it.
"""

from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from sparetire.config.schema import Settings
from sparetire.model.release import Release
from sparetire.model.routes import Routes
from sparetire.stages.fill.slugs import slugify

__all__ = ["NewsroomPaths"]


@dataclass(frozen=True, slots=True)
class NewsroomPaths:
    """Makes the paths of one language.

    Attributes:
        words: The theme's words about the newsroom in that language.
    """

    routes: Routes
    settings: Settings
    code: str
    words: dict[str, Any]
    _releases: dict[str, str] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def front(self) -> str:
        """The page of the newest releases."""
        return self._page("")

    @property
    def kit(self) -> str:
        """The page of what the media may take."""
        return self._page(self.words["kit_slug"])

    def release(self, release: Release) -> str:
        """Return the page of a release; the year keeps short slugs apart.

        Each list, feed and page asks for those of all that it names, so they are kept.
        """
        path = self._releases.get(release.id)
        if path is None:
            path = self._page(f"{self.year_of(release)}/{release.slug(self.code)}")
            self._releases[release.id] = path
        return path

    def tombstone(self, release: Release) -> str:
        """Return the document that says to programs that a release was taken back."""
        year, slug = self.year_of(release), release.slug(self.code)
        return f"{self.routes.folder(self.code)}{self.words['slug']}/{year}/{slug}.atomdeleted"

    def year(self, year: int) -> str:
        """Return the page of a year."""
        return self._page(str(year))

    def section(self, category: str = "", number: int = 0) -> str:
        """Return a list: its front, or the page with that number."""
        parts = [self._category(category)] if category else []
        parts += [f"{self.words['page_slug']}-{number}"] if number else []
        return self._page("/".join(parts))

    def feed(self, category: str = "", archive: int = 0, form: str = "xml") -> str:
        """Return a feed: of everything or of a category, now or an archive of it."""
        place = f"{self.words['slug']}/{self._category(category)}".rstrip("/")
        name = f"feed-{archive}" if archive else "feed"
        return f"{self.routes.folder(self.code)}{place}/{name}.{form}"

    def year_of(self, release: Release) -> int:
        """Return the year in which a release was published, where the organisation lives."""
        assert release.published is not None  # noqa: S101  only public releases have pages
        return release.published.astimezone(self.zone).year

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the organisation lives."""
        return self.settings.zone

    def _category(self, key: str) -> str:
        if not key:
            return ""
        name = slugify(self.settings.newsroom.category(key, self.code)) or key
        return f"{self.words['category_slug']}/{name}"

    def _page(self, rest: str) -> str:
        return self.routes.page(self.code, f"{self.words['slug']}/{rest}".rstrip("/"))
