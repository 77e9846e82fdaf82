"""An incident in one parcel, for a colleague's machine: only what was said in public."""

import json
import re
import tempfile
from dataclasses import replace
from pathlib import Path

from sparetire.errors import ConfigurationFault
from sparetire.model.incident import Incident, Words
from sparetire.workspace.incidents import incident_files, read_incident

__all__ = ["pack", "said_in_public", "unpack", "with_words_of"]

LARGEST = 20_000_000  # bytes; a parcel comes from outside
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_FILE = re.compile(r"incident\.toml|[A-Za-z0-9][A-Za-z0-9-]{0,60}\.[a-z]{2,3}\.md")
_SILENT = Words(title="", body="", summary="")


def said_in_public(incident: Incident) -> Incident:
    """Return the incident without the words that were taken from the public again.

    Not every host can hide a parcel: in a git repository, whoever reads it may find this.
    """
    public = {one.number: one for one in incident.public.statements}
    return replace(
        incident,
        statements=tuple(
            public.get(one.number) or replace(one, words=dict.fromkeys(one.words, _SILENT))
            for one in incident.statements
        ),
        sheets=incident.public.sheets,
    )


def with_words_of(incident: Incident, other: Incident) -> Incident:
    """Return an incident with the words and sheets that only another record of it still has."""
    known = {(one.number, one.published): one for one in other.statements}
    return replace(
        incident,
        statements=tuple(
            replace(one, words=known[one.number, one.published].words)
            if (one.number, one.published) in known and _SILENT in one.words.values()
            else one
            for one in incident.statements
        ),
        sheets=other.sheets | incident.sheets,
    )


def pack(incident: Incident) -> bytes:
    """Return an incident's folder as one parcel."""
    return json.dumps(incident_files(incident), ensure_ascii=False).encode()


def unpack(name: str, parcel: bytes) -> Incident:
    """Return the incident in a parcel; nothing in it is believed.

    Raises:
        ConfigurationFault: It is damaged, or not a parcel.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / name
        try:
            files = json.loads(parcel) if len(parcel) <= LARGEST else None
            if not (_NAME.fullmatch(name) and isinstance(files, dict)):
                raise _damaged(name, "it is no parcel of an incident")
            folder.mkdir()
            for file, text in files.items():
                if not (_FILE.fullmatch(file) and isinstance(text, str)):
                    raise _damaged(name, f"it holds {file!r}")
                (folder / file).write_bytes(text.encode())
        except ValueError as error:
            raise _damaged(name, str(error)) from error
        return read_incident(folder)


def _damaged(name: str, why: str) -> ConfigurationFault:
    return ConfigurationFault(
        f"What the host keeps of the incident {name!r} cannot be used.",
        why=why,
        then="Copy the folder incidents from the workspace that launched it.",
    )
