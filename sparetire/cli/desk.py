"""What every command starts from: the workspace, and how to speak to whoever is there."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sparetire.clock import since_start
from sparetire.errors import SparetireError, UsageFault
from sparetire.events import Event, StageFinished, StageStarted

if TYPE_CHECKING:
    from sparetire.config.schema import Settings
    from sparetire.flows.session import Session
    from sparetire.model.finding import Finding
    from sparetire.output.machine import Result
    from sparetire.output.terminal import Terminal

__all__ = ["Desk", "desk_of"]


@dataclass
class Desk:
    """The global options of one call.

    Attributes:
        start: Where to look for the workspace.
        as_json: Print one JSON object instead of words.
        quiet: Say nothing but the result.
        verbose: Name every file.
    """

    start: Path
    as_json: bool = False
    quiet: bool = False
    verbose: bool = False
    _terminal: "Terminal | None" = None
    _stages: list[StageFinished] = field(default_factory=list)
    _started: float = 0.0

    @property
    def terminal(self) -> "Terminal":
        """The terminal, made when it is first needed."""
        if self._terminal is None:
            from sparetire.output.terminal import Terminal

            self._terminal = Terminal(quiet=self.quiet or self.as_json, verbose=self.verbose)
        return self._terminal

    @property
    def interactive(self) -> bool:
        """Whether there is a person who can be asked."""
        return not self.as_json and sys.stdin.isatty() and self.terminal.interactive

    @property
    def watched(self) -> bool:
        """Whether somebody sees how the run goes, and what it is about to do."""
        return not (self.quiet or self.as_json)

    def emit(self, event: Event) -> None:
        """Pass an event on to whoever is watching."""
        if isinstance(event, StageStarted) and not self._started:
            self._started = since_start()
        if isinstance(event, StageFinished):
            self._stages.append(event)
        if self.watched:
            self.terminal.emit(event)

    def tell_profile(self) -> None:
        """Say where the time went, on standard error: what ends a command never meets it."""
        from sparetire.output.profile import profile_lines

        total = since_start()
        for line in profile_lines(self._stages, self._started or total, total):
            typer.echo(line, err=True)

    def session(self) -> "Session":
        """Return a run in the workspace, its settings read.

        Raises:
            ConfigurationFault: There is no workspace, or its settings hold problems.
        """
        from sparetire.config.load import load_settings
        from sparetire.flows.session import Session
        from sparetire.workspace.layout import find_workspace

        workspace = find_workspace(self.start)
        settings = load_settings(workspace.root)
        if self.interactive:
            self._confirm_addresses(settings)
        return Session(workspace, settings, self.emit)

    def _confirm_addresses(self, settings: "Settings") -> None:
        """Ask about each address that would get a secret for the first time."""
        from sparetire.config.secret_use import confirm, secret_uses

        for name, use in secret_uses(settings, os.environ):
            if not use.is_confirmed:
                self.terminal.say(f"{name} sends {use.secret} to {use.address}: a new address.")
                answer = self.terminal.ask("Is this address yours? Type yes (oui):")
                if answer.casefold() in {"yes", "oui"}:
                    confirm([use])

    def ask(self, question: str, option: str) -> str:
        """Return the answer of the person at the terminal.

        Raises:
            UsageFault: Nobody is there to answer.
        """
        if not self.interactive:
            raise UsageFault(
                f"{option} is missing.",
                why="There is no terminal to ask on.",
                then="Give the option. The command with --help shows an example.",
            )
        return self.terminal.ask(question)

    def show(self, result: "Result", tell: Callable[["Terminal"], None]) -> None:
        """Show a result: to a program as JSON, to a person as ``tell`` words it."""
        if self.as_json:
            from sparetire.output.machine import result_json

            typer.echo(result_json(result))
        else:
            tell(self.terminal)

    def fail(self, error: SparetireError, code: int) -> None:
        """Show why a command failed."""
        if self.as_json:
            from sparetire.output.machine import error_json

            findings: tuple[Finding, ...] = getattr(error, "findings", ())
            typer.echo(error_json(error, code, findings))
        else:
            self.terminal.failed(error)


def desk_of(context: typer.Context, *, as_json: bool = False) -> Desk:
    """Return the desk that the global options have set up; --json may come later too."""
    desk = context.obj
    if not isinstance(desk, Desk):  # pragma: no cover  the callback always sets it
        message = "the global options were not read"
        raise TypeError(message)
    desk.as_json = desk.as_json or as_json
    return desk
