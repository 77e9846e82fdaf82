from pathlib import Path

import pytest

from sparetire.model.finding import Severity
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
