"""Preview: what a target of this machine carries, in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from shlex import quote
from urllib.parse import urlsplit

from sparetire.config.section import is_loopback
from sparetire.config.services import DirectoryService
from sparetire.errors import UsageFault
from sparetire.flows.session import Session
from sparetire.hosts.loopback import serve

__all__ = ["preview_target"]


@contextmanager
def preview_target(session: Session, name: str) -> Iterator[str]:
    """Serve a local target at its own address while the context is open.

    Raises:
        UsageFault: There is no such target on this machine.
        ConfigurationFault: Its port is taken.
    """
    known = {**session.settings.targets, **session.settings.staging}
    service = known.get(name)
    if not isinstance(service, DirectoryService) or not is_loopback(service.url):
        local = [one for one, each in known.items() if is_loopback(each.url)]
        raise UsageFault(
            f"{name!r} is not a target that this machine can serve.",
            why=f"The local targets are: {', '.join(local) or 'none'}.",
            then=f"sparetire preview {quote(local[0])}"
            if local
            else "Add a target on 127.0.0.1.",
        )
    parts = urlsplit(service.url)
    web_root = session.workspace.root / service.path / "current"
    with serve(web_root, parts.hostname or "127.0.0.1", parts.port or 80) as address:
        yield address
