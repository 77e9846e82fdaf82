"""What was taken back or put right, and what older addresses of it are to say instead."""

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["AddressNotice", "TakenBack"]


@dataclass(frozen=True, slots=True)
class AddressNotice:
    """What stands at an older address, in one language.

    Attributes:
        tag: The language, such as ``fr-CA``.
        title: Plain text.
        html: Clean HTML.
        address: The present page.
        link: What the link to it says.
    """

    tag: str
    title: str
    html: str
    address: str
    link: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A text that no older address may go on to show.

    Attributes:
        texts: All that was said, as plain text or Markdown.
        names: The parts of paths that name it: its slugs.
        files: Paths of the pictures and documents that came with it.
        notices: By language code, the default language first.
        feeds: Paths of the feeds that stand in for older ones, by language code and form.
    """

    texts: tuple[str, ...]
    names: frozenset[str]
    files: frozenset[str]
    notices: Mapping[str, AddressNotice]
    feeds: Mapping[tuple[str, str], str]
