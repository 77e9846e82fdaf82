import pytest

from tests.support.draft import draft_findings, spoilt


@pytest.mark.parametrize(
    ("code", "length", "long", "too_long"),
    [
        ("en", 65, 0, 0),
        ("en", 66, 1, 0),
        ("en", 120, 1, 0),
        ("en", 121, 0, 1),
        ("fr", 71, 0, 0),
        ("fr", 72, 1, 0),
        ("fr", 132, 1, 0),
        ("fr", 133, 0, 1),
    ],
)
def test_a_title_may_be_a_tenth_longer_in_french(
    code: str, length: int, long: int, too_long: int
) -> None:
    words = spoilt(code, title="a" * length)
    assert len(draft_findings("title-long", words)) == long
    assert len(draft_findings("title-too-long", words)) == too_long


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize("title", ["", "  ", "\u00a0"])
def test_an_empty_title_is_seen(code: str, title: str) -> None:
    (finding,) = draft_findings("title-empty", spoilt(code, title=title))
    assert finding.place == f"title ({code})"


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize("mark", ["\n", "\r\n", "\u2028"])
def test_a_title_in_two_lines_is_seen(code: str, mark: str) -> None:
    assert draft_findings("title-broken", spoilt(code, title=f"Panne{mark}Outage"))


@pytest.mark.parametrize(("code", "place"), [("fr", "enonce.md"), ("en", "statement.md")])
@pytest.mark.parametrize("body", ["", "\n \n"])
def test_an_empty_body_names_its_file_and_is_not_short_as_well(
    code: str, place: str, body: str
) -> None:
    words = spoilt(code, body=body)
    (finding,) = draft_findings("body-empty", words)
    assert finding.place == place
    assert not draft_findings("body-short", words)


@pytest.mark.parametrize(
    ("code", "word"), [("fr", "l’eau"), ("fr", "Lac-Mégantic"), ("en", "water")]
)
def test_a_body_under_twenty_words_is_short(code: str, word: str) -> None:
    assert draft_findings("body-short", spoilt(code, body=f"{word} " * 19))
    assert not draft_findings("body-short", spoilt(code, body=f"{word} " * 20))


@pytest.mark.parametrize("code", ["fr", "en"])
def test_a_title_of_a_few_letters_is_seen(code: str) -> None:
    (finding,) = draft_findings("title-short", spoilt(code, title="Panne"))
    assert "'Panne' has only 5 characters" in finding.message
    assert not draft_findings("title-short", spoilt(code, title="Panne au port de"))
    assert not draft_findings("title-short", spoilt(code, title=""))
