"""Weighs a scenario before anybody needs it: would its blanks fill, in every language?"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from sparetire.model.finding import Finding, Severity
from sparetire.model.language import Language
from sparetire.rules.claims import says
from sparetire.stages.fill.blanks import BLANK
from sparetire.stages.fill.facts import PARTS as FORMS
from sparetire.stages.fill.known import KNOWN
from sparetire.workspace.scenarios import PARTS, STATEMENT, Scenario

__all__ = ["weigh_scenario"]

_MARKS = re.compile(r"\{\{|\}\}")


def weigh_scenario(
    scenario: Scenario, languages: tuple[Language, ...], today: date
) -> Iterator[Finding]:
    """Yield what is wrong in the texts of a scenario."""
    texts = {language.code: _texts(scenario, language.code) for language in languages}
    for code, parts in texts.items():
        yield from _missing(scenario, code, parts)
        yield from _blanks(scenario, code, parts)
        yield from _open(scenario, code, parts)
        yield from _forbidden(scenario, code, parts)
    yield from _unlike(scenario, texts)
    yield from _unused(scenario, texts)
    if scenario.outline.review_by < today:
        yield Finding(
            "scenario-stale",
            Severity.WARNING,
            f"scenarios/{scenario.name}",
            f"Its texts were due for review by {scenario.outline.review_by}.",
            "Read them with your legal and operations people, then set review_by anew.",
        )


def _texts(scenario: Scenario, code: str) -> dict[str, str]:
    outline = scenario.outline
    return {
        "title": outline.title.get(code, ""),
        "keywords": outline.keywords.get(code, ""),
        **{part: scenario.text(part, code) for part in PARTS},
    }


def _missing(scenario: Scenario, code: str, parts: dict[str, str]) -> Iterator[Finding]:
    for part in ("title", "keywords", STATEMENT):
        if not parts[part].strip():
            yield _error(
                "scenario-gap",
                scenario,
                code,
                f"There is no {part} in {code!r}.",
                "Write it: both languages must be able to leave together.",
            )


def _blanks(scenario: Scenario, code: str, parts: dict[str, str]) -> Iterator[Finding]:
    known = scenario.outline.blanks.keys() | KNOWN
    for part, text in parts.items():
        rest = BLANK.sub("", text)
        if _MARKS.search(rest):
            yield _error(
                "blank-malformed",
                scenario,
                f"{code}/{part}",
                "Braces stand there that make no blank.",
                "A blank is {{ name }}, or {{ name.day }}.",
            )
        for match in BLANK.finditer(text):
            if match[1] not in known or (match[2] and match[2] not in FORMS):
                yield _error(
                    "blank-unknown",
                    scenario,
                    f"{code}/{part}",
                    f"Nothing answers the blank {match[0]}.",
                    f"Declare it in scenario.toml, or use one of: {', '.join(sorted(KNOWN))}.",
                )


def _open(scenario: Scenario, code: str, parts: dict[str, str]) -> Iterator[Finding]:
    """A title or a first paragraph must not hang on an answer that may be left out."""
    first = parts[STATEMENT].strip().split("\n\n")[0]
    for name in sorted({match[1] for match in BLANK.finditer(f"{parts['title']} {first}")}):
        blank = scenario.outline.blanks.get(name)
        if blank and not blank.required:
            yield _error(
                "blank-optional",
                scenario,
                code,
                f"The title or the first paragraph needs {name}, which is optional.",
                "Make it required, or move it into a paragraph that can be left out.",
            )


def _forbidden(scenario: Scenario, code: str, parts: dict[str, str]) -> Iterator[Finding]:
    for words in scenario.outline.forbidden.get(code, ()):
        for part, text in parts.items():
            if says(text, words):
                yield _error(
                    "scenario-forbidden",
                    scenario,
                    f"{code}/{part}",
                    f"It says {words!r}, which the scenario itself forbids.",
                    "Say it in other words.",
                )


def _unlike(scenario: Scenario, texts: dict[str, dict[str, str]]) -> Iterator[Finding]:
    (first, *others) = texts
    for code in others:
        for part, text in texts[first].items():
            here, there = _count(text), _count(texts[code][part])
            if here != there:
                names = sorted((here - there) + (there - here))
                yield _error(
                    "blank-unequal",
                    scenario,
                    part,
                    f"{first} and {code} do not have the same blanks: {', '.join(names)}.",
                    "Say the same facts in both languages.",
                )


def _unused(scenario: Scenario, texts: dict[str, dict[str, str]]) -> Iterator[Finding]:
    used = _count(" ".join(text for parts in texts.values() for text in parts.values()))
    for name in scenario.outline.blanks.keys() - used.keys():
        yield Finding(
            "blank-unused",
            Severity.WARNING,
            f"scenarios/{scenario.name}/scenario.toml",
            f"The blank {name} is asked for, but stands nowhere.",
            "Use it in a text, or take it out.",
        )


def _count(text: str) -> Counter[str]:
    return Counter(match[1] for match in BLANK.finditer(text))


def _error(rule: str, scenario: Scenario, place: str, message: str, remedy: str) -> Finding:
    return Finding(rule, Severity.ERROR, f"scenarios/{scenario.name}/{place}", message, remedy)
