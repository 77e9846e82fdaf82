"""The questions of one command, whose answers are kept until they are public.

Ctrl-C loses nothing: the draft lies in the private folder of the workspace, and the next run
offers it.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from sparetire.cli.desk import Desk
from sparetire.cli.prompts import (
    REFUSALS,
    Question,
    StepBack,
    answers_kept,
    ask_until,
    reason_of,
    yes_or_no,
)
from sparetire.errors import LocalDiskFault, UsageFault

__all__ = ["Prompts"]

_HINT = "Type back (or retour) to return to the question before."

T = TypeVar("T")


@dataclass
class Prompts:
    """The questions of one command, in their order.

    Attributes:
        desk: Where the person sits.
        path: The draft of the answers.
        resume: Asks whether to go on with a draft; ``{when}`` is its time.
        when: Words the time of a file.
    """

    desk: Desk
    path: Path
    when: Callable[[Path], str]
    resume: str = "Go on with your answers of {when}? (y/n)"
    _answers: dict[str, str] = field(default_factory=dict)
    _asked: list[str] = field(default_factory=list)
    _not_kept: set[str] = field(default_factory=set)
    _begun: bool = False

    def run(self, interview: Callable[[], T]) -> T:
        """Return what an interview comes to; ``back`` runs it again, up to that question.

        Raises:
            Interrupted: The person pressed Ctrl-C; the answers are kept.
        """
        while True:
            self._asked = []
            try:
                with answers_kept():
                    return interview()
            except StepBack:
                if self._asked:
                    self._answers.pop(self._asked.pop())
                    self._keep()
                else:
                    self.desk.terminal.tell("This is the first question.")

    def given(self, question: Question[T], text: str, *, asks: bool) -> T:
        """Return what an option says; where it cannot be used, a person is asked instead.

        Raises:
            UsageFault: It cannot be used, and nobody is to be asked.
        """
        wrong = ""
        if text:
            try:
                return question.read(text)
            except REFUSALS as error:
                wrong = reason_of(error)
            if not asks:
                raise UsageFault(
                    f"{question.option} {text!r} cannot be used.",
                    why=wrong,
                    then=f"Correct {question.option}, then run the same command again.",
                )
            if question.name not in self._answers:
                self.desk.terminal.tell(f"{question.option} {text!r}: {wrong}")
        return self.ask(question) if asks else question.read("")

    def ask(self, question: Question[T]) -> T:
        """Return the answer; one that is in the draft already is not asked for again.

        Raises:
            StepBack: The person wants the question before; `run` takes care of that.
            UsageFault: Nobody is there to answer, or no answer could be used.
        """
        if not question.kept:
            self._not_kept.add(question.name)
        elif self.desk.interactive:
            self._begin()
        known = self._answers.get(question.name)
        if known is not None:
            with suppress(*REFUSALS):
                answer = question.read(known)
                self._asked.append(question.name)
                return answer
        answer, typed = ask_until(self.desk, question)
        self._answers[question.name] = answer if isinstance(answer, str) else typed
        self._asked.append(question.name)
        self._keep()
        return answer

    def knows(self, name: str) -> bool:
        """Tell whether a question was answered already, so that nothing need be shown."""
        return name in self._answers

    def forget(self) -> None:
        """Delete the draft: what it held is public, or written."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def _begin(self) -> None:
        """Offer the draft of an earlier run, before the first question."""
        if self._begun:
            return
        self._begun = True
        before = _draft(self.path)
        if before and self._goes_on():
            self._answers = {**before, **self._answers}
        self.desk.terminal.say(_HINT)

    def _goes_on(self) -> bool:
        question = self.resume.format(when=self.when(self.path))
        goes_on, _typed = ask_until(self.desk, Question("resume", question, "y", yes_or_no))
        if not goes_on:  # kept once more, under a name that no run offers
            with suppress(OSError):
                self.path.replace(self.path.with_suffix(".before.json"))
        return goes_on

    def _keep(self) -> None:
        """Keep the answers; a disk that refuses them is named once and stops nothing."""
        from sparetire.disk import write_private

        try:
            kept = {
                name: text for name, text in self._answers.items() if name not in self._not_kept
            }
            write_private(self.path, json.dumps(kept, ensure_ascii=False, indent=1))
        except LocalDiskFault as error:
            self.desk.terminal.tell(f"Your answers cannot be kept: {error.what}")


def _draft(path: Path) -> dict[str, str]:
    """Return the answers of an earlier run; a damaged draft counts as none."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(kept, dict):
        return {}
    return {name: text for name, text in kept.items() if isinstance(text, str)}
