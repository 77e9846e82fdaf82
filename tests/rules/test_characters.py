import pytest

from tests.support.draft import draft, draft_findings, spoilt

BIDI = [*"\u202a\u202b\u202c\u202d\u202e", *"\u2066\u2067\u2068\u2069"]


@pytest.mark.parametrize("mark", BIDI)
def test_a_mark_that_reverses_text_is_named(mark: str) -> None:
    (finding,) = draft_findings("bidi-mark", spoilt("fr", title=f"Panne {mark}évitée"))
    assert f"U+{ord(mark):04X}" in finding.message


def test_a_mark_in_body_or_keywords_is_seen() -> None:
    (finding,) = draft_findings("bidi-mark", spoilt("en", body="One.\nTwo \u202e."))
    assert finding.place == "statement.md, line 2"
    words = draft(keywords={"fr": ("pan\u202ene",), "en": ("outage",)})
    assert draft_findings("bidi-mark", words)


def test_arabic_and_accents_pass() -> None:
    assert not draft_findings("bidi-mark", spoilt("fr", body="Évacuation. إخلاء المنطقة"))


@pytest.mark.parametrize("mark", ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad"])
def test_invisible_characters_weigh_more_where_people_search(mark: str) -> None:
    title = spoilt("fr", title=f"Pan{mark}ne")
    assert draft_findings("zero-width", title)
    assert not draft_findings("zero-width-body", title)
    body = spoilt("en", body=f"An out{mark}age.")
    assert draft_findings("zero-width-body", body)
    assert not draft_findings("zero-width", body)
    assert draft_findings(
        "zero-width", draft(keywords={"fr": (f"pan{mark}ne",), "en": ("outage",)})
    )


def test_no_break_spaces_pass() -> None:
    words = spoilt("fr", title="Lévis\u00a0: panne", body="«\u202fPanne\u202f»")
    assert not draft_findings("zero-width", words)
    assert not draft_findings("zero-width-body", words)
    assert not draft_findings("control-character", words)


@pytest.mark.parametrize(
    "mark", ["\x00", "\x08", "\x0b", "\x0c", "\x1f", "\x7f", "\x85", "\ufffe"]
)
def test_a_control_character_is_named_with_its_line(mark: str) -> None:
    (finding,) = draft_findings("control-character", spoilt("fr", body=f"Un.\r\nDeux{mark}."))
    assert f"U+{ord(mark):04X}" in finding.message
    assert finding.place == "enonce.md, line 2"


def test_tabs_and_line_ends_pass() -> None:
    assert not draft_findings("control-character", spoilt("en", body="One.\r\n\tTwo.\n"))
