from pathlib import Path

import pytest

from sparetire.model.routes import PageUrls, Routes
from tests.rules.spoil import after_replacing
from tests.support.draft import WORDS
from tests.support.site import (
    BASE,
    INCIDENT_PAGES,
    built,
    built_findings,
    clean_site,
    declared_gap,
    settings,
)

FRENCH, ENGLISH = INCIDENT_PAGES["fr"], INCIDENT_PAGES["en"]
HIDDEN = '<meta name="robots" content="NoIndex, follow"></head>'
LARGE = '<meta name="robots" content="max-image-preview:large"></head>'
TITLES = {code: f"<title>{words.title}</title>" for code, words in WORDS.items()}


@pytest.mark.parametrize(
    ("rule", "path", "old", "new"),
    [
        ("head-title", FRENCH, TITLES["fr"], ""),
        ("head-title", ENGLISH, TITLES["en"], "<title> </title>"),
        ("head-title", ENGLISH, TITLES["en"], f"{TITLES['en']}<title>Two</title>"),
        ("head-language", FRENCH, 'lang="fr-CA"', 'lang="en-CA"'),
        ("head-language", FRENCH, 'lang="fr-CA"', 'lang="fr_CA"'),
        ("head-language", ENGLISH, 'lang="en-CA"', ""),
        ("head-language", "404.html", 'lang="fr-CA"', 'lang="de"'),
        ("head-charset", FRENCH, '<meta charset="utf-8">', ""),
        ("head-charset", ENGLISH, '<meta charset="utf-8">', '<meta charset="latin-1">'),
        ("head-charset", ENGLISH, "<head>", "<head><title>First</title>"),
        ("head-viewport", FRENCH, "initial-scale=1", "user-scalable=no"),
        ("head-viewport", FRENCH, "initial-scale=1", "maximum-scale=1.0"),
        ("head-viewport", ENGLISH, 'name="viewport"', 'name="view"'),
        ("head-description", FRENCH, 'name="description"', 'name="beschreibung"'),
        ("head-description", ENGLISH, f'content="{WORDS["en"].title}."', 'content=""'),
        ("head-canonical", FRENCH, 'rel="canonical"', 'rel="other"'),
        ("head-canonical", ENGLISH, f'canonical" href="{BASE}', 'canonical" href="'),
        ("head-canonical", ENGLISH, 'canonical" href="https', 'canonical" href="http'),
        ("head-card", FRENCH, "og:title", "og:titel"),
        ("head-card", ENGLISH, 'og:type" content="website"', 'og:type" content=""'),
        ("head-card", ENGLISH, 'og:site_name"', 'og:site"'),
        ("head-card", FRENCH, 'content="fr_CA"', 'content="fr-CA"'),
        ("head-card", FRENCH, f'og:url" content="{BASE}', 'og:url" content="'),
        ("noindex-left", FRENCH, "</head>", HIDDEN),
        ("noindex-left", "en/index.html", "</head>", HIDDEN),
        ("title-repeated", "fr/index.html", "<title>Minéraux Boréal</title>", TITLES["fr"]),
    ],
)  # fmt: skip
def test_a_head_that_is_wrong_is_seen(
    rule: str, path: str, old: str, new: str, tmp_path: Path
) -> None:
    (finding,) = after_replacing(tmp_path, rule, path, old, new)
    assert finding.place in {path, FRENCH, "fr/index.html"}


@pytest.mark.parametrize(
    ("rule", "path", "old", "new"),
    [
        ("head-language", FRENCH, 'lang="fr-CA"', 'lang="fr"'),
        ("head-language", "index.html", 'lang="fr-CA"', 'lang="en-CA"'),
        ("head-viewport", FRENCH, "initial-scale=1", "initial-scale=1, maximum-scale=5"),
        ("head-charset", ENGLISH, "utf-8", "UTF-8"),
        ("head-title", FRENCH, "<main", "<svg><title>Logo</title></svg><main"),
        ("noindex-left", FRENCH, "</head>", LARGE),
        # The same title in the other language is a name, not a mistake.
        ("title-repeated", ENGLISH, TITLES["en"], TITLES["fr"]),
    ],
)  # fmt: skip
def test_a_head_that_is_right_passes(
    rule: str, path: str, old: str, new: str, tmp_path: Path
) -> None:
    assert not after_replacing(tmp_path, rule, path, old, new)


def test_a_waiting_site_may_hide(tmp_path: Path) -> None:
    assert not after_replacing(
        tmp_path, "noindex-left", "fr/index.html", "</head>", HIDDEN, incidents=()
    )


def test_the_page_of_a_declared_gap_may_hide(tmp_path: Path) -> None:
    files = clean_site()
    for path in INCIDENT_PAGES.values():
        files[path] = files[path].replace("</head>", HIDDEN)
    site = built(tmp_path, files, incidents=(declared_gap(),))
    assert [finding.place for finding in built_findings("noindex-left", site)] == [FRENCH]


@pytest.mark.parametrize("tag", ["fr-CA", "en-CA"])
def test_a_site_in_one_language_lives_at_the_root(tag: str, tmp_path: Path) -> None:
    code = tag[:2]
    page = clean_site()[f"{code}/index.html"].replace(f"{BASE}/{code}/", f"{BASE}/")
    organisation = settings().organisation.model_dump() | {"languages": [tag]}
    site = built(
        tmp_path,
        {"index.html": page},
        settings=settings(organisation=organisation),
        routes=Routes(BASE, PageUrls.FOLDER, single=True),
    )
    assert not built_findings("head-language", site)
    assert not built_findings("head-canonical", site)
