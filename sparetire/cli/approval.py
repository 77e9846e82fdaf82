"""Asks a person before anything becomes public."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sparetire.cli.desk import Desk
from sparetire.errors import UsageFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparetire.model.published import Proposal

__all__ = ["approval"]


def approval(desk: Desk, *, yes: bool) -> "Callable[[Proposal], bool]":
    """Return who answers for the person: the person, or ``--yes``."""

    def approve(proposal: "Proposal") -> bool:
        """Ask for the site's name and the word LIVE: nobody types those by habit."""
        if not (yes or desk.interactive):
            raise UsageFault(
                "--yes is missing.",
                why="There is no terminal on which somebody could approve.",
                then="Run it on a terminal, or add --yes.",
            )
        if yes:
            if desk.watched:  # else no terminal is needed, and to load one takes time
                desk.terminal.propose(proposal)
            return True
        desk.terminal.propose(proposal, asked=True)
        wanted = f"{urlsplit(proposal.address).netloc} LIVE"
        return desk.terminal.ask(f"To publish, type: {wanted}\n>") == wanted

    return approve
