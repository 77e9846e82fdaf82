"""What is written as Markdown must be read back as what it was."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparetire.stages.intake.clean import clean_html
from sparetire.stages.intake.writing import markdown_of
from sparetire.stages.markdown import plain_text, to_html

LETTERS = st.text(
    st.sampled_from("ab 1.)#+-=>*_`~|[]()<&;!\\\"'«»éx:$^{}%/@"), min_size=1, max_size=30
)
INLINE = st.lists(
    st.one_of(
        LETTERS.map(html.escape),
        st.tuples(st.sampled_from(["strong", "em", "del", "sup"]), LETTERS).map(
            lambda one: f"<{one[0]}>{html.escape(one[1])}</{one[0]}>"
        ),
    ),
    min_size=1,
    max_size=5,
).map("".join)
BLOCK = st.one_of(
    INLINE.map(lambda text: f"<p>{text}</p>"),
    INLINE.map(lambda text: f"<h2>{text}</h2>"),
    INLINE.map(lambda text: f"<blockquote><p>{text}</p></blockquote>"),
    st.lists(INLINE, min_size=1, max_size=3).map(
        lambda items: f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
    ),
    st.lists(INLINE, min_size=1, max_size=3).map(
        lambda items: f"<ol>{''.join(f'<li>{item}</li>' for item in items)}</ol>"
    ),
)


def read_back(markup: str) -> str:
    return to_html(markdown_of(markup), top=2, anchor="s1")


@given(st.lists(BLOCK, min_size=1, max_size=4).map("".join))
def test_every_letter_comes_back_and_none_becomes_markup(markup: str) -> None:
    assert plain_text(read_back(markup)).replace(" ", "") == plain_text(markup).replace(" ", "")


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Le <strong>réservoir 7</strong> est fermé.</p>",
        "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>",
        '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>',
        '<p><a href="https://boreal.example/a_(b)?x=1">ici</a></p>',
        "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>",
        "<p>CO<sub>2</sub>, m<sup>3</sup></p>",
        "<h2>Faits</h2>\n<p>a<br>\nb</p>",
    ],
)
def test_structure_comes_back_as_it_was(markup: str) -> None:
    assert read_back(markup) == markup


SPANNING = (
    '<table><tr><th rowspan="2">S</th><th colspan="2">H</th></tr><tr><td>d</td>'
    "<td>f</td></tr><tr><td>N</td><td>9</td><td>11</td></tr></table>"
)
PHONES = "<ul><li>418 555-0101</li><li>418 555-0102</li></ul>"
INNER = "<table><tr><td>x</td><td>y</td></tr></table>"


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        (
            SPANNING,
            "| S | H | H |\n| --- | --- | --- |\n| S | d | f |\n| N | 9 | 11 |\n",
        ),
        (
            '<table><tr><td>a</td><td rowspan="0">b</td></tr><tr><td>c</td></tr></table>',
            "| a | b |\n| --- | --- |\n| c | b |\n",
        ),
        (
            f"<table><tr><td>{PHONES}</td></tr></table>",
            "| 418 555-0101<br>418 555-0102 |\n| --- |\n",
        ),
        (
            "<table><tr><td><p>Un.</p><p>Deux.<br>Trois.</p></td></tr></table>",
            "| Un.<br>Deux.<br>Trois. |\n| --- |\n",
        ),
        (
            f"<table><caption>Heures</caption><tr><td>a{INNER}</td></tr></table>",
            "**Heures**\n\n| a<br>x, y |\n| --- |\n",
        ),
        (
            "<dl><dt>Eau</dt><dd>potable</dd><dt>Gaz</dt><dd>coupé</dd></dl>",
            "**Eau**\n\npotable\n\n**Gaz**\n\ncoupé\n",
        ),
        (
            "<details><summary>Puis-je boire ?</summary>Oui.</details>",
            "<strong>Puis-je boire ?</strong>\n\nOui.\n",
        ),
        ("<div>Un</div><div>Deux</div>", "Un\n\nDeux\n"),
        ("<p><b>Gras</b>, <i>penché</i></p>", "**Gras**, *penché*\n"),
        ('<a href="https://a.example/"><div>Ici</div></a>', "[Ici](<https://a.example/>)\n"),
    ],
)
def test_what_markdown_does_not_know_keeps_its_meaning(markup: str, written: str) -> None:
    assert clean_html(markup) == (written, [])


def test_a_cell_that_claims_millions_of_columns_makes_no_table_of_that_size() -> None:
    cell = '<td colspan="9999999" rowspan="9999999">x</td>'
    written = markdown_of(f"<table><tr>{cell}</tr><tr>{cell}</tr></table>")
    assert len(written) < 2000


def test_what_is_nested_deep_and_means_nothing_is_no_deep_tree() -> None:
    deep = "<div>" * 5000 + "Un" + "</div>" * 5000
    assert markdown_of(deep) == "Un\n"
