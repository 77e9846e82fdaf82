"""A shipped skeleton says every page in both languages, with the same blanks."""

import re
import tomllib
from itertools import pairwise
from typing import Any

import pytest

from sparetire.resources import skeleton_folder, theme_folder

SKELETON = skeleton_folder("statement")
OUTLINE: dict[str, Any] = tomllib.loads((SKELETON / "skeleton.toml").read_text("utf-8"))
PAGES: list[dict[str, Any]] = OUTLINE["pages"]
LANGUAGES = {"fr", "en"}
BLANK = re.compile(r"\{\{ ([a-z_]+) \}\}")
KNOWN_BLANKS = {
    "address",
    "home",
    "boilerplate",
    "main_site",
    "media_email",
    "media_phone",
    "organisation",
}
MAY_BE_UNKNOWN = re.compile(r"\{\{ (?!address|home|organisation)")
PLACEHOLDER = re.compile(r"lorem|todo|tbd|xxx|\[[^\]]*\](?!\()", re.IGNORECASE)

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page["key"])
each_language = pytest.mark.parametrize("code", sorted(LANGUAGES))


def body(page: dict[str, Any], code: str) -> str:
    return (SKELETON / code / f"{page['key']}.md").read_text(encoding="utf-8")


def test_the_standard_pages_are_there() -> None:
    assert [page["key"] for page in PAGES] == [
        "statements",
        "contact",
        "about",
        "follow",
        "verify",
        "accessibility",
    ]


@each_page
def test_a_page_is_named_in_every_language(page: dict[str, Any]) -> None:
    for field in ("slug", "title", "description"):
        assert set(page[field]) == LANGUAGES
        assert all(page[field].values())


@each_page
def test_a_page_has_a_template_of_the_theme(page: dict[str, Any]) -> None:
    path = theme_folder("sparetire") / "templates" / f"{page['template']}.html"
    assert path.is_file()


@each_language
def test_slugs_are_plain_and_differ(code: str) -> None:
    slugs = [page["slug"][code] for page in PAGES]
    assert len(set(slugs)) == len(slugs)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in slugs)


@each_language
def test_descriptions_fit_a_search_result(code: str) -> None:
    lengths = {page["key"]: len(page["description"][code]) for page in PAGES}
    assert [key for key, length in lengths.items() if not 50 <= length <= 160] == []


@each_page
def test_both_languages_have_the_same_blanks_and_shape(page: dict[str, Any]) -> None:
    french, english = body(page, "fr"), body(page, "en")
    assert BLANK.findall(french) == BLANK.findall(english)
    assert set(BLANK.findall(french)) <= KNOWN_BLANKS
    assert french.count("\n\n") == english.count("\n\n")
    assert re.findall(r"^#+", french, re.MULTILINE) == re.findall(r"^#+", english, re.MULTILINE)


@each_language
@each_page
def test_a_body_is_ready_to_be_read(page: dict[str, Any], code: str) -> None:
    text = body(page, code)
    assert text.strip()
    assert PLACEHOLDER.findall(text) == []
    assert set(text) & set("'\"") == set()


@each_page
def test_no_heading_is_left_alone_when_a_fact_is_missing(page: dict[str, Any]) -> None:
    parts = body(page, "fr").strip().split("\n\n")
    kept = [part for part in parts if not MAY_BE_UNKNOWN.search(part)]
    headings = [part.startswith("#") for part in kept]
    assert not any(this and after for this, after in pairwise([*headings, True]))


@each_page
def test_french_signs_stay_on_the_line_of_their_word(page: dict[str, Any]) -> None:
    said = [body(page, "fr"), page["title"]["fr"], page["description"]["fr"]]
    assert [text for text in said if re.search(r" [:»;!?%]|« ", text)] == []
