"""A brief comes from a file and from the command line, and can be written down again."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparetire.errors import ContentRefused, UsageFault
from sparetire.stages.fill.brief import brief_text, read_brief, with_answers

NAMES = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def test_what_is_typed_is_put_into_the_brief() -> None:
    brief = {"town": "Alma", "product": {"fr": "du diesel", "en": "diesel"}}
    typed = ["town=Sept-Îles", "product.en=diesel fuel", "who.role.fr=maire=élu", "who.name=A"]
    assert with_answers(brief, typed) == {
        "town": "Sept-Îles",
        "product": {"fr": "du diesel", "en": "diesel fuel"},
        "who": {"role": {"fr": "maire=élu"}, "name": "A"},
    }
    assert brief["product"] == {"fr": "du diesel", "en": "diesel"}


@pytest.mark.parametrize("typed", ["town", "=x", ".fr=x", "a..b=x", ""])
def test_an_answer_without_a_name_is_refused(typed: str) -> None:
    with pytest.raises(UsageFault, match="names no blank"):
        with_answers({}, [typed])


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"town = ", "Invalid"), (b"\xff\xfe", "utf-8"), (b"#" * 100_001, "more than 100 kB")],
)
def test_a_brief_that_is_no_brief_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "brief.toml"
    path.write_bytes(content)
    with pytest.raises(ContentRefused) as refused:
        read_brief(path)
    assert why in refused.value.why[0]


def test_a_brief_that_is_not_there_is_a_wrong_command(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="cannot be read"):
        read_brief(tmp_path / "none.toml")


@given(st.dictionaries(NAMES, st.one_of(TEXTS, st.integers(), st.dictionaries(NAMES, TEXTS))))
def test_a_brief_written_down_reads_the_same(brief: dict[str, object]) -> None:
    assert tomllib.loads(brief_text(brief)) == brief


def test_a_moment_is_written_down_with_its_zone() -> None:
    brief = {"start": datetime(2026, 11, 24, 19, 0, tzinfo=UTC)}
    assert tomllib.loads(brief_text(brief)) == brief
