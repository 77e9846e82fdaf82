"""The words for what happens: stages, sizes, findings."""

from sparetire.model.incident import Incident, Kind
from sparetire.model.manifest import Wave
from sparetire.model.plan import Action, Plan
from sparetire.model.published import Published

__all__ = [
    "ABILITY_NAMES",
    "STAGES",
    "WAVES",
    "came_to",
    "newest_words",
    "plan_in_words",
    "seconds",
    "size",
]

ABILITY_NAMES = {
    "atomic_switch": "atomic switch",
    "headers": "headers",
    "lock": "lock",
    "rollback": "rollback",
    "private_state": "private state",
    "extra": "install",
}

STAGES = {
    "fill": "Fill in the words",
    "build": "Build the site",
    "connect": "Reach the host",
    "restore": "Bring back the older edition",
    "inspect": "Inspect every page",
    "plan": "Compare with what is live",
    "push": "Send to",
    "verify": "Read it back from",
    "announce": "Tell who is to be told",
}

WAVES = {
    Wave.ASSETS: "pictures and new pages",
    Wave.PAGES: "changed pages",
    Wave.LISTS: "home, lists and feeds",
}


def seconds(value: float) -> str:
    """Return a duration as people read it."""
    return f"{value:.1f} s" if value >= 1 else f"{value:.2f} s"


def size(value: int) -> str:
    """Return a number of bytes as people read it."""
    return f"{value} bytes" if value < 1000 else f"{value / 1000:.0f} kB"  # noqa: PLR2004  a kilobyte


def newest_words(incident: Incident | None, code: str) -> str:
    """Return what is said after a launch, in short: the title alone does not tell it."""
    newest = incident.standing[-1] if incident else None
    if newest is None or newest.kind is Kind.STATEMENT:
        return ""
    words = newest.words.get(code)
    return f"{newest.kind}: {words.summary if words else 'no words, a declared gap'}"


def plan_in_words(plan: Plan) -> str:
    """Return what a plan does, in one line."""
    put, retired = plan.of(Action.PUT), plan.of(Action.RETIRE)
    if not plan.changes:
        return f"nothing to change: {plan.kept} files are there already"
    told = f"{len(put)} files to send ({size(sum(entry.size for entry in put))})"
    told += f", {plan.kept} there already"
    return told + (f", {len(retired)} no longer used" if retired else "")


def came_to(result: Published) -> str:
    """Say in a few words what a run that was no dry one has proven."""
    if result.verified is None:
        return "Ready to be handed over; nobody could look at it yet,"
    return "Live and verified" if result.changed else "Already live, and verified again"
