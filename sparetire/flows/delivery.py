"""Brings an edition to the targets: push, let caches know, read it back, record."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from queue import SimpleQueue

from sparetire import clock, interrupts
from sparetire.config.schema import Target
from sparetire.errors import HostUnreachable, NotVerified
from sparetire.events import Event
from sparetire.flows.approach import Approached
from sparetire.flows.ends import Delivery, interrupted, refuse_failures
from sparetire.flows.made import Made, page_addresses
from sparetire.flows.readback import reading_back
from sparetire.flows.session import Session
from sparetire.hosts.base import Commit
from sparetire.model.announcement import Notice
from sparetire.model.manifest import Wave
from sparetire.model.plan import Action, Plan
from sparetire.model.receipt import Receipt
from sparetire.stages.plan import make_plan
from sparetire.stages.push import Push
from sparetire.stages.verify import Subject

__all__ = ["Milestones", "deliver_everywhere"]

_GRACE = 10.0
"""Seconds that an interrupted run waits for the requests that are under way."""


@dataclass(frozen=True, slots=True)
class Milestones:
    """Who is told how far a delivery has come, at each target.

    Attributes:
        landed: The target carries the edition.
        handed_over: It does, and colleagues may be told; nobody waits until they are.
        verified: The public sees it; what is announced then goes into the receipt.
    """

    landed: Callable[[Made, str], None]
    handed_over: Callable[[Session, Made, Approached, Plan], object]
    verified: Callable[[Session, Target, str], tuple[Notice, ...]]


def deliver_everywhere(
    session: Session,
    purpose: str,
    made: Made,
    reached: list[Approached],
    milestones: Milestones,
) -> tuple[Receipt, ...]:
    """Deliver to every target side by side, telling of it in the caller's thread.

    Raises:
        SparetireError: The first target that failed, once all have ended.
    """
    told: SimpleQueue[Event | None] = SimpleQueue()
    stopping = threading.Event()

    def tell(event: Event) -> None:
        if stopping.is_set():
            raise KeyboardInterrupt
        told.put(event)

    aside = replace(session, emit=tell)

    def deliver(one: Approached) -> Receipt:
        try:
            return _deliver(aside, purpose, made, one, milestones)
        finally:
            told.put(None)

    pool = ThreadPoolExecutor(len(reached))
    futures = [pool.submit(deliver, one) for one in reached]
    try:
        _pass_on(told, len(futures), session)
        wait(futures)
    except KeyboardInterrupt as error:
        interrupts.notice()
        stopping.set()  # each delivery stops at its next event
        for one in reached:
            one.host.stop()
        # What is under way may still arrive: the public is read once it has.
        wait(futures, _GRACE)
        raise interrupted(session.deliveries) from error
    finally:
        pool.shutdown(wait=False)
    targets = [one.target for one in reached]
    ends = [future.exception() for future in futures]
    refuse_failures(list(zip(targets, ends, strict=True)))
    return tuple(future.result() for future in futures)


def _pass_on(told: "SimpleQueue[Event | None]", busy: int, session: Session) -> None:
    while busy:
        event = told.get()
        if event is None:
            busy -= 1
        else:
            session.emit(event)


def _deliver(
    session: Session, purpose: str, made: Made, one: Approached, milestones: Milestones
) -> Receipt:
    name, manifest = one.target.name, made.edition.manifest
    plan = make_plan(name, manifest, one.live)
    facts = {"purpose": purpose, "target": name, "edition": manifest.edition}
    at = clock.now().isoformat()
    commit = Commit(manifest, one.live, made.incidents, at, made.goes_back)
    if plan.changes:
        session.record("push started", **facts)
    push = Push(made.edition, plan, one.host, commit)
    subject = _subject(made, one, plan)
    delivery = Delivery(one, plan, subject, made.edition.file, push.begun)
    session.deliveries.append(delivery)
    with delivery.told(), reading_back(session, one, subject) as reading:
        with session.stage("push", name):
            push.send(session.emit)
            reading.may_begin()
            receipt = push.commit()
            delivery.committed = True
        milestones.landed(made, name)
        if plan.changes:
            pages = page_addresses(made, one.target.url)
            told = {"put": receipt.put, "size": receipt.size, "pages": pages}
            session.record("live", **facts, **told)
        _settle(one)
        milestones.handed_over(session, made, one, plan)
        seen, verified = reading.seconds(), clock.since_start()
        if seen is not None:
            session.record("verified", **facts, seconds=seen)
        delivery.verified = reading.seen_at or clock.read_clocks()
        delivery.confirm()
        notices = milestones.verified(session, one.target, manifest.edition)
    return replace(receipt, notices=notices, verified=None if seen is None else verified)


def _settle(one: Approached) -> None:
    try:
        one.host.settle()
    except HostUnreachable as error:
        raise NotVerified(
            f"{one.target.name} is live at its origin, but its cache has not confirmed.",
            why=[error.what, *error.why],
            public="Some readers still see the edition before, until the cache forgets it.",
            then="Run the same command again: it asks the cache once more.",
        ) from error


def _subject(made: Made, one: Approached, plan: Plan) -> Subject:
    """Return what to look at: every file put, or the lists where nothing changed."""
    entries = plan.of(Action.PUT) or tuple(
        entry for entry in made.edition.manifest.entries.values() if entry.wave is Wave.LISTS
    )
    return Subject(
        target=one.target.name,
        routes=replace(made.routes, base_url=one.target.url),
        entries=entries,
        private_urls=one.host.private_urls(),
        headers=one.host.features.headers,
    )
