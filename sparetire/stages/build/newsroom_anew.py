"""The newsroom's share of an edition, made anew from its releases.

A launch beside releases that have not changed never loads any of this.
"""

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from sparetire.model.manifest import Manifest
from sparetire.newsroom.sitemaps import Article, recent
from sparetire.stages.build.crawling import newsroom_sitemaps, sitemap_names
from sparetire.stages.build.document import PageDocument
from sparetire.stages.build.newsroom_shown import Shown
from sparetire.stages.build.release_feeds import newsroom_feeds, newsroom_shots
from sparetire.stages.build.release_pages import Newsroom, newsroom_pages
from sparetire.stages.build.release_rows import release_rows
from sparetire.stages.build.source import Source
from sparetire.stages.typography import typeset

__all__ = ["NewsroomShare"]

SHOWN_AT_HOME = 3


class NewsroomShare:
    """The pages and files of the newsrooms of all languages, made anew.

    Attributes:
        pages: By language; each page is made when it is asked for, and no other is kept.

    Args:
        source: What the edition is made of.
        file: Where the texts of releases wait between their pages and the feeds.
    """

    manifest = Manifest({})
    inspected = False

    def __init__(self, source: Source, file: BinaryIO) -> None:
        self._source = source
        self._newsrooms = [Newsroom.of(source, each, file) for each in source.languages]
        self.pages = tuple(newsroom_pages(newsroom) for newsroom in self._newsrooms)
        self.shown = _shown(self._newsrooms, sitemap_names(self._newsrooms))

    def files(self, pages: Sequence[PageDocument]) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of all that is no page.

        Args:
            pages: Its pages, once they have been made.
        """
        for newsroom in self._newsrooms:
            yield from newsroom_feeds(newsroom)
        yield from newsroom_shots(self._source)
        yield from newsroom_sitemaps(self._source, self._newsrooms, pages)


def _shown(newsrooms: Sequence[Newsroom], sitemaps: list[str]) -> Shown:
    """Return what is shown of the newsrooms of all languages."""
    articles = recent([each for one in newsrooms for each in _articles(one)])
    return Shown(
        menu={one.language.code: _menu(one) for one in newsrooms},
        newest={one.language.code: _newest(one) for one in newsrooms},
        feeds={one.language.code: _feeds(one) for one in newsrooms},
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


def _newest(newsroom: Newsroom) -> dict[str, Any]:
    """Return what a home page shows of the newsroom: its newest rows, and the way in."""
    newest = newsroom.releases[-SHOWN_AT_HOME:][::-1]
    return {
        "rows": release_rows(newsroom.source, newest, newsroom.here),
        "path": newsroom.here.front if newest else "",
    }


def _feeds(newsroom: Newsroom) -> list[dict[str, str]]:
    """Return every feed of the newsroom in a language, in plain words."""
    if not newsroom.releases:
        return []
    title, here = f"{newsroom.words['title']}{newsroom.words['separator']}", newsroom.here
    called = [("", newsroom.words["feed"])]
    called += [(key, f"{title}{newsroom.category(key)}") for key in newsroom.categories]
    return [
        {
            "title": name,
            "path": here.feed(key),
            "atom": here.feed(key, form="atom"),
            "json": here.feed(key, form="json"),
        }
        for key, name in called
    ]


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
