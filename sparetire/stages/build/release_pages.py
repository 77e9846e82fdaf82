"""Every page of the newsroom as a document: releases, lists, years, the media kit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from sparetire.model.language import Language
from sparetire.model.release import Release
from sparetire.stages.build.cards import spoken_card, worth_a_card
from sparetire.stages.build.document import PageDocument
from sparetire.stages.build.interface import interface_words
from sparetire.stages.build.newsroom_paths import NewsroomPaths
from sparetire.stages.build.release_data import release_data
from sparetire.stages.build.release_rows import kit_rows, release_facts, release_rows
from sparetire.stages.build.release_text import ReleaseTexts, told_title
from sparetire.stages.build.source import Source
from sparetire.workspace.card import Card

__all__ = ["Newsroom", "newsroom_pages"]

ON_A_PAGE = 20  # rows of a numbered page; the front of a list holds 10 to 29
FEWEST = 10


@dataclass(frozen=True, slots=True)
class Newsroom:
    """What the newsroom says in one language, and where its pages are in all of them.

    Attributes:
        releases: Oldest first, those told in this language.
        paths: By language code.
        categories: Those that have a release, in the order of the settings, then others.
        years: Those that have a release, newest first.
        label: Why who speaks can be believed, for share cards.
        texts: What the releases say.
    """

    source: Source
    language: Language
    releases: tuple[Release, ...]
    paths: dict[str, NewsroomPaths]
    categories: tuple[str, ...]
    years: tuple[int, ...]
    label: str
    texts: ReleaseTexts

    @classmethod
    def of(cls, source: Source, language: Language, file: BinaryIO | None = None) -> "Newsroom":
        """Return the newsroom of a language.

        Args:
            source: What the edition is made of.
            language: The language.
            file: Where texts wait between the pages and the feeds.

        Raises:
            ConfigurationFault: The theme does not speak one of the site's languages.
        """
        told = tuple(each for each in source.releases if language.code in each.wordings)
        words = {
            code: interface_words(source.theme, code)
            for code in (each.code for each in source.languages)
        }
        paths = {
            code: NewsroomPaths(source.routes, source.settings, code, mine["newsroom"])
            for code, mine in words.items()
        }
        used = {each.category for each in told}
        named = [key for key in source.settings.newsroom.categories if key in used]
        years = {paths[language.code].year_of(each) for each in told}
        return cls(
            source,
            language,
            told,
            paths,
            categories=(*named, *sorted(used.difference(named))),
            years=tuple(sorted(years, reverse=True)),
            label=words[language.code]["official"],
            texts=ReleaseTexts(paths[language.code], language.tag, file),
        )

    @property
    def here(self) -> NewsroomPaths:
        """The paths of its own language."""
        return self.paths[self.language.code]

    @property
    def words(self) -> dict[str, Any]:
        """The theme's words about newsrooms."""
        return self.here.words

    def category(self, key: str) -> str:
        """Return the name of a category."""
        return self.source.settings.newsroom.category(key, self.language.code)

    def card(self, title: str) -> Card:
        """Return the share card of what has a title."""
        return spoken_card(self.source, self.language.code, self.label, title)

    def told_in(self, code: str) -> tuple[Release, ...]:
        """Return the releases of another language, oldest first."""
        return tuple(each for each in self.source.releases if code in each.wordings)


def newsroom_pages(newsroom: Newsroom) -> Iterator[PageDocument]:
    """Yield every page; a site without releases has none."""
    if not newsroom.releases:
        return
    for release in newsroom.releases:
        yield _release(newsroom, release)
    yield from _list(newsroom, "")
    for category in newsroom.categories:
        yield from _list(newsroom, category)
    told = {
        other: _by_year(newsroom.told_in(other), paths)
        for other, paths in newsroom.paths.items()
    }
    for year in newsroom.years:
        yield _year(newsroom, year, told)
    yield _kit(newsroom)


def _release(newsroom: Newsroom, release: Release) -> PageDocument:
    code, here = newsroom.language.code, newsroom.here
    title = told_title(release, here)
    summary = (
        newsroom.words["withdrawn"] if release.withdrawn else release.wordings[code].summary
    )
    return PageDocument(
        key=f"release-{release.id}",
        template="release",
        path=here.release(release),
        title=title,
        description=summary or title,
        content=newsroom.texts.html(release),
        alternates={
            other: paths.release(release)
            for other, paths in newsroom.paths.items()
            if other in release.wordings
        },
        twins={other: paths.front for other, paths in newsroom.paths.items()},
        structured=""
        if release.withdrawn
        else release_data(newsroom.source, release, newsroom.language, newsroom.paths),
        facts={"release": release_facts(newsroom.source, release, here)},
        changed=release.updated,
        article=True,
        card=newsroom.card(title) if worth_a_card(release) else None,
    )


