"""The one way anything becomes public: the targets are reached, and an order lands there."""

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from sparetire.errors import STOPPED, UNCHANGED, Interrupted, SparetireError
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
    lock = None if order.dry_run else order.purpose
    adopt = order.allowed.adopt
    published: Published | None = None
    try:
        with (
            approach(session, order.targets, lock, adopt=adopt, yields=order.yields) as there,
            # Innermost: what is left for colleagues is written while the locks are held.
            ThreadPoolExecutor(len(order.targets), "hand over") as aside,
        ):
            from sparetire.flows.landing import land  # noqa: PLC0415  loaded on the way there

            published = land(session, order, approve, there, aside)
    except KeyboardInterrupt as error:
        raise _interrupted(error, published) from error
    return published


def _interrupted(error: KeyboardInterrupt, published: "Published | None") -> Interrupted:
    """Return what to say of a run that somebody stopped, after its work or on another end."""
    from sparetire.flows.ends import stopped_when_done  # noqa: PLC0415  needed here alone

    if published and published.receipts:
        return stopped_when_done()
    end = error.__context__
    return Interrupted(
        "The run was interrupted.",
        why=STOPPED,
        public=end.public if isinstance(end, SparetireError) else UNCHANGED,
        then="Run the same command again to go on.",
    )
