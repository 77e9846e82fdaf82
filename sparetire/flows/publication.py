"""The one way anything becomes public: the targets are reached, and an order lands there."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sparetire.errors import STOPPED, Interrupted
from sparetire.flows.approach import approach
from sparetire.flows.order import Approve, Order
from sparetire.flows.session import Session

if TYPE_CHECKING:
    from sparetire.model.outcome import Published

__all__ = ["publish"]


def publish(session: Session, order: Order, approve: Approve) -> "Published":
    """Bring the targets to the edition that the order makes.

    When the primary cannot be reached, the others are still served, and the error says so.

    Raises:
        NotApproved: The person said no.
        SparetireError: Any other end; its four parts say what the public sees.
    """
    lock = None if order.dry_run else order.purpose
    adopt = order.allowed.adopt
    with (
        _interruptible(),
        # Outermost: what is left for colleagues travels beside what lets go of the locks.
        ThreadPoolExecutor(len(order.targets), "hand over") as aside,
        approach(session, order.targets, lock, adopt=adopt, yields=order.yields) as under_way,
    ):
        from sparetire.flows.landing import land  # noqa: PLC0415  loaded on the way there

        return land(session, order, approve, under_way, aside)


@contextmanager
def _interruptible() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt as error:
        raise Interrupted(
            "The run was interrupted.",
            why=STOPPED,
            then="Run the same command again to go on.",
        ) from error
