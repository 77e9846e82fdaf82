"""The one way anything becomes public: the targets are reached, and an order lands there."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sparetire import interrupts
from sparetire.flows.approach import approach
from sparetire.flows.order import Approve, Order
from sparetire.flows.session import Session

if TYPE_CHECKING:
    from sparetire.model.published import Published

__all__ = ["publish"]


def publish(session: Session, order: Order, approve: Approve) -> "Published":
    """Bring the targets to the edition that the order makes.

    When the primary cannot be reached, the others are still served, and the error says so.

    Raises:
        NotApproved: The person said no.
        SparetireError: Any other end; its four parts say what the public sees.
    """
    session.deliveries.clear()  # A drill publishes many times: each end is about its own run.
    lock = None if order.dry_run else order.purpose
    adopt = order.allowed.adopt
    interrupts.witness(lambda: _public(session))
    try:
        with (
            approach(session, order.targets, lock, adopt=adopt, yields=order.yields) as there,
            # Innermost: what is left for colleagues is written while the locks are held.
            ThreadPoolExecutor(len(order.targets), "hand over") as aside,
        ):
            from sparetire.flows.landing import land  # noqa: PLC0415  loaded on the way there

            with _noticing():
                published = land(session, order, approve, there, aside)
        for delivery in session.deliveries:
            delivery.confirm()
    except KeyboardInterrupt as error:
        interrupts.notice()
        from sparetire.flows.ends import interrupted  # noqa: PLC0415  needed here alone

        raise interrupted(session.deliveries) from error
    return published


@contextmanager
def _noticing() -> Iterator[None]:
    """Let a second signal not interrupt what the first one has begun to end."""
    try:
        yield
    except KeyboardInterrupt:
        interrupts.notice()
        raise


def _public(session: Session) -> str:
    return " ".join(delivery.public() for delivery in session.deliveries)
