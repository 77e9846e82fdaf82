"""What ``scenario.toml`` may say: the facts to ask for, and what to watch while asking."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sparetire.config.section import Section

__all__ = ["Blank", "BlankType", "Clock", "Outline"]

Texts = dict[str, Annotated[str, Field(min_length=1)]]
BlankName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class BlankType(StrEnum):
    """What kind of fact a blank takes, and so how each language tells it."""

    TEXT = "text"
    NAME = "name"
    NUMBER = "number"
    MOMENT = "moment"
    PHONE = "phone"
    LINK = "link"
    CHOICE = "choice"
    PERSON = "person"


class Blank(Section):
    """One fact that the scenario asks for.

    Attributes:
        type: ``text`` is worded in each language; a ``name`` is the same in all of them.
        ask: The question, by language.
        example: A good answer; by language where the answer is worded.
        required: Whether the statement cannot be said without it.
        when: For a moment: whether it lies behind us, or is a promise.
        options: For a choice: what each key is in words.
    """

    type: BlankType
    ask: Texts
    example: str | Texts = ""
    required: bool = True
    when: Literal["past", "future"] | None = None
    options: dict[BlankName, Texts] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        if (self.type is BlankType.CHOICE) != bool(self.options):
            message = "options belong to a choice, and a choice needs them"
            raise ValueError(message)
        if self.when and self.type is not BlankType.MOMENT:
            message = "only a moment lies in the past or the future"
            raise ValueError(message)
        return self

    def example_in(self, code: str) -> str:
        """Return a good answer in one language."""
        return self.example if isinstance(self.example, str) else self.example.get(code, "")


class Clock(Section):
    """A delay that the law or good practice sets; a reminder, and no legal advice.

    Attributes:
        duty: Who must be told what, by language.
        within: The delay in words, by language.
        source: The text that sets it, by language where it has a name in each.
        confirmed: It was compared with that text; else counsel must check it first.
        hours: The delay as a number, where it is one.
        since: The blank from whose moment the hours count.
    """

    duty: Texts
    within: Texts
    source: str | Texts
    confirmed: bool = False
    hours: Annotated[int, Field(gt=0)] | None = None
    since: str | None = None

    def told(self, code: str) -> str:
        """Return it in one language: the duty, the delay, and the text that sets it."""
        source = self.source if isinstance(self.source, str) else self.source.get(code, "")
        return f"{self.duty.get(code, '')} – {self.within.get(code, '')} ({source})"


class Outline(Section):
    """The whole file.

    Attributes:
        name: What the scenario is called, by language.
        about: When to use it, by language.
        review_by: Until when its texts count as reviewed.
        title: The headline with its blanks, by language.
        keywords: What people will search, comma-separated, by language.
        forbidden: Words that must not be said in this kind of crisis, by language.
        cautions: What to think of before publishing, by language.
    """

    name: Texts
    about: Texts
    review_by: date
    title: Texts
    keywords: Texts
    forbidden: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    cautions: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    blanks: dict[BlankName, Blank]
    clocks: tuple[Clock, ...] = ()

    @model_validator(mode="after")
    def _clocks_know_their_start(self) -> Self:
        for clock in self.clocks:
            if clock.hours and (
                clock.since not in self.blanks
                or self.blanks[clock.since].type is not BlankType.MOMENT
            ):
                message = "a clock with hours counts since a blank that is a moment"
                raise ValueError(message)
        return self
