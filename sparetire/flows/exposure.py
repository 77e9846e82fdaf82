"""What a target tells strangers that it must not, and what time it is there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from sparetire import clock
from sparetire.config.schema import Target
from sparetire.errors import NotVerified
from sparetire.flows.session import Session
from sparetire.hosts.base import Host
from sparetire.model.finding import Finding, Severity
from sparetire.stages.build.source import routes_of
from sparetire.stages.clocks import Clocks, host_time
from sparetire.stages.verify import Subject, verify_live

__all__ = ["look_at_clock", "look_at_doors"]

TOO_FAR = timedelta(minutes=5)
"""Embargoes cannot be kept beyond it; from 15 minutes on, S3 services refuse us."""


def look_at_doors(session: Session, target: Target, host: Host) -> Iterator[str | Finding]:
    """Yield whether the private state and the lists of files are closed to everybody."""
    urls = host.private_urls()
    if not urls:
        return
    routes = replace(routes_of(session.settings, target.name), base_url=target.url)
    subject = Subject(target.name, routes, (), urls, host.features.headers)
    place = f"targets.{target.name}"
    try:
        with host.serving():
            verify_live(subject, emit=session.emit, deadline=0.0)
    except NotVerified as error:
        remedy = "Deny it to everybody at the service, then check again."
        for told in error.why:
            yield Finding("open-state", Severity.ERROR, place, told, remedy)
        return
    yield f"{target.name} keeps its private state and its lists to itself."


def look_at_clock(target: Target) -> Iterator[str | Finding]:
    """Yield whether the clock of this machine and that of a target agree."""
    clocks = Clocks(clock.now(), host_time(target.url))
    if clocks.theirs is None:
        return
    apart = clocks.latest - clocks.earliest
    if clocks.agree:
        yield f"This machine and {target.name} agree on the time."
        return
    way = "ahead of" if clocks.ours > clocks.theirs else "behind"
    seconds = apart.total_seconds()
    amount = f"{seconds / 60:.0f} min" if apart > TOO_FAR else f"{seconds:.0f} s"
    yield Finding(
        "clock",
        Severity.ERROR if apart > TOO_FAR else Severity.WARNING,
        f"targets.{target.name}",
        f"this machine's clock is {amount} {way} the host's.",
        "Let the system set its clock by itself.",
    )
