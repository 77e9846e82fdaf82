"""JSON-LD says what search engines need, and no title can break out of it."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sparetire.model.language import Language
from sparetire.model.routes import PageUrls, Routes
from sparetire.stages.build.structured import incident_data, organisation_data
from tests.support.draft import WORDS
from tests.support.site import BASE, settings
from tests.support.workspaces import incident

ROUTES = Routes(BASE, PageUrls.FOLDER)
FRENCH, ENGLISH = Language("fr-CA"), Language("en-CA")


def titled(title: str) -> str:
    said = incident({"fr": replace(WORDS["fr"], title=title)})
    return incident_data(said, settings(), FRENCH, ROUTES, "")


def told(text: str) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(text)
    return facts


@given(st.text() | st.sampled_from(["</script><script>x()</script>", "<!--", "]]>", "a & b"]))
def test_no_title_can_end_the_element(title: str) -> None:
    text = titled(title)
    assert not set("<>&") & set(text)
    assert told(text)["headline"] == title


def test_times_carry_the_offset_of_the_organisation() -> None:
    facts = told(titled("Titre"))
    for name in ("datePublished", "dateModified", "coverageStartTime"):
        assert facts[name] == "2026-11-23T09:00:00-05:00"
        assert datetime.fromisoformat(facts[name]).utcoffset() is not None


def test_statements_stand_newest_first_each_with_its_own_address() -> None:
    said = incident(WORDS, {"en": WORDS["en"]}, WORDS)
    facts = told(incident_data(said, settings(), FRENCH, ROUTES, ""))
    page = f"{BASE}/fr/deversement-riviere/"
    assert facts["@id"] == page
    assert [update["url"] for update in facts["liveBlogUpdate"]] == [f"{page}#s3", f"{page}#s1"]
    assert facts["liveBlogUpdate"][0]["articleBody"].startswith("Un déversement")
    assert facts["dateModified"] > facts["datePublished"]
    assert (
        len(told(incident_data(said, settings(), ENGLISH, ROUTES, ""))["liveBlogUpdate"]) == 3
    )


def test_the_organisation_tells_how_it_is_reached() -> None:
    row = {"audience": "media", "phone": "+1 418 555-0142", "review_by": "2027-03-01"}
    contacts = [
        row,
        {"audience": "public", "email": "info@boreal.example", "review_by": "2027-03-01"},
        row | {"audience": "families", "phone": "+1 418 555-0000"},
    ]
    facts = told(organisation_data(settings(contacts=contacts), FRENCH, ROUTES))
    assert facts["name"] == "Minéraux Boréal"
    assert facts["url"] == "https://www.boreal.example"
    languages = {"@type": "ContactPoint", "availableLanguage": ["fr-CA", "en-CA"]}
    assert facts["contactPoint"] == [
        languages | {"contactType": "media relations", "telephone": "+1 418 555-0142"},
        languages | {"contactType": "customer service", "email": "info@boreal.example"},
    ]


def test_an_organisation_without_a_site_has_this_one() -> None:
    organisation = {"languages": ["fr-CA"], "time_zone": "UTC", "name": "Boréal"}
    facts = told(
        organisation_data(settings(organisation=organisation, contacts=[]), FRENCH, ROUTES)
    )
    assert facts["url"] == f"{BASE}/"
    assert "contactPoint" not in facts
