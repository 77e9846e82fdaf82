"""Answers are read by the type of their blank, and each language tells them in its own way."""

from contextlib import suppress
from datetime import UTC, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparetire.config.scenario import Blank, BlankType
from sparetire.stages.fill.facts import Fact, Moment
from sparetire.stages.fill.typed import read_answer
from tests.support.scenarios import ASKED, BOTH, NOW

FR, EN = BOTH
ASK = {"fr": "Quoi?", "en": "What?"}


def blank(kind: str, **more: Any) -> Blank:
    return Blank(type=BlankType(kind), ask=ASK, **more)


def read(kind: str, raw: object, **more: Any) -> Fact:
    return read_answer(blank(kind, **more), raw, ASKED)


@pytest.mark.parametrize(
    ("kind", "raw", "french", "english"),
    [
        ("number", 9000, "9\u00a0000", "9,000"),
        ("number", "9 000", "9\u00a0000", "9,000"),
        ("number", "1,234,567", "1\u00a0234\u00a0567", "1,234,567"),
        ("number", "2,5", "2,5", "2.5"),
        ("number", "0", "0", "0"),
        ("phone", "+1 418 555-0142", "418\u00a0555-0142", "418-555-0142"),
        ("phone", "(418) 555 0142", "418\u00a0555-0142", "418-555-0142"),
        ("phone", "1 800 555-0199", "1\u00a0800\u00a0555-0199", "1-800-555-0199"),
        ("phone", "811", "811", "811"),
        ("phone", "+33 1 23 45 67 89", "+33123456789", "+33123456789"),
        ("name", "Sept-Îles", "Sept-Îles", "Sept-Îles"),
        ("name", {"fr": "Montréal", "en": "Montreal"}, "Montréal", "Montreal"),
        ("text", {"fr": "du  diesel ", "en": "diesel"}, "du diesel", "diesel"),
        ("link", "https://a.example/x", "https://a.example/x", "https://a.example/x"),
        ("person", "Anne Roy", "Anne Roy", "Anne Roy"),
        (
            "person",
            {"name": "Anne Roy", "role": {"fr": "présidente", "en": "president"}},
            "Anne Roy, présidente",
            "Anne Roy, president",
        ),
    ],
)
def test_a_fact_is_told_as_each_language_does(
    kind: str, raw: object, french: str, english: str
) -> None:
    fact = read(kind, raw)
    assert (fact.told(FR), fact.told(EN)) == (french, english)


@pytest.mark.parametrize(
    ("raw", "french", "english"),
    [
        (
            "13:30",
            "24\u00a0novembre 2026 à 13\u00a0h\u00a030",
            "November 24, 2026 at 1:30\u00a0p.m.",
        ),
        (
            "13 h 30",
            "24\u00a0novembre 2026 à 13\u00a0h\u00a030",
            "November 24, 2026 at 1:30\u00a0p.m.",
        ),
        (
            "1:30 p.m.",
            "24\u00a0novembre 2026 à 13\u00a0h\u00a030",
            "November 24, 2026 at 1:30\u00a0p.m.",
        ),
        ("12 am", "24\u00a0novembre 2026 à 0\u00a0h", "November 24, 2026 at 12:00\u00a0a.m."),
        (
            time(13, 5),
            "24\u00a0novembre 2026 à 13\u00a0h\u00a005",
            "November 24, 2026 at 1:05\u00a0p.m.",
        ),
        (
            "2026-11-01T08:00-05:00",
            "1er\u00a0novembre 2026 à 8\u00a0h",
            "November 1, 2026 at 8:00\u00a0a.m.",
        ),
        (
            datetime(2026, 7, 1, 17, 0, tzinfo=UTC),
            "1er\u00a0juillet 2026 à 13\u00a0h",
            "July 1, 2026 at 1:00\u00a0p.m.",
        ),
    ],
)
def test_a_moment_is_told_with_its_zone(raw: object, french: str, english: str) -> None:
    moment = read("moment", raw)
    assert moment.told(FR) == f"{french} (heure de l’Est)"
    assert moment.told(EN) == f"{english} (Eastern Time)"


def test_a_moment_has_a_day_and_a_time() -> None:
    moment = read("moment", "2026-12-01 09:05")
    assert [moment.told(FR, part) for part in ("day", "time")] == [
        "1er\u00a0décembre 2026",
        "9\u00a0h\u00a005",
    ]


