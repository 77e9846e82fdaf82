"""What one run of the newsroom came to: what went public, and what comes next."""

from dataclasses import dataclass, field

from sparetire.model.finding import Finding
from sparetire.model.published import Published

__all__ = ["Appointment", "Issued"]


@dataclass(frozen=True, slots=True)
class Appointment:
    """A release that waits for its time."""

    name: str
    at: str


@dataclass(frozen=True, slots=True)
class Issued:
    """What one run of the newsroom came to.

    Attributes:
        names: The releases that went public, or in a dry run would.
        published: What was sent, or None when nothing was to be done.
        upcoming: What is due next, with its instant in the organisation's zone.
        urls: Where each release is read, by its name and language code.
        findings: What keeps other releases from being published.
    """

    names: tuple[str, ...]
    published: Published | None
    upcoming: Appointment | None
    urls: dict[str, dict[str, str]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def seen(self) -> tuple[Finding, ...]:
        """Everything that rules saw, in what was published too."""
        of_the_site = self.published.proposal.findings if self.published else ()
        return (*self.findings, *of_the_site)

    @property
    def changed(self) -> bool:
        """Whether the public sees something else than before."""
        return self.published is not None and self.published.changed
