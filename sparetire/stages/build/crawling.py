"""What search engines are told of an edition: sitemaps, robots.txt, the key of IndexNow."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sparetire.model.language import Language
from sparetire.newsroom.sitemaps import (
    Article,
    SitemapPage,
    news_sitemap,
    recent,
    robots,
    sitemap,
    sitemap_index,
)
from sparetire.stages.build.document import PageDocument
from sparetire.stages.build.newsroom_shown import Shown
from sparetire.stages.build.source import Source
from sparetire.stages.typography import typeset

if TYPE_CHECKING:
    from sparetire.stages.build.release_pages import Newsroom

__all__ = ["crawling", "newsroom_sitemaps", "sitemap_names"]

INDEX, PAGES, NEWS = "sitemap.xml", "sitemap-pages.xml", "sitemap-news.xml"
LISTS = "sitemap-newsroom.xml"
ROBOTS = "robots.txt"


def crawling(
    source: Source, pages: Sequence[PageDocument], shown: Shown
) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each of these files, but for the newsroom's own sitemaps."""
    found = (page for page in pages if not page.noindex)
    yield PAGES, sitemap(_rows(source, found)).encode()
    articles = [*_incidents(source), *shown.news()]
    yield NEWS, news_sitemap(recent(articles, source.news_until)).encode()
    named = [PAGES, *shown.sitemaps, NEWS]
    yield INDEX, sitemap_index([source.routes.url(name) for name in named]).encode()
    yield ROBOTS, robots(source.routes.url(INDEX), source.routes.url(NEWS)).encode()
    if key := source.settings.announce.indexnow_key:
        yield f"{key}.txt", key.encode()


def sitemap_names(newsrooms: "Sequence[Newsroom]") -> list[str]:
    """Return the names of the sitemaps of the newsroom's pages."""
    years = {year for newsroom in newsrooms for year in newsroom.years}
    return sorted([LISTS, *(f"sitemap-{year}.xml" for year in years)]) if years else []


def newsroom_sitemaps(
    source: Source, newsrooms: "Sequence[Newsroom]", pages: Sequence[PageDocument]
) -> Iterator[tuple[str, bytes]]:
    """Yield the sitemaps of the newsroom's pages.

    Releases have one a year, so that a new one changes this year's alone.
    """
    placed = _placed(newsrooms)
    parts: dict[str, list[PageDocument]] = {name: [] for name in sitemap_names(newsrooms)}
    for page in pages:
        if not page.noindex and (name := placed.get(page.path, LISTS)):
            parts[name].append(page)
    for name, chosen in sorted(parts.items()):
        yield name, sitemap(_rows(source, chosen)).encode()


def _placed(newsrooms: "Sequence[Newsroom]") -> dict[str, str]:
    """Return the sitemap of each release by its path; of a withdrawn one, none."""
    return {
        newsroom.here.release(release): ""
        if release.withdrawn
        else f"sitemap-{newsroom.here.year_of(release)}.xml"
        for newsroom in newsrooms
        for release in newsroom.releases
    }


def _rows(source: Source, pages: Iterable[PageDocument]) -> list[SitemapPage]:
    routes, zone = source.routes, source.settings.zone
    tags = {language.code: language.tag for language in source.languages}
    return [
        SitemapPage(
            address=routes.url(page.path),
            changed=page.changed.astimezone(zone) if page.changed else None,
            alternates={tags[code]: routes.url(path) for code, path in page.alternates.items()},
        )
        for page in pages
    ]


def _incidents(source: Source) -> Iterator[Article]:
    for incident in source.incidents:
        for language in source.languages:
            if title := incident.title(language.code):
                path = source.routes.page(language.code, incident.slugs[language.code])
                yield Article(
                    address=source.routes.url(path),
                    publication=_publication(source, language),
                    language=language.code,
                    title=typeset(title, language.code),
                    published=incident.started.astimezone(source.settings.zone),
                )


def _publication(source: Source, language: Language) -> str:
    return source.settings.say(source.settings.organisation.name, language.code)
