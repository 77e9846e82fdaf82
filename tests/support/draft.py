"""Words in both languages that every rule accepts, to be spoilt one at a time."""

from dataclasses import replace
from datetime import UTC, datetime

from sparetire.model.finding import Finding
from sparetire.model.incident import Incident, Statement, Words
from sparetire.rules.base import Draft
from sparetire.rules.catalogue import DRAFT_RULES

__all__ = ["BODIES", "draft", "draft_findings", "incident", "spoilt"]

BODIES = {
    "fr": (
        "Un déversement d’hydrocarbures a touché la rivière Chaudière ce matin à Lac-Mégantic. "
        "Nos équipes sont sur place et protègent la prise d’eau de la ville.\n\n"
        "Évitez les berges. Prochaine mise à jour à 14 h."
    ),
    "en": (
        "An oil spill reached the Chaudière River this morning at Lac-Mégantic. "
        "Our teams are on site and are protecting the intake of the town’s water.\n\n"
        "Please stay away from the banks. Next update at 2 p.m."
    ),
}
WORDS = {
    "fr": Words(
        title="Boréal : déversement d’hydrocarbures dans la rivière Chaudière",
        body=BODIES["fr"],
        summary="Un déversement a touché la rivière Chaudière ce matin.",
    ),
    "en": Words(
        title="Boreal: oil spill in the Chaudière River",
        body=BODIES["en"],
        summary="An oil spill reached the Chaudière River this morning.",
    ),
}


def incident() -> Incident:
    """Return an incident with one statement in both languages."""
    return Incident(
        name="deversement-riviere",
        slugs={"fr": "deversement-riviere", "en": "oil-spill-river"},
        keywords={"fr": ("déversement", "rivière Chaudière"), "en": ("oil spill",)},
        statements=(Statement(1, datetime(2026, 11, 23, 14, 0, tzinfo=UTC), WORDS),),
    )


def draft(
    words: dict[str, Words] | None = None,
    *,
    keywords: dict[str, tuple[str, ...]] | None = None,
    only: tuple[str, ...] | None = None,
) -> Draft:
    """Return the clean draft, with some of it replaced."""
    clean = incident()
    statement = replace(clean.statements[0], words=WORDS if words is None else words)
    return Draft(
        incident=replace(
            clean,
            statements=(statement,),
            keywords=clean.keywords if keywords is None else keywords,
        ),
        languages=("fr", "en"),
        only=only,
        places={"fr": "enonce.md", "en": "statement.md"},
    )


def spoilt(code: str, **parts: str) -> Draft:
    """Return the clean draft with the title, body or summary of one language replaced."""
    return draft(WORDS | {code: replace(WORDS[code], **parts)})


def draft_findings(rule: str, words: Draft) -> list[Finding]:
    """Return what one rule of the catalogue sees."""
    (found,) = (candidate for candidate in DRAFT_RULES if candidate.id == rule)
    return list(found.findings(words))
