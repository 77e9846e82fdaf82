"""What the rest of the site shows of the newsroom: all that is left to know while it rests."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sparetire.newsroom.sitemaps import Article

__all__ = ["Shown"]

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
