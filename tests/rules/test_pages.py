from pathlib import Path

import pytest

from sparetire.rules.pages import Page, pages
from tests.support.site import built


def _page(root: Path, text: str) -> Page:
    (page,) = pages(built(root, {"a.html": text, "b.css": "x"}))
    return page


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("<p>Une <b>pan</b>ne</p><p>Deux</p>", ["Une panne", "Deux"]),
        ("<p>a<br>b</p>", ["a", "b"]),
        ("<style>p{}</style><script>x()</script><p>a</p>", ["a"]),
        ("<template><p>a</p></template><p>b</p>", ["b"]),
        ("<p>Lac&nbsp;M&eacute;gantic</p>", ["Lac\u00a0Mégantic"]),
        ("<title>T</title><p>a<!-- b --></p>", ["T", "a"]),
        ("<p>a</div></p>b", ["a", "b"]),
    ],
)
def test_text_is_what_a_reader_sees(text: str, seen: list[str], tmp_path: Path) -> None:
    lines = [line for line in _page(tmp_path, text).text.split("\n") if line.strip()]
    assert lines == seen


def test_a_page_that_changed_is_read_again(tmp_path: Path) -> None:
    assert _page(tmp_path, "<title>Un</title>").titles == ("Un",)
    assert _page(tmp_path, "<title>Deux</title>").titles == ("Deux",)


def test_a_self_closing_tag_takes_no_text(tmp_path: Path) -> None:
    page = _page(tmp_path, '<svg><path id="p"/></svg><p>a</p>')
    assert page.ids == {"p"}
    assert "a" in page.text


def test_the_first_of_two_equal_attributes_counts(tmp_path: Path) -> None:
    assert _page(tmp_path, '<html lang="fr" lang="en">').language == "fr"
