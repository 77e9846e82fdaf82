"""Asks for the facts of a scenario one by one, and shows the statement grow with each."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sparetire.cli.desk import Desk
from sparetire.cli.prompts import TRIES, Question, StepBack, ask_until, typed_line, yes_or_no
from sparetire.errors import ContentRefused, LocalDiskFault, UsageFault

if TYPE_CHECKING:
    from sparetire.config.scenario import Blank
    from sparetire.stages.fill.brief import Brief
    from sparetire.stages.fill.facts import Fact
    from sparetire.stages.fill.typed import Asked
    from sparetire.workspace.scenarios import Scenario

__all__ = ["Guide"]


@dataclass
class Guide:
    """One interview, in the site's first language where we have its words.

    Attributes:
        desk: Where the person sits.
        scenario: What is asked about.
        asked: What answers are read against.
        known: What the settings already say.
        path: Where the answers are kept as they are given.
    """

    desk: Desk
    scenario: "Scenario"
    asked: "Asked"
    known: "dict[str, Fact]"
    path: Path
    _facts: "dict[str, Fact]" = field(init=False)
    _words: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        from sparetire.output.scenarios import interview_words

        self._facts = dict(self.known)
        self._words = interview_words(self.asked.languages[0].code)

    def resumed(self, given: "Brief") -> "Brief":
        """Return the answers of an interview that was stopped, where the person wants them.

        Args:
            given: The answers of this run; without a blank that these lack, nothing is offered.
        """
        from sparetire.stages.fill.brief import read_brief
        from sparetire.stages.fill.facts import Moment

        kept: Brief = {}
        with suppress(UsageFault, ContentRefused):  # absent, or damaged
            kept = read_brief(self.path)
        if not kept.keys() - given.keys():
            return {}
        at = datetime.fromtimestamp(self.path.stat().st_mtime, self.asked.zone)
        when = Moment(at, self.asked.zone).told(self.asked.languages[0])
        question = self._words["resume"].format(when=when)
        goes_on, _typed = ask_until(self.desk, Question("resume", question, "y", yes_or_no))
        if goes_on:
            return kept
        with suppress(OSError):  # under a name that no run offers, so that nothing is lost
            self.path.replace(self.path.with_suffix(".before.toml"))
        return {}

    def fill(self, brief: "Brief", *, optional: bool) -> "Brief":
        """Return the brief with the answers of the person put in.

        Raises:
            UsageFault: A required answer never came.
        """
        from sparetire.stages.fill.scenario import unanswered

        blanks = self.scenario.outline.blanks
        names = [
            name
            for name in unanswered(self.scenario, brief)
            if optional or blanks[name].required
        ]
        self._read_given(brief)
        brief = dict(brief)
        if names:
            self._welcome(len(names))
        at = 0
        while at < len(names):
            name = names[at]
            try:
                answer = self._ask(f"{at + 1}/{len(names)}", name)
            except StepBack:
                at -= 1
                if at < 0:
                    raise
                self._take_back(brief, names[at])
                continue
            if answer:
                brief[name] = answer
                self._keep(brief)
            at += 1
        return brief

    def remind(self) -> None:
        """Say what not to forget before it is published."""
        from sparetire.output.scenario_pages import duty_lines

        for line in duty_lines(self.scenario, self.asked.languages[0], self._facts):
            self.desk.terminal.say(line)

    def _welcome(self, count: int) -> None:
        name = self._first(self.scenario.outline.name)
        self.desk.terminal.say(self._words["start"].format(name=name, count=count))
        self.desk.terminal.say(self._words["kept"].format(path=self.path))
        self.desk.terminal.say(self._words["back"])

    def _keep(self, brief: "Brief") -> None:
        """Keep the answers; a disk that refuses them is named and stops nothing."""
        from sparetire.disk import write_private
        from sparetire.stages.fill.brief import brief_text

        try:
            write_private(self.path, brief_text(brief))
        except LocalDiskFault as error:
            self.desk.terminal.tell(f"Your answers cannot be kept: {error.what}")

    def _take_back(self, brief: "Brief", name: str) -> None:
        """Open a blank again: the person wants to answer it anew."""
        if brief.pop(name, None) is not None:
            self._keep(brief)
        self._facts.pop(name, None)
        if name in self.known:
            self._facts[name] = self.known[name]

    def _read_given(self, brief: "Brief") -> None:
        """Know what is answered already; what is wrong in it is told when it is filled in."""
        from sparetire.stages.fill.scenario import answered
        from sparetire.stages.fill.typed import read_answer

        for name, blank in self.scenario.outline.blanks.items():
            if answered(brief, name):
                with suppress(ValueError):
                    self._facts[name] = read_answer(blank, brief[name], self.asked)

    def _ask(self, where: str, name: str) -> object:
        """Ask until the answer can be used, and show what it makes of the statement."""
        from sparetire.output.scenarios import show_growth, show_question
        from sparetire.stages.fill.facts import Moment
        from sparetire.stages.fill.scenario import lines_with
        from sparetire.stages.fill.typed import read_answer

        blank, language = self.scenario.outline.blanks[name], self.asked.languages[0]
        example = blank.example_in(language.code)
        show_question(
            self.desk.terminal,
            where,
            self._first(blank.ask),
            self._words["example"].format(example) if example else "",
            "" if blank.required else self._words["optional"],
        )
        for _ in range(TRIES):
            raw = self._raw(blank)
            if not raw and not blank.required:
                return None
            try:
                fact = read_answer(blank, raw, self.asked)
            except ValueError as error:
                self.desk.terminal.tell(f"  {error if raw else self._words['needed']}")
                continue
            self._facts[name] = fact
            show_growth(
                self.desk.terminal, lines_with(self.scenario, self._facts, name, language)
            )
            return fact.at.astimezone(self.asked.zone) if isinstance(fact, Moment) else raw
        raise UsageFault(
            f"The blank {name} is still open.",
            why=f"{TRIES} answers could not be used.",
            then=f"Run the same command again, or give it: --set {name}=…",
        )

    def _raw(self, blank: "Blank") -> object:
        """Return what the person typed, nothing where nothing was."""
        from sparetire.config.scenario import BlankType

        codes = [language.code for language in self.asked.languages]
        match blank.type:
            case BlankType.CHOICE:
                return self._choice(blank)
            case BlankType.TEXT if len(codes) > 1:
                return self._by_language(codes, "  {code} >")
            case BlankType.PERSON:
                if not (name := self._line("  >")):
                    return ""
                role = self._by_language(codes, f"  {self._words['role']}")
                return {"name": name, "role": role} if role else name
            case _:
                return self._line("  >")

    def _choice(self, blank: "Blank") -> str:
        from sparetire.output.scenarios import show_options

        keys = list(blank.options)
        show_options(self.desk.terminal, [self._first(blank.options[key]) for key in keys])
        typed = self._line(f"  {self._words['number']}")
        numbers = {str(number): key for number, key in enumerate(keys, start=1)}
        return numbers.get(typed, typed)

    def _by_language(self, codes: list[str], question: str) -> dict[str, str]:
        """Ask for every language; where the first is left out, all are."""
        told: dict[str, str] = {}
        for code in codes:
            if answer := self._line(question.format(code=code)):
                told[code] = answer
            elif not told:
                break
        return told

    def _line(self, question: str) -> str:
        return typed_line(self.desk, question, "--set")

    def _first(self, texts: dict[str, str]) -> str:
        return texts.get(self.asked.languages[0].code) or next(iter(texts.values()))
