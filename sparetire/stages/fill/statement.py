"""Adds to an incident what is said about it after its launch."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo

from sparetire.errors import ContentRefused, UsageFault
from sparetire.model.attachment import Attachment
from sparetire.model.incident import Incident, Kind, Label, Sheet, Statement, Words
from sparetire.stages.fill.answers import Answers, split_keywords
from sparetire.stages.fill.documents import Document
from sparetire.stages.fill.incident import fill_words
from sparetire.stages.fill.promises import read_promise

__all__ = ["Saying", "add_statement", "correctable", "statement_in", "statement_numbered"]


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody wants to add.

    Attributes:
        kind: What it is for.
        answers: The words; a title may be left out, the incident's own stands for it.
        label: How sure it is.
        promise: When the next update will come, as typed.
        corrects: Which statement a correction puts right, None for the newest; or which one
            alone is withdrawn, None for all.
        ready: Its words were approved long before, as those of the ready notices are.
        sheets: What stands beside the statements from now on: Markdown by name and language.
        translates: The number of the statement that these are texts of in other languages;
            left out where they are a statement of their own.
    """

    kind: Kind
    answers: Answers
    label: Label | None = None
    promise: str = ""
    corrects: int | None = None
    ready: bool = False
    sheets: dict[str, dict[str, Document]] = field(default_factory=dict)
    translates: int | None = None

    @property
    def attached(self) -> tuple[Attachment, ...]:
        """The files that the words and the sheets show or offer."""
        beside = (one for sheet in self.sheets.values() for one in sheet.values())
        return (*self.answers.attached, *(one for each in beside for one in each.attached))


def add_statement(incident: Incident, saying: Saying, at: datetime, zone: tzinfo) -> Incident:
    """Return the incident with the statement at its end, and its sheets revised.

    Said again, the same statement is the one that stands there already, at its own time. Where
    only sheets are given, nothing is said.

    Raises:
        UsageFault: There are no words, or nothing of that number to correct.
        ContentRefused: A title was given for a language without a text.
    """
    incident = _revised(incident, saying, at)
    if saying.sheets and not (saying.answers.documents or saying.answers.titles):
        return incident
    words = _words(incident, saying.answers)
    newest = incident.standing[-1]
    # No two share an instant: by it a host tells how far an incident has come.
    said = (instant for one in incident.statements for instant in one.instants)
    at = max(at, *(instant + timedelta(seconds=1) for instant in said))
    added = Statement(
        number=max(one.number for one in incident.statements) + 1,
        published=at,
        words=words,
        kind=saying.kind,
        label=saying.label,
        corrects=_corrected(incident, saying),
    )
    if _same(newest, added):
        promise = read_promise(saying.promise, newest.published, zone) or newest.promise
        statements = [one for one in incident.statements if one.number != newest.number]
        statements.append(replace(newest, promise=promise))
    else:
        promise = read_promise(saying.promise, at, zone)
        statements = [*incident.statements, replace(added, promise=promise)]
    return replace(
        incident,
        statements=tuple(sorted(statements, key=lambda one: one.number)),
        keywords=_keywords(incident, saying.answers, words),
    )


def _same(newest: Statement, added: Statement) -> bool:
    """Tell whether a statement says again what the newest one said."""
    words = {
        code: one
        for code, one in newest.words.items()
        if code in added.words or code not in newest.translated
    }
    return (
        replace(
            newest,
            number=added.number,
            published=added.published,
            words=words,
            promise=None,
            translated={},
            unpublished=(),
        )
        == added
    )


def _revised(incident: Incident, saying: Saying, at: datetime) -> Incident:
    sheets = dict(incident.sheets)
    for name, documents in saying.sheets.items():
        body = {code: document.body for code, document in documents.items()}
        before = sheets.get(name)
        body = {**before.body, **body} if before else body
        if before is None or before.body != body:
            sheets[name] = Sheet(body, at)
    return replace(incident, sheets=sheets)


def _words(incident: Incident, answers: Answers) -> dict[str, Words]:
    for code in answers.titles.keys() - answers.documents.keys():
        raise ContentRefused(
            f"There is a title in {code!r}, but no text.",
            why="Every language that has a title needs its own content.",
            then=f"Add --content {code}=FILE",
        )
    if not answers.documents:
        raise UsageFault(
            "--content is missing.",
            why="There is not one word to publish.",
            then="Give a text for each language: --content fr=FILE --content en=FILE",
        )
    return {
        code: fill_words(answers, code, document, _title(incident, code))
        for code, document in answers.documents.items()
    }


def _title(incident: Incident, code: str) -> str:
    return incident.title(code) or ""


def _keywords(
    incident: Incident, answers: Answers, words: dict[str, Words]
) -> dict[str, tuple[str, ...]]:
    """Return the keywords; a language that speaks for the first time brings its own."""
    given = {
        code: split_keywords(
            answers.keywords.get(code) or answers.documents[code].fields.get("keywords", "")
        )
        for code in words
    }
    return incident.keywords | {code: row for code, row in given.items() if row}


def _corrected(incident: Incident, saying: Saying) -> int | None:
    """Return the number of the statement that is put right, or taken back alone."""
    if saying.kind is Kind.WITHDRAWAL and saying.corrects is not None:
        return _taken_back(incident, saying.corrects)
    if saying.kind is not Kind.CORRECTION:
        return None
    if saying.corrects is None:
        return correctable(incident)[-1].number
    return statement_numbered(incident, saying.corrects).number


def _taken_back(incident: Incident, number: int) -> int:
    """Return the number of a statement that may be taken back while the others stay.

    Raises:
        UsageFault: The public can read no such statement, or the page is named after it.
    """
    if any(one.takes_back_one and one.corrects == number for one in incident.standing):
        return number  # the same command again
    statement = statement_numbered(incident, number)
    if statement.kind is Kind.STATEMENT:
        raise UsageFault(
            f"Statement {number} cannot be withdrawn alone.",
            why="It is the first one: its title names the page and every later statement.",
            then="Withdraw the whole page: the same command without --statement.",
        )
    return number


def correctable(incident: Incident) -> list[Statement]:
    """Return the statements that the public can read and that correct no other."""
    return [one for one in incident.public.statements if one.kind is not Kind.CORRECTION]


def statement_numbered(incident: Incident, number: int) -> Statement:
    """Return the statement of that number that can be put right.

    Raises:
        UsageFault: The public can read no such statement.
    """
    return statement_in(correctable(incident), number)


def statement_in(shown: Sequence[Statement], number: int) -> Statement:
    """Return the statement of that number.

    Raises:
        UsageFault: It is not among those shown.
    """
    for one in shown:
        if one.number == number:
            return one
    known = ", ".join(f"{one.number} ({_any_title(one)})" for one in shown)
    raise UsageFault(
        f"There is no statement {number}.",
        why=f"The public can read: {known}.",
        then=f"Name one of them: --statement {shown[-1].number}",
    )


def _any_title(statement: Statement) -> str:
    return next(iter(statement.words.values())).title
