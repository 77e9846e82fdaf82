import pytest

from sparetire.model.media import cache_control, content_type


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("fr/énoncé/index.html", "text/html; charset=utf-8"),
        ("fr/feed.xml", "application/rss+xml; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("sitemap-news.xml", "application/xml; charset=utf-8"),
        ("feed.atom", "application/atom+xml; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("assets/site.0a1b2c3d.css", "text/css; charset=utf-8"),
        ("assets/site.0a1b2c3d.js", "text/javascript; charset=utf-8"),
        ("assets/logo.0a1b2c3d.svg", "image/svg+xml; charset=utf-8"),
        ("app.webmanifest", "application/manifest+json; charset=utf-8"),
        ("photo.JPG", "image/jpeg"),
        ("photo.webp", "image/webp"),
        ("font.woff2", "font/woff2"),
        ("release.pdf", "application/pdf"),
        ("CNAME", "application/octet-stream"),
        ("archive.unheard-of", "application/octet-stream"),
        (".html", "application/octet-stream"),
    ],
)
def test_content_types(path: str, told: str) -> None:
    assert content_type(path) == told


def test_only_hashed_names_are_kept_for_ever() -> None:
    assert cache_control("assets/site.0a1b2c3d.css") == "public, max-age=31536000, immutable"
    short = "public, max-age=0, s-maxage=60, stale-while-revalidate=30"
    assert {cache_control(path) for path in ("index.html", "fr/feed.xml", "fr/assets/x")} == {
        short
    }
