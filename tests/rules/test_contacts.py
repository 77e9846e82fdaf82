from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.draft import WORDS, incident
from tests.support.site import built, built_findings, clean_site, settings


def _contact(**changes: str) -> dict[str, str]:
    return {"audience": "media", "phone": "418", "review_by": "2027-03-01"} | changes


@pytest.mark.parametrize(
    ("review_by", "stale"), [("2026-11-22", 1), ("2026-11-23", 0), ("2027-01-01", 0)]
)
def test_a_contact_is_stale_after_its_review_date(
    review_by: str, stale: int, tmp_path: Path
) -> None:
    late = settings(contacts=[_contact(review_by=review_by)])
    findings = built_findings("contact-stale", built(tmp_path, clean_site(), settings=late))
    assert len(findings) == stale


def test_without_an_incident_there_is_no_day_to_compare_with(tmp_path: Path) -> None:
    late = settings(contacts=[_contact(review_by="2020-01-01")])
    site = built(tmp_path, clean_site(), settings=late, incidents=())
    assert not built_findings("contact-stale", site)


@pytest.mark.parametrize(
    ("contacts", "missing"),
    [
        ([], 1),
        ([_contact(audience="families")], 1),
        ([_contact(phone="")], 1),
        ([_contact(phone="", email="medias@boreal.example")], 0),
        ([_contact()], 0),
    ],
)
def test_the_media_need_a_contact(
    contacts: list[dict[str, str]], missing: int, tmp_path: Path
) -> None:
    site = built(tmp_path, clean_site(), settings=settings(contacts=contacts))
    assert len(built_findings("contact-missing", site)) == missing


def test_the_main_site_is_named(tmp_path: Path) -> None:
    organisation = settings().organisation.model_dump() | {"main_site": None}
    site = built(tmp_path, clean_site(), settings=settings(organisation=organisation))
    assert built_findings("main-site-missing", site)


@pytest.mark.parametrize(
    ("phone", "unknown"),
    [("418 555-0142", 0), ("1-418-555-0142", 0), ("418 555-0199", 1), ("911", 0), ("2026", 0)],
)
def test_a_phone_number_in_the_words_is_one_of_the_contacts(
    phone: str, unknown: int, tmp_path: Path
) -> None:
    words = WORDS | {"fr": replace(WORDS["fr"], body=f"Composez le {phone} pour nous joindre.")}
    said = incident()
    said = replace(said, statements=(replace(said.statements[0], words=words),))
    known = settings(contacts=[_contact(phone="+1 418 555-0142")])
    site = built(tmp_path, clean_site(), settings=known, incidents=(said,))
    assert len(built_findings("phone-unknown", site)) == unknown
