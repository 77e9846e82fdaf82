"""What the settings already answer, so that nobody is asked for it at night."""

from sparetire.config.schema import Contact, Settings
from sparetire.stages.fill.facts import Fact, Link, Phone, Worded
from sparetire.stages.fill.typed import read_phone

__all__ = ["KNOWN", "known_facts"]

AUDIENCES = ("public", "families", "employees", "media")
KNOWN = frozenset(
    ["organisation", "main_site", *(f"{audience}_phone" for audience in AUDIENCES)]
)


def known_facts(settings: Settings) -> dict[str, Fact]:
    """Return the facts that stand in ``sparetire.toml``, by the name of their blank."""
    organisation, codes = settings.organisation, [each.code for each in settings.languages]
    facts: dict[str, Fact] = {
        "organisation": Worded({code: settings.say(organisation.name, code) for code in codes})
    }
    if organisation.main_site:
        facts["main_site"] = Link(dict.fromkeys(codes, organisation.main_site))
    for contact in reversed(settings.contacts):  # the first of an audience is the one to call
        if contact.phone:
            facts[f"{contact.audience}_phone"] = _phone(contact, codes)
    return facts


def _phone(contact: Contact, codes: list[str]) -> Fact:
    try:
        return Phone(read_phone(contact.phone))
    except ValueError:  # "418 555-0142, poste 12" is told as it stands
        return Worded(dict.fromkeys(codes, contact.phone))
