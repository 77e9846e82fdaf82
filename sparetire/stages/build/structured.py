"""What search engines read of a page: schema.org in JSON-LD."""

import json
from datetime import datetime
from typing import Any

from sparetire.config.schema import Settings
from sparetire.model.incident import Incident, State, Statement
from sparetire.model.language import Language
from sparetire.model.routes import Routes
from sparetire.stages.markdown import plain_text, to_html

__all__ = ["incident_data", "json_ld", "organisation_data", "organisation_node"]

_AUDIENCES = {"media": "media relations", "public": "customer service"}


def organisation_data(settings: Settings, language: Language, routes: Routes) -> str:
    """Return the organisation and how to reach it, for a language's home page."""
    return json_ld(
        {"@context": "https://schema.org", **organisation_node(settings, language, routes)}
    )


def incident_data(
    incident: Incident, settings: Settings, language: Language, routes: Routes, picture: str
) -> str:
    """Return the incident as a live blog, newest statement first.

    Args:
        incident: What is told.
        settings: Who tells it.
        language: In which language.
        routes: How addresses are made.
        picture: The path of its share card, or nothing.
    """
    code = language.code
    page = routes.url(routes.page(code, incident.slugs[code]))
    first = incident.shown(code)
    assert first is not None  # noqa: S101  a page without words has no such data
    updates = [
        _posting(incident, statement, settings, language, page)
        for statement in reversed(incident.statements)
        if code in statement.words
    ]
    over = incident.state is not State.OPEN
    return json_ld(
        {
            "@context": "https://schema.org",
            "@type": "LiveBlogPosting",
            "@id": page,
            "url": page,
            "headline": first.title,
            **({"description": first.summary} if first.summary else {}),
            "inLanguage": language.tag,
            **({"image": routes.url(picture)} if picture else {}),
            "keywords": list(incident.keywords.get(code, ())),
            "coverageStartTime": _local(settings, incident.started),
            **({"coverageEndTime": _local(settings, incident.updated)} if over else {}),
            "datePublished": _local(settings, incident.started),
            "dateModified": _local(settings, incident.changed_in(code)),
            "publisher": organisation_node(settings, language, routes),
            "liveBlogUpdate": updates,
        }
    )


def _posting(
    incident: Incident, statement: Statement, settings: Settings, language: Language, page: str
) -> dict[str, Any]:
    """Return one statement; what corrects it is named, so that nobody quotes it alone."""
    code = language.code
    words = statement.words[code]
    corrections = [
        {
            "@type": "CorrectionComment",
            "text": one.words[code].summary,
            "datePublished": _local(settings, one.published),
            "url": f"{page}#{one.anchor}",
        }
        for one in incident.statements
        if one.corrects == statement.number and code in one.words
    ]
    return {
        "@type": "BlogPosting",
        "@id": f"{page}#{statement.anchor}",
        "url": f"{page}#{statement.anchor}",
        "headline": words.title,
        "datePublished": _local(settings, statement.published),
        **_later(statement, settings, code),
        "articleBody": plain_text(to_html(words.body, top=3, anchor=statement.anchor)),
        "inLanguage": language.tag,
        **({"correction": corrections} if corrections else {}),
    }


def _later(statement: Statement, settings: Settings, code: str) -> dict[str, str]:
    """Return when the text in a language was added, where it came after the others."""
    at = statement.translated.get(code)
    return {"dateModified": _local(settings, at)} if at else {}


def _local(settings: Settings, moment: datetime) -> str:
    return moment.astimezone(settings.zone).isoformat()


def organisation_node(settings: Settings, language: Language, routes: Routes) -> dict[str, Any]:
    """Return who publishes, and how to reach them."""
    tags = [each.tag for each in settings.languages]
    points = [
        {
            "@type": "ContactPoint",
            "contactType": _AUDIENCES[contact.audience],
            **({"telephone": contact.phone} if contact.phone else {}),
            **({"email": contact.email} if contact.email else {}),
            "availableLanguage": tags,
        }
        for contact in settings.contacts
        if contact.audience in _AUDIENCES
    ]
    return {
        "@type": "Organization",
        "name": settings.say(settings.organisation.name, language.code),
        "url": settings.organisation.main_site or routes.url(""),
        **({"contactPoint": points} if points else {}),
    }


def json_ld(facts: dict[str, Any]) -> str:
    """Return facts as they stand in a page."""
    # "</script>" in a title would end the element: no < is ever written as itself.
    text = json.dumps(facts, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
