from pathlib import Path

import pytest

from sparetire.model.routes import PageUrls, Routes
from tests.rules.spoil import after_replacing
from tests.support.site import BASE, INCIDENT_PAGES, built, built_findings, clean_site

FRENCH = INCIDENT_PAGES["fr"]


@pytest.mark.parametrize(
    "text",
    [
        '<a href="../rappel/">a</a>',
        '<a href="/rappel/">a</a>',
        f'<a href="{BASE}/rappel/">a</a>',
        '<a href="../../../">a</a>',
        '<a href="../../en/oil-spill-river">a</a>',  # a host may not add the slash
        '<a href="#s9">a</a>',
        '<a href="../../en/oil-spill-river/#s9">a</a>',
        '<img src="logo.png">',
        '<img srcset="../../assets/logo.0a1b2c3d.svg 1x, logo.png 2x">',
        '<link rel="stylesheet" href="../../assets/old.css">',
        "<style>p { background: url(logo.png) }</style>",
        '<a href="http://[broken/">a</a>',
    ],
)
def test_a_link_that_leads_nowhere_is_seen(text: str, tmp_path: Path) -> None:
    (finding,) = after_replacing(tmp_path, "link-broken", FRENCH, "<main", f"{text}<main")
    assert finding.place.startswith(FRENCH)


@pytest.mark.parametrize(
    "text",
    [
        '<a href="">a</a>',
        '<a href="#">a</a>',
        '<a href="#top">a</a>',
        '<a href="#s1">a</a>',
        '<a href="../">a</a>',
        '<a href="../../">a</a>',
        '<a href="./?source=mail#s1">a</a>',
        '<a href="../index.html">a</a>',
        '<a href="../../en/oil-spill-river/#s1">a</a>',
        f'<a href="{BASE}">a</a>',
        '<a href="https://x.example/rappel/#s9">a</a>',
        '<a href="mailto:medias@boreal.example">a</a>',
        '<a href="tel:+14185550142">a</a>',
        '<img src="data:image/png;base64,AAAA">',
    ],
)
def test_a_link_that_leads_somewhere_passes(text: str, tmp_path: Path) -> None:
    assert not after_replacing(tmp_path, "link-broken", FRENCH, "<main", f"{text}<main")


def test_a_host_without_index_documents_needs_whole_paths(tmp_path: Path) -> None:
    files = {"fr/a.html": '<a href="./">a</a><a href="index.html">b</a>', "fr/index.html": ""}
    site = built(tmp_path, files, routes=Routes(BASE, PageUrls.FILE))
    (finding,) = built_findings("link-broken", site)
    assert "'./'" in finding.message


def test_a_site_under_a_path_may_not_be_left(tmp_path: Path) -> None:
    base = f"{BASE}/crise"
    files = {"index.html": '<a href="/fr/">a</a><a href="fr/">b</a>', "fr/index.html": ""}
    site = built(tmp_path, files, routes=Routes(base, PageUrls.FOLDER))
    (finding,) = built_findings("link-broken", site)
    assert "'/fr/'" in finding.message


@pytest.mark.parametrize("text", ['<a href="/fr/">a</a>', '<img src="/assets/a.svg">'])
def test_a_link_from_the_root_of_the_host_is_told(text: str, tmp_path: Path) -> None:
    assert after_replacing(tmp_path, "link-rooted", FRENCH, "<main", f"{text}<main")
    assert not after_replacing(tmp_path, "link-rooted", "404.html", "<h1", f"{text}<h1")


@pytest.mark.parametrize(
    "text",
    ['<a href="../">a</a>', '<a href="//x.example/">a</a>', f'<a href="{BASE}/fr/">a</a>'],
)
def test_other_links_pass_on_every_target(text: str, tmp_path: Path) -> None:
    assert not after_replacing(tmp_path, "link-rooted", FRENCH, "<main", f"{text}<main")


def test_a_place_is_looked_for_on_each_page_that_names_it(tmp_path: Path) -> None:
    beside = {
        "fr/a/one.html": '<a href="#x" id="x">x</a>',
        "fr/a/two.html": '<a href="#x">x</a>',
    }
    files = clean_site() | beside
    (finding,) = (
        found
        for found in built_findings("link-broken", built(tmp_path, files))
        if found.place.startswith("fr/a/")
    )
    assert finding.place.startswith("fr/a/two.html")
