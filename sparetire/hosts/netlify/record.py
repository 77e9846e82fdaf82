"""What each of our deploys knows about itself, where nobody but its owners can find it.

Netlify keeps no private files. What it does keep private is the title of a deploy: ours holds
a random key, and the deploy holds the record under that key, in a folder that is not listed.
So the record comes and goes with the very files it describes, and needs a token to be found.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from sparetire.errors import ConfigurationFault
from sparetire.hosts.pointer import decode, encode
from sparetire.model.edition import Live
from sparetire.model.manifest import Entry, Manifest
from sparetire.model.protection import HEADERS

__all__ = ["CLOSED", "RULES", "Record", "Title", "header_rules", "without_files"]

CLOSED = ".sparetire/"
RULES = "_headers"
_TITLE = re.compile(r"sparetire (\d+) ([0-9a-f]{12}) (\S+) ([0-9a-f]{32})")
_INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Title:
    """The title of one of our deploys: what it made live, and the key to its record."""

    counter: int
    edition: str
    committed: str
    key: str

    @classmethod
    def of(cls, deploy: Mapping[str, Any]) -> "Title | None":
        """Return the title of a deploy, or None for a deploy that is not ours."""
        read = _TITLE.fullmatch(str(deploy.get("title") or ""))
        return cls(int(read[1]), read[2], read[3], read[4]) if read else None

    @property
    def path(self) -> str:
        """Where the record lies in the deploy."""
        return f"{CLOSED}{self.key}.json"

    def __str__(self) -> str:
        return f"sparetire {self.counter} {self.edition} {self.committed} {self.key}"


@dataclass(frozen=True, slots=True)
class Record:
    """What a deploy made live, and the SHA-1 by which Netlify knows each file.

    Attributes:
        live: The edition.
        digest: By path; holds also the files of an older edition that pages may still ask for.
    """

    live: Live
    digest: dict[str, str]

    def known(self, entry: Entry) -> str | None:
        """Return the SHA-1 of a file that this deploy holds with the same bytes."""
        mine = self.live.manifest.entries.get(entry.path)
        same = mine is not None and mine.sha256 == entry.sha256
        return self.digest.get(entry.path) if same else None

    def to_json(self) -> bytes:
        """Return the text of the record."""
        fields = {
            "pointer": encode(self.live, "here").decode(),
            "manifest": self.live.manifest.to_json(),
            "digest": self.digest,
        }
        return json.dumps(fields, ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, text: bytes | None, deploy: str) -> "Record":
        """Read what `to_json` wrote into a deploy.

        Raises:
            ConfigurationFault: It is gone, or damaged.
        """
        try:
            fields = json.loads(text or b"")
            digest = {str(path): str(sha1) for path, sha1 in fields["digest"].items()}
            pointer, manifest = fields["pointer"].encode(), fields["manifest"].encode()
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ConfigurationFault(
                f"The Netlify deploy {deploy} does not say what it holds.",
                why="The record in it is gone or damaged.",
                then="Publish another deploy of this site at Netlify, then try again.",
            ) from error
        place = f"The Netlify deploy {deploy}"
        return cls(decode(pointer, lambda _: [manifest], place, tag=deploy), digest)


def without_files(record: Record, deploy: str) -> Record:
    """Return what is left of an edition when another deploy has taken its place."""
    return Record(replace(record.live, manifest=Manifest({}), tag=deploy), {})


def header_rules(entries: Iterable[Entry]) -> bytes:
    """Return the ``_headers`` file: what protects readers everywhere, and each path's own.

    Netlify joins rules that overlap, so no header is named in two of them.

    Source: https://docs.netlify.com/manage/routing/headers/
    """
    protection = "".join(f"  {name}: {value}\n" for name, value in HEADERS.items())
    rules = [f"/*\n{protection}", f"/{CLOSED}*\n  X-Robots-Tag: noindex\n"]
    for entry in sorted(entries, key=lambda entry: entry.path):
        folder, _, name = entry.path.rpartition("/")
        addresses = [f"/{quote(entry.path)}"]
        if name == _INDEX:
            addresses.append(f"/{quote(folder)}/" if folder else "/")
        rules += [
            f"{address}\n"
            f"  Content-Type: {entry.content_type}\n"
            f"  Cache-Control: {entry.cache_control}\n"
            for address in addresses
        ]
    return "".join(rules).encode()
