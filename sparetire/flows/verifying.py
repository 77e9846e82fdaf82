"""Verifying: every file of a live site from outside, and every signature that was kept."""

from shlex import quote

from sparetire.errors import ConfigurationFault, NotVerified, UsageFault
from sparetire.flows.approving import Verdict, verdicts
from sparetire.flows.left_over import left_over
from sparetire.flows.session import Session
from sparetire.flows.status import look_at_target
from sparetire.hosts.registry import open_host
from sparetire.model.approval import incident_subject
from sparetire.model.outcome import SiteVerified
from sparetire.workspace.incidents import read_incident

__all__ = ["signatures", "verify_site"]

MOST_TOLD = 5


def verify_site(session: Session, name: str) -> SiteVerified:
    """Read every file of what a target has live, as a reader would, and compare its hash.

    Raises:
        NotVerified: Something is not as it was published.
        UsageFault: Nothing of ours is live there.
    """
    target = session.settings.target(name)
    host = open_host(target, session.workspace.root)
    live = host.read_live()
    if live is None:
        raise UsageFault(
            f"Nothing of ours is live on {name}.",
            why="No edition was ever made live there.",
            then="sparetire prepare puts the standing pages in place.",
        )
    if not host.features.served:
        raise ConfigurationFault(
            f"Nobody can read {name} from here.",
            why="Its host hands a file over, and serves nothing itself.",
            then="Verify it where it is unpacked, or another target.",
        )
    wrong = look_at_target(session, target, host, live, whole=True)
    if wrong:
        raise NotVerified(
            f"{name} does not show edition {live.edition}.",
            why=wrong,
            public=f"{target.url} shows something else than what was published.",
            then="Publish it again with the command that published it last.",
        )
    left = left_over(session, name, host, live)
    if left.taken_back:
        raise NotVerified(
            f"{name} goes on to show what was taken back, at {len(left.taken_back)} addresses.",
            why=[f"{target.url}/{path}" for path in left.taken_back[:MOST_TOLD]],
            public="Readers who know those addresses read the text there.",
            then="Run the withdrawal again: it puts the notice at each of them.",
        )
    paths = tuple(f"{target.url}/{path}" for path in left.paths)
    return SiteVerified(name, target.url, live.edition, len(live.manifest.entries), paths)


def signatures(session: Session, name: str) -> tuple[Verdict, ...]:
    """Return every signature kept for an incident's newest words, and whether it holds.

    Raises:
        UsageFault: There is no such target or incident.
    """
    folder = session.workspace.incidents / name
    known = sorted(path.parent.name for path in folder.parent.glob("*/incident.toml"))
    if name not in known:
        names = ", ".join((*session.settings.targets, *known))
        raise UsageFault(
            f"There is no target and no incident {name!r}.",
            why=f"There are: {names}.",
            then=f"sparetire verify {quote(next(iter(session.settings.targets)))}",
        )
    return tuple(verdicts(session, incident_subject(read_incident(folder))))
