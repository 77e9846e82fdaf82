"""The theme says the same things in every language, and never lacks a word."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sparetire.resources import theme_folder

THEME = theme_folder("sparetire")
LANGUAGES = ("fr", "en")
TEMPLATES = sorted((THEME / "templates").glob("*.html"))
USED = re.compile(r"\bwords((?:\.[a-z_]+)+)")
SPACE_BEFORE_SIGN = re.compile(r" (?:[:»;!?]|%(?!s))|« ")
DICT_NAMES = set(dir(dict))


def flat(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def words(code: str) -> dict[str, Any]:
    path = THEME / "words" / f"{code}.toml"
    return dict(flat(tomllib.loads(path.read_text(encoding="utf-8"))))


def test_every_language_has_the_same_words() -> None:
    assert list(words("fr")) == list(words("en"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_word_is_empty(code: str) -> None:
    assert [
        key for key, text in words(code).items() if not (isinstance(text, str) and text.strip())
    ] == []


def test_both_languages_leave_room_for_the_same_facts() -> None:
    french, english = words("fr"), words("en")
    assert [key for key in french if french[key].count("%s") != english[key].count("%s")] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_uses_only_words_that_exist(template: Path) -> None:
    known = set(words("fr"))
    known |= {key.rsplit(".", 1)[0] for key in known if "." in key}  # words.state[...]
    used = {match.removeprefix(".") for match in USED.findall(template.read_text("utf-8"))}
    assert used - known == set()


def test_no_word_is_called_like_a_method_of_dict() -> None:
    # Jinja finds the method first, and would print it.
    names = {part for key in words("fr") for part in key.split(".")}
    assert names & DICT_NAMES == set()


def test_french_words_keep_their_signs_on_the_same_line() -> None:
    assert [key for key, text in words("fr").items() if SPACE_BEFORE_SIGN.search(text)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_apostrophes_and_quotes_are_typographic(code: str) -> None:
    assert [key for key, text in words(code).items() if set(text) & set("'\"")] == []
