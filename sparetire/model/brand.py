"""What the brand brings to every page."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["Logo", "Taken"]


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


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken over from an organisation's site or from a picture.

    Attributes:
        source: Where it came from.
        logo: The file in the workspace, or nothing where none could be used.
        colours: The brand's colour and, where there is one, the accent's.
        notes: What was changed to make them readable, and what could not be used.
        dry_run: Nothing was written.
    """

    source: str
    logo: str
    colours: tuple[str, ...]
    notes: tuple[str, ...]
    dry_run: bool
