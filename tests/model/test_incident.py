"""What an incident is called once some of it was taken back."""

from datetime import UTC, datetime, timedelta

from sparetire.model.incident import Incident, Kind, Statement, Words

AT = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


def said(number: int, kind: Kind, **titles: str) -> Statement:
    words = {code: Words(title, f"{title}.", title) for code, title in titles.items()}
    return Statement(number, AT + timedelta(minutes=number), words, kind)


def incident(*statements: Statement) -> Incident:
    slugs = {"fr": "panne", "en": "outage"}
    return Incident("panne", slugs, {"fr": ("panne",)}, statements)


def test_after_a_withdrawal_the_first_new_words_name_it() -> None:
    told = incident(
        said(1, Kind.STATEMENT, fr="Panne"),
        said(2, Kind.WITHDRAWAL, fr="Retiré", en="Withdrawn"),
        said(3, Kind.UPDATE, fr="De nouveau", en="Again"),
    )
    assert (told.title("fr"), told.title("en")) == ("De nouveau", "Again")


def test_a_language_that_has_said_nothing_since_still_has_its_notice() -> None:
    told = incident(
        said(1, Kind.STATEMENT, fr="Panne"),
        said(2, Kind.WITHDRAWAL, fr="Retiré", en="Withdrawn"),
        said(3, Kind.UPDATE, en="Again"),
    )
    assert (told.title("fr"), told.title("en")) == ("Retiré", "Again")
