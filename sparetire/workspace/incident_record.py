"""An incident's record as TOML text: everything about it but the words themselves."""

import hashlib
import json
from collections.abc import Iterator, Mapping

from sparetire.model.incident import Incident, Statement

__all__ = ["record_text"]


def record_text(incident: Incident) -> str:
    """Return the record of an incident; each text in it is named by its hash."""
    return "".join(_toml(incident))


def _toml(incident: Incident) -> Iterator[str]:
    # A JSON string is a TOML basic string too, and a JSON array of strings a TOML array.
    yield f"heard = {incident.heard}\n"
    if incident.scenario:
        yield f"scenario = {_value(incident.scenario)}\n"
        yield f"unfilled = {_value(list(incident.unfilled))}\n"
    yield f"live_on = {_value(list(incident.live_on))}\n"
    yield from _table("slugs", incident.slugs)
    if incident.former_slugs:
        yield from _table("former_slugs", incident.former_slugs)
    yield from _table("keywords", {code: list(k) for code, k in incident.keywords.items()})
    for statement in incident.statements:
        yield f"\n[[statements]]\nnumber = {statement.number}\n"
        yield f"published = {statement.published.isoformat()}\n"
        yield from _nature(statement)
        if statement.translated:
            yield "\n[statements.translated]\n"
            yield from (f"{c} = {at.isoformat()}\n" for c, at in statement.translated.items())
        words = statement.words
        yield from _table("statements.title", {c: w.title for c, w in words.items()})
        yield from _table("statements.summary", {c: w.summary for c, w in words.items()})
        yield from _table("statements.sha256", {c: _hash(w.body) for c, w in words.items()})
    for name, sheet in incident.sheets.items():
        yield f"\n[sheets.{name}]\nrevised = {sheet.revised.isoformat()}\n"
        yield from _table(f"sheets.{name}.sha256", {c: _hash(b) for c, b in sheet.body.items()})


def _hash(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _nature(statement: Statement) -> Iterator[str]:
    yield f"kind = {_value(statement.kind)}\n"
    if statement.label:
        yield f"label = {_value(statement.label)}\n"
    if statement.promise:
        yield f"promise = {statement.promise.isoformat()}\n"
    if statement.corrects is not None:
        yield f"corrects = {statement.corrects}\n"
    if statement.taken_back:
        yield "taken_back = true\n"
    if statement.unpublished:
        yield f"unpublished = {_value(list(statement.unpublished))}\n"


def _table(name: str, rows: Mapping[str, object]) -> Iterator[str]:
    yield f"\n[{name}]\n"
    for key, value in rows.items():
        yield f"{key} = {_value(value)}\n"


def _value(value: object) -> str:
    # Not in ASCII, where JSON writes a rare letter as two escapes that TOML refuses. The one
    # character that JSON lets stand and TOML does not is escaped here (TOML 1.0, "String").
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
