"""The dateline of an old release is read as its place, and never by mistake."""

from datetime import date

import pytest

from sparetire.stages.archive.opening import without_dateline
from sparetire.stages.build.release_text import dateline

DAY = date(2020, 3, 3)


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("Sept-Îles, le 3 mars 2020. – ", "Sept-Îles"),
        ("**Sept-Îles, le 3 mars 2020. –** ", "Sept-Îles"),
        ("<strong>Sept-Îles, le 3 mars 2020. –</strong> ", "Sept-Îles"),
        ("MONTRÉAL, le 3 mars 2020 /CNW/ - ", "MONTRÉAL"),
        ("MONTRÉAL, QC, le 3\u00a0mars\u00a02020 /CNW Telbec/ -- ", "MONTRÉAL, QC"),
        ("ST. JOHN'S, N.L., March 3, 2020 — ", "ST. JOHN'S, N.L."),
        ("**TORONTO, Mar. 3, 2020** – ", "TORONTO"),
    ],
)
def test_a_dateline_is_taken_off(opening: str, place: str) -> None:
    assert without_dateline(f"{opening}le quai rouvre.\n\nFin.", DAY) == (
        place,
        "Le quai rouvre.\n\nFin.",
    )


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("tag", ["fr-CA", "en-CA"])
def test_every_dateline_of_ours_is_read_back(month: int, tag: str) -> None:
    day = date(2027, month, 1)
    opening = dateline("Sept-Îles", day, tag)
    place, rest = without_dateline(f"**{opening}** Texte.", day)
    assert (place.casefold(), rest) == ("sept-îles", "Texte.")


@pytest.mark.parametrize(
    "text",
    [
        "Sept-Îles, le 4 mars 2020. – Un autre jour.",
        "Sept-Îles, le 3 mai 2020. – Un autre mois.",
        "Le quai, fermé le 3 mars 2020 – comme prévu –, rouvre.",
        "Depuis hier, le 3 mars 2020, on attend.",
        "Le quai rouvre.",
        "",
    ],
)
def test_what_is_no_dateline_of_that_day_stays(text: str) -> None:
    assert without_dateline(text, DAY) == ("", text)


def test_without_a_day_nothing_is_taken_off() -> None:
    text = "Sept-Îles, le 3 mars 2020. – Le quai rouvre."
    assert without_dateline(text, None) == ("", text)
