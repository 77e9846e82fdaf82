"""Keeps what was said: one folder an incident, words as Markdown, the rest as TOML."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sparetire.disk import local_disk, write_atomic
from sparetire.errors import ConfigurationFault
from sparetire.model.incident import Incident, Kind, Label, Sheet, Statement, Words
from sparetire.workspace.incident_record import record_text

__all__ = ["incident_files", "is_recorded", "read_incident", "read_incidents", "write_incident"]

_FILE = "incident.toml"

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def read_incidents(folder: Path) -> tuple[Incident, ...]:
    """Return every incident of a workspace, oldest first.

    Raises:
        ConfigurationFault: A record is damaged.
    """
    found = [read_incident(path.parent) for path in sorted(folder.glob(f"*/{_FILE}"))]
    return tuple(sorted(found, key=lambda incident: (incident.started, incident.name)))


def _slugs(row: dict[str, Any], name: str = "slugs") -> dict[str, str]:
    """Return the slugs of a record: each becomes a part of an address, and a folder."""
    slugs = _texts(row, name)
    for slug in slugs.values():
        if not _SLUG.fullmatch(slug):
            raise ValueError(f"the slug {slug!r} is not made of a-z, 0-9 and single hyphens")
    return slugs


def is_recorded(folder: Path) -> bool:
    """Tell whether an incident is kept there: a run may have been killed before it was."""
    return (folder / _FILE).exists()


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
            slugs=_slugs(row),
            keywords={code: _list(words) for code, words in _table_of(row, "keywords").items()},
            statements=_statements(folder, row["statements"]),
            sheets=_sheets(folder, row.get("sheets", {})),
            scenario=str(row.get("scenario", "")),
            unfilled=_list(row.get("unfilled", [])),
            live_on=_list(row["live_on"]),
            heard=_number(row.get("heard", 0)),
            former_slugs=_slugs(row, "former_slugs") if "former_slugs" in row else {},
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationFault(
            f"The record of the incident {folder.name!r} cannot be read.",
            why=f"{path}: {error}",
            then="sparetire pull brings back what was said, where a host keeps it; "
            "else restore that folder from your backup.",
        ) from error


def write_incident(folder: Path, incident: Incident) -> None:
    """Keep an incident, its words first: the record never names words that are not there.

    Words that were kept but never said are written over; the record lets go of them first.

    Raises:
        LocalDiskFault: The disk will not take it.
    """
    stale = {name for name, body in _bodies(incident) if _differs(folder / name, body)}
    if stale:
        _let_go(folder, incident, stale)
    for name, body in _bodies(incident):
        if name in stale or not (folder / name).exists():
            write_atomic(folder / name, body)
    write_atomic(folder / _FILE, record_text(incident))


def incident_files(incident: Incident) -> dict[str, str]:
    """Return every file of an incident's folder, by name."""
    return {**dict(_bodies(incident)), _FILE: record_text(incident)}


def _let_go(folder: Path, incident: Incident, stale: set[str]) -> None:
    """Keep a record that names none of these texts."""
    others = (_without_later(one, stale) for one in incident.statements)
    kept = tuple(one for one in others if stale.isdisjoint(dict(_texts_of(one))))
    if kept:
        rest = replace(incident, statements=kept, sheets={})
        write_atomic(folder / _FILE, record_text(rest))
    else:
        with local_disk(folder):
            (folder / _FILE).unlink(missing_ok=True)


def _without_later(statement: Statement, stale: set[str]) -> Statement:
    """Return a statement without those of its later texts that are stale."""
    words = {
        code: words
        for code, words in statement.words.items()
        if code not in statement.translated or _text_file(statement, code) not in stale
    }
    return replace(statement, words=words)


def _differs(path: Path, body: str) -> bool:
    return path.exists() and path.read_bytes() != body.encode()


def _bodies(incident: Incident) -> Iterator[tuple[str, str]]:
    """Yield every text of an incident, with the name of the file that keeps it."""
    for statement in incident.statements:
        yield from _texts_of(statement)
    for name, sheet in incident.sheets.items():
        for code, body in sheet.body.items():
            yield _sheet_file(name, sheet, code), body


def _texts_of(statement: Statement) -> Iterator[tuple[str, str]]:
    for code, words in statement.words.items():
        yield _text_file(statement, code), words.body


def _text_file(statement: Statement, code: str) -> str:
    return f"{statement.number}.{code}.md"


def _sheet_file(name: str, sheet: Sheet, code: str) -> str:
    # Each revision stays: the report tells what was changed, and a record can fall back on it.
    return f"{name}-{sheet.revised.astimezone(UTC):%Y%m%dT%H%M%S}.{code}.md"


def _statements(folder: Path, rows: list[dict[str, object]]) -> tuple[Statement, ...]:
    statements = tuple(_statement(folder, row) for row in rows)
    if not statements:
        message = "it holds no statement"
        raise ValueError(message)
    return statements


def _statement(folder: Path, row: dict[str, object]) -> Statement:
    number = _number(row["number"])
    titles, summaries = _texts(row, "title"), _texts(row, "summary")
    digests = _texts(row, "sha256")
    return Statement(
        number=number,
        published=_instant(row["published"]),
        kind=Kind(str(row.get("kind", Kind.STATEMENT))),
        label=Label(str(row["label"])) if "label" in row else None,
        promise=_instant(row["promise"]) if "promise" in row else None,
        corrects=_number(row["corrects"]) if "corrects" in row else None,
        taken_back=row.get("taken_back") is True,
        translated={code: _instant(at) for code, at in _table_of(row, "translated").items()}
        if "translated" in row
        else {},
        unpublished=_list(row.get("unpublished", [])),
        words={
            code: Words(
                title=title,
                body=_body(folder, f"{number}.{code}.md", digests[code]),
                summary=summaries[code],
            )
            for code, title in titles.items()
        },
    )


def _sheets(folder: Path, tables: dict[str, dict[str, object]]) -> dict[str, Sheet]:
    sheets = {}
    for name, row in tables.items():
        empty = Sheet({}, _instant(row["revised"]))
        digests = _texts(row, "sha256")
        body = {
            code: _body(folder, _sheet_file(name, empty, code), digest)
            for code, digest in digests.items()
        }
        sheets[name] = replace(empty, body=body)
    return sheets


def _body(folder: Path, name: str, digest: str) -> str:
    """Return a text that was said, refusing one that somebody has changed since.

    Raises:
        ValueError: Its bytes are not those that were kept.
    """
    body = (folder / name).read_bytes()
    if hashlib.sha256(body).hexdigest() != digest:
        message = f"{name} was changed after it was said; sparetire correct does so in the open"
        raise ValueError(message)
    return body.decode()


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
