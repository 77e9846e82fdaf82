"""A public page before it is rendered, and how it is told to Pelican.

A page is a pure function of its document and of the frame of its language (words, organisation,
contacts, menu, pictures, style). So whatever only some pages show travels in their documents:
a template reads it as ``page.name``, and finds nothing about the rest of the site.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sparetire.model.language import Language
from sparetire.stages.build.cards import card_facts
from sparetire.workspace.card import Card

__all__ = ["PageDocument"]


@dataclass(frozen=True, slots=True)
class PageDocument:
    """A public page before it is rendered.

    Attributes:
        key: Its name among the pages of its language.
        template: The template that renders it.
        path: Where it lives on the site.
        body: Markdown, which the template gets as HTML.
        content: Clean HTML in its place, where that is there already.
        alternates: The path of the same page by language code, its own among them.
        twins: Where each language's menu leads instead, when there is no same page.
        x_default: The page for readers of any other language; else the first of the alternates.
        facts: What else its template shows, as plain JSON; instants as ISO 8601 with zone.
        lists: It names other pages, and so goes public after them.
        changed: Its last change that counts, for search engines.
        article: It tells one thing; any other page stands for the site.
        card: What a shared link to it shows, where that is not the site's own card.
    """

    key: str
    template: str
    path: str
    title: str
    description: str
    body: str = ""
    content: str = ""
    alternates: dict[str, str] = field(default_factory=dict)
    twins: dict[str, str] = field(default_factory=dict)
    x_default: str = ""
    structured: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    noindex: bool = False
    lists: bool = False
    changed: datetime | None = None
    article: bool = False
    card: Card | None = None

    def to_text(self, languages: Sequence[Language], *, dormant: bool) -> str:
        """Return the document as Pelican's process reads it: JSON, JSON-LD, its words.

        The first two take a line each. JSON within JSON would be escaped, and read, twice.

        Args:
            languages: All languages of the site.
            dormant: The site waits: no page of it is anybody's search result.
        """
        tags = {language.code: language.tag for language in languages}
        several = len(self.alternates) > 1
        first = next(iter(self.alternates.values())) if several else ""
        metadata = {
            **self.facts,
            "title": self.title,
            "key": self.key,
            "template": self.template,
            "rendered": bool(self.content),
            "path": self.path,
            "description": self.description,
            "alternates": [
                {"tag": tags[code], "code": code, "path": path}
                for code, path in self.alternates.items()
                if several
            ],
            "twins": {
                tags[code]: path for code, path in (self.alternates | self.twins).items()
            },
            "x_default": self.x_default or first,
            "noindex": self.noindex or dormant,
            "card": card_facts(self.card) if self.card else None,
            "og_type": "article" if self.article else "website",
        }
        return f"{json.dumps(metadata)}\n{self.structured}\n{self.content or self.body}"
