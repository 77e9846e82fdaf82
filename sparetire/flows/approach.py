"""Goes to the targets while the site is still being built: lock, then what is live there."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from sparetire.config.schema import Target
from sparetire.flows.session import Session
from sparetire.hosts.base import Host
from sparetire.hosts.registry import open_host
from sparetire.model.edition import Live

__all__ = ["Approached", "approach"]


@dataclass(frozen=True, slots=True)
class Approached:
    """A target within reach: locked against others unless we only look, and read."""

    target: Target
    host: Host
    live: Live | None


@contextmanager
def approach(
    session: Session, targets: Sequence[Target], purpose: str | None
) -> Iterator[list[Future[Approached]]]:
    """Reach every target at once, in the background, and let go of all of them at the end.

    Args:
        session: The run.
        targets: Where to go.
        purpose: What the locks say we are doing; None takes no lock, for a run that only looks.
    """
    locks = ExitStack()

    def reach(target: Target) -> Approached:
        host = open_host(target, session.workspace.root)
        if purpose is not None:
            locks.enter_context(host.lock(session.holder(purpose)))
        return Approached(target, host, host.read_live())

    # Leaving the pool waits for those still on their way, so that no lock is left behind.
    with locks, ThreadPoolExecutor(len(targets)) as pool:
        yield [pool.submit(reach, target) for target in targets]
