"""How much memory the processes of a run hold together, as Linux counts it."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["Watch", "watched"]

LOOK = 0.02  # seconds
KIBI = 1024


class Watch:
    """The most that was held at any one look, in MiB; a page that some share counts once."""

    peak = 0.0

    def look(self, sessions: Sequence[int]) -> None:
        """Add up what all processes of some sessions hold now."""
        held = sum(_held(process) for process in _members(frozenset(sessions)))
        self.peak = max(self.peak, held / KIBI)


@contextmanager
def watched(sessions: Sequence[int]) -> Iterator[Watch]:
    """Look again and again at sessions of processes, by the numbers of their first ones."""
    watch, ended = Watch(), threading.Event()

    def keep_looking() -> None:
        while not ended.wait(LOOK):
            watch.look(sessions)

    looker = threading.Thread(target=keep_looking)
    looker.start()
    try:
        yield watch
    finally:
        ended.set()
        looker.join()


def _members(sessions: frozenset[int]) -> Iterator[Path]:
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended
            # After the name, which may hold anything: state, parent, group, session.
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) in sessions:
                yield process


def _held(process: Path) -> int:
    """Return the KiB of a process, its share of what it has in common with others."""
    with suppress(OSError):
        for line in (process / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
