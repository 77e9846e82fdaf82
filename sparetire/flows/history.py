"""History: past runs, from the ledger."""

from sparetire.flows.session import Session
from sparetire.model.outcome import Run
from sparetire.workspace.ledger import Ledger, Record

__all__ = ["history"]


def history(session: Session) -> tuple[Run, ...]:
    """Return what was done to each target in each run, the newest first."""
    records: dict[tuple[str, str], list[Record]] = {}
    for record in Ledger(session.workspace.ledger).records():
        records.setdefault((record.run, record.facts["target"]), []).append(record)
    return tuple(_run(steps) for steps in reversed(records.values()))


def _run(steps: list[Record]) -> Run:
    last = steps[-1]
    return Run(
        run=last.run,
        at=steps[0].at,
        purpose=str(last.facts["purpose"]),
        target=str(last.facts["target"]),
        outcome=last.what,
        seconds=last.facts.get("seconds"),
    )
