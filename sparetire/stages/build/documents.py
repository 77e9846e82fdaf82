"""Writes the documents that Pelican reads: every public page is one file."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sparetire.disk import local_disk
from sparetire.model.incident import Incident
from sparetire.model.language import Language
from sparetire.model.routes import INDEX
from sparetire.stages.build.source import Source
from sparetire.stages.build.structured import incident_data, organisation_data

__all__ = [
    "PageDocument",
    "both_languages",
    "language_pages",
    "write_pages",
    "write_statements",
]

NOT_FOUND = "404.html"


@dataclass(frozen=True, slots=True)
class PageDocument:
    """A public page before it is rendered.

    Attributes:
        path: Where it lives on the site.
        alternates: The path of the same page by language code, its own among them.
    """

    key: str
    template: str
    path: str
    title: str
    description: str
    body: str = ""
    alternates: dict[str, str] = field(default_factory=dict)
    x_default: str = ""
    structured: str = ""
    incident: dict[str, Any] | None = None
    noindex: bool = False


def language_pages(
    source: Source, language: Language, bundle: dict[str, Any]
) -> Iterator[PageDocument]:
    """Yield every page of one language: its home, the standing pages, the incidents."""
    yield _home(source, language, bundle)
    for page in source.pages_in(language.code):
        yield PageDocument(
            key=page.key,
            template=page.template,
            path=source.routes.page(language.code, page.slug),
            title=page.title,
            description=page.description,
            body=page.body,
            alternates={
                twin.code: source.routes.page(twin.code, twin.slug)
                for twin in source.pages
                if twin.key == page.key
            },
        )
    for incident in source.incidents:
        yield _incident(source, language, incident, bundle)


def both_languages(source: Source, bundle: dict[str, Any]) -> Iterator[PageDocument]:
    """Yield the pages at the root: all languages with equal weight, and what was not found."""
    name, words = bundle["organisation"]["name"], bundle["words"]
    names = dict.fromkeys(
        source.settings.say(source.settings.organisation.name, language.code)
        for language in source.languages
    )
    if not source.routes.single:
        yield PageDocument(
            key="root",
            template="root",
            path=INDEX,
            title=" · ".join(names),
            description=f"{name}: {words['home']['title']}.",
            alternates={
                each.code: source.routes.page(each.code, "") for each in source.languages
            },
            x_default=INDEX,
        )
    yield PageDocument(
        key="missing",
        template="404",
        path=NOT_FOUND,
        title=words["missing"]["title"],
        description=words["missing"]["lead"],
        noindex=True,
    )


def write_pages(folder: Path, pages: list[PageDocument], source: Source) -> set[Path]:
    """Write page documents for Pelican and return the files."""
    tags = {language.code: language.tag for language in source.languages}
    dormant = not source.incidents  # a site that waits is nobody's search result
    written = set()
    for page in pages:
        metadata = {
            "title": page.title,
            "slug": page.key,
            "key": page.key,
            "template": page.template,
            "path": page.path,
            "save_as": page.path,
            "url": page.path,
            "description": page.description,
            "alternates": [
                {"tag": tags[code], "code": code, "path": path}
                for code, path in page.alternates.items()
                if len(page.alternates) > 1
            ],
            "x_default": page.x_default or _default_of(page),
            "structured": page.structured,
            "noindex": page.noindex or dormant,
            "og_type": "article" if page.incident else "website",
            "top": 2,
        }
        if page.incident:
            metadata["incident"] = page.incident
        written.add(_write(folder / "pages" / f"{page.key}.words", metadata, page.body))
    return written


def write_statements(
    folder: Path, incidents: tuple[Incident, ...], language: Language
) -> set[Path]:
    """Write every statement of a language for Pelican and return the files."""
    written = set()
    for incident in incidents:
        for statement in incident.statements:
            words = statement.words.get(language.code)
            if words is None:
                continue
            name = f"{incident.name}-{statement.number}"
            metadata = {
                "title": words.title,
                "slug": name,
                "incident": incident.name,
                "number": statement.number,
                "anchor": statement.anchor,
                "published": statement.published.isoformat(),
                "top": 3,
            }
            written.add(_write(folder / "statements" / f"{name}.words", metadata, words.body))
    return written


def _home(source: Source, language: Language, bundle: dict[str, Any]) -> PageDocument:
    routes, words = source.routes, bundle["words"]
    return PageDocument(
        key="home",
        template="home",
        path=routes.page(language.code, ""),
        title=words["home"]["title"],
        description=f"{bundle['organisation']['name']}: {words['home']['waiting_more']}",
        alternates={each.code: routes.page(each.code, "") for each in source.languages},
        x_default="" if routes.single else INDEX,
        structured=organisation_data(source.settings, language, routes),
    )


def _incident(
    source: Source, language: Language, incident: Incident, bundle: dict[str, Any]
) -> PageDocument:
    told = next(row for row in bundle["incidents"] if row["name"] == incident.name)
    words = incident.statements[0].words.get(language.code)
    gap = bundle["words"]["gap"]
    return PageDocument(
        key=f"incident-{incident.name}",
        template="incident",
        path=told["path"],
        title=words.title if words else gap["title"],
        description=words.summary if words else gap["lead"],
        alternates={
            each.code: source.routes.page(each.code, incident.slugs[each.code])
            for each in source.languages
            if incident.title(each.code)
        }
        if words
        else {},
        structured=incident_data(incident, source.settings, language, source.routes)
        if words
        else "",
        incident=told,
    )


def _default_of(page: PageDocument) -> str:
    """Return the page for readers of any other language: the organisation's first."""
    return next(iter(page.alternates.values())) if len(page.alternates) > 1 else ""


def _write(path: Path, metadata: dict[str, Any], body: str) -> Path:
    with local_disk(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{json.dumps(metadata)}\n{body}", encoding="utf-8")
    return path