def _list(newsroom: Newsroom, category: str) -> Iterator[PageDocument]:
    """Yield the front of a list and the numbered pages behind it."""
    chosen = _chosen(newsroom.releases, category)
    parts = _parts(chosen)
    twins = {other: len(_parts(_chosen(newsroom.told_in(other), category)))
             for other in newsroom.paths}  # fmt: skip
    for number, part in enumerate(parts, start=1):
        last = number == len(parts)
        shown = 0 if last else number
        yield PageDocument(
            key=f"releases-{category}-{shown}",
            template="releases",
            path=newsroom.here.section(category, shown),
            title=_list_title(newsroom, category, shown),
            description=_list_description(newsroom, category, shown),
            alternates={
                other: paths.section(category, shown)
                for other, paths in newsroom.paths.items()
                if twins[other] == len(parts)
            },
            twins={other: paths.front for other, paths in newsroom.paths.items()},
            facts={
                "rows": release_rows(newsroom.source, part[::-1], newsroom.here),
                "older": newsroom.here.section(category, number - 1) if number > 1 else "",
                "newer": _newer(newsroom, category, number, len(parts)),
                **(_beside(newsroom, category) if last else _NOTHING_BESIDE),
            },
            lists=True,
            changed=max(each.updated for each in part if each.updated),
        )


_NOTHING_BESIDE: dict[str, Any] = {"categories": [], "years": [], "feeds": [], "kit": ""}


def _newer(newsroom: Newsroom, category: str, number: int, last: int) -> str:
    if number == last:
        return ""
    return newsroom.here.section(category, 0 if number + 1 == last else number + 1)


def _beside(newsroom: Newsroom, category: str) -> dict[str, Any]:
    """Return what only the front of a list shows: the ways to the rest, and its feeds."""
    here = newsroom.here
    return {
        "categories": [
            {"title": newsroom.category(key), "path": here.section(key)}
            for key in newsroom.categories
        ],
        "years": [{"title": str(year), "path": here.year(year)} for year in newsroom.years],
        "kit": here.kit,
        "feeds": [
            {"form": name, "path": here.feed(category, form=form)}
            for name, form in (("RSS", "xml"), ("Atom", "atom"), ("JSON Feed", "json"))
        ],
    }


def _by_year(releases: Sequence[Release], paths: NewsroomPaths) -> dict[int, list[Release]]:
    found: dict[int, list[Release]] = {}
    for release in releases:
        found.setdefault(paths.year_of(release), []).append(release)
    return found


def _year(
    newsroom: Newsroom, year: int, told: dict[str, dict[int, list[Release]]]
) -> PageDocument:
    here = newsroom.here
    chosen = told[newsroom.language.code][year]
    title = newsroom.words["year"] % year
    return PageDocument(
        key=f"releases-{year}",
        template="releases_year",
        path=here.year(year),
        title=title,
        description=newsroom.words["year_lead"] % year,
        alternates={
            other: paths.year(year)
            for other, paths in newsroom.paths.items()
            if year in told[other]
        },
        facts={"rows": release_rows(newsroom.source, chosen[::-1], here)},
        lists=True,
        changed=max(each.updated for each in chosen if each.updated),
    )


def _kit(newsroom: Newsroom) -> PageDocument:
    return PageDocument(
        key="media-kit",
        template="mediakit",
        path=newsroom.here.kit,
        title=newsroom.words["kit"],
        description=newsroom.words["kit_lead"],
        alternates={
            other: paths.kit
            for other, paths in newsroom.paths.items()
            if newsroom.told_in(other)
        },
        facts={"pictures": kit_rows(newsroom.releases, newsroom.here)},
        lists=True,
    )


def _parts(oldest_first: Sequence[Release]) -> list[Sequence[Release]]:
    """Cut a list into pages; only the last one, the front, ever gains a row."""
    closed = max(0, (len(oldest_first) - FEWEST) // ON_A_PAGE)
    parts = [oldest_first[n * ON_A_PAGE : (n + 1) * ON_A_PAGE] for n in range(closed)]
    return [*parts, oldest_first[closed * ON_A_PAGE :]]


def _chosen(releases: tuple[Release, ...], category: str) -> tuple[Release, ...]:
    if not category:
        return releases
    return tuple(each for each in releases if each.category == category)


def _list_title(newsroom: Newsroom, category: str, number: int) -> str:
    title: str = newsroom.words["title"]
    if category:
        title = f"{title}{newsroom.words['separator']}{newsroom.category(category)}"
    return f"{title}, {newsroom.words['page'] % number}" if number else title


def _list_description(newsroom: Newsroom, category: str, number: int) -> str:
    title = _list_title(newsroom, category, number)
    lead: str = newsroom.words["lead"]
    return f"{title}. {lead}" if category or number else lead
