"""Keeps what was said: one folder an incident, words as Markdown, the rest as TOML."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from sparetire.disk import write_atomic
from sparetire.errors import ConfigurationFault
from sparetire.model.incident import Incident, Kind, Label, Statement, Words

__all__ = ["read_incident", "read_incidents", "write_incident"]

_FILE = "incident.toml"


def read_incidents(folder: Path) -> tuple[Incident, ...]:
    """Return every incident of a workspace, oldest first.

    Raises:
        ConfigurationFault: A record is damaged.
    """
    found = [read_incident(path.parent) for path in sorted(folder.glob(f"*/{_FILE}"))]
    return tuple(sorted(found, key=lambda incident: (incident.started, incident.name)))


def read_incident(folder: Path) -> Incident:
    """Return the incident kept in a folder.

    Raises:
        ConfigurationFault: The record is missing or damaged.
    """
    path = folder / _FILE
    try:
        row = tomllib.loads(path.read_text(encoding="utf-8"))
        return Incident(
            name=folder.name,
            slugs=_texts(row, "slugs"),
            keywords={code: _list(words) for code, words in _table_of(row, "keywords").items()},
            statements=_statements(folder, row["statements"]),
            live_on=_list(row["live_on"]),
            heard=_number(row.get("heard", 0)),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationFault(
            f"The record of the incident {folder.name!r} cannot be read.",
            why=f"{path}: {error}",
            then="Restore that folder from your backup or from a colleague's workspace.",
        ) from error


def write_incident(folder: Path, incident: Incident) -> None:
    """Keep an incident, its words first: the record never names words that are not there.

    Raises:
        LocalDiskFault: The disk will not take it.
    """
    for statement in incident.statements:
        for code, words in statement.words.items():
            path = folder / f"{statement.number}.{code}.md"
            if not path.exists() or path.read_text(encoding="utf-8") != words.body:
                write_atomic(path, words.body)
    write_atomic(folder / _FILE, "".join(_toml(incident)))


def _statements(folder: Path, rows: list[dict[str, object]]) -> tuple[Statement, ...]:
    statements = tuple(_statement(folder, row) for row in rows)
    if not statements:
        message = "it holds no statement"
        raise ValueError(message)
    return statements


def _statement(folder: Path, row: dict[str, object]) -> Statement:
    number = _number(row["number"])
    titles, summaries = _texts(row, "title"), _texts(row, "summary")
    return Statement(
        number=number,
        published=_instant(row["published"]),
        kind=Kind(str(row.get("kind", Kind.STATEMENT))),
        label=Label(str(row["label"])) if "label" in row else None,
        promise=_instant(row["promise"]) if "promise" in row else None,
        corrects=_number(row["corrects"]) if "corrects" in row else None,
        taken_back=row.get("taken_back") is True,
        words={
            code: Words(
                title=title,
                body=(folder / f"{number}.{code}.md").read_text(encoding="utf-8"),
                summary=summaries[code],
            )
            for code, title in titles.items()
        },
    )


def _number(value: object) -> int:
    if isinstance(value, int):
        return value
    message = f"{value!r} is no number"
    raise TypeError(message)


def _instant(value: object) -> datetime:
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC)
    message = f"{value!r} is no instant with its zone"
    raise TypeError(message)


def _table_of(row: Mapping[str, object], name: str) -> dict[str, object]:
    table = row[name]
    if not isinstance(table, dict):
        message = f"{name} is no table"
        raise TypeError(message)
    return table


def _texts(row: Mapping[str, object], name: str) -> dict[str, str]:
    return dict(zip(_table_of(row, name), _list([*_table_of(row, name).values()]), strict=True))


def _list(values: object) -> tuple[str, ...]:
    if isinstance(values, list) and all(isinstance(value, str) for value in values):
        return tuple(values)
    message = f"{values!r} is no list of texts"
    raise TypeError(message)


def _toml(incident: Incident) -> Iterator[str]:
    # A JSON string is a TOML basic string too, and a JSON array of strings a TOML array.
    yield f"heard = {incident.heard}\n"
    yield f"live_on = {_value(list(incident.live_on))}\n"
    yield from _table("slugs", incident.slugs)
    yield from _table("keywords", {code: list(k) for code, k in incident.keywords.items()})
    for statement in incident.statements:
        yield f"\n[[statements]]\nnumber = {statement.number}\n"
        yield f"published = {statement.published.isoformat()}\n"
        yield from _nature(statement)
        words = statement.words
        yield from _table("statements.title", {c: w.title for c, w in words.items()})
        yield from _table("statements.summary", {c: w.summary for c, w in words.items()})


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


def _table(name: str, rows: Mapping[str, object]) -> Iterator[str]:
    yield f"\n[{name}]\n"
    for key, value in rows.items():
        yield f"{key} = {_value(value)}\n"


def _value(value: object) -> str:
    # Not in ASCII, where JSON writes a rare letter as two escapes that TOML refuses. The one
    # character that JSON lets stand and TOML does not is escaped here (TOML 1.0, "String").
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
