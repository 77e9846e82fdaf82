"""What readers get from a bucket, whether or not the live version names it.

Nothing is removed by a run, so that files of earlier versions, of runs that failed, and of
addresses that have changed since can be read for as long as nobody takes them away.
"""

from typing import TYPE_CHECKING

from sparetire.hosts.base import Found

if TYPE_CHECKING:
    from sparetire.hosts.s3.buckets import Buckets

__all__ = ["Leftovers"]


class Leftovers:
    """Looks into the bucket that the public reads."""

    _buckets: "Buckets"

    def readable(self) -> frozenset[str]:
        """Return the path of each file under the prefix: one request for a thousand."""
        return frozenset(self._buckets.public.tags())

    def read(self, path: str) -> Found | None:
        """Return a file; ours carry our mark, those of runs that failed, too."""
        return self._buckets.public.read(path)
