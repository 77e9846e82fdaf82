"""What Pelican's process tells of a page that it has rendered."""

from typing import NamedTuple

__all__ = ["Written"]


class Written(NamedTuple):
    """A page that was rendered.

    Attributes:
        path: Its path in the site.
        sha256: The hash of its bytes, under which they are kept.
        size: How many they are.
    """

    path: str
    sha256: str
    size: int
