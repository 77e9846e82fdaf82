"""Adds a language to a public statement: its number, its time and its other texts stay."""

from dataclasses import replace
from datetime import datetime, timedelta
from shlex import quote

from sparetire.errors import ContentRefused, UsageFault
from sparetire.model.incident import Incident, Statement, Words
from sparetire.stages.fill.answers import Answers
from sparetire.stages.fill.incident import address_of, fill_words, keywords_of, missing_answers
from sparetire.stages.fill.statement import statement_in

__all__ = ["add_translation", "untranslated"]


def untranslated(incident: Incident, codes: tuple[str, ...]) -> list[Statement]:
    """Return the public statements that have no text yet in one of these languages."""
    return [
        one
        for one in incident.public.statements
        if any(code not in one.words for code in codes)
    ]


def add_translation(
    incident: Incident, number: int, answers: Answers, at: datetime
) -> Incident:
    """Return the incident with the texts in a statement of it.

    A text that is there already, word for word, changes nothing. A language that had no text
    about the incident gets its own keywords and slug; readers of the page that said so are led
    on from its address.

    Raises:
        UsageFault: There is no such statement, no text, or a keyword or a title is missing.
        ContentRefused: The statement has another text in that language.
    """
    statement = statement_in(incident.public.statements, number)
    if not answers.documents:
        raise UsageFault(
            "--content is missing.",
            why="There is no text to publish.",
            then="Give the text in the language that is added: --content en=FILE",
        )
    added = {
        code: fill_words(answers, code, document, incident.title(code) or "")
        for code, document in answers.documents.items()
    }
    for code in sorted(added.keys() & statement.words.keys()):
        if added.pop(code) != statement.words[code]:
            raise _already_there(incident, number, code)
    if not added:
        return incident
    at = max(
        at,
        *(each + timedelta(seconds=1) for one in incident.statements for each in one.instants),
    )
    statements = tuple(
        _with_texts(one, added, at) if one.number == number else one
        for one in incident.statements
    )
    return replace(_with_addresses(incident, answers, added), statements=statements)


def _with_texts(statement: Statement, added: dict[str, Words], at: datetime) -> Statement:
    return replace(
        statement,
        words=statement.words | added,
        translated=statement.translated | dict.fromkeys(added, at),
        unpublished=tuple(code for code in statement.unpublished if code not in added),
    )


def _with_addresses(incident: Incident, answers: Answers, added: dict[str, Words]) -> Incident:
    """Return the incident with keywords and a slug for each language that is new to it."""
    new = [code for code in added if incident.opening(code) is None]
    keywords, slugs, former = {}, {}, {}
    before = incident.public.slugs
    for code in new:
        one = replace(answers, documents={code: answers.documents[code]})
        for option in missing_answers(one, (code,)):
            raise UsageFault(
                f"--{option} is missing in {code!r}.",
                why="It is the first text about this incident in that language.",
                then=f"Add --{option} {code}=TEXT",
            )
        keywords[code] = keywords_of(answers, code, answers.documents[code])
        slugs[code] = address_of(answers, code, keywords[code])
        if slugs[code] != before[code]:
            former[code] = before[code]
    return replace(
        incident,
        keywords=incident.keywords | keywords,
        slugs=incident.slugs | slugs,
        former_slugs=incident.former_slugs | former,
    )


def _already_there(incident: Incident, number: int, code: str) -> ContentRefused:
    return ContentRefused(
        f"Statement {number} already has a text in {code!r}.",
        why="What is public is never changed silently.",
        public="The public goes on seeing that text.",
        then=f"To correct it in the open: sparetire correct {quote(incident.name)} "
        f"--statement {number} --content {code}=FILE --only {code}",
    )
