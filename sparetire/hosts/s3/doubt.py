"""Whether public files may not be as the pointer says, so that a run must look at each.

To list a large bucket takes longer than to publish to it, so that a sign is left wherever a
list is needed: a run that stopped between its first file and its commit leaves a file behind,
one that died leaves its lock, and so does whoever finds a difference.
"""

from contextlib import suppress

from sparetire.errors import SparetireError
from sparetire.hosts.guard import excused
from sparetire.hosts.lease import Kept, Lease
from sparetire.hosts.s3.state import StateFile

__all__ = ["Doubt"]


class Doubt:
    """One run's knowledge of it, and the sign for the next.

    Args:
        sign: The file that is there while there is doubt.

    Attributes:
        unsure: Whether this run would leave doubt behind if it ended now.
    """

    def __init__(self, sign: StateFile) -> None:
        self._sign = sign
        self._found: Kept | None = None
        self.unsure = False

    @property
    def there(self) -> bool:
        """Whether there is any: asked of the host unless this run has cause enough."""
        if not self.unsure:
            self._found = self._sign.read()
        return self.unsure or self._found is not None

    def raise_for_the_next(self) -> None:
        """Make the next run look at each file, where that can be written down."""
        with suppress(SparetireError), excused():
            self._sign.overwrite(b"")

    def hand_on(self, lease: Lease) -> None:
        """Leave the sign or clear it, at the end of a run; at worst the lock is the sign."""
        try:
            if self.unsure:
                with excused():  # also by a run that was stopped, or has lost its lock
                    self._sign.overwrite(b"")
            elif self._found is not None:
                self._sign.delete(self._found.tag)
        except SparetireError:
            lease.leave()
        except BaseException:
            lease.leave()
            raise
