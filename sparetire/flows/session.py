"""What every flow works with: the workspace, its settings, the record, and a stopwatch."""

import getpass
import os
import secrets
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sparetire import clock
from sparetire.config.schema import Settings, Target
from sparetire.events import Emit, Stage, StageFinished, StageStarted
from sparetire.hosts.base import Holder, Host
from sparetire.hosts.registry import open_host
from sparetire.model.manifest import Known, Manifest
from sparetire.workspace.layout import Workspace
from sparetire.workspace.ledger import Ledger

if TYPE_CHECKING:
    from sparetire.flows.ends import Delivery

__all__ = ["Session"]


@dataclass(frozen=True)
class Session:
    """One run in one workspace.

    Attributes:
        workspace: Where everything lies.
        settings: What the workspace says about the organisation.
        emit: Told everything that happens.
        run: The run's own name, in the ledger and in locks.
        timings: Seconds by stage, filled as the stages end.
        open: Opens the host behind a target; a drill has its own way.
        earlier: Editions whose files are known here; a build that begins fills it.
        environment: Where the addresses of webhooks are; a drill has its own.
        deliveries: Those that have begun: an end of the run reads what the public sees of them.
    """

    workspace: Workspace
    settings: Settings
    emit: Emit
    run: str = field(default_factory=lambda: secrets.token_hex(4))
    timings: dict[str, float] = field(default_factory=dict)
    open: Callable[[Target, Path, Known], Host] = open_host
    earlier: dict[str, Callable[[], Manifest | None]] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    deliveries: "list[Delivery]" = field(default_factory=list)

    @contextmanager
    def stage(self, name: Stage, target: str = "") -> Iterator[None]:
        """Time a stage and tell that it began and ended."""
        self.emit(StageStarted(name, target))
        watch = clock.Stopwatch()
        yield
        seconds = watch.elapsed()
        self.timings[name] = round(self.timings.get(name, 0.0) + seconds, 3)
        self.emit(StageFinished(name, seconds, target))

    def holder(self, purpose: str, *, yields: bool = False) -> Holder:
        """Return who we are, for a lock that others may meet."""
        who = f"{getpass.getuser()}@{socket.gethostname()}"
        return Holder(who, purpose, f"{self.run}-{secrets.token_hex(8)}", yields)

    def record(self, what: str, **facts: object) -> None:
        """Add to the ledger."""
        Ledger(self.workspace.ledger).append(self.run, what, clock.now(), **facts)
