"""Markdown from strangers becomes HTML that can do no harm and fits into a page."""

import re
import time
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparetire.errors import ContentRefused
from sparetire.stages.markdown import first_paragraph, plain_text, to_html

FORBIDDEN_TAGS = {"script", "style", "iframe", "img", "object", "embed", "form", "svg", "link"}
SAFE_LINK = re.compile(r"(https?|mailto|tel):|#s1-", re.IGNORECASE)
# What an attacker would try, in pieces that hypothesis puts together.
PIECES = st.sampled_from(
    [
        *("<script>", "</script>", "alert(1)", "<style>", "</style>", "<img src=x onerror=y>"),
        *("<svg/onload=alert(1)>", "<a href='javascript:x'>", "</a>", "<p style='a'>", "<b"),
        *("[x](javascript:a)", "![x](//e.example/p)", "[x](data:text/html,y)", "`", "```\n"),
        *("&lt;script&gt;", "<!--", "-->", "<![CDATA[", "]]>", "<iframe src=/>", "\n\n", "# "),
        *(
            "[^1]",
            "\n[^1]: n\n",
            "|a|\n|-|\n|b|\n",
            "> ",
            "- ",
            "\x00",
            "\u2028",
            "<",
            ">",
            '"',
        ),
    ]
)


class Elements(HTMLParser):
    """Every element of some HTML, with its attributes."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def html(markdown: str, *, top: int = 2) -> str:
    return to_html(markdown, top=top, anchor="s1")


def headings(markup: str) -> list[int]:
    return [int(level) for level in re.findall(r"<h([1-6])>", markup)]


@given(st.lists(PIECES | st.text(max_size=8), max_size=20).map("".join))
def test_no_text_brings_anything_that_runs_loads_or_looks_different(text: str) -> None:
    for tag, attributes in Elements(html(text)).found:
        assert tag not in FORBIDDEN_TAGS
        assert set(attributes) <= {"href", "id", "start", "class", "tabindex"}
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        link = attributes.get("href")
        assert link is None or SAFE_LINK.match(link)
        assert str(attributes.get("id", "s1-")).startswith("s1-")


@pytest.mark.parametrize(
    "attack",
    [
        "<script>steal()</script>",
        "<style>body{display:none}</style>",
        "<p onclick='steal()'>",
        "[x](javascript:steal())",
        "[x](JaVaScRiPt&colon;steal())",
        "![x](https://tracker.example/steal.gif)",
        "<iframe src='https://steal.example'></iframe>",
        "<a href='vbscript:steal()'>x</a>",
    ],
)
def test_an_attack_leaves_nothing_but_the_words_around_it(attack: str) -> None:
    clean = html(f"Before.\n\n{attack}\n\nAfter.")
    assert "steal" not in clean
    assert "display" not in clean
    assert plain_text(clean).startswith("Before.")
    assert plain_text(clean).endswith("After.")


@pytest.mark.parametrize("hostile", ["[" * 20_000, "[" * 10_000 + "](", "*a " * 10_000])
def test_no_text_hangs_it(hostile: str) -> None:
    # Not a measurement: quadratic readers need minutes here, and a second is a wide margin.
    started = time.process_time()
    html(hostile)
    assert time.process_time() - started < 1


def test_text_that_is_nested_without_end_is_refused_at_once() -> None:
    with pytest.raises(ContentRefused, match="nested too deep"):
        html(">" * 9999)


@pytest.mark.parametrize("top", [1, 2, 3])
@given(levels=st.lists(st.integers(1, 6), min_size=1, max_size=12))
def test_headings_start_at_the_top_and_never_skip_a_level(top: int, levels: list[int]) -> None:
    found = headings(html("\n\n".join(f"{'#' * level} T" for level in levels), top=top))
    assert len(found) == len(levels)
    assert found[0] == top
    assert all(after <= before + 1 for before, after in pairwise(found))
    assert all(top <= level <= 6 for level in found)


def test_headings_keep_their_outline() -> None:
    assert headings(html("# A\n\n### B\n\n### C\n\n## D\n\n# E", top=3)) == [3, 4, 4, 4, 3]


def test_a_footnote_is_linked_to_its_note_by_a_name_of_its_own() -> None:
    markup = html("Five litres[^1].\n\n[^1]: As measured at 9 h.")
    (link,) = re.findall(r'href="#([^"]+)"', markup)
    assert link.startswith("s1-")
    assert f'id="{link}"' in markup
    assert link not in to_html("x[^1]\n\n[^1]: y", top=2, anchor="s2")


@pytest.mark.parametrize(
    "link",
    ["/contact", "contact.html", "../x", "//evil.example/", "/a:b", "p?at=12:30", "?a:b"],
)
def test_a_link_to_nowhere_we_know_is_plain_text(link: str) -> None:
    assert html(f"[here]({link})") == "<p><a>here</a></p>"


@pytest.mark.parametrize(
    "link", ["https://a.example/?b=c:d", "http://a.example/", "mailto:a@b.example", "tel:+1418"]
)
def test_a_link_to_the_world_stays(link: str) -> None:
    assert f'href="{link}"' in html(f"[there]({link})")


def test_a_wide_table_scrolls_by_itself_and_by_keyboard() -> None:
    markup = html("|Site|Litres|\n|-|-|\n|A|5|")
    assert markup.startswith('<div class="scroll" tabindex="0"><table>')
    assert markup.endswith("</table></div>")


def test_common_marks_are_understood() -> None:
    markup = html("**now** ~~was~~ *is*\n\n1. a\n2. b\n\n> said")
    for tag in ("strong", "del", "em", "ol", "blockquote"):
        assert f"<{tag}>" in markup


def test_plain_text_is_what_a_reader_sees_in_one_line() -> None:
    assert plain_text("<p>A &amp; B</p>\n<ul><li>5 &lt; 6</li></ul>") == "A & B 5 < 6"


def test_the_first_paragraph_is_found_behind_a_heading_and_a_list() -> None:
    markup = html("# Title\n\n- one\n\nThe **first**\nparagraph.\n\nThe second.")
    assert first_paragraph(markup) == "The first paragraph."
    assert first_paragraph("<ul><li>only</li></ul>") == ""
