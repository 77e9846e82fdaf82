from pathlib import Path

import pytest

from tests.rules.spoil import after_replacing
from tests.support.site import INCIDENT_PAGES


@pytest.mark.parametrize("path", list(INCIDENT_PAGES.values()))
@pytest.mark.parametrize(("text", "said"), [("<h1>Deux</h1>", "2 main"), ("", "no main")])
def test_a_page_has_one_main_heading(path: str, text: str, said: str, tmp_path: Path) -> None:
    old, new = ("<main", f"{text}<main") if text else ("h1>", "p>")
    (finding,) = after_replacing(tmp_path, "heading-main", path, old, new)
    assert said in finding.message


@pytest.mark.parametrize("path", list(INCIDENT_PAGES.values()))
def test_a_jump_of_levels_is_seen(path: str, tmp_path: Path) -> None:
    (finding,) = after_replacing(tmp_path, "heading-jump", path, "h2>", "h3>")
    assert "level 3 follows one of level 1" in finding.message


def test_levels_may_go_up_at_once(tmp_path: Path) -> None:
    headings = "<h2>A</h2><h3>B</h3><h4>C</h4><h2>D</h2></article>"
    path = INCIDENT_PAGES["fr"]
    assert not after_replacing(tmp_path, "heading-jump", path, "</article>", headings)
