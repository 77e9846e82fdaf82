"""Puts answers into the blanks of a scenario, in every language."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from shlex import quote

from sparetire.config.scenario import Blank, BlankType
from sparetire.errors import ContentRefused
from sparetire.model.language import Language
from sparetire.stages.fill.blanks import BLANK, Answer, blocks_of, fill_line, fill_text
from sparetire.stages.fill.documents import Document
from sparetire.stages.fill.facts import Fact, Moment
from sparetire.stages.fill.typed import Asked, read_answer
from sparetire.workspace.scenarios import BESIDE, PARTS, STATEMENT, Scenario

__all__ = [
    "PROMISE",
    "FilledScenario",
    "answered",
    "fill_scenario",
    "lines_with",
    "promise_in",
    "read_facts",
    "unanswered",
]

PROMISE = "next_update"
OPEN = "[…]"


def answered(brief: Mapping[str, object], name: str) -> bool:
    """Tell whether a brief holds an answer to a blank."""
    return brief.get(name) not in (None, "", {})


def unanswered(scenario: Scenario, brief: Mapping[str, object]) -> tuple[str, ...]:
    """Return the blanks still open, those that must be filled first."""
    blanks = scenario.outline.blanks
    still = [name for name in blanks if not answered(brief, name)]
    return tuple(sorted(still, key=lambda name: not blanks[name].required))


def read_facts(
    scenario: Scenario, brief: Mapping[str, object], asked: Asked
) -> dict[str, Fact]:
    """Return the facts of a brief, by the name of their blank.

    Raises:
        ContentRefused: A required blank has no answer, or an answer is wrong: all are told.
    """
    facts: dict[str, Fact] = {}
    problems = list(_unknown(scenario, brief))
    remedies: list[str] = []
    for name, blank in scenario.outline.blanks.items():
        try:
            if answered(brief, name):
                facts[name] = read_answer(blank, brief[name], asked)
                continue
            problem = "has no answer" if blank.required else ""
        except ValueError as error:
            problem = str(error)
        if problem:
            problems.append(f"The blank {name} {problem}.")
            remedies += _remedies(name, blank, asked)
    if problems:
        raise ContentRefused(
            f"The scenario {scenario.name!r} cannot be filled in.",
            why=problems,
            then=" ".join(remedies) or f"sparetire scenario show {quote(scenario.name)}",
        )
    return facts


@dataclass(frozen=True, slots=True)
class FilledScenario:
    """What a scenario says once its blanks are filled.

    Attributes:
        documents: The holding statement, by language code.
        sheets: What stands beside it, Markdown by name and language code.
    """

    documents: dict[str, Document]
    sheets: dict[str, dict[str, str]]


def fill_scenario(
    scenario: Scenario, facts: Mapping[str, Fact], languages: tuple[Language, ...]
) -> FilledScenario:
    """Return what a scenario says once its blanks are filled.

    Args:
        scenario: Its texts.
        facts: The answers, and what the settings already say, by blank.
        languages: The site's languages.

    Raises:
        ContentRefused: The scenario has no text in one of the languages.
    """
    documents = {each.code: _document(scenario, facts, each) for each in languages}
    sheets: dict[str, dict[str, str]] = {name: {} for name in BESIDE}
    for name in BESIDE:
        for language in languages:
            text = scenario.text(name, language.code)
            if filled := fill_text(text, _written(facts, language), language.code):
                sheets[name][language.code] = f"{filled}\n"
    return FilledScenario(documents, {name: told for name, told in sheets.items() if told})


def lines_with(
    scenario: Scenario, facts: Mapping[str, Fact], name: str, language: Language
) -> tuple[str, ...]:
    """Return the title and the paragraphs in which a blank stands, as they read by now."""

    def answer(other: str, part: str) -> str:
        return (facts[other].told(language, part) if other in facts else "") or OPEN

    code = language.code
    texts = [scenario.outline.title[code]]
    for part in PARTS:
        for block in blocks_of(scenario.text(part, code)):
            texts += block
    there = (text for text in texts if any(each[1] == name for each in BLANK.finditer(text)))
    return tuple(_capital(fill_line(text, answer, code) or "") for text in there)


def promise_in(facts: Mapping[str, Fact]) -> datetime | None:
    """Return when the facts promise the next update."""
    fact = facts.get(PROMISE)
    return fact.at if isinstance(fact, Moment) else None


def _document(scenario: Scenario, facts: Mapping[str, Fact], language: Language) -> Document:
    code, outline = language.code, scenario.outline
    text = scenario.text(STATEMENT, code)
    if not (text and code in outline.title and code in outline.keywords):
        raise ContentRefused(
            f"The scenario {scenario.name!r} says nothing in {code!r}.",
            why=f"It needs {code}/statement.md, and a title and keywords in {code}.",
            then="Write them, or launch with --content.",
        )

    def plain(name: str, part: str) -> str | None:
        return facts[name].told(language, part) if name in facts else None

    keywords = (fill_line(each, plain, code) for each in outline.keywords[code].split(","))
    return Document(
        place=f"scenarios/{scenario.name}/{code}",
        body=f"{fill_text(text, _written(facts, language), code)}\n",
        fields={
            "title": _capital(fill_line(outline.title[code], plain, code) or ""),
            "keywords": ",".join(each for each in keywords if each),
        },
    )


def _written(facts: Mapping[str, Fact], language: Language) -> Answer:
    def written(name: str, part: str) -> str | None:
        return facts[name].written(language, part) if name in facts else None

    return written


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]


def _unknown(scenario: Scenario, brief: Mapping[str, object]) -> Iterator[str]:
    blanks = scenario.outline.blanks
    for name in sorted(brief.keys() - blanks.keys()):
        nearest = difflib.get_close_matches(name, blanks, n=1)
        hint = f"did you mean {nearest[0]}?" if nearest else f"it has {', '.join(blanks)}."
        yield f"The scenario has no blank {name!r}; {hint}"


def _remedies(name: str, blank: Blank, asked: Asked) -> Iterator[str]:
    """Yield what to type; an example would end up on the page one night."""
    codes = [language.code for language in asked.languages]
    if blank.type is BlankType.TEXT and len(codes) > 1:
        for code in codes:
            yield f"--set {name}.{code}=…"
    else:
        yield f"--set {name}=…"
