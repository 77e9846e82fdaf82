"""Goes to the targets while the site is still being built: lock, then what is live there."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from sparetire.config.schema import Target
from sparetire.errors import ConfigurationFault, SparetireError
from sparetire.events import LockIsAdvisory
from sparetire.flows.session import Session
from sparetire.hosts.base import Host
from sparetire.model.edition import Live
from sparetire.model.manifest import Manifest

__all__ = ["NOTHING", "Approached", "UnderWay", "approach", "arrivals"]

MOST_TOLD = 5
NOTHING = Live(edition="", manifest=Manifest({}), counter=0, committed="", incidents={})


@dataclass(frozen=True, slots=True)
class Approached:
    """A target within reach: locked against others unless we only look, and read."""

    target: Target
    host: Host
    live: Live | None


UnderWay = list[tuple[Target, Future[Approached]]]


@contextmanager
def approach(
    session: Session,
    targets: Sequence[Target],
    purpose: str | None,
    *,
    adopt: bool = False,
    yields: bool = False,
) -> Iterator[UnderWay]:
    """Reach every target at once, in the background, and let go of all of them at the end.

    Args:
        session: The run.
        targets: Where to go.
        purpose: What the locks say we are doing; None takes no lock, for a run that only looks.
        adopt: Publish even where files of somebody else are.
        yields: Let go of the locks when somebody asks for them who cannot wait.
    """
    locks = ExitStack()
    pool = ThreadPoolExecutor(2 * len(targets))

    def reach(target: Target, opened: Future[Host]) -> Approached:
        host = opened.result()
        if purpose is not None:
            locks.enter_context(host.lock(session.holder(purpose, yields=yields)))
            # Some must ask the host what it can do: beside other answers that is free.
            pool.submit(_look, session, target, host)
        live = host.read_live()
        if live is None and not adopt and (strangers := host.drift(NOTHING)):
            raise _occupied(target, strangers)
        return Approached(target, host, live)

    # Leaving the pool waits for those still on their way, so that no lock is left behind.
    with locks, pool:
        under_way = [
            (target, pool.submit(reach, target, _opened(session, target))) for target in targets
        ]
        yield under_way


def _look(session: Session, target: Target, host: Host) -> None:
    if not host.features.conditional_writes:
        session.emit(LockIsAdvisory(target.name))


def _opened(session: Session, target: Target) -> Future[Host]:
    """Load what speaks to a target: in the caller's thread, so that nothing slows it down."""
    opened: Future[Host] = Future()
    try:
        opened.set_result(session.open(target, session.workspace.root, session.earlier))
    except SparetireError as error:
        opened.set_exception(error)
    return opened


def arrivals(under_way: UnderWay) -> tuple[list[Approached], dict[str, SparetireError]]:
    """Wait for the targets, and return those reached and why the others were not.

    Raises:
        SparetireError: None was reached: the primary's own error.
    """
    reached: list[Approached] = []
    absent: dict[str, SparetireError] = {}
    for target, future in under_way:
        try:
            reached.append(future.result())
        except SparetireError as error:
            absent[target.name] = error
    if not reached:
        raise next(iter(absent.values()))
    return reached, absent


def _occupied(target: Target, strangers: tuple[str, ...]) -> ConfigurationFault:
    told = list(strangers[:MOST_TOLD])
    if len(strangers) > MOST_TOLD:
        told.append(f"… and {len(strangers) - MOST_TOLD} more.")
    return ConfigurationFault(
        f"{target.name} holds files that sparetire did not put there.",
        why=told,
        then="Choose an empty place, or publish beside them with --adopt: none is deleted, "
        "but pages of the same name are replaced.",
    )
