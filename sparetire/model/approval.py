"""What people sign before it may go public, and their signatures."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime

from sparetire.model.incident import Incident

__all__ = ["Approval", "Subject", "incident_subject"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Exact bytes that wait to be approved.

    Attributes:
        name: What they belong to, such as an incident.
        content: The bytes, as canonical JSON: one changed letter is another subject.
        until: How long a signature may count; left out, as long as the settings say.
        template: An approved text of which this fills the blanks and changes nothing else.
    """

    name: str
    content: str
    until: datetime | None = None
    template: "Subject | None" = None

    @property
    def digest(self) -> str:
        """The SHA-256 of the content: what is signed."""
        return hashlib.sha256(self.content.encode()).hexdigest()


def incident_subject(incident: Incident, number: int | None = None) -> Subject:
    """Return what is about to be public: a statement, and the sheets that go with it.

    Without a number it is the newest statement.

    The incident and the number are part of it, so that a signature serves once: nobody can
    bring back an approved text in another place, or after a rollback.
    """
    meant = (one for one in incident.standing if one.number == number)
    newest = next(meant, incident.standing[-1])
    facts = {
        "incident": incident.name,
        "number": newest.number,
        "kind": newest.kind,
        "label": newest.label,
        "corrects": newest.corrects,
        "slugs": incident.slugs,
        "keywords": incident.keywords,
        "words": {code: asdict(words) for code, words in newest.words.items()},
        "sheets": {name: sheet.body for name, sheet in incident.public.sheets.items()},
    }
    content = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True)
    return Subject(incident.name, f"{content}\n")


@dataclass(frozen=True, slots=True)
class Approval:
    """One person's signature over a subject.

    Attributes:
        digest: What was signed.
        role: The role in which it was signed.
        key: The public key, as sparetire.toml names it.
        at: When, in UTC.
        until: After this it counts no more.
        signature: Over `message`, in base64.
    """

    digest: str
    role: str
    key: str
    at: datetime
    until: datetime
    signature: str = ""

    @property
    def message(self) -> bytes:
        """The exact bytes under the signature: everything that gives it a meaning."""
        parts = ("sparetire approval 1", self.digest, self.role, self.key)
        times = (self.at.isoformat(), self.until.isoformat())
        return "\n".join((*parts, *times, "")).encode()
