"""Push: the plan, wave by wave, then the commit that makes the edition live.

Safe to stop at any point: a wave starts only when the one before it is whole, nothing is ever
removed, and a plain re-run finds by itself what is missing.
"""

from sparetire.errors import STOPPED, Interrupted, SparetireError, StoppedHalfway
from sparetire.events import Emit, FilePut, WaveStarted
from sparetire.hosts.base import Commit, Host, Upload
from sparetire.model.edition import Edition
from sparetire.model.plan import Action, Plan
from sparetire.model.receipt import Receipt

__all__ = ["push_edition"]


def push_edition(
    edition: Edition, plan: Plan, host: Host, commit: Commit, *, emit: Emit
) -> Receipt:
    """Send what the plan says and commit; nothing to change asks nothing of the host.

    Args:
        edition: Where the bytes are.
        plan: What to send, and in which order.
        host: Where to.
        commit: What makes it live.
        emit: Told of every file.

    Raises:
        StoppedHalfway: It stopped after the first public write; run the same command again.
        Interrupted: Ctrl-C after the first public write.
        SparetireError: It stopped before; nothing public has changed.
    """
    sent = size = 0
    if plan.changes:
        host.expect(commit)
    try:
        for wave, entries in plan.waves():
            emit(WaveStarted(plan.target, wave, len(entries)))
            for stored in host.put([Upload(entry, edition.file(entry)) for entry in entries]):
                sent += 1
                size += stored.entry.size
                emit(FilePut(plan.target, stored.entry.path, stored.entry.size))
        if plan.changes:
            host.commit(commit)
    except (SparetireError, KeyboardInterrupt) as error:
        if sent == 0 or host.features.atomic_switch:
            raise
        raise _halfway(error, plan, sent) from error
    return Receipt(
        target=plan.target,
        edition=commit.manifest.edition,
        put=sent,
        kept=len(plan.of(Action.KEEP)),
        retired=len(plan.of(Action.RETIRE)),
        size=size,
    )


def _halfway(
    error: SparetireError | KeyboardInterrupt, plan: Plan, sent: int
) -> StoppedHalfway | Interrupted:
    public = f"Mixed: {sent} of {len(plan.of(Action.PUT))} files are new. No link is dead."
    then = "Run the same command again: it sends what is missing."
    what = f"The push to {plan.target} stopped."
    if isinstance(error, KeyboardInterrupt):
        return Interrupted(what, why=STOPPED, public=public, then=then)
    return StoppedHalfway(what, why=[error.what, *error.why], public=public, then=then)
