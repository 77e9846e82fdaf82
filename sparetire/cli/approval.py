"""Asks a person before anything becomes public."""

import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sparetire.cli.desk import Desk
from sparetire.cli.prompts import agreed
from sparetire.errors import UsageFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparetire.model.published import Proposal

__all__ = ["EXERCISE", "LIVE", "approval", "confirmation", "typed_as"]

LIVE = ("LIVE", "EN LIGNE")
EXERCISE = ("EXERCISE", "EXERCICE")


def approval(desk: Desk, *, yes: bool) -> "Callable[[Proposal], bool]":
    """Return who answers for the person: the person, or ``--yes``."""

    def approve(proposal: "Proposal") -> bool:
        """Ask for the site's name and the word LIVE, which are not typed by habit."""
        if not (yes or desk.interactive):
            raise UsageFault(
                "--yes is missing.",
                why="There is no terminal on which a person could approve.",
                then="Run it on a terminal, or add --yes.",
            )
        if yes:
            if desk.watched:  # else no terminal is needed, and to load one takes time
                desk.terminal.propose(proposal)
            return True
        desk.terminal.propose(proposal, asked=True)
        return confirmation(desk, proposal, LIVE)

    return approve


def confirmation(desk: Desk, proposal: "Proposal", words: tuple[str, str]) -> bool:
    """Ask for the site's name and one of two words, English and French; return the answer."""
    site = urlsplit(proposal.address).netloc
    english, french = (f"{site} {word}" for word in words)
    question = f"To publish, type: {english}\n      or, in French: {french}\n>"
    if words is EXERCISE:
        question = f"To publish the exercise, type: {english}\n      or, in French: {french}\n>"

    def accepts(typed: str) -> str:
        if typed_as(typed, (english, french)):
            return ""
        if not typed:
            return "Nothing was typed."
        if not typed_as(typed.split(maxsplit=1)[0], (site,)):
            return f"{typed!r} does not begin with the site's name, {site}."
        return f"{typed!r} does not end with {words[0]} or {words[1]}."

    return agreed(desk, question, accepts, "--yes")


def typed_as(typed: str, wanted: tuple[str, ...]) -> bool:
    """Tell whether a text is one of those wanted, whatever its letter case and its blanks."""
    return _plain(typed) in {_plain(one) for one in wanted}


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
