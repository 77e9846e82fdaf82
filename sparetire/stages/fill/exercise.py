"""Words for a drill: marked as an exercise, with answers for whoever does not invent any."""

from dataclasses import replace
from datetime import timedelta

from sparetire.config.scenario import Blank, BlankType
from sparetire.errors import ContentRefused
from sparetire.rules.exercise import MARKS
from sparetire.stages.fill.answers import Answers
from sparetire.stages.fill.brief import Brief
from sparetire.stages.fill.documents import Document
from sparetire.stages.fill.typed import Asked
from sparetire.workspace.scenarios import Scenario

__all__ = ["example_brief", "mark_of", "marked"]

_AGO = timedelta(minutes=40)
_AHEAD = timedelta(hours=1)


def mark_of(code: str) -> str:
    """Return how a language marks an exercise; English stands in for one without a word."""
    return MARKS.get(code, MARKS["en"])


def marked(answers: Answers) -> Answers:
    """Return words of which no part can be copied without the mark.

    Raises:
        ContentRefused: They bring files along, which cannot carry it.
    """
    if answers.attached:
        raise ContentRefused(
            "A drill publishes no pictures and no files.",
            why="They would go round without the mark of an exercise.",
            then="Take them out of the text, then go on with the drill.",
        )
    return replace(
        answers,
        titles={code: _titled(code, title) for code, title in answers.titles.items()},
        documents={code: _marked(code, each) for code, each in answers.documents.items()},
        sheets={
            name: {code: f"{mark_of(code)}.\n\n{body}" for code, body in told.items()}
            for name, told in answers.sheets.items()
        },
    )


def example_brief(scenario: Scenario, asked: Asked) -> Brief:
    """Return an answer to every blank: the scenario's own examples, at times that fit today."""
    return {name: _example(blank, asked) for name, blank in scenario.outline.blanks.items()}


def _titled(code: str, title: str) -> str:
    gap = "\u00a0" if code == "fr" else ""  # French sets a no-break space before a colon (OQLF)
    return f"{mark_of(code)}{gap}: {title}"


def _marked(code: str, document: Document) -> Document:
    fields = dict(document.fields)
    if title := fields.get("title"):
        fields["title"] = _titled(code, title)
    heading, line, body = document.body.partition("\n")
    if heading.startswith("# "):
        heading = f"# {_titled(code, heading[2:])}\n\n"
    else:
        heading, body = "", f"{heading}{line}{body}"
    mark = "" if mark_of(code) in body else f"{mark_of(code)}. "
    return replace(document, body=f"{heading}{mark}{body.lstrip()}", fields=fields)


def _example(blank: Blank, asked: Asked) -> object:
    match blank.type:
        case BlankType.CHOICE:
            return next(iter(blank.options))
        case BlankType.MOMENT:
            return asked.now + (_AHEAD if blank.when == "future" else -_AGO)
        case _:
            return blank.example
