from pathlib import Path

import pytest

from sparetire.model.finding import Finding
from tests.rules.spoil import after_replacing
from tests.support.site import (
    BASE,
    INCIDENT_PAGES,
    built,
    built_findings,
    clean_site,
    declared_gap,
)

FRENCH, ENGLISH = INCIDENT_PAGES["fr"], INCIDENT_PAGES["en"]


def _messages(findings: list[Finding], path: str) -> str:
    return " ".join(finding.message for finding in findings if finding.place == path)


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (FRENCH, 'hreflang="fr-CA"', 'data-x="fr-CA"', ""),
        (FRENCH, f'"fr-CA" href="{BASE}/fr/', f'"fr-CA" href="{BASE}/de/', "not in this site"),
        (ENGLISH, 'hreflang="x-default"', 'data-x="x"', "no x-default"),
        (ENGLISH, 'hreflang="fr-CA"', 'hreflang="fr_CA"', "'fr_CA' is not one of"),
        (ENGLISH, 'hreflang="fr-CA"', 'hreflang="de"', "'de' is not one of"),
        (FRENCH, 'hreflang="en-CA"', 'hreflang="fr-CA"', "listed twice"),
        (FRENCH, f'href="{BASE}/en/oil', 'href="/en/oil', "not in this site"),
        (ENGLISH, "/fr/deversement-riviere/", "/fr/", "does not point back"),
    ],
)
def test_a_set_that_is_wrong_is_seen(
    path: str, old: str, new: str, said: str, tmp_path: Path
) -> None:
    findings = after_replacing(tmp_path, "head-hreflang", path, old, new)
    assert said in _messages(findings, path)
    if not said:  # x-default still leads to the French page, so only its entry is missing
        assert not findings


def test_a_page_outside_its_own_set_is_seen(tmp_path: Path) -> None:
    findings = after_replacing(
        tmp_path, "head-hreflang", ENGLISH, 'hreflang="en-CA"', 'data-x="en-CA"'
    )
    assert "not in its own list" in _messages(findings, ENGLISH)
    assert "does not point back" not in _messages(findings, ENGLISH)


@pytest.mark.parametrize("path", [FRENCH, ENGLISH])
def test_an_incident_in_both_languages_must_have_a_set(path: str, tmp_path: Path) -> None:
    findings = after_replacing(tmp_path, "head-hreflang", path, "hreflang=", "data-x=")
    assert "not in its own list" in _messages(findings, path)


def test_an_incident_in_one_language_needs_none(tmp_path: Path) -> None:
    files = clean_site()
    for path in (FRENCH, ENGLISH):
        files[path] = files[path].replace("hreflang=", "data-x=")
    site = built(tmp_path, files, incidents=(declared_gap(),))
    assert not built_findings("head-hreflang", site)
