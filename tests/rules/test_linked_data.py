from pathlib import Path

import pytest

from tests.rules.spoil import after_replacing
from tests.support.site import INCIDENT_PAGES


@pytest.mark.parametrize("path", list(INCIDENT_PAGES.values()))
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('{"@context"', '"@context"', "cannot be read"),
        ("T09:00:00-05:00", "T09:00:00", "coverageStartTime"),
        ("T14:00:00Z", "T14:00:00", "datePublished"),
        ('"2026-11-23T14:00:00Z"', '"2026-11-23"', "datePublished"),
        ('"2026-11-23T14:00:00Z"', '"23 novembre"', "datePublished"),
        ('"2026-11-23T14:00:00Z"', "null", "datePublished is None"),
        ("https://schema.org", "https://schema.org</b>", "not escaped"),
        ("https://schema.org", "</script><p>", "cannot be read"),
        ("https://schema.org", "<!--", "not escaped"),
    ],
)
def test_linked_data_that_is_wrong_is_seen(
    path: str, old: str, new: str, said: str, tmp_path: Path
) -> None:
    (finding,) = after_replacing(tmp_path, "jsonld-broken", path, old, new)
    assert said in finding.message


def test_escaped_markup_and_lists_pass(tmp_path: Path) -> None:
    data = r'[{"name": "\u003c/script>"}, {"dateModified": "2026-11-23T14:00:00+00:00"}]'
    script = f'<script type="application/ld+json">{data}</script></head>'
    path = INCIDENT_PAGES["fr"]
    assert not after_replacing(tmp_path, "jsonld-broken", path, "</head>", script)
