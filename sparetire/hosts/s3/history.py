"""What a private bucket remembers of each commit: who, what, and every byte of it."""

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

from sparetire.errors import ConfigurationFault
from sparetire.hosts.pointer import as_past, name_of, not_kept, past_manifest
from sparetire.hosts.s3.state import StateFile
from sparetire.model.edition import Entry, Live, Manifest, Past

__all__ = ["History"]

_THREADS = 16
_MOST_TOLD = 100


class History:
    """Manifests by edition, bodies by hash, and a record and the ETags of each commit.

    Args:
        file: Returns the state file of a name.
        names: Lists the names of state files that begin with a text.
        place: Says where a state file is, for messages.
    """

    def __init__(
        self,
        file: Callable[[str], StateFile],
        names: Callable[[str], list[str]],
        place: Callable[[str], str],
    ) -> None:
        self._file = file
        self._names = names
        self._place = place

    def keep_body(self, sha256: str, body: bytes) -> None:
        """Keep a file for a later way back; one that is kept already stays."""
        self._file(f"blobs/{sha256}").write(body, None)

    def keep_commit(self, live: Live, before: Live | None, tags: Mapping[str, str]) -> None:
        """Write everything about a commit but the pointer, at once; a killed run may repeat it.

        Args:
            live: What is to become live.
            before: What it replaces.
            tags: The ETag of every file that we put and did not remove, by path.
        """
        record = asdict(as_past(live)) | {"replaces": before.edition if before else ""}
        texts = {
            _manifest(live.edition): live.manifest.to_json(),
            f"commits/{name_of(live)}.json": json.dumps(record, ensure_ascii=False),
            f"tags/{name_of(live)}.json": json.dumps(tags, ensure_ascii=False),
        }
        with ThreadPoolExecutor(len(texts), "record") as pool:
            list(pool.map(self._overwrite, texts, texts.values()))

    def tags(self, live: Live | Past) -> dict[str, str]:
        """Return the ETags that the host gave for our files, by path; without a record, none."""
        kept = self._file(f"tags/{name_of(live)}.json").read()
        if kept is None:
            return {}
        try:
            return dict(json.loads(kept.body))
        except (ValueError, TypeError):
            return {}  # Damaged: every file then counts as unknown, and is put again.

    def past(self, live: Live) -> Iterator[Past]:
        """Yield the commits that led to the live one, newest first, as far as they are known."""
        names = [
            name for name in self._names("commits/") if _counter(name) in range(1, live.counter)
        ]
        yield as_past(live)
        newest = sorted(names, reverse=True)[:_MOST_TOLD]
        with ThreadPoolExecutor(_THREADS, "past") as pool:
            records = list(pool.map(self._record, (f"commits/{live_name}" for live_name in ())))
            records = list(pool.map(self._record, newest))
        yield from _led_to(records)

    def manifest(self, past: Past) -> Manifest:
        """Return the files of a past edition."""
        name = _manifest(past.edition)
        kept = self._file(name).read()
        return past_manifest(past, kept and kept.body, self._place(name))

    def fetch(self, past: Past, entry: Entry) -> bytes:
        """Return one file of a past edition."""
        kept = self._file(f"blobs/{entry.sha256}").read()
        if kept is None:
            raise not_kept(past, entry.path)
        return kept.body
