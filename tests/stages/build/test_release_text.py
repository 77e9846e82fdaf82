"""A dateline opens a release as the press of each language writes it, and is only text."""

from datetime import date

import pytest

from sparetire.stages.build.release_text import dateline, opened
from sparetire.stages.markdown import to_html


@pytest.mark.parametrize(
    ("place", "day", "tag", "says"),
    [
        ("Sept-Îles", date(2026, 11, 23), "fr-CA", "Sept-Îles, le 23\u00a0novembre 2026. –"),
        ("Québec", date(2027, 3, 1), "fr-CA", "Québec, le 1er\u00a0mars 2027. –"),
        ("", date(2027, 3, 1), "fr-CA", "Le 1er\u00a0mars 2027. –"),
        ("Sept-Îles", date(2026, 11, 23), "en-CA", "SEPT-ÎLES, Nov.\u00a023, 2026 –"),
        ("Quebec City", date(2027, 3, 1), "en-CA", "QUEBEC CITY, March\u00a01, 2027 –"),
        ("", date(2026, 9, 30), "en-CA", "Sept.\u00a030, 2026 –"),
    ],
)
def test_a_dateline_is_set_in_its_language(place: str, day: date, tag: str, says: str) -> None:
    assert dateline(place, day, tag) == says


@pytest.mark.parametrize(
    ("body", "within"),
    [
        ("A quay of 600 metres.\n\nWork begins in May.\n", True),
        ("A **quay**, [by](https://a.example) us[^1].\n\n[^1]: A note.\n", True),
        ("The quay is\n> ours.\n> — Ana Roy\n", True),
        ("# A quay\n\nof 600 metres.\n", False),
        ("- a quay\n- a crane\n", False),
        ("3. a quay\n", False),
        ("> A quay.\n> — Ana Roy\n", False),
        ("|a|b|\n|-|-|\n|1|2|\n", False),
        ("*A quay* of 600 metres.\n", False),
    ],
)
def test_a_dateline_stands_in_the_first_paragraph(body: str, within: bool) -> None:  # noqa: FBT001
    written = body.replace("\n> —", "\\\n> —")
    same = f"**Sept-Îles. –**{' ' if within else chr(10) * 2}{written}"

    assert opened("Sept-Îles. –", body) == to_html(same, top=2, anchor="page")


@pytest.mark.parametrize(
    "sly", ["<script>x</script>", "<b>R&D</b>", "**R**&nbsp;[a](b)\u00a0`c`"]
)
def test_what_opens_a_text_is_never_markup(sly: str) -> None:
    signs = sly
    for sign in "\\`*_{}[]<>#|~&":
        signs = signs.replace(sign, f"\\{sign}")

    assert opened(sly, "A quay.\n") == to_html(f"**{signs}** A quay.\n", top=2, anchor="page")
    assert "<script" not in opened(sly, "A quay.\n")
