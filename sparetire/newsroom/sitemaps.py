"""Sitemaps (sitemaps.org protocol, with Google's hreflang and news extensions) and robots.txt.

In every element ``lastmod`` stands before any extension: the schema wants it so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from xml.sax.saxutils import escape, quoteattr

__all__ = [
    "NEWS_LASTS",
    "Article",
    "SitemapPage",
    "news_sitemap",
    "recent",
    "robots",
    "sitemap",
    "sitemap_index",
]

MOST_NEWS = 1000  # Google, "News sitemap": more are ignored
NEWS_LASTS = timedelta(hours=48)  # the same page: articles of the last two days
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_PROTOCOL = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """A page that search engines should know.

    Attributes:
        changed: Its last significant change; left out for pages that only stand there.
        alternates: Addresses of the same page by language tag, its own among them.
    """

    address: str
    changed: datetime | None = None
    alternates: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Article:
    """A page that is news.

    Attributes:
        publication: Who publishes, in the language of the article.
        language: Two or three letters: the schema refuses ``fr-CA``.
        published: When it first appeared.
    """

    address: str
    publication: str
    language: str
    title: str
    published: datetime


def sitemap(pages: Sequence[SitemapPage]) -> str:
    """Return the sitemap of some pages."""
    lines = [_DECLARATION, f'<urlset xmlns="{_PROTOCOL}" xmlns:xhtml="{_XHTML}">']
    for page in pages:
        lines += ["<url>", f"<loc>{escape(page.address)}</loc>"]
        if page.changed:
            lines.append(f"<lastmod>{page.changed.isoformat()}</lastmod>")
        lines += [
            f'<xhtml:link rel="alternate" hreflang={quoteattr(tag)} href={quoteattr(address)}/>'
            for tag, address in page.alternates.items()
        ]
        lines.append("</url>")
    return "\n".join([*lines, "</urlset>", ""])


def sitemap_index(addresses: Sequence[str]) -> str:
    """Return the one sitemap that names the others; it never changes with what they say."""
    rows = [f"<sitemap><loc>{escape(address)}</loc></sitemap>" for address in addresses]
    opening = f'<sitemapindex xmlns="{_PROTOCOL}">'
    return "\n".join([_DECLARATION, opening, *rows, "</sitemapindex>", ""])


def recent(articles: Sequence[Article], until: datetime | None = None) -> tuple[Article, ...]:
    """Return the news of the two days before an instant, newest first, at most 1,000.

    Args:
        articles: Everything that ever was news.
        until: Where the two days end. Left out, they end with the newest article, so that the
            same articles always give the same file, whatever the clock says: what is older than
            two days by the reader's clock is not wrong there, only without effect.
    """
    if not articles:
        return ()
    end = until or max(article.published for article in articles)
    chosen = [one for one in articles if end - NEWS_LASTS <= one.published <= end]
    return tuple(sorted(chosen, key=_newest_first)[:MOST_NEWS])


def news_sitemap(articles: Sequence[Article]) -> str:
    """Return the news sitemap; it may be empty, and waits then for its first article."""
    opening = f'<urlset xmlns="{_PROTOCOL}" xmlns:news="{_NEWS}">'
    rows = [line for article in articles for line in _news(article)]
    return "\n".join([_DECLARATION, opening, *rows, "</urlset>", ""])


def robots(*sitemaps: str) -> str:
    """Return a robots.txt that invites everybody and names the sitemaps."""
    named = "".join(f"Sitemap: {address}\n" for address in sitemaps)
    return f"User-agent: *\nAllow: /\n\n{named}"


def _news(article: Article) -> Iterator[str]:
    yield f"<url><loc>{escape(article.address)}</loc><news:news>"
    yield f"<news:publication><news:name>{escape(article.publication)}</news:name>"
    yield f"<news:language>{article.language}</news:language></news:publication>"
    yield f"<news:publication_date>{article.published.isoformat()}</news:publication_date>"
    yield f"<news:title>{escape(article.title)}</news:title></news:news></url>"


def _newest_first(article: Article) -> tuple[float, str]:
    return -article.published.timestamp(), article.address