@pytest.mark.parametrize(
    ("when", "typed", "day"),
    [
        ("past", "13:00", 24),
        ("past", "15:00", 23),
        ("future", "15:00", 24),
        ("future", "1:00", 25),
    ],
)
def test_an_hour_alone_is_the_nearest_one(when: str, typed: str, day: int) -> None:
    moment = read("moment", typed, when=when)
    assert isinstance(moment, Moment)
    assert moment.at.astimezone(ASKED.zone).day == day
    assert (moment.at <= NOW) == (when == "past")


def test_a_promise_may_be_a_span_told_in_round_minutes() -> None:
    promise = read("moment", "32 min", when="future")
    assert promise.told(EN, "time") == "2:35\u00a0p.m."


@pytest.mark.parametrize(
    ("kind", "raw", "says"),
    [
        ("number", "beaucoup", "is no number"),
        ("number", "nan", "is no number"),
        ("number", "1e400", "is no number"),
        ("number", True, "is no number"),
        ("moment", "bientôt", "is no moment"),
        ("moment", "25:00", "is no moment"),
        ("moment", "2026-13-01 10:00", "is no moment"),
        ("phone", "appelez-nous", "is no phone number"),
        ("phone", "12", "is no phone number"),
        ("phone", "1" * 16, "is no phone number"),
        ("link", "http://a.example", "begins with https"),
        ("link", "https://user:pass@a.example", "begins with https"),
        ("link", "javascript:alert(1)", "begins with https"),
        ("link", "https://a.example/>x", "begins with https"),
        ("text", "du diesel", r"every language: \.fr and \.en"),
        ("text", {"fr": "du diesel", "en": " "}, "no words in en"),
        ("text", {"fr": 3, "en": "x"}, "must be words"),
        ("name", "x" * 1001, "must be words"),
        ("name", "", "must be words"),
        ("name", "…", "must be words"),
        ("name", "[DATE]", r"still holds '\[DATE\]'"),
        ("text", {"fr": "vers XXX heures", "en": "x"}, "still holds 'XXX'"),
        ("person", "{{ town }}", "still holds"),
        ("person", {"name": "A", "titre": "x"}, "has no titre"),
        ("person", {"name": "A", "role": "présidente"}, "no words in en"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_would(
    kind: str, raw: object, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        read(kind, raw)


def test_a_choice_is_one_of_its_options() -> None:
    options = {"water": {"fr": "l’eau", "en": "the water"}}
    assert read("choice", "water", options=options).told(FR) == "l’eau"
    with pytest.raises(ValueError, match="none of: water"):
        read("choice", "fire", options=options)


@pytest.mark.parametrize(
    ("when", "typed", "says"),
    [
        ("past", "2026-11-24 14:05", "has not come yet"),
        ("future", "2026-11-24 13:59", "is past"),
        ("past", "2026-11-24", "is no moment"),
    ],
)
def test_a_moment_lies_where_its_blank_says(when: str, typed: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read("moment", typed, when=when)


@pytest.mark.parametrize(
    ("raw", "bare"),
    [
        ("un incendie", "incendie"),
        ("une explosion", "explosion"),
        ("l’eau", "eau"),
        ("de l’essence", "essence"),
        ("du diesel", "diesel"),
        ("unité 4", "unité 4"),
        ("a fire", "fire"),
        ("an accident", "accident"),
        ("the water", "water"),
        ("anhydrous ammonia", "anhydrous ammonia"),
    ],
)
def test_a_title_takes_a_noun_without_its_article(raw: str, bare: str) -> None:
    assert read("text", {"fr": raw, "en": raw}).told(FR, "bare") == bare


HOSTILE = "*gras* [x](javascript:a) <b>{ organisation }</b> _a_ # `c`"


@pytest.mark.parametrize("kind", ["text", "name", "person"])
def test_an_answer_is_never_markup(kind: str) -> None:
    raw = {"fr": HOSTILE, "en": HOSTILE} if kind == "text" else HOSTILE
    written = read(kind, raw).written(FR)
    assert "{{" not in written
    assert written.replace("\\", "") == HOSTILE
    assert all(written[at - 1] == "\\" for at, sign in enumerate(written) if sign in "*[<_#`")


@pytest.mark.parametrize("kind", list(BlankType))
@given(
    raw=st.one_of(st.text(), st.integers(), st.floats(), st.dictionaries(st.text(), st.text()))
)
def test_no_answer_breaks_the_reader(kind: BlankType, raw: object) -> None:
    options = {"a": ASK} if kind is BlankType.CHOICE else {}
    with suppress(ValueError):
        fact = read_answer(Blank(type=kind, ask=ASK, options=options), raw, ASKED)
        assert fact.told(EN)
        assert "\n" not in fact.told(FR)
