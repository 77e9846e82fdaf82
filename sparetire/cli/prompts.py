"""The one place where a person is asked, so that every question behaves alike.

An answer that cannot be used is asked for again at once, with the reason. ``back`` or
``retour`` returns to the question before. `sparetire.cli.draft` keeps the answers.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from sparetire.cli.desk import Desk
from sparetire.errors import (
    STOPPED,
    ConfigurationFault,
    ContentRefused,
    Interrupted,
    UsageFault,
)

__all__ = [
    "REFUSALS",
    "TRIES",
    "Question",
    "StepBack",
    "agreed",
    "answers_kept",
    "ask_until",
    "reason_of",
    "typed_line",
    "yes_or_no",
]

TRIES = 5  # a terminal that answers nothing useful must not be asked for ever
_BACK = {"back", "retour"}
_YES = {"y", "yes", "o", "oui"}
_NO = {"n", "no", "non"}
REFUSALS = (ValueError, UsageFault, ContentRefused, ConfigurationFault)
"""What says that an answer cannot be used, and why."""

T = TypeVar("T")


class StepBack(Exception):
    """The person wants the question before this one again."""


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """One question, and what counts as an answer.

    Attributes:
        name: Its key in the draft.
        text: What the person reads.
        option: The option that would have answered it.
        read: Turns the text into the answer; a `ValueError` says why it cannot.
        kept: Whether the answer goes into the draft.
    """

    name: str
    text: str
    option: str
    read: Callable[[str], T]
    kept: bool = True


@contextmanager
def answers_kept() -> Iterator[None]:
    """Let Ctrl-C at a question say that what was answered is kept.

    Raises:
        Interrupted: In place of the Ctrl-C.
    """
    try:
        yield
    except KeyboardInterrupt as error:
        raise Interrupted(
            "The command was interrupted.",
            why=STOPPED,
            then="Run the same command again: it offers the answers that you have given.",
        ) from error


def typed_line(desk: Desk, question: str, option: str) -> str:
    """Return one line that the person types.

    Raises:
        StepBack: It is ``back`` or ``retour``.
        UsageFault: There is no terminal, or its input has ended.
    """
    try:
        typed = desk.ask(question, option)
    except EOFError as error:
        raise UsageFault(
            f"{option} is missing.",
            why="The input ended before it was answered.",
            then="Run the same command again. The command with --help shows its options.",
        ) from error
    if typed.casefold() in _BACK:
        raise StepBack
    return typed


def ask_until(desk: Desk, question: Question[T]) -> tuple[T, str]:
    """Ask one question until its answer can be used; return the answer, and what was typed.

    Raises:
        StepBack: The person wants the question before.
        UsageFault: There is no terminal, its input has ended, or no answer could be used.
    """
    for _ in range(TRIES):
        typed = typed_line(desk, question.text, question.option)
        try:
            return question.read(typed), typed
        except REFUSALS as error:
            desk.terminal.tell(f"  {reason_of(error)}")
    raise UsageFault(
        f"{question.option} is still missing.",
        why=f"{TRIES} answers could not be used.",
        then="Run the same command again: it offers the answers that you have given.",
    )


def yes_or_no(text: str) -> bool:
    """Return whether a typed answer is a yes, in either language.

    Raises:
        ValueError: It is neither a yes nor a no.
    """
    word = text.casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    message = f"{text!r} is neither yes (oui) nor no (non)"
    raise ValueError(message)


def agreed(desk: Desk, question: str, accepts: Callable[[str], str], option: str) -> bool:
    """Ask for a confirmation until it is typed as wanted, or declined.

    Args:
        desk: Where the person sits.
        question: What is to be typed.
        accepts: Returns what is wrong with an answer, or nothing.
        option: The option that would have answered it.

    Returns:
        Whether it was typed; ``no``, ``non`` and ``back`` decline, and so do too many slips.
    """
    for left in reversed(range(TRIES)):
        try:
            typed = typed_line(desk, question, option)
        except StepBack:
            return False
        if typed.casefold() in _NO:
            return False
        wrong = accepts(typed)
        if not wrong:
            return True
        again = f"Type it again ({left} more), or no to stop." if left else ""
        desk.terminal.tell(f"{wrong} {again}".rstrip())
    return False


def reason_of(error: Exception) -> str:
    """Return why an answer cannot be used, in one line."""
    if isinstance(error, UsageFault | ContentRefused | ConfigurationFault):
        return " ".join((error.what, *error.why))
    return str(error)
