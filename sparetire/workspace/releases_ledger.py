"""What became of every release: an append-only file beside them, one JSON line an event.

It belongs to the team's folder, not to the state that can be lost: ids and dates that the
public has seen must never change again (RFC 4287, section 4.2.6).
"""

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from sparetire.disk import local_disk
from sparetire.errors import ReleasesDamaged
from sparetire.model.release import Publication, Release, Shot

__all__ = ["ReleasesLedger", "published_as"]

_FILE = "ledger.jsonl"


class ReleasesLedger:
    """The record of the releases in one folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE

    def mint(self, random: int, name: str, at: datetime) -> str:
        """Return a new id for a draft (RFC 4122, version 4) and record it.

        Args:
            random: 128 bits that nobody can guess.
            name: The stem of the release's files.
            at: Now.
        """
        new = str(UUID(int=random, version=4))
        self._append([{"what": "minted", "id": new, "at": at.isoformat(), "name": name}])
        return new

    def digest(self) -> str:
        """Return the hash of the whole record."""
        if not self._path.exists():
            return ""
        with local_disk(self._path), self._path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def names(self) -> dict[str, str]:
        """Return the name under which each id was minted."""
        return {row["id"]: row["name"] for row in self._rows() if row["what"] == "minted"}

    def publications(self) -> dict[str, Publication]:
        """Return what is public, or was, by id."""
        found: dict[str, Publication] = {}
        for row in self._rows():
            if row["what"] == "published":
                found[row["id"]] = _published(row, found.get(row["id"]))
            elif row["what"] == "withdrawn" and row["id"] in found:
                found[row["id"]] = replace(
                    found[row["id"]],
                    withdrawn=datetime.fromisoformat(row["at"]),
                    notice=row["notice"],
                )
        return found

    def published(
        self,
        releases: Iterable[tuple[Release, dict[str, Shot]]],
        at: datetime,
        targets: Sequence[str],
    ) -> None:
        """Record that releases, with their pictures, may be seen at targets from now on."""
        self._append(_row(each, pictures, at, targets) for each, pictures in releases)

    def withdrawn(self, release: Release, at: datetime, notice: dict[str, str]) -> None:
        """Record that a release was taken back, and what its page says instead."""
        self._append(
            [{"what": "withdrawn", "id": release.id, "at": at.isoformat(), "notice": notice}]
        )

    def _append(self, rows: Iterable[dict[str, Any]]) -> None:
        lines = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
        with local_disk(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a+b") as file:
                _end_line(file)
                file.write(lines.encode())
                file.flush()
                os.fsync(file.fileno())

    def _rows(self) -> list[dict[str, Any]]:
        if not self._path.exists():
            return []
        rows = []
        with local_disk(self._path):
            lines = self._path.read_bytes().split(b"\n")
        # A crash cuts at most the last line.
        for number, line in enumerate(lines[:-1], start=1):
            if not line:
                continue
            try:
                row = json.loads(line)
                rows.append({"what": row["what"], "id": row["id"], "at": row["at"], **row})
            except (ValueError, KeyError, TypeError) as error:
                raise ReleasesDamaged(
                    "The record of the press releases is damaged.",
                    why=f"{self._path}, line {number}: {error}",
                    then="Restore that file from your backup or a colleague's workspace.",
                ) from error
        return rows


def published_as(
    release: Release, pictures: dict[str, Shot], at: datetime, targets: Sequence[str]
) -> Release:
    """Return a release as it will be once that is recorded."""
    row = _row(release, pictures, at, targets)
    return replace(release, publication=_published(row, release.publication))


def _row(
    release: Release, pictures: dict[str, Shot], at: datetime, targets: Sequence[str]
) -> dict[str, Any]:
    return {
        "what": "published",
        "id": release.id,
        "at": at.isoformat(),
        "on": [*targets],
        "slugs": {code: release.slug(code) for code in release.wordings},
        "digests": release.digests,
        "pictures": {code: asdict(shot) for code, shot in pictures.items()},
        "originals": release.originals,
    }


def _published(row: dict[str, Any], before: Publication | None) -> Publication:
    at = datetime.fromisoformat(row["at"])
    pictures = {code: Shot(**shot) for code, shot in row["pictures"].items()}
    originals = row.get("originals", {})  # older records have none
    if before is None:
        on = tuple(row["on"])
        return Publication(at, at, row["slugs"], row["digests"], on, pictures, originals)
    same = before.digests == row["digests"]
    return Publication(
        published=before.published,
        updated=before.updated if same else at,
        slugs=row["slugs"] | before.slugs,
        digests=row["digests"],
        live_on=tuple(dict.fromkeys((*before.live_on, *row["on"]))),
        pictures=pictures,
        originals=originals,
        withdrawn=None if not same else before.withdrawn,
        notice={} if not same else before.notice,
    )


def _end_line(file: BinaryIO) -> None:
    """Take away what an earlier crash cut short at the end of the file."""
    file.seek(0)
    content = file.read()
    file.truncate(content.rfind(b"\n") + 1)
