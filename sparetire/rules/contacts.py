"""Contacts: the first thing a journalist looks for, and the first that goes stale."""

from collections.abc import Iterator

from sparetire.rules.base import Built, Sight
from sparetire.rules.figures import phone_digits

__all__ = ["contact_missing", "contact_stale", "main_site_missing", "phone_unknown"]

_SETTINGS = "sparetire.toml"


def contact_stale(built: Built) -> Iterator[Sight]:
    """Every contact was reviewed: a phone that nobody answers is worse than none."""
    if not built.incidents:
        return
    newest = max(incident.updated for incident in built.incidents)
    today = newest.astimezone(built.settings.zone).date()
    for contact in built.settings.contacts:
        if contact.review_by < today:
            who = f"{contact.audience} contact {contact.phone or contact.email}"
            yield (
                _SETTINGS,
                f"The {who} was due for review by {contact.review_by}.",
                "Call it, then set a new review_by.",
            )


def contact_missing(built: Built) -> Iterator[Sight]:
    """There is a contact for the media, with a phone or an e-mail address."""
    if not any(
        contact.audience == "media" and (contact.phone or contact.email)
        for contact in built.settings.contacts
    ):
        yield (
            _SETTINGS,
            "There is no contact for the media.",
            "Add a [[contacts]] table for the audience media.",
        )


def phone_unknown(built: Built) -> Iterator[Sight]:
    """A phone number in the newest statement is one of the organisation's contacts."""
    if not built.incidents:
        return
    newest = max(built.incidents, key=lambda one: one.updated)
    known = {
        digits for contact in built.settings.contacts for digits in phone_digits(contact.phone)
    }
    for code, words in newest.standing[-1].words.items():
        for digits, phone in phone_digits(f"{words.title}\n{words.body}").items():
            if digits not in known:
                yield (
                    f"{newest.name} ({code})",
                    f"{phone} is none of the contacts in {_SETTINGS}.",
                    "Call it before you publish it, or use a number from the contacts.",
                )


def main_site_missing(built: Built) -> Iterator[Sight]:
    """The page names the organisation's own site, where readers can check that it is real."""
    if built.settings.organisation.main_site is None:
        yield (
            _SETTINGS,
            "The organisation's own site is not named.",
            "Set main_site under [organisation].",
        )
