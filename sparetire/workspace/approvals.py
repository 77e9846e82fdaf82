"""Keeps what waits to be approved, and the signatures: files that can be carried around."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from sparetire.disk import local_disk, write_atomic
from sparetire.model.approval import Approval, Subject

__all__ = ["ApprovalStore"]

_DRAFT = ".draft.json"
_SIGNED = ".approval.json"
_CARRIED = re.compile(r"[0-9a-f]{12}\.[a-z0-9-]{1,60}\.approval\.json")
LARGEST = 4000  # bytes


@dataclass(frozen=True, slots=True)
class ApprovalStore:
    """The folder ``approvals`` of a workspace: a draft each, and a file each signature."""

    folder: Path

    def keep(self, subject: Subject) -> Path:
        """Keep exact bytes for whoever must read and sign them."""
        path = self._folder(subject.name) / f"{subject.digest[:12]}{_DRAFT}"
        if not path.exists():
            write_atomic(path, subject.content)
        return path

    def waiting(self, name: str) -> Subject | None:
        """Return the newest draft of a name."""
        with local_disk(self.folder):
            drafts = sorted(
                self._folder(name).glob(f"*{_DRAFT}"), key=lambda path: path.stat().st_mtime_ns
            )
            return Subject(name, drafts[-1].read_text("utf-8")) if drafts else None

    def sign(self, name: str, approval: Approval) -> Path:
        """Keep a signature."""
        path = self._folder(name) / f"{approval.digest[:12]}.{approval.role}{_SIGNED}"
        facts = {key: str(value) for key, value in asdict(approval).items()}
        write_atomic(path, json.dumps(facts, ensure_ascii=False, indent=1) + "\n")
        return path

    def approvals(self, name: str) -> Iterator[Approval]:
        """Yield every signature kept under a name, skipping files that are none."""
        for path in sorted(self._folder(name).glob(f"*{_SIGNED}")):
            try:
                yield _approval(json.loads(path.read_text("utf-8")))
            except (OSError, ValueError, KeyError, TypeError):
                continue

    def signed(self, subject: Subject) -> dict[str, bytes]:
        """Return the files with the signatures over exact bytes; none of them tells a word."""
        found = self._folder(subject.name).glob(f"{subject.digest[:12]}.*{_SIGNED}")
        with local_disk(self.folder):
            return {path.name: path.read_bytes() for path in sorted(found)}

    def adopt(self, name: str, file: str, content: bytes) -> None:
        """Keep a signature from elsewhere; whether it counts is asked when it is needed.

        Whatever has no such name, or is too large to be one, is passed over.
        """
        path = self._folder(name) / file
        if _CARRIED.fullmatch(file) and len(content) <= LARGEST and not path.exists():
            write_atomic(path, content)

    def _folder(self, name: str) -> Path:
        return self.folder / name


def _approval(facts: dict[str, str]) -> Approval:
    return Approval(
        digest=str(facts["digest"]),
        role=str(facts["role"]),
        key=str(facts["key"]),
        at=_instant(facts["at"]),
        until=_instant(facts["until"]),
        signature=str(facts["signature"]),
    )


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        message = f"{text!r} has no zone"
        raise ValueError(message)
    return moment.astimezone(UTC)
