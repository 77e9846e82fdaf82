"""Asks for the facts of a scenario one by one, and shows the statement grow with each."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sparetire.cli.desk import Desk
from sparetire.errors import UsageFault

if TYPE_CHECKING:
    from sparetire.config.scenario import Blank
    from sparetire.stages.fill.answers import Answers
    from sparetire.stages.fill.brief import Brief
    from sparetire.stages.fill.facts import Fact
    from sparetire.stages.fill.typed import Asked
    from sparetire.workspace.scenarios import Scenario

__all__ = ["Guide"]

TRIES = 5  # a terminal that answers nothing more must not be asked for ever


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

    def resumed(self) -> "Brief":
        """Return the answers of an interview that was stopped, where the person wants them."""
        from sparetire.output.scenarios import YES
        from sparetire.stages.fill.brief import read_brief
        from sparetire.stages.fill.facts import Moment

        if not self.path.exists():
            return {}
        at = datetime.fromtimestamp(self.path.stat().st_mtime, self.asked.zone)
        when = Moment(at, self.asked.zone).told(self.asked.languages[0])
        answer = self.desk.ask(self._words["resume"].format(when=when), "--brief")
        return read_brief(self.path) if answer[:1].lower() in YES else {}

    def fill(self, brief: "Brief", *, optional: bool) -> "Brief":
        """Return the brief with the answers of the person put in.

        Raises:
            UsageFault: A required answer never came.
        """
        from sparetire.disk import write_atomic
        from sparetire.stages.fill.brief import brief_text
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
        for number, name in enumerate(names, start=1):
            if answer := self._ask(f"{number}/{len(names)}", name):
                brief[name] = answer
                write_atomic(self.path, brief_text(brief))
        return brief

    def show(self, told: "Answers") -> None:
        """Show the whole of what will be published, and what not to forget before."""
        from sparetire.output.scenario_pages import duty_lines, part_name
        from sparetire.output.scenarios import show_statement

        self.desk.terminal.say(f"\n{self._words['whole']}")
        for code, document in told.documents.items():
            show_statement(self.desk.terminal, code, document.fields["title"], document.body)
            for name, texts in told.sheets.items():
                show_statement(self.desk.terminal, code, part_name(name, code), texts[code])
        for line in duty_lines(self.scenario, self.asked.languages[0], self._facts):
            self.desk.terminal.say(line)

    def _welcome(self, count: int) -> None:
        name = self._first(self.scenario.outline.name)
        self.desk.terminal.say(self._words["start"].format(name=name, count=count))
        self.desk.terminal.say(self._words["kept"].format(path=self.path))

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
                self.desk.terminal.say(f"  {error if raw else self._words['needed']}")
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
        return self.desk.ask(question, "--set")

    def _first(self, texts: dict[str, str]) -> str:
        return texts.get(self.asked.languages[0].code) or next(iter(texts.values()))
