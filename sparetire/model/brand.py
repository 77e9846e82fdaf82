"""What the brand brings to every page."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["Logo"]


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo that is safe to publish.

    Attributes:
        content: The cleaned bytes.
        suffix: What kind of picture they are, as the ending of its file name.
        width: In CSS pixels.
        height: In CSS pixels.
    """

    content: bytes
    suffix: Literal[".svg", ".png"]
    width: int
    height: int
