"""The ETags that a bucket gave for our files: a short record of each commit.

Only a run that doubts what it finds needs all of them. A launch into a large archive writes
down what the run before it has put, and nothing else.
"""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from sparetire.hosts.s3.pointer import Pointer
from sparetire.hosts.s3.state import PrivateState

__all__ = ["Tags", "older_after", "tags_name"]

_MOST = 16  # records, until they are written as one


def tags_name(commit: str) -> str:
    """Return where the record is that a commit leaves of the one before it."""
    return f"tags/{commit}.json"


def older_after(commit: str, before: Pointer | None) -> tuple[str, ...]:
    """Return the commits whose records tell of all that was put before a commit, in order."""
    if before is None:
        return ()
    return (commit,) if _too_many(before) else (*before.older, commit)


class Tags:
    """The records of one site."""

    def __init__(self, state: PrivateState) -> None:
        self._state = state

    def of(self, pointer: Pointer) -> dict[str, str]:
        """Return the ETag of every file that we ever put, by path.

        A record that is gone or damaged knows of none, so that its files are put again.
        """
        found: dict[str, str] = {}
        if pointer.older:
            with ThreadPoolExecutor(len(pointer.older), "tags") as pool:
                for tags in pool.map(self._read, pointer.older):
                    found |= tags
        return found | dict(pointer.fresh)

    def keep(self, commit: str, before: Pointer) -> None:
        """Write the record that a commit leaves: what the run before it has put."""
        told = self.of(before) if _too_many(before) else before.fresh
        text = json.dumps(dict(told), ensure_ascii=False)
        self._state.file(tags_name(commit)).overwrite(text.encode())

    def _read(self, commit: str) -> Mapping[str, str]:
        kept = self._state.file(tags_name(commit)).read()
        try:
            return dict(json.loads(kept.body)) if kept else {}
        except (ValueError, TypeError):
            return {}


def _too_many(before: Pointer) -> bool:
    return len(before.older) >= _MOST
