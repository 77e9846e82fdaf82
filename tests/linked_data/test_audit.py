"""The audit sees what schema.org does not know, and nothing else."""

import json

import pytest

from tests.linked_data.audit import audit

pytestmark = pytest.mark.browser  # it needs Node, as the pages' audit does

SCHEMA = "https://schema.org"
GOOD = {
    "@context": SCHEMA,
    "@graph": [{"@type": "NewsArticle", "headline": "Le port", "dateline": "Sept-Îles"}],
}


def findings(facts: object) -> list[str]:
    return [wrong.says for wrong in audit([("page.html", json.dumps(facts))])]


def test_what_schema_org_knows_passes() -> None:
    assert findings(GOOD) == []


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"@context": SCHEMA, "@type": "Organization", "nam": "Boréal"}, "nam"),
        (
            {
                "@context": "https://schema.org",
                "@type": "LiveBlogPosting",
                "dateline": "Québec",
            },
            "dateline",
        ),
        (
            {"@context": "https://schema.org", "@graph": [{"@type": "PressRelease"}]},
            "PressRelease",
        ),
    ],
)
def test_what_schema_org_does_not_know_is_seen(facts: object, says: str) -> None:
    assert any(says in each for each in findings(facts))
