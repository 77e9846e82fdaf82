"""What a run did to a target."""

from dataclasses import dataclass

from sparetire.model.announcement import Notice

__all__ = ["Receipt"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The outcome at one target.

    Attributes:
        put: How many files were sent.
        kept: How many were there already.
        retired: How many are no longer part of the edition, and wait to be removed.
        size: The bytes that were sent.
        notices: Who was told of it, and how that ended.
        verified: Seconds from the start of the command until all of it was seen there;
            None where nobody could look, as in a file to hand over.
    """

    target: str
    edition: str
    put: int
    kept: int
    retired: int
    size: int
    notices: tuple[Notice, ...] = ()
    verified: float | None = None

    @property
    def changed(self) -> bool:
        """Whether the target carries something else than before."""
        return self.put > 0 or self.retired > 0
