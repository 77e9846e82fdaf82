from pathlib import Path

import pytest

from tests.rules.spoil import after_replacing
from tests.support.site import BASE, built, built_findings, clean_site


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("</urlset>", "", "cannot be read"),
        (f"{BASE}/fr/deversement-riviere/", f"{BASE}/fr/rappel/", "/fr/rappel/"),
        (f"{BASE}/en/oil-spill-river/", "https://x.example/en/", "x.example"),
        (f"{BASE}/en/oil-spill-river/", "/en/oil-spill-river/", "not a page"),
        (f"<loc>{BASE}/</loc>", "<loc></loc>", "empty address"),
        ("http://www.sitemaps.org/schemas/sitemap/0.9", "http://x.example", "root"),
    ],
)
def test_a_site_map_that_is_wrong_is_seen(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    (finding,) = after_replacing(tmp_path, "sitemap-broken", "sitemap.xml", old, new)
    assert said in finding.message


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Disallow:", "Disallow: /", "locked out"),
        ("Disallow:", "disallow : /* # for now", "locked out"),
        (f"Sitemap: {BASE}/sitemap.xml", "", "not named"),
        (BASE, "", "not named"),
    ],
)
def test_robots_that_lock_out_or_forget_are_seen(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    (finding,) = after_replacing(tmp_path, "robots-broken", "robots.txt", old, new)
    assert said in finding.message


def test_a_folder_may_be_disallowed(tmp_path: Path) -> None:
    new = "Disallow: /assets/ # / alone would hide everything"
    assert not after_replacing(tmp_path, "robots-broken", "robots.txt", "Disallow:", new)


@pytest.mark.parametrize(
    ("rule", "path"), [("sitemap-broken", "sitemap.xml"), ("robots-broken", "robots.txt")]
)
def test_only_a_waiting_site_may_lack_them(rule: str, path: str, tmp_path: Path) -> None:
    files = clean_site()
    del files[path]
    (finding,) = built_findings(rule, built(tmp_path, files))
    assert finding.place == path
    assert not built_findings(rule, built(tmp_path, files, incidents=()))


def test_news_in_a_language_that_google_refuses_is_seen(tmp_path: Path) -> None:
    spaces = "http://www.sitemaps.org/schemas/sitemap/0.9"
    news = "http://www.google.com/schemas/sitemap-news/0.9"
    text = (
        f'<urlset xmlns="{spaces}" xmlns:n="{news}"><url><loc>{BASE}/</loc>'
        "<n:news><n:language>fr-CA</n:language></n:news></url></urlset>"
    )
    files = clean_site() | {"sitemap-news.xml": text}
    (finding,) = built_findings("sitemap-broken", built(tmp_path, files))
    assert finding.place == "sitemap-news.xml"
    assert "'fr-CA'" in finding.message


def test_a_site_map_of_more_than_search_engines_read_is_seen(tmp_path: Path) -> None:
    rows = f"<url><loc>{BASE}/</loc></url>" * 50_001
    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
    files = clean_site() | {"sitemap-2026.xml": text}
    (finding,) = built_findings("sitemap-broken", built(tmp_path, files))
    assert "50001" in finding.message
