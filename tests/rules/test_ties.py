"""What ties pages to each other may come from an earlier run."""

from dataclasses import replace
from pathlib import Path

import pytest

from sparetire.rules.base import BuiltRule
from sparetire.rules.catalogue import BUILT_RULES
from sparetire.rules.ties import read_ties, ties, write_ties
from tests.rules.test_catalogue import spoilt_site
from tests.support.site import built, clean_site

TYING = {"head-hreflang", "link-broken", "noindex-left", "title-repeated"}


def test_ties_that_were_written_are_what_is_read(tmp_path: Path) -> None:
    site = built(tmp_path, clean_site())
    known = {site.manifest.entries[path].sha256: one for path, one in ties(site)}
    assert len(known) == 6
    assert read_ties(write_ties(known)) == known


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[]", '{"a": 5}', '{"a": {}}', '{"a": {"titles": 5}}', '{"a": []}'],
)
def test_of_damaged_ties_nothing_is_known(damage: str) -> None:
    assert read_ties(damage) == {}


@pytest.mark.parametrize(
    "rule", [rule for rule in BUILT_RULES if rule.id in TYING], ids=lambda rule: rule.id
)
def test_a_rule_on_the_site_reads_no_page_whose_ties_are_known(
    rule: BuiltRule, tmp_path: Path
) -> None:
    files = clean_site()
    for path, text in spoilt_site().items():
        files[f"{path.removesuffix('.html')}-spoilt.html"] = text
    files["fr/index-spoilt.html"] += (
        f"{files['index.html']}<meta name=robots content=noindex>"
        f'<link rel="alternate" hreflang="de" href="x"><a href="nowhere.html">x</a>'
    )
    site = built(tmp_path, files)
    known = {site.manifest.entries[path].sha256: one for path, one in ties(site)}

    found = list(rule.findings(replace(site, bodies=tmp_path / "gone", ties=known)))

    assert found
    assert found == list(rule.findings(site))
