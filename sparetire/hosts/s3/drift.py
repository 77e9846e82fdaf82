"""What differs between a bucket and what the service said of each file put.

Nothing is removed by a run, so that files of earlier versions, of runs that failed, and of
addresses that have changed since can be read for as long as nobody takes them away.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sparetire.hosts.base import PublicFile
from sparetire.hosts.s3.pointer import Pointer
from sparetire.hosts.s3.public import PublicFiles

if TYPE_CHECKING:
    from sparetire.hosts.s3.buckets import Buckets

__all__ = ["Leftovers", "differences"]


class Leftovers:
    """Looks into the bucket that the public reads."""

    _buckets: "Buckets"

    def readable(self) -> frozenset[str]:
        """Return the path of each file under the prefix: one request for a thousand."""
        return frozenset(self._buckets.public.tags())

    def read(self, path: str) -> PublicFile | None:
        """Return a file; ours carry our mark, those of runs that failed, too."""
        return self._buckets.public.read(path)


def differences(
    present: Mapping[str, str],
    pointer: Pointer | None,
    tags: Mapping[str, str],
    files: PublicFiles,
) -> dict[str, str]:
    """Return a line for each path that is not as it was put, or that somebody else has put.

    Args:
        present: The ETag of each file that is there.
        pointer: What is live; None where nothing of ours is, so that it was a first try.
        tags: What the service said of each file that we put.
        files: Where to ask whose an unknown file is.
    """
    expected = pointer.live.manifest.entries if pointer else {}
    unknown = {path for path, tag in present.items() if tags.get(path) != tag}
    foreign = set(files.of_others(unknown))
    told = {path: f"{path} is missing." for path in expected if path not in present}
    for path in unknown:
        if path not in foreign:
            if pointer:
                told[path] = f"{path} comes from a run that did not finish."
        elif path in expected:
            told[path] = f"{path} was changed by somebody."
        else:
            told[path] = f"{path} is not ours."
    return told
