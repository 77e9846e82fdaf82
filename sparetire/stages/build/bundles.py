"""What every page of a language shares: one bundle a language, of plain JSON values."""

import re
from typing import Any

from sparetire.config.schema import Contact, Settings
from sparetire.model.language import Language
from sparetire.stages.build.cards import card_facts, card_of
from sparetire.stages.build.interface import interface_words
from sparetire.stages.build.newsroom_shown import Shown
from sparetire.stages.build.source import Source

__all__ = ["language_bundle"]


def language_bundle(source: Source, language: Language, shown: Shown) -> dict[str, Any]:
    """Return what the templates may say on any page in one language.

    Raises:
        ConfigurationFault: The theme does not speak it.
    """
    code, settings, routes = language.code, source.settings, source.routes
    organisation = settings.organisation
    bundle = {
        "lang": {"tag": language.tag, "code": code, "locale": language.locale},
        "words": interface_words(source.theme, code),
        "organisation": {
            "name": settings.say(organisation.name, code),
            "main_site": organisation.main_site,
            "boilerplate": settings.say(organisation.boilerplate, code),
        },
        "contacts": [_contact(settings, contact, code) for contact in settings.contacts],
        "pages": [
            *shown.menu.get(code, ()),
            *(
                {"key": page.key, "title": page.title, "path": routes.page(code, page.slug)}
                for page in source.pages_in(code)
            ),
        ],
        "home": routes.page(code, ""),
        "exercise": _exercise(source),
        "feed": routes.feed(code),
    }
    return {**bundle, "card": card_facts(card_of(source, bundle))}


def _exercise(source: Source) -> list[dict[str, str]]:
    """Return how each language says that nothing on this page is real; nothing if it is."""
    if not source.settings.exercise:
        return []
    return [
        {
            "tag": language.tag,
            "text": interface_words(source.theme, language.code)["exercise"]["banner"],
        }
        for language in source.languages
    ]


def _contact(settings: Settings, contact: Contact, code: str) -> dict[str, str]:
    digits = re.sub(r"[^\d+]", "", contact.phone)
    return {
        "audience": contact.audience,
        "name": settings.say(contact.name, code),
        "phone": contact.phone,
        "phone_href": f"tel:{digits}" if digits else "",
        "email": contact.email,
        "hours": settings.say(contact.hours, code),
    }
