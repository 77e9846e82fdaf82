"""One immutable built site, and what a target says it carries."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from sparetire.model.manifest import Entry, Manifest

__all__ = ["Edition", "Live", "Past", "body_path"]


@dataclass(frozen=True, slots=True)
class Edition:
    """A built site on this disk.

    Attributes:
        manifest: Its files.
        bodies: The folder where their bytes are, each under the name of its hash: editions that
            share a file share its bytes.
        share: The name of the newsroom's share of it, when it is remembered.
        inspected: The paths of that share, when rules have looked at it before.
    """

    manifest: Manifest
    bodies: Path
    share: str = ""
    inspected: AbstractSet[str] = frozenset()

    def file(self, entry: Entry) -> Path:
        """Return where the bytes of a file are."""
        return body_path(self.bodies, entry.sha256)


def body_path(bodies: Path, sha256: str) -> Path:
    """Return where the bytes with a hash are kept: no folder grows too full."""
    return bodies / sha256[:2] / sha256


@dataclass(frozen=True, slots=True)
class Live:
    """What a target says it carries: the pointer that every commit replaces.

    Attributes:
        edition: The name of the edition.
        manifest: Its files.
        counter: Grows by one with each commit, so that an older run can never win.
        incidents: Names of the incidents in it, with the instant of their newest statement.
        tag: The host's own mark of this version (an ETag), for compare-and-swap.
        left: The edition that a rollback left for this one; nothing where it came as news.
    """

    edition: str
    manifest: Manifest
    counter: int
    committed: str
    incidents: dict[str, str]
    tag: str = ""
    left: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """An edition that was made live at a target, and can be brought back.

    Attributes:
        edition: The name of the edition.
        counter: The number of the commit that made it live.
        committed: When that was, ISO 8601 with zone.
        incidents: Names of the incidents in it, with the instant of their newest statement.
    """

    edition: str
    counter: int
    committed: str
    incidents: dict[str, str]
