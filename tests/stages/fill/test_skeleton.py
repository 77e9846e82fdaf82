"""Standing pages are filled with facts; what is not known is left out, not shown as a gap."""

import html
from pathlib import Path

import pytest

from sparetire import resources
from sparetire.config.schema import Settings
from sparetire.errors import ConfigurationFault
from sparetire.model.routes import PageUrls, Routes
from sparetire.stages.fill.skeleton import StandingPage, fill_skeleton
from sparetire.stages.markdown import to_html
from tests.support.site import BASE, settings

ROUTES = Routes(BASE, PageUrls.FILE)
OUTLINE = """
[[pages]]
key = "about"
slug = { fr = "a-propos", en = "about" }
title = { fr = "À propos", en = "About" }
description = { fr = "Qui est {{ organisation }}.", en = "{{ boilerplate }}" }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "skeleton.toml").write_text(OUTLINE, encoding="utf-8")
    for code in ("fr", "en"):
        (tmp_path / code).mkdir()
    write(tmp_path, "{{ organisation }}")
    return tmp_path


def write(folder: Path, body: str) -> None:
    for code in ("fr", "en"):
        (folder / code / "about.md").write_text(body, encoding="utf-8")


def pages(folder: Path, facts: Settings | None = None) -> dict[str, StandingPage]:
    return {page.code: page for page in fill_skeleton(folder, facts or settings(), ROUTES)}


def named(name: str) -> Settings:
    return settings(
        organisation={"languages": ["fr-CA", "en-CA"], "time_zone": "UTC", "name": name}
    )


def test_blanks_are_filled_in_each_language(folder: Path) -> None:
    write(
        folder,
        "{{organisation}}\n\n<{{ main_site }}> {{ media_phone }} {{ address }} {{ home }}",
    )
    body = pages(folder)["fr"].body
    assert body.splitlines()[0] == "Minéraux Boréal"
    assert f"<https://www.boreal.example> +1 418 555-0142 {BASE} {BASE}/index.html" in body
    assert pages(folder)["en"].body.splitlines()[0] == "Boreal Minerals"


def test_a_paragraph_whose_fact_is_not_known_is_left_out(folder: Path) -> None:
    write(folder, "First.\n\nWrite to {{ media_email }}.\n\n\n\nLast, {{ organisation }}.\n")
    assert pages(folder)["en"].body == "First.\n\nLast, Boreal Minerals."


def test_a_description_without_its_fact_is_the_title(folder: Path) -> None:
    facts = named("Boréal")
    assert pages(folder, facts)["en"].description == "About"
    assert pages(folder, facts)["fr"].description == "Qui est Boréal."


def test_a_blank_that_nobody_knows_stays_for_inspect_to_refuse(folder: Path) -> None:
    write(folder, "Call {{ hotline }}.")
    assert pages(folder)["en"].body == "Call {{ hotline }}."


@pytest.mark.parametrize(
    "name",
    [
        "A*B* Inc.",
        "[Boréal](x)",
        "<script>",
        "a_b_c",
        "`x`",
        "# One",
        "{{ address }}",
        "a|b~~c~~",
    ],
)
def test_signs_in_a_name_are_said_as_they_are(folder: Path, name: str) -> None:
    page = pages(folder, named(name))["fr"]
    markup = to_html(page.body, top=2, anchor="x")
    assert html.unescape(markup.removeprefix("<p>").removesuffix("</p>")) == name
    assert page.description == f"Qui est {name}."


def test_the_shipped_skeleton_leaves_no_blank_open() -> None:
    filled = fill_skeleton(resources.skeleton_folder("statement"), named("Boréal"), ROUTES)
    assert {page.code for page in filled} == {"fr", "en"}
    assert [
        page.key for page in filled if "{{" in page.body + page.title + page.description
    ] == []


@pytest.mark.parametrize(
    "outline",
    [
        "pages = ",
        "",
        "pages = 3",
        'pages = ["about"]',
        OUTLINE.replace('en = "about"', 'de = "about"'),
        OUTLINE.replace('{ fr = "a-propos", en = "about" }', '"about"'),
        OUTLINE.replace('key = "about"', ""),
        OUTLINE.replace('key = "about"', 'key = "gone"'),
    ],
)
def test_a_damaged_skeleton_is_told(folder: Path, outline: str) -> None:
    (folder / "skeleton.toml").write_text(outline, encoding="utf-8")
    with pytest.raises(ConfigurationFault, match="cannot be used") as refused:
        pages(folder)
    assert str(folder) in refused.value.why[0]


def test_bytes_that_are_no_text_are_told(folder: Path) -> None:
    (folder / "en" / "about.md").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigurationFault, match="cannot be used"):
        pages(folder)
