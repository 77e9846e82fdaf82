"""What the share cards of a site say, and how their files are called before they are drawn."""

import hashlib
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from sparetire.model.release import Release
from sparetire.stages.build.source import Source
from sparetire.stages.typography import typeset
from sparetire.workspace.card import CARD_SIZE, Card

__all__ = [
    "ASSETS",
    "card_facts",
    "card_of",
    "card_path",
    "drawn_path",
    "spoken_card",
    "worth_a_card",
]

ASSETS = "assets"
_STILL_SHARED = timedelta(days=366)


def card_of(source: Source, bundle: dict[str, Any], title: str = "") -> Card:
    """Return the share card of an incident, or of the whole site, in a bundle's language."""
    return spoken_card(source, bundle["lang"]["code"], bundle["words"]["official"], title)


def spoken_card(source: Source, code: str, label: str, title: str = "") -> Card:
    """Return the share card of what has a title, or of the whole site, in a language.

    Args:
        source: Who speaks, in which colours.
        code: The language.
        label: Why they can be believed.
        title: What it is about.
    """
    settings = source.settings
    name = typeset(settings.say(settings.organisation.name, code), code)
    address = urlsplit(source.routes.base_url)
    tokens = source.brand.palette.light
    return Card(
        name=name,
        label=label,
        title=typeset(title, code) or name,
        address=f"{address.hostname or ''}{address.path}",
        colours={token: tokens[token] for token in ("fill", "on-fill", "mark")},
    )


def worth_a_card(release: Release) -> bool:
    """Tell whether a release has a share card of its own.

    What came from an archive and was old by then has none: nobody passes it on any more, and
    to draw thousands of cards takes minutes.
    """
    first, dated = release.publication, release.dated
    return first is not None and not (
        release.withdrawn or (dated and first.published - dated > _STILL_SHARED)
    )


def card_facts(card: Card) -> dict[str, Any]:
    """Return what a page's head says of a card."""
    wide, high = CARD_SIZE
    alt = card.title if card.title == card.name else f"{card.title} – {card.name}"
    return {"path": card_path(card), "width": wide, "height": high, "alt": alt}


def card_path(card: Card) -> str:
    """Return where a card lives on the site."""
    return drawn_path("card", repr(card))


def drawn_path(name: str, shows: str) -> str:
    """Return where a drawn picture lives: named by what it shows, it may be kept for ever."""
    return f"{ASSETS}/{name}.{hashlib.sha256(shows.encode()).hexdigest()[:8]}.png"
