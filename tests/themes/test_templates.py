"""A page of the theme needs nothing but itself, and speaks without a script."""

import re
from pathlib import Path

import pytest

from sparetire.resources import theme_folder

THEME = theme_folder("sparetire")
TEMPLATES = sorted((THEME / "templates").glob("*.html"))
PUBLIC = [
    "home",
    "incident",
    "page",
    "statements",
    "root",
    "404",
    "verify",
    "contact",
    "follow",
]  # what a page may name as its template
SCRIPT = re.compile(r"<script(?! type=\"application/ld\+json\")")
EVENT_ATTRIBUTE = re.compile(r"\son[a-z]+=")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(|\boklch\(")
TOKEN = re.compile(r"var\(--([a-z-]+)\)")
TOKENS = {"paper", "ink", "soft", "line", "panel", "fill", "on-fill"} | {
    "link",
    "underline",
    "mark",
}
IMAGE = re.compile(r"<img [^>]*>")

each_template = pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)


def without_comments(template: Path) -> str:
    return re.sub(r"\{#.*?#\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)


def style() -> str:
    text = (THEME / "style.css").read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_kind_of_page_has_its_template(name: str) -> None:
    assert (THEME / "templates" / f"{name}.html").is_file()


@each_template
def test_a_template_holds_no_style_attribute(template: Path) -> None:
    # The policy allows the one style sheet by its hash; an attribute would be ignored.
    assert " style=" not in without_comments(template)


@each_template
def test_a_template_holds_no_script(template: Path) -> None:
    text = without_comments(template)
    assert SCRIPT.findall(text) == []
    assert EVENT_ATTRIBUTE.findall(text) == []


@each_template
def test_a_template_names_no_other_site(template: Path) -> None:
    assert re.findall(r"https?://", without_comments(template)) == []


@each_template
def test_a_picture_says_its_size_and_what_it_shows(template: Path) -> None:
    for image in IMAGE.findall(without_comments(template)):
        assert {"width=", "height=", "alt="} <= set(re.findall(r"[a-z]+=", image))


def test_a_page_served_at_any_depth_has_no_relative_link() -> None:
    for name in ("404", "bilingual", "_both", "_footer", "_incidents", "_elsewhere"):
        text = without_comments(THEME / "templates" / f"{name}.html")
        assert "link(" not in text


@each_template
def test_a_template_reads_nothing_of_other_pages(template: Path) -> None:
    # A page is a function of its frame and its document; these are Pelican's lists of the site.
    lists = r"(?<![.\w])(articles|pages|hidden_pages|dates|tags|categories|authors)\b"
    code = re.findall(r"{[{%].*?[%}]}", without_comments(template), flags=re.DOTALL)
    assert [match for each in code for match in re.findall(lists, each)] == []


def test_the_style_sheet_leaves_every_colour_to_the_brand() -> None:
    assert COLOUR.findall(style()) == []
    assert set(TOKEN.findall(style())) == TOKENS


def test_the_style_sheet_fetches_nothing() -> None:
    assert "url(" not in style()
    assert "@import" not in style()


def test_the_style_sheet_moves_nothing() -> None:
    assert re.findall(r"animation|transition", style()) == []
