"""The sheet shows what the page will wear, and is one file that loads nothing."""

import re

import pytest

from sparetire.model.colour import Colour
from sparetire.model.palette import make_palette
from sparetire.resources import theme_folder
from sparetire.stages.swatches import contrasts, swatch_sheet

THEME = theme_folder("sparetire")
PALETTE = make_palette(Colour.parse("#ffcc00"), Colour.parse("#e31837"))
SHEET = swatch_sheet("<Boréal> & Fils", PALETTE, THEME, "fr")


def test_every_colour_of_both_schemes_is_on_the_sheet() -> None:
    for tokens in (PALETTE.light, PALETTE.dark):
        for name, value in tokens.items():
            assert f"<span>{name}<br>{value}</span>" in SHEET


def test_every_change_is_told_in_words() -> None:
    assert PALETTE.adjustments
    assert SHEET.count("<li>") == len(PALETTE.adjustments)


def test_the_sheet_is_one_file_that_runs_and_loads_nothing() -> None:
    assert re.findall(r"<script|src=|url\(|href=\"(?!#)", SHEET) == []
    assert "&lt;Boréal&gt; &amp; Fils" in SHEET


def test_the_theme_has_rules_for_every_class_on_the_sheet() -> None:
    rules = "".join((THEME / f).read_text("utf-8") for f in ("style.css", "swatches.css"))
    used = {each for found in re.findall(r'class="([^"]+)"', SHEET) for each in found.split()}
    assert {each for each in used - {"open"} if f".{each}" not in rules} == set()


@pytest.mark.parametrize("tokens", [PALETTE.light, PALETTE.dark])
def test_every_pair_has_the_contrast_that_is_asked(tokens: dict[str, str]) -> None:
    assert [row for row in contrasts(tokens) if row[2] < row[3]] == []
