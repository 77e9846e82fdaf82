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
