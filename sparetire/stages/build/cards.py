"""What the share cards of a site say, and how their files are called before they are drawn."""

import hashlib
from typing import Any
from urllib.parse import urlsplit

from sparetire.stages.build.source import Source
from sparetire.stages.typography import typeset
from sparetire.workspace.card import CARD_SIZE, Card

__all__ = ["ASSETS", "card_facts", "card_of", "card_path", "drawn_path"]

ASSETS = "assets"


def card_of(source: Source, bundle: dict[str, Any], title: str = "") -> Card:
    """Return the share card of an incident, or of the whole site, in a bundle's language."""
    code: str = bundle["lang"]["code"]
    name = typeset(bundle["organisation"]["name"], code)
    address = urlsplit(source.routes.base_url)
    tokens = source.brand.palette.light
    return Card(
        name=name,
        label=bundle["words"]["official"],
        title=typeset(title, code) or name,
        address=f"{address.hostname or ''}{address.path}",
        colours={token: tokens[token] for token in ("fill", "on-fill", "mark")},
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
