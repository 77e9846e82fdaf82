"""Turns options into answers, and asks the person at the terminal for what is missing."""

import sys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sparetire.cli.desk import Desk
from sparetire.cli.options import Wording
from sparetire.errors import UsageFault

if TYPE_CHECKING:
    from sparetire.model.incident import Incident
    from sparetire.model.language import Language
    from sparetire.stages.fill.answers import Answers
    from sparetire.stages.fill.documents import Document

__all__ = ["Given", "answers", "languages_only", "tell_dropped"]


@dataclass(frozen=True, slots=True)
class Given:
    """The options as typed; ``told`` is what a scenario says instead of content."""

    wording: Wording
    keywords: list[str] = field(default_factory=list)
    slugs: list[str] = field(default_factory=list)
    told: "Answers | None" = None


def answers(
    desk: Desk,
    given: Given,
    languages: "tuple[Language, ...]",
    incident: "Incident | None" = None,
) -> "Answers":
    """Return the answers; each question names the language and shows what a good answer is.

    An incident that is live has its title and keywords already: only for a language in which
    it has none are they asked again.

    Raises:
        UsageFault: Something is missing and there is nobody to ask, or an option is wrong.
        ContentRefused: A document cannot be used.
    """
    from sparetire.stages.fill.answers import Answers

    if given.told and given.wording.content:
        raise UsageFault(
            "--scenario and --content were both given.",
            why="Each of them brings the words of the statement.",
            then="Leave one of them out.",
        )
    only = languages_only(given.wording.only, languages)
    told = given.told or Answers(documents=_documents(desk, given, only, languages))
    keywords = _by_code("--keywords", given.keywords, languages)
    titles = _by_code("--title", given.wording.title or [], languages)
    for code, document in told.documents.items():
        if incident and incident.opening(code):
            continue
        _ask_for_words(desk, code, document, keywords, titles)
    return replace(
        told,
        keywords=keywords,
        titles=titles,
        slugs=_by_code("--slug", given.slugs, languages),
        only=only,
    )


def _documents(
    desk: Desk,
    given: Given,
    only: tuple[str, ...] | None,
    languages: "tuple[Language, ...]",
) -> "dict[str, Document]":
    from sparetire.stages.fill.answers import by_language
    from sparetire.stages.fill.documents import read_documents

    wording = given.wording
    sources = by_language("--content", wording.content or [], languages)
    if not sources or desk.interactive:
        sources |= _ask_for_content(desk, sources, only, languages)
    documents = read_documents(
        sources, languages, sys.stdin.buffer, accept=wording.accept_changes
    )
    tell_dropped(desk, documents)
    return documents


def tell_dropped(desk: Desk, documents: "dict[str, Document]") -> None:
    """Say what of each Word file was not taken over."""
    for document in documents.values():
        if document.dropped:
            from sparetire.output.intake import dropped_in_words

            for line in dropped_in_words(document.dropped):
                desk.terminal.say(f"{document.place}: {line}")


def _by_code(
    option: str, values: list[str], languages: "tuple[Language, ...]"
) -> dict[str, str]:
    """Return texts by language; one without LANG= is in the site's first."""
    from sparetire.stages.fill.answers import by_language

    default = languages[0].code
    texts = by_language(option, values, languages)
    if "" in texts and default in texts:
        raise UsageFault(
            f"{option} was given twice for {default}.",
            why=f"{texts['']!r} and {texts[default]!r}",
            then=f"A text without LANG= is in {default}: leave one of them out.",
        )
    return {code or default: text for code, text in texts.items()}


def languages_only(text: str, languages: "tuple[Language, ...]") -> tuple[str, ...] | None:
    """Return the codes of the languages that ``--only`` names, or None where it names none.

    Raises:
        UsageFault: The site does not speak one of them.
    """
    if not text:
        return None
    known = {name: each.code for each in languages for name in (each.code, each.tag.lower())}
    codes = []
    for name in text.split(","):
        code = known.get(name.strip().lower())
        if code is None:
            raise UsageFault(
                f"--only {name.strip()!r} is not a language of this site.",
                why=f"Its languages are: {', '.join(each.code for each in languages)}.",
                then=f"Give one of them: --only {languages[0].code}",
            )
        codes.append(code)
    return tuple(codes)


def _ask_for_content(
    desk: Desk,
    sources: dict[str, str],
    only: tuple[str, ...] | None,
    languages: "tuple[Language, ...]",
) -> dict[str, str]:
    """Ask for a file for each language that has none; a plain option may hold them all."""
    if "" in sources:
        return {}
    found = {}
    for language in languages:
        code = language.code
        if code in sources or (only and code not in only):
            continue
        if answer := desk.ask(f"Content in {code} (a Markdown file):", "--content"):
            found[code] = answer
    return found


def _ask_for_words(
    desk: Desk,
    code: str,
    document: "Document",
    keywords: dict[str, str],
    titles: dict[str, str],
) -> None:
    if not (keywords.get(code) or document.fields.get("keywords")):
        question = f"Keywords in {code} (what people will search, comma-separated):"
        keywords[code] = desk.ask(question, f"--keywords in {code}")
    titled = document.fields.get("title") or document.body.startswith("# ")
    if not (titles.get(code) or titled):
        titles[code] = desk.ask(f"Title in {code} (15 to 65 characters):", f"--title in {code}")
