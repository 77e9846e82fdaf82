"""Markup in a statement that would be removed, or would ask another site for something."""

import re
from collections.abc import Iterator

from sparetire.model.attachment import ATTACHED
from sparetire.rules.base import Draft, Sight
from sparetire.rules.lines import Part, matches

__all__ = ["link_insecure", "markup_removed", "picture_remote", "picture_unsupported"]

# Every repetition has a limit: no text, however odd, may hold up a launch.
_ACTIVE = re.compile(
    r"(?i)<(?:script|iframe|object|embed|form|style|link|meta|base)\b"
    r"|<[a-z][^>]{0,300}\son\w+\s*="
    r"|\bjavascript:"
)
_REMOTE_PICTURE = re.compile(
    r"""(?ix)
    !\[[^\]]{0,300}\]\(\s*<?(?:https?:)?//[^)\s>]+
    | <img\b[^>]{0,300}\bsrc\s*=\s*["']?(?:https?:)?//[^\s"'>]+
    """
)
_OTHER_PICTURE = re.compile(
    r"""(?ix)
    !\[[^\]]{0,300}\](?:\((?!\s*<?(?:https?:)?//)[^)]{0,300}\)?|\[[^\]]{0,300}\])
    | <img\b(?![^>]{0,300}\bsrc\s*=\s*["']?(?:https?:)?//)[^>]{0,300}>?
    """
)
_PLAIN_LINK = re.compile(
    r"""(?ix)
    (?<!!)\[[^\]]{0,300}\]\(\s*<?http://[^)\s>]+
    | <http://[^>\s]+
    | ^\ {0,3}\[[^\]]+\]:\s*http://\S+
    | \bhref\s*=\s*["']?http://[^\s"'>]+
    """
)


def markup_removed(draft: Draft) -> Iterator[Sight]:
    """Scripts, frames and event attributes do not survive the build: its author should know."""
    for line, found in matches(draft, _ACTIVE):
        if line.part is Part.BODY:
            yield (
                line.place,
                f"{found!r} will be removed from the page.",
                "Take it out, and check that the text still says what you mean.",
            )


def picture_remote(draft: Draft) -> Iterator[Sight]:
    """No picture comes from another site: that site would learn who reads, and may be down."""
    for line, found in matches(draft, _REMOTE_PICTURE):
        yield (
            line.place,
            f"A picture would be loaded from another site: {found}",
            "Take the picture out.",
        )


def picture_unsupported(draft: Draft) -> Iterator[Sight]:
    """A picture that was not taken along with the text would be a broken one on the page."""
    for line, found in matches(draft, _OTHER_PICTURE):
        if not ATTACHED.search(found):
            yield (
                line.place,
                f"This picture cannot be shown: {found}",
                "Keep it as .jpg, .png or .webp beside the text: ![what it shows](FILE)",
            )


def link_insecure(draft: Draft) -> Iterator[Sight]:
    """Links lead to https addresses: on the way to an http one, anybody can change the page."""
    for line, found in matches(draft, _PLAIN_LINK):
        yield line.place, f"The link is not secure: {found}", "Use https:// if the site has it."
