"""What was taken over from a document, and what was left behind in it."""

from dataclasses import dataclass

__all__ = ["Imported", "Intake", "Picture"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture without anything but its pixels.

    Attributes:
        name: A file name that holds its hash.
        content: The bytes of the file.
    """

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Intake:
    """A document as far as it may go public.

    Attributes:
        text: Markdown; it names the pictures as ``pictures/NAME``.
        pictures: The pictures that it shows.
        dropped: What stayed behind, one line each.
    """

    text: str
    pictures: tuple[Picture, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """What taking over a document came to.

    Attributes:
        source: The document.
        files: What was written.
        dropped: What stayed behind, one line each.
        text: The Markdown.
        dry_run: Nothing was written.
        pairs: Which releases were taken for translations of each other, one line each.
    """

    source: str
    files: tuple[str, ...]
    dropped: tuple[str, ...]
    text: str
    dry_run: bool
    pairs: tuple[str, ...] = ()
