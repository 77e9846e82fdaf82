"""What is written as Markdown must be read back as what it was."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
