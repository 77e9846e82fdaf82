"""Makes an incident out of answers."""

import re
from collections.abc import Iterable
from datetime import datetime
from shlex import quote

from sparetire.errors import ContentRefused, UsageFault
from sparetire.model.incident import Incident, Sheet, Statement, Words
from sparetire.model.language import Language
from sparetire.stages.fill.answers import Answers, split_keywords
from sparetire.stages.fill.documents import Document
from sparetire.stages.fill.slugs import slugify
from sparetire.stages.markdown import first_paragraph, to_html

__all__ = ["address_of", "fill_incident", "fill_words", "keywords_of", "missing_answers"]

LONGEST_SUMMARY = 160
SHORTEST_SUMMARY = 50  # what search results show should fill a line
_TITLE = re.compile(r"\A#[ \t]+(.+?)[ \t]*#*[ \t]*\n+")


def missing_answers(answers: Answers, codes: Iterable[str]) -> tuple[str, ...]:
    """Return which of content, keywords and title are still to be asked, for any language."""
    if not answers.documents:
        return ("content",)
    missing = []
    for code in codes:
        document = answers.documents.get(code)
        if document is None:
            continue
        if not keywords_of(answers, code, document):
            missing.append("keywords")
        if not _title(answers, code, document)[0]:
            missing.append("title")
    return tuple(dict.fromkeys(missing))


def fill_incident(
    answers: Answers, languages: tuple[Language, ...], published: datetime
) -> Incident:
    """Return the incident that the answers describe, with its first statement.

    Raises:
        UsageFault: An answer is missing, or makes no address.
        ContentRefused: A title was given for a language without a text.
    """
    for option in missing_answers(answers, [language.code for language in languages]):
        raise UsageFault(
            f"--{option} is missing.",
            why="A launch needs keywords, a title and content, for each language.",
            then="sparetire launch --help shows an example.",
        )
    words: dict[str, Words] = {}
    keywords: dict[str, tuple[str, ...]] = {}
    for language in languages:
        code = language.code
        document = answers.documents.get(code)
        if document is not None:
            words[code] = fill_words(answers, code, document)
            keywords[code] = keywords_of(answers, code, document)
        elif code in answers.titles:
            raise ContentRefused(
                f"There is a title in {code!r}, but no text.",
                why="Every language that has a title needs its own content.",
                then=f"Add --content {code}=FILE",
            )
    slugs = _slugs(answers, keywords, languages)
    return Incident(
        name=slugs[languages[0].code],
        slugs=slugs,
        keywords=keywords,
        statements=(Statement(1, published, words, promise=answers.promise),),
        sheets={name: Sheet(body, published) for name, body in answers.sheets.items()},
        scenario=answers.scenario,
        unfilled=answers.unfilled,
    )


def fill_words(
    answers: Answers, code: str, document: Document, default_title: str = ""
) -> Words:
    """Return the words of one language, as they will be read."""
    title, body = _title(answers, code, document)
    title = title or default_title
    paragraph = first_paragraph(to_html(body, top=3, anchor="x"))
    return Words(
        title=_one_line(title),
        body=body,
        summary=_shorten(_one_line(document.fields.get("summary", "") or paragraph or title)),
    )


def _title(answers: Answers, code: str, document: Document) -> tuple[str, str]:
    """Return the title and the body; a first heading that says the title again is taken off."""
    heading = _TITLE.match(document.body)
    given = answers.titles.get(code) or document.fields.get("title", "")
    if heading and (not given or _one_line(heading[1]) == _one_line(given)):
        return given or heading[1], document.body[heading.end() :]
    return given, document.body


def keywords_of(answers: Answers, code: str, document: Document) -> tuple[str, ...]:
    """Return the keywords of one language: as given, else those in its document."""
    return split_keywords(answers.keywords.get(code) or document.fields.get("keywords", ""))


def _slugs(
    answers: Answers, keywords: dict[str, tuple[str, ...]], languages: tuple[Language, ...]
) -> dict[str, str]:
    """Return one slug a language; a language without words borrows the first that has some."""
    slugs = {code: address_of(answers, code, words) for code, words in keywords.items()}
    first = next(iter(slugs.values()))
    return {language.code: slugs.get(language.code, first) for language in languages}


def address_of(answers: Answers, code: str, keywords: tuple[str, ...]) -> str:
    """Return the slug of one language: as given, else made of its keywords.

    Raises:
        UsageFault: It makes no address.
    """
    given = answers.slugs.get(code)
    slug = slugify(given if given is not None else " ".join(keywords))
    if not slug or (given is not None and slug != given):
        raise UsageFault(
            f"{given or ', '.join(keywords)!r} makes no address in {code!r}.",
            why="An address is made of the letters a to z, digits and hyphens, "
            "at most 60 of them.",
            then=f"Give one yourself: --slug {code}={quote(slug or 'short-name')}",
        )
    return slug


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shorten(text: str) -> str:
    """Cut a text at a whole sentence where one fits, else at a whole word."""
    if len(text) <= LONGEST_SUMMARY:
        return text
    sentences = text[:LONGEST_SUMMARY].rpartition(". ")[0]
    if len(sentences) >= SHORTEST_SUMMARY:
        return f"{sentences}."
    return text[: LONGEST_SUMMARY - 1].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
