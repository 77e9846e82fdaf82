import re
from dataclasses import replace
from pathlib import Path

import pytest

from sparetire.model.finding import Severity
from sparetire.model.manifest import Manifest
from sparetire.rules.base import BuiltRule, DraftRule
from sparetire.rules.catalogue import BUILT_RULES, DRAFT_RULES
from tests.support.draft import draft
from tests.support.site import built, clean_site


@pytest.mark.parametrize("rule", DRAFT_RULES, ids=lambda rule: rule.id)
def test_clean_words_pass(rule: DraftRule) -> None:
    assert not list(rule.findings(draft()))


@pytest.mark.parametrize("rule", BUILT_RULES, ids=lambda rule: rule.id)
def test_a_clean_site_passes(rule: BuiltRule, tmp_path: Path) -> None:
    assert not list(rule.findings(built(tmp_path, clean_site())))


def test_ids_are_unique() -> None:
    ids = [rule.id for rule in DRAFT_RULES] + [rule.id for rule in BUILT_RULES]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("rule", [*DRAFT_RULES, *BUILT_RULES], ids=lambda rule: rule.id)
def test_every_rule_says_what_it_demands_and_where_that_comes_from(
    rule: DraftRule | BuiltRule,
) -> None:
    assert rule.look.__doc__
    assert rule.source
    assert rule.severity in {Severity.ERROR, Severity.WARNING}


FAULTS = """<script>x()</script><div style="a" onclick="b" class="{{ blanc }}"></div>
<iframe src="https://elsewhere.example/"></iframe><img src="https://elsewhere.example/x.png">
<h4>EXERCISE EXERCISE EXERCISE {{ blank }}</h4><a href="/fr/">x</a><h1></h1>
<script type="application/ld+json">{</script>
the secret words of a release that nobody has published so far are these twelve and more"""


def spoilt_site() -> dict[str, str]:
    """Return a site where each page breaks nearly every rule that judges it by itself."""
    files = {f"drafts/{number}.md": "" for number in range(2)}
    for path, text in clean_site().items():
        if path.endswith(".html"):
            files[path] = re.sub(r"<(title|meta|link)[^>]*>", "", text).replace("lang=", "x=")
            files[path] += FAULTS
        else:
            files[path] = text.replace("<item>", "<thing>")
    return files


@pytest.mark.parametrize(
    "rule", [rule for rule in BUILT_RULES if rule.apart], ids=lambda rule: rule.id
)
def test_what_a_rule_says_of_a_file_apart_depends_on_no_other(
    rule: BuiltRule, tmp_path: Path
) -> None:
    secret = {"releases/secret.md": FAULTS.splitlines()[-1]}
    site = built(tmp_path, spoilt_site(), unpublished=secret)
    alone = [
        found
        for path, entry in sorted(site.manifest.entries.items())
        for found in rule.findings(
            replace(site, manifest=Manifest({path: entry}), incidents=())
        )
    ]
    assert list(rule.findings(site)) == alone
    assert alone or rule.id in {"page-unmarked", "heading-main"}
