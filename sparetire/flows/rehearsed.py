"""What is left of drills: whether one was held lately, and what was said in it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sparetire import clock
from sparetire.flows.session import Session
from sparetire.model.finding import Finding, Severity
from sparetire.workspace.drills import RehearsalWorkspace, read_scorecards
from sparetire.workspace.incidents import read_incidents

__all__ = ["in_drill", "look_at_drills"]

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


def in_drill(session: Session, name: str) -> tuple[Session, str]:
    """Return the run as a drill saw its workspace, and the drill's incident.

    What is no drill's name is left as it is.
    """
    if name not in {card.name for card in read_scorecards(session.workspace)}:
        return session, name
    workspace = RehearsalWorkspace(session.workspace.root, name)
    incidents = read_incidents(workspace.incidents)
    said = incidents[0].name if incidents else name
    return replace(session, workspace=workspace), said
