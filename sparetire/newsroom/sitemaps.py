"""Sitemaps (sitemaps.org protocol, with Google's hreflang extension) and robots.txt."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

__all__ = ["SitemapPage", "robots", "sitemap"]


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


def sitemap(pages: Sequence[SitemapPage]) -> str:
    """Return the sitemap; the schema wants ``lastmod`` before any extension."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"',
        'xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
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


def robots(sitemap_address: str) -> str:
    """Return a robots.txt that invites everybody and names the sitemap."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap_address}\n"
