"""Whether a service refuses a write when it is asked to: some take conditions and ignore them.

It is tried out once, and remembered on this machine, since it decides what a lock is worth.
"""

from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from sparetire.disk import write_atomic
from sparetire.hosts.s3.errors import Asked
from sparetire.hosts.s3.state import StateFile

__all__ = ["Conditions"]

_NO_VERSION = '"00000000000000000000000000000000"'
"""An ETag of the usual form that no file has."""


class Conditions:
    """Asks one bucket to refuse a write.

    Args:
        trial: A file that nobody else needs.
        asked: The bucket.
        memory: A folder of this machine to remember it in.
    """

    def __init__(self, trial: StateFile, asked: Asked, memory: Path | None) -> None:
        self._trial = trial
        self._memory = memory and memory / quote(f"{asked.endpoint}/{asked.bucket}", safe="")

    @property
    def known(self) -> bool:
        """Whether it is known, without asking, that they are honoured."""
        return self._memory is not None and self._memory.exists()

    @cached_property
    def honoured(self) -> bool:
        """Whether a file is left alone by a request to create it, or to replace another."""
        if self.known:
            return True
        # It stays there: next time two requests will do.
        refused = any(self._trial.write(b"", None) is None for _ in range(2))
        refused = refused and self._trial.write(b"", _NO_VERSION) is None
        if refused and self._memory is not None:
            write_atomic(self._memory, b"")
        return refused

    def forget(self) -> None:
        """Ask again next time: another service may stand behind the same address."""
        self.__dict__.pop("honoured", None)
        if self._memory is not None:
            self._memory.unlink(missing_ok=True)
