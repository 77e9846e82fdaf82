"""Whether the team has rehearsed lately, and what it has never rehearsed."""

from collections.abc import Iterator
from datetime import datetime

from sparetire import clock
from sparetire.flows.session import Session
from sparetire.model.finding import Finding, Severity
from sparetire.workspace.drills import read_scorecards

__all__ = ["look_at_drills"]

_PLACE = "crisis.drill"
_REMEDY = "Rehearse: sparetire drill"


def look_at_drills(session: Session) -> Iterator[str | Finding]:
    """Yield how old the last drill is; one that failed does not count."""
    cards = [card for card in read_scorecards(session.workspace) if not card.exit_code]
    if not cards:
        message = "nobody has rehearsed here yet: the first time would be the real one."
        yield Finding("drill-missing", Severity.WARNING, _PLACE, message, _REMEDY)
        return
    days = (clock.now() - datetime.fromisoformat(cards[-1].at)).days
    most = session.settings.crisis.drill_days
    if days > most:
        message = f"the last drill is {days} days old; {most} is the most."
        yield Finding("drill-old", Severity.ERROR, _PLACE, message, _REMEDY)
    else:
        yield f"The last drill is {days} day{'' if days == 1 else 's'} old."
