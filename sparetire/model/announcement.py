"""What one receiver is to be told once something is live, and whether it was."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["MOST_TELLINGS", "Channel", "Notice", "Standing"]

MOST_TELLINGS = 2  # a receiver whose answer was lost is told again, once


class Channel(StrEnum):
    """How a receiver is spoken to."""

    WEBSUB = "websub"
    INDEXNOW = "indexnow"
    WEBHOOK = "webhook"


class Standing(StrEnum):
    """What is known of one telling.

    ``UNKNOWN`` is what a killed run leaves behind, or an answer that never came: the receiver
    may have been told. ``FAILED`` means that it surely was not.
    """

    PENDING = "pending"
    ACCEPTED = "accepted"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that one receiver is to be told.

    Attributes:
        receiver: Its name, safe to show: a host name, or the name of a webhook.
        to: Its address; of a webhook the environment variable that holds it, since whoever
            knows that address can write there.
        body: What is sent, public from its first to its last byte.
        gist: The same in a few words, ``3 feeds``.
        edition: What must be live before it may be sent.
        proven: Whether that edition is known to have become live since.
        tellings: How often the receiver may have heard it.
        why: What went wrong the last time.
    """

    channel: Channel
    receiver: str
    to: str
    body: str
    gist: str
    edition: str
    standing: Standing = Standing.PENDING
    proven: bool = False
    tellings: int = 0
    why: str = ""

    @property
    def name(self) -> str:
        """The receiver as people are told of it."""
        return f"{self.channel} {self.receiver}"

    @property
    def open(self) -> bool:
        """Whether the receiver is still to be told."""
        if self.standing is Standing.ACCEPTED:
            return False
        return self.tellings < MOST_TELLINGS
