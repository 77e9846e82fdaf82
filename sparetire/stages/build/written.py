"""What Pelican's process tells of a page that it has rendered."""

from typing import NamedTuple

__all__ = ["Written"]


class Written(NamedTuple):
    """A page that was rendered.

    Attributes:
        path: Its path in the site.
        file: Where its bytes are.
        sha256: Their hash.
        size: How many they are.
    """

    path: str
    file: str
    sha256: str
    size: int
