"""History: past runs, from the ledger."""

from sparetire.errors import ConfigurationFault
from sparetire.flows.session import Session
from sparetire.model.outcome import Run
from sparetire.workspace.ledger import Ledger, Record

__all__ = ["history", "verify_ledger"]


def history(session: Session) -> tuple[Run, ...]:
    """Return what was done to each target in each run, the newest first."""
    records: dict[tuple[str, str], list[Record]] = {}
    for record in Ledger(session.workspace.ledger).records():
        target = record.facts.get("target", "")  # a signature goes to none
        records.setdefault((record.run, target), []).append(record)
    return tuple(_run(steps) for steps in reversed(records.values()))


def verify_ledger(session: Session) -> int:
    """Prove that the ledger is as it was written, and return how many lines it has.

    Raises:
        ConfigurationFault: A line was changed, moved or taken out.
    """
    path = session.workspace.ledger
    number = Ledger(path).first_break()
    if number is not None:
        raise ConfigurationFault(
            f"The ledger is not as it was written: line {number} does not hold.",
            why=f"{path}: that line, or the one before it, was changed or taken out.",
            public="The ledger is a record only: the public site is not concerned.",
            then="Restore the file from a backup to find out what was changed.",
        )
    return Ledger(path).length


def _run(steps: list[Record]) -> Run:
    last = steps[-1]
    return Run(
        run=last.run,
        at=steps[0].at,
        purpose=str(last.facts["purpose"]),
        target=str(last.facts.get("target", "")),
        outcome=last.what,
        seconds=last.facts.get("seconds"),
        edition=str(last.facts.get("edition", "")),
    )
