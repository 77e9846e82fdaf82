"""What the rest of the site shows of the newsroom: all that is left to know while it rests."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sparetire.newsroom.sitemaps import Article, recent
from sparetire.stages.build.release_pages import Newsroom, feed_rows, newest_releases
from sparetire.stages.typography import typeset

__all__ = ["Shown", "shown_of"]

Rows = dict[str, list[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Shown:
    """What other pages and files say about the newsroom, as plain JSON values.

    Attributes:
        menu: Its place in the menu, by language code.
        newest: What a home page shows of it, by language code.
        feeds: Its feeds in plain words, by language code.
        articles: What is news of it, for the news sitemap.
        sitemaps: The names of its own sitemaps.
    """

    menu: Rows = field(default_factory=dict)
    newest: dict[str, dict[str, Any]] = field(default_factory=dict)
    feeds: Rows = field(default_factory=dict)
    articles: list[dict[str, str]] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)

    def news(self) -> Iterator[Article]:
        """Yield the articles with their times as such."""
        for row in self.articles:
            published = datetime.fromisoformat(row["published"])
            yield Article(
                row["address"], row["publication"], row["language"], row["title"], published
            )


def shown_of(newsrooms: Sequence[Newsroom], sitemaps: list[str]) -> Shown:
    """Return what is shown of the newsrooms of all languages."""
    articles = recent([each for one in newsrooms for each in _articles(one)])
    return Shown(
        menu={one.language.code: _menu(one) for one in newsrooms},
        newest={one.language.code: newest_releases(one) for one in newsrooms},
        feeds={one.language.code: feed_rows(one) for one in newsrooms},
        articles=[
            {
                "address": each.address,
                "publication": each.publication,
                "language": each.language,
                "title": each.title,
                "published": each.published.isoformat(),
            }
            for each in articles
        ],
        sitemaps=sitemaps,
    )


def _menu(newsroom: Newsroom) -> list[dict[str, str]]:
    """Return the newsroom's place in the menu, once there is anything in it."""
    if not newsroom.releases:
        return []
    row = {
        "key": "newsroom",
        "title": newsroom.words["title"],
        "path": newsroom.here.front,
        "feed": newsroom.here.feed(),
    }
    return [row]


def _articles(newsroom: Newsroom) -> Iterator[Article]:
    source, code = newsroom.source, newsroom.language.code
    for release in newsroom.releases:
        if release.published and not release.withdrawn:
            yield Article(
                address=source.routes.url(newsroom.here.release(release)),
                publication=source.settings.say(source.settings.organisation.name, code),
                language=code,
                title=typeset(release.wordings[code].title, code),
                published=release.published.astimezone(source.settings.zone),
            )
