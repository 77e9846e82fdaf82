"""What the record of the releases comes to, kept under the hash of that record.

The record of a large archive takes long to read line by line, and a launch asks two things of
it only: whether the public has been given anything new, and which files nobody has seen yet.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC
from pathlib import Path

from sparetire.disk import write_atomic
from sparetire.errors import LocalDiskFault
from sparetire.model.release import Publication
from sparetire.workspace.releases_ledger import ReleasesLedger

__all__ = ["Carried", "ReleasesIndex", "carried_of", "read_index"]


@dataclass(frozen=True, slots=True)
class Carried:
    """The public releases of one target.

    Attributes:
        count: How many they are.
        name: Equal as long as the public is given the same of each.
        newest: When one of them last changed, or was taken back; empty where there is none.
    """

    count: int = 0
    name: str = ""
    newest: str = ""


@dataclass(frozen=True, slots=True)
class ReleasesIndex:
    """What the record comes to.

    Attributes:
        public: The names of files that hold releases which somebody outside has seen, and no
            draft of the same name since.
        digests: SHA-256 of the files of those releases as the public has them.
        carried: What each target carries, by its name.
    """

    public: frozenset[str]
    carried: Mapping[str, Carried]
    digests: frozenset[str] = frozenset()

    def at(self, target: str) -> Carried:
        """Return what a target carries."""
        return self.carried.get(target, Carried())


def read_index(folder: Path, kept: Path) -> ReleasesIndex:
    """Return what the record in a folder comes to: as it was kept, while it is the same.

    Raises:
        ConfigurationFault: The record is damaged.
    """
    ledger = ReleasesLedger(folder)
    digest = ledger.digest()
    with suppress(OSError, ValueError, TypeError, KeyError):
        row = json.loads(kept.read_bytes())
        if row["ledger"] == digest:
            carried = {name: Carried(**fields) for name, fields in row["carried"].items()}
            return ReleasesIndex(frozenset(row["public"]), carried, frozenset(row["digests"]))
    index = _index_of(ledger)
    row = {
        "ledger": digest,
        "public": sorted(index.public),
        "digests": sorted(index.digests),
        "carried": {name: asdict(one) for name, one in index.carried.items()},
    }
    with suppress(LocalDiskFault):  # it saves time, and nothing else
        write_atomic(kept, json.dumps(row, ensure_ascii=False))
    return index


def carried_of(publications: Mapping[str, Publication]) -> Carried:
    """Return what some publications, by the ids of their releases, come to.

    The digests in what became of a release stand for its words.
    """
    lines = (
        f"{identity} {one.published} {one.updated} {one.slugs} {one.digests}"
        f" {one.pictures} {one.withdrawn} {one.notice}\n"
        for identity, one in publications.items()
    )
    changes = [one.withdrawn or one.updated for one in publications.values()]
    return Carried(
        count=len(publications),
        name=hashlib.sha256("".join(sorted(lines)).encode()).hexdigest(),
        newest=max(changes).astimezone(UTC).isoformat() if changes else "",
    )


def _index_of(ledger: ReleasesLedger) -> ReleasesIndex:
    minted, publications = ledger.names(), ledger.publications()
    targets = {target for one in publications.values() for target in one.live_on}
    shown = (one for one in publications.values() if not one.withdrawn)
    # A file that was renamed leaves its name to the next draft.
    coming = {name for identity, name in minted.items() if identity not in publications}
    public = {minted[identity] for identity in publications if identity in minted}
    return ReleasesIndex(
        public=frozenset(public - coming),
        carried={
            target: carried_of(
                {key: one for key, one in publications.items() if target in one.live_on}
            )
            for target in targets
        },
        digests=frozenset(digest for one in shown for digest in one.digests.values()),
    )
