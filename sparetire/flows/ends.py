"""How deliveries end when something comes between: each end says what the public sees.

It is read from the public addresses in that moment, never concluded from how far a run came: a
request may have arrived whose answer was lost, and another run may have published since.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sparetire.clock import Readings, passed, read_clocks
from sparetire.config.schema import Target
from sparetire.config.services import LEASE
from sparetire.errors import (
    STOPPED,
    UNCHANGED,
    HostUnreachable,
    Interrupted,
    Locked,
    NotAnnounced,
    NotVerified,
    SparetireError,
    StoppedHalfway,
)
from sparetire.flows.approach import Approached
from sparetire.model.manifest import Entry
from sparetire.model.plan import Plan
from sparetire.stages.look import Looked, Shown, look
from sparetire.stages.verify import Subject

__all__ = ["Delivery", "beside_others", "interrupted", "refuse_failures"]

AGAIN = "Run the same command again: it sends what is missing."
MOST_TOLD = 3
FRESH = 1 / 12
"""Share of the lease for which a proof holds: no other run can take the lock over meanwhile."""


@dataclass
class Delivery:
    """One target's delivery, and what the public sees of it.

    Attributes:
        one: The target.
        plan: What was to change.
        subject: Where to look.
        file: Where the bytes of a new file are on this disk.
        begun: The paths that the run has sent, or begun to send.
        committed: The host has made the new version live.
        verified: When the public was found to see all of it.
    """

    one: Approached
    plan: Plan
    subject: Subject
    file: Callable[[Entry], Path]
    begun: Collection[str]
    committed: bool = False
    verified: Readings | None = None

    @contextmanager
    def told(self) -> Iterator[None]:
        """Let whatever ends a delivery say what the public sees.

        Raises:
            Interrupted: The run was told to stop.
            StoppedHalfway: The host failed, and the public sees something new already.
        """
        try:
            yield
        except KeyboardInterrupt as error:
            what = f"The delivery to {self.one.target.name} was interrupted."
            raise self.interrupted(what) from error
        except (NotVerified, NotAnnounced):
            raise  # They say what was read a moment before.
        except SparetireError as error:
            told = self._ended(error)
            if told is error:
                raise
            raise told from error

    def confirm(self) -> None:
        """Look again where time has passed since the proof: the machine may have slept.

        Raises:
            NotVerified: The public sees something else by now.
        """
        fresh = FRESH * getattr(self.one.target.service, "lease", LEASE)
        if self.verified is None or passed(self.verified, read_clocks()) < fresh:
            return
        looked = self._look()
        if looked is None or not looked.at(Shown.BEFORE, Shown.MISSING, Shown.OTHER):
            return
        self.verified = None
        raise NotVerified(
            f"{self.one.target.name} was verified, but shows something else by now.",
            why="Time has passed since: did the machine sleep? Another run may have published.",
            public=self._words(looked),
            then="Look with sparetire status; if still needed, run the same command again.",
        )

    def interrupted(self, what: str) -> Interrupted:
        """Return what to say of an interruption."""
        return Interrupted(what, why=STOPPED, public=self.public(), then=self._then())

    def public(self) -> str:
        """Return what the public sees now."""
        looked = self._look()
        return UNCHANGED if looked is None else self._words(looked)

    def _ended(self, error: SparetireError) -> SparetireError:
        looked = self._look()
        if looked is None:
            return error
        error.public = self._words(looked)
        halfway = looked.at(Shown.NEW) or (self.committed and looked.at(Shown.UNREAD))
        if not halfway or self.committed or isinstance(error, Locked):
            return error  # Who has lost the lock must look before the same command is right.
        return StoppedHalfway(
            f"The push to {self.one.target.name} stopped.",
            why=[error.what, *error.why],
            public=error.public,
            then=AGAIN,
        )

    def _look(self) -> Looked | None:
        """Read the public addresses; None where no address answers to the public yet."""
        host = self.one.host
        if not host.features.served or not self.plan.changes:
            return None
        with host.serving():
            before = self.one.live.manifest.entries if self.one.live else {}
            return look(self.subject, before, self.begun, self.file)

    def _words(self, looked: Looked) -> str:
        new, most = looked.at(Shown.NEW), len(looked.shown)
        whole = len(looked.at(Shown.NEW, Shown.SAME)) == most
        base = self.subject.routes.base_url
        if whole and new:
            return self._whole(most, base)
        if len(looked.at(Shown.BEFORE, Shown.SAME)) == most:
            if self.committed:
                return f"The host has the new version, but {base} does not show it yet."
            return UNCHANGED
        return " ".join(_mixed(looked, new, most, base))

    def _whole(self, most: int, base: str) -> str:
        if self.verified:
            return f"The new version is live and verified at {base}."
        if self.committed:
            return f"The new version is live at {base}: {most} of {most} files are new."
        return f"All {most} of {most} files are new at {base}."

    def _then(self) -> str:
        if self.verified:
            return "Look at it with: sparetire status"
        if self.committed:
            return "Run the same command again: it reads back what is live."
        return AGAIN


def _mixed(looked: Looked, new: Sequence[str], most: int, base: str) -> Iterator[str]:
    others, missing = looked.at(Shown.OTHER), looked.at(Shown.MISSING)
    unread = looked.at(Shown.UNREAD)
    if len(unread) == most:
        yield f"{base} could not be read from here ({looked.cause})."
        yield "What the public sees is not known: look with sparetire status."
        return
    yield f"{'Mixed: ' if new else ''}{len(new)} of {most} files are new at {base}."
    if others:
        yield f"{len(others)} show what another run or person has published: {_some(others)}."
    if missing:
        yield f"{len(missing)} are missing: {_some(missing)}."
    if unread:
        yield f"{len(unread)} could not be read ({looked.cause}): {_some(unread)}."
    if new and not unread:
        dead = [
            f"{page} links to {there}, which is not there yet" for page, there in looked.dead
        ]
        yield f"Dead links: {_some(dead)}." if dead else "No link is dead."


def _some(told: Sequence[str]) -> str:
    more = f" and {len(told) - MOST_TOLD} more" if len(told) > MOST_TOLD else ""
    return ", ".join(told[:MOST_TOLD]) + more


def interrupted(deliveries: Sequence[Delivery]) -> Interrupted:
    """Return what to say of a run that was told to stop, whatever it was doing."""
    if not deliveries:
        return Interrupted(
            "The run was interrupted.",
            why=STOPPED,
            then="Run the same command again to go on.",
        )
    first = next((each for each in deliveries if not each.verified), deliveries[0])
    what = "The run was interrupted."
    if first.verified:
        what = "The run was interrupted when its work was done."
    end = first.interrupted(what)
    others = [each for each in deliveries if each is not first]
    if others:
        told = [f"{first.one.target.name}: {end.public}"]
        told += [f"{each.one.target.name}: {each.public()}" for each in others]
        end.public = " ".join(told)
    return end


def refuse_failures(ends: Sequence[tuple[Target, BaseException | None]]) -> None:
    """Raise the error of the first target that failed, naming those that have the version.

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
