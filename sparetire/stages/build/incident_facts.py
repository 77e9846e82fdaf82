"""What pages show of the incidents, in one language, as plain JSON values."""

from datetime import datetime
from typing import Any

from sparetire.model.incident import SHEETS, Incident, Statement
from sparetire.stages.build.interface import heading, headline, interface_words
from sparetire.stages.build.source import Source
from sparetire.stages.markdown import first_paragraph, to_html

__all__ = ["incident_row", "incident_rows", "sheet_facts", "spoken_rows", "statement_facts"]

Facts = dict[str, Any]


def incident_rows(source: Source, code: str) -> list[Facts]:
    """Return a row for each incident, newest first."""
    return [incident_row(source, incident, code) for incident in reversed(source.incidents)]


def spoken_rows(source: Source, code: str) -> list[Facts]:
    """Return a row for each incident told in this language, and the record of it."""
    return [
        {**incident_row(source, incident, code), "records": _record_of(source, incident, code)}
        for incident in reversed(source.incidents)
        if incident.title(code)
    ]


def incident_row(source: Source, incident: Incident, code: str) -> Facts:
    """Return what lists show of an incident."""
    routes = source.routes
    words = incident.shown(code)
    newer = interface_words(source.theme, code)["gap"]["newer"]
    summary = (words.summary or newer) if words else ""
    return {
        "name": incident.name,
        "title": words.title if words else "",
        "summary": summary,
        "lead": _lead(summary, words.body) if words else "",
        "path": routes.page(code, incident.slugs[code]),
        "feed": routes.feed(code, incident.slugs[code]),
        "started": incident.started.isoformat(),
        "updated": incident.updated.isoformat(),
        "promise": incident.promise.isoformat() if incident.promise else "",
        "state": str(incident.state),
        "spoken": words is not None,
        "latest": _latest(source, incident, code),
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


def statement_facts(incident: Incident, code: str, words: Facts) -> list[Facts]:
    """Return every statement in full, newest first; the reader makes HTML of each body."""
    told = [statement for statement in incident.statements if code in statement.words]
    return [
        {
            "anchor": statement.anchor,
            "heading": heading(incident, statement, code, words),
            "kind": str(statement.kind),
            "label": str(statement.label) if statement.label else "",
            "published": statement.published.isoformat(),
            "translated": statement.translated[code].isoformat()
            if code in statement.translated
            else "",
            "corrected": [_mention(one) for one in told if one.corrects == statement.number],
            "corrects": [_mention(one) for one in told if one.number == statement.corrects],
            "takes_back": [
                _mention(one)
                for one in incident.withdrawn
                if one.number == statement.corrects and code in one.words
            ],
            "body": statement.words[code].body,
        }
        for statement in reversed(told)
    ]


def sheet_facts(incident: Incident, code: str) -> list[Facts]:
    """Return what stands beside the statements in this language; the reader makes its HTML."""
    return [
        {
            "name": name,
            "anchor": name,
            "updated": incident.sheets[name].revised.isoformat(),
            "body": incident.sheets[name].body[code],
        }
        for name in SHEETS
        if name in incident.sheets and code in incident.sheets[name].body
    ]


def _mention(statement: Statement) -> Facts:
    return {"anchor": statement.anchor, "published": statement.published.isoformat()}


def _published(statement: Statement) -> datetime:
    return statement.published


def _record_of(source: Source, incident: Incident, code: str) -> list[Facts]:
    """Return what was said about an incident, one row a statement, newest first."""
    told = [each for each in reversed(incident.statements) if code in each.words]
    words = interface_words(source.theme, code)
    return [
        {
            "title": headline(incident, statement, code, words),
            "published": statement.published.isoformat(),
            "path": source.routes.page(code, incident.slugs[code]),
            "anchor": statement.anchor,
        }
        for statement in sorted(told, key=_published, reverse=True)
    ]


def _latest(source: Source, incident: Incident, code: str) -> Facts | None:
    """Return the newest statement in this language, where it is not the first."""
    told = [statement for statement in incident.statements if code in statement.words]
    if len(told) < 2:  # noqa: PLR2004  the first is what the incident's own row says
        return None
    words = interface_words(source.theme, code)
    return {
        "anchor": told[-1].anchor,
        "title": heading(incident, told[-1], code, words),
    }


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
