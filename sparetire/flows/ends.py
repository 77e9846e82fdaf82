"""How deliveries end when something comes between: each end says what the public has now."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sparetire.config.schema import Target
from sparetire.errors import (
    STOPPED,
    UNCHANGED,
    HostUnreachable,
    Interrupted,
    SparetireError,
    StoppedHalfway,
)

__all__ = [
    "beside_others",
    "once_done",
    "once_live",
    "once_seen",
    "refuse_failures",
    "stopped",
    "stopped_when_done",
]


@contextmanager
def once_live(target: Target) -> Iterator[None]:
    """Let whatever fails after the push say that the public has the new edition."""
    public = f"The new edition is live at {target.url}, but was not read back."
    try:
        yield
    except KeyboardInterrupt as error:
        raise Interrupted(
            f"The run was interrupted before {target.name} was read back.",
            why=STOPPED,
            public=public,
            then="Run the same command again: it reads back what is live.",
        ) from error
    except SparetireError as error:
        if error.public == UNCHANGED:
            error.public = public
        raise


@contextmanager
def once_seen(target: Target) -> Iterator[None]:
    """Let whatever fails after the verification say that the public sees the new edition."""
    public = f"The new edition is live and verified at {target.url}."
    try:
        yield
    except KeyboardInterrupt as error:
        raise Interrupted(
            "The run was interrupted before everybody was told.",
            why=STOPPED,
            public=public,
            then="Run the same command again: it tells those who are left.",
        ) from error
    except SparetireError as error:
        if error.public == UNCHANGED:
            error.public = public
        raise


@contextmanager
def once_done() -> Iterator[None]:
    """Let who interrupts what the public does not wait for hear that it sees the edition."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise stopped_when_done() from error


def refuse_failures(ends: Sequence[tuple[Target, BaseException | None]]) -> None:
    """Raise the error of the first target that failed, naming those that have the edition.

    Raises:
        SparetireError: A target failed.
    """
    live = ", ".join(target.url for target, end in ends if end is None)
    for target, end in ends:
        if live and isinstance(end, SparetireError) and end.public == UNCHANGED:
            public = f"Live and verified: {live}. {target.url} shows what it showed before."
            raise beside_others(end, end.what, public, end.then) from end
        if end is not None:
            raise end


def beside_others(error: SparetireError, what: str, public: str, then: str) -> SparetireError:
    """Return the error of one target as that of a run whose other targets are live.

    That a host is out of reach means elsewhere that nothing has changed for the public; here
    the run has come half of its way, and the same command goes on.
    """
    kind = StoppedHalfway if isinstance(error, HostUnreachable) else type(error)
    return kind(what, why=error.why, public=public, then=then)


def stopped(ends: Sequence[BaseException | None]) -> BaseException:
    """Return what to say of deliveries that were interrupted: the furthest speaks."""
    for end in ends:
        if isinstance(end, SparetireError):
            return end
    if None in ends:
        return stopped_when_done()
    return KeyboardInterrupt()


def stopped_when_done() -> Interrupted:
    """Return what to say of a run that was interrupted after the public saw it all."""
    return Interrupted(
        "The run was interrupted when its work was done.",
        why=STOPPED,
        public="The new edition is live and verified.",
        then="Look at it with: sparetire status",
    )
