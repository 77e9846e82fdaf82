"""What a command wants published: all that publishing must know, before it is even loaded."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sparetire.config.schema import Target
from sparetire.flows.made import Made
from sparetire.model.approval import Subject, incident_subject
from sparetire.model.finding import Finding
from sparetire.model.incident import Incident

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sparetire.flows.approach import Approached
    from sparetire.model.published import Proposal
    from sparetire.model.taken_back import TakenBack

__all__ = ["Allowed", "Approve", "Order", "nothing_taken_back", "nothing_to_sign", "said"]

Approve = Callable[["Proposal"], bool]


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a person has said yes to, although it is usually a mistake.

    Attributes:
        shrink: Publish although more than half of the pages would leave the site.
        adopt: Publish beside files that somebody else has put there.
        glass: Why approvals are done without; nothing where they are not.
    """

    shrink: bool = False
    adopt: bool = False
    glass: str = ""


def nothing_to_sign(_made: Made) -> tuple[Subject, ...]:
    """What was public before, or says nothing, needs nobody's signature."""
    return ()


def nothing_taken_back(_made: Made) -> "Iterable[TakenBack]":
    """What is only added leaves older addresses as they are."""
    return ()


def said(made: Made) -> tuple[Subject, ...]:
    """What is newly said about the incident of a run must be signed."""
    return (incident_subject(made.incident),) if made.incident else ()


@dataclass(frozen=True, slots=True)
class Order:
    """What a command wants published, and where.

    Attributes:
        purpose: In a few words, for locks and the ledger.
        targets: The first is the primary.
        make: Makes the edition; asked first with None, while the targets are still being
            reached, then with the first one reached. It may answer None to the first question.
        started: Told before the first public write.
        landed: Told each target that now carries the edition.
        dry_run: Stop before anything is sent or kept.
        allowed: What is done although it is usually a mistake.
        findings: What the rules saw in the words.
        subjects: What people must have signed before it is public.
        takes_back: What no older address of it may go on to show, once it is public.
        clears: Take away pictures that no page shows any more, and what a rollback has left.
        before: The incident of this run as readers know it; None where it is new to them.
        yields: It can wait: before its first write it leaves a target to who cannot.
    """

    purpose: str
    targets: tuple[Target, ...]
    make: Callable[["Approached | None"], Made | None]
    started: Callable[[Made], None]
    landed: Callable[[Made, str], None]
    dry_run: bool
    allowed: Allowed
    findings: tuple[Finding, ...] = ()
    subjects: Callable[[Made], tuple[Subject, ...]] = nothing_to_sign
    takes_back: "Callable[[Made], Iterable[TakenBack]]" = nothing_taken_back
    clears: bool = False
    yields: bool = False
    before: Incident | None = None
