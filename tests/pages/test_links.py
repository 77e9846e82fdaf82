"""A crawler finds each link that leads nowhere, at the root of a host and under a path."""

from pathlib import Path

import pytest

from tests.pages.audit import served
from tests.pages.links import broken_links

PAGE = """<a href="{link}">x</a><p id="here"><a href="https://elsewhere.example/gone">y</a>"""


@pytest.mark.parametrize("prefix", ["", "sub/path"])
@pytest.mark.parametrize(
    ("link", "broken"),
    [
        ("../en/", False),
        ("../en/#here", False),
        ("../en/#there", True),
        ("../gone/", True),
        ("#here", False),
        ("#there", True),
        ("/fr/", True),
    ],
)
def test_a_link_that_leads_nowhere_is_found(
    tmp_path: Path, prefix: str, link: str, *, broken: bool
) -> None:
    for code in ("fr", "en"):
        (tmp_path / code).mkdir()
        text = PAGE.format(link=link if code == "fr" else "../fr/")
        (tmp_path / code / "index.html").write_text(text, encoding="utf-8")
    with served(tmp_path, prefix) as base:
        found = broken_links(base, ["fr/index.html", "en/index.html"])
    rooted = link == "/fr/"  # leads out of a site that is served under a path
    assert bool(found) == (bool(prefix) if rooted else broken)
