"""What pages show of the incidents, in one language, as plain JSON values."""

from datetime import datetime
from typing import Any

from sparetire.model.incident import Incident, Statement
from sparetire.stages.build.source import Source
from sparetire.stages.markdown import first_paragraph, to_html

__all__ = ["incident_rows", "record_of", "spoken_rows", "statement_facts"]

Facts = dict[str, Any]


def incident_rows(source: Source, code: str) -> list[Facts]:
    """Return a row for each incident, newest first."""
    return [_row(source, incident, code) for incident in reversed(source.incidents)]


def spoken_rows(source: Source, code: str) -> list[Facts]:
    """Return a row for each incident told in this language, and the record of it."""
    return [
        {**_row(source, incident, code), "records": record_of(source, (incident,), code)}
        for incident in reversed(source.incidents)
        if incident.title(code)
    ]


def record_of(source: Source, incidents: tuple[Incident, ...], code: str) -> list[Facts]:
    """Return what was said about some incidents, one row a statement, newest first."""
    told = [
        (statement, incident)
        for incident in reversed(incidents)
        for statement in reversed(incident.statements)
        if code in statement.words
    ]
    return [
        {
            "title": statement.words[code].title,
            "published": statement.published.isoformat(),
            "path": source.routes.page(code, incident.slugs[code]),
            "anchor": statement.anchor,
        }
        for statement, incident in sorted(told, key=_published, reverse=True)
    ]


def statement_facts(incident: Incident, code: str) -> list[Facts]:
    """Return every statement in full, newest first; the reader makes HTML of each body."""
    return [
        {
            "number": statement.number,
            "anchor": statement.anchor,
            "title": statement.words[code].title,
            "published": statement.published.isoformat(),
            "body": statement.words[code].body,
        }
        for statement in reversed(incident.statements)
        if code in statement.words
    ]


def _published(told: tuple[Statement, Incident]) -> datetime:
    return told[0].published


def _row(source: Source, incident: Incident, code: str) -> Facts:
    routes = source.routes
    words = incident.opening(code)
    return {
        "name": incident.name,
        "title": words.title if words else "",
        "summary": words.summary if words else "",
        "lead": _lead(words.summary, words.body) if words else "",
        "path": routes.page(code, incident.slugs[code]),
        "feed": routes.feed(code, incident.slugs[code]),
        "started": incident.started.isoformat(),
        "updated": incident.updated.isoformat(),
        "state": str(incident.state),
        "spoken": words is not None,
        "latest": _latest(incident, code),
        "behind": _behind(source, incident, code),
        "elsewhere": [
            {
                "tag": other.tag,
                "title": incident.title(other.code),
                "path": routes.page(other.code, incident.slugs[other.code]),
            }
            for other in source.languages
            if other.code != code and incident.title(other.code)
        ],
    }


def _latest(incident: Incident, code: str) -> Facts | None:
    """Return the newest statement in this language, where it is not the first."""
    told = [statement for statement in incident.statements if code in statement.words]
    if not told or told[-1].number == 1:
        return None
    return {"anchor": told[-1].anchor, "title": told[-1].words[code].title}


def _behind(source: Source, incident: Incident, code: str) -> bool:
    """Tell whether more was said in another language."""
    counts = {
        language.code: sum(language.code in one.words for one in incident.statements)
        for language in source.languages
    }
    return max(counts.values()) > counts[code]


def _lead(summary: str, body: str) -> str:
    """Return the summary where it says more than the first words of the statement below it."""
    first = first_paragraph(to_html(body, top=3, anchor="x"))
    return "" if first.startswith(summary.rstrip(".…")) else summary
