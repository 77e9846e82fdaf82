"""Whether a service refuses a write when it is asked to.

Some take conditions and ignore them; some refuse every request that has one.

It is tried out once, and remembered on this machine, since it decides what a lock is worth.
"""

from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from botocore.exceptions import ClientError

from sparetire.disk import write_atomic
from sparetire.hosts.s3.client import UNSUPPORTED, translated
from sparetire.hosts.s3.errors import Asked, code_of
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
        self._asked = asked
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
        refused = self._tried()
        if refused and self._memory is not None:
            write_atomic(self._memory, b"")
        return refused

    def _tried(self) -> bool:
        with translated(self._asked):
            try:
                # It stays there: next time two requests will do.
                refused = any(self._trial.write_if(b"", None) is None for _ in range(2))
                return refused and self._trial.write_if(b"", _NO_VERSION) is None
            except ClientError as error:
                if code_of(error) in UNSUPPORTED:
                    return False
                raise

    def forget(self) -> None:
        """Ask again next time: another service may stand behind the same address."""
        self.__dict__.pop("honoured", None)
        if self._memory is not None:
            self._memory.unlink(missing_ok=True)
