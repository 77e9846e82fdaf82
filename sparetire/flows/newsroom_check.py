"""What the newsroom needs to be ready: a timer that runs, and receivers that can be told."""

import os
from collections.abc import Iterator
from datetime import timedelta

from sparetire import clock
from sparetire.errors import SparetireError
from sparetire.flows.session import Session
from sparetire.model.finding import Finding, Severity
from sparetire.model.release import Status
from sparetire.workspace.releases import read_shelf
from sparetire.workspace.rounds import last_round

__all__ = ["check_newsroom"]

ASLEEP = timedelta(hours=1)


def check_newsroom(session: Session) -> Iterator[str | Finding]:
    """Yield what is right, and what is not; where nothing waits, no timer is needed."""
    for webhook in session.settings.announce.webhooks:
        place = f"announce.webhooks.{webhook.name}"
        if os.environ.get(webhook.url_env, "").startswith("https://"):
            yield f"The webhook {webhook.name} has an address."
        else:
            message = f"{webhook.url_env} holds no https address here: it will not be told."
            remedy = "Set that environment variable."
            yield Finding("webhook-unknown", Severity.WARNING, place, message, remedy)
    try:
        shelf = read_shelf(session.workspace.releases, session.settings)
    except SparetireError as error:
        told = " ".join((error.what, *error.why))
        yield Finding("releases", Severity.ERROR, "releases/", told, error.then)
        return
    coming = [
        one
        for one in shelf.releases
        if one.due and one.status is Status.READY and one.publication is None
    ]
    if coming:
        yield _timer(session, len(coming))


def _timer(session: Session, coming: int) -> str | Finding:
    last = last_round(session.workspace.rounds)
    if last and clock.now() - last.at < ASLEEP:
        return f"The newsroom looked at what is due at {last.at.isoformat()}."
    seen = f"nobody has looked since {last.at.isoformat()}" if last else "nobody ever looked"
    return Finding(
        "newsroom-asleep",
        Severity.WARNING,
        "newsroom",
        f"{coming} releases wait for their time, but {seen} what is due.",
        "Set up a timer: sparetire newsroom schedule install",
    )
