"""Turns options into answers, and asks the person at the terminal for what is missing."""

import sys
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from sparetire.cli.desk import Desk
from sparetire.cli.draft import Prompts
from sparetire.cli.options import Wording
from sparetire.cli.prompts import Question
from sparetire.errors import UsageFault

if TYPE_CHECKING:
    from pathlib import Path

    from sparetire.flows.session import Session
    from sparetire.model.incident import Incident
    from sparetire.model.language import Language
    from sparetire.stages.fill.answers import Answers
    from sparetire.stages.fill.documents import Document

__all__ = ["Given", "answers", "languages_only", "next_update", "prompts_of", "tell_dropped"]

_SHORTEST_TITLE, _LONGEST_TITLE = 15, 65  # characters; GOV.UK content design for the longest


@dataclass(frozen=True, slots=True)
class Given:
    """The options as typed; ``told`` is what a scenario says instead of content."""

    wording: Wording
    keywords: list[str] = field(default_factory=list)
    slugs: list[str] = field(default_factory=list)
    told: "Answers | None" = None


def prompts_of(desk: Desk, session: "Session", name: str) -> Prompts:
    """Return the questions of one command; ``name`` is that of their draft."""
    zone = session.settings.zone

    def when(path: "Path") -> str:
        from sparetire.clock import local_time

        return local_time(datetime.fromtimestamp(path.stat().st_mtime, zone), zone)

    return Prompts(desk, session.workspace.drafts / f"{name}.json", when)


def answers(
    prompts: Prompts,
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
            why="Each of them brings the text of the statement.",
            then="Leave one of them out.",
        )
    only = languages_only(given.wording.only, languages)
    keywords = _by_code("--keywords", given.keywords, languages)
    titles = _by_code("--title", given.wording.title or [], languages)
    told = given.told or Answers(documents=_documents(prompts, given, only, languages))
    for code, document in told.documents.items():
        if incident and incident.opening(code):
            continue
        _ask_for_words(prompts, code, document, keywords, titles)
    return replace(
        told,
        keywords=keywords,
        titles=titles,
        slugs=_by_code("--slug", given.slugs, languages),
        only=only,
    )


def next_update(prompts: Prompts, session: "Session") -> str:
    """Ask when the next update will come, and return the answer as typed."""
    from sparetire import clock
    from sparetire.stages.fill.promises import read_promise

    def read(text: str) -> str:
        read_promise(text, clock.now(), session.settings.zone)
        return text

    question = "When will the next update come (30m, 15:30; Enter: no promise)?"
    return prompts.ask(Question("next", question, "--next", read))


def _documents(
    prompts: Prompts,
    given: Given,
    only: tuple[str, ...] | None,
    languages: "tuple[Language, ...]",
) -> "dict[str, Document]":
    from sparetire.stages.fill.answers import by_language
    from sparetire.stages.fill.documents import read_documents

    wording = given.wording
    sources = by_language("--content", wording.content or [], languages)
    documents = read_documents(
        sources, languages, sys.stdin.buffer, accept=wording.accept_changes
    )
    if "" not in sources and (not sources or prompts.desk.interactive):
        _ask_for_content(prompts, given, only, languages, documents)
    tell_dropped(prompts.desk, documents)
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
    prompts: Prompts,
    given: Given,
    only: tuple[str, ...] | None,
    languages: "tuple[Language, ...]",
    documents: "dict[str, Document]",
) -> None:
    """Ask for a file for each language that has none; a plain option may hold them all."""
    asked = [
        language.code
        for language in languages
        if language.code not in documents and (not only or language.code in only)
    ]
    for code in asked:
        skips = bool(documents) or code != asked[-1]
        hint = "; Enter: not ready yet" if skips else ""
        question = f"Content in {code} (a Markdown or Word file{hint}):"
        read = partial(_content, code, languages, given.wording, skips)
        documents |= prompts.ask(Question(f"content.{code}", question, "--content", read))


def _content(
    code: str, languages: "tuple[Language, ...]", wording: Wording, skips: bool, text: str
) -> "dict[str, Document]":
    """Return the document of a typed path; nothing where the language may be skipped."""
    from sparetire.cli.typed_paths import typed_path
    from sparetire.stages.fill.documents import read_documents

    if not text and not skips:
        message = "One language at least needs its text"
        raise ValueError(message)
    source = {code: typed_path(text)} if text else {}
    accept = wording.accept_changes
    return read_documents(source, languages, sys.stdin.buffer, accept=accept)


def _ask_for_words(
    prompts: Prompts,
    code: str,
    document: "Document",
    keywords: dict[str, str],
    titles: dict[str, str],
) -> None:
    if not (keywords.get(code) or document.fields.get("keywords")):
        question = f"Keywords in {code} (what people will search, comma-separated):"
        asked = Question(f"keywords.{code}", question, f"--keywords in {code}", _keywords)
        keywords[code] = prompts.ask(asked)
    titled = document.fields.get("title") or document.body.startswith("# ")
    if not (titles.get(code) or titled):
        question = f"Title in {code} ({_SHORTEST_TITLE} to {_LONGEST_TITLE} characters):"
        name = f"title.{code}"
        titles[code] = prompts.ask(Question(name, question, f"--title in {code}", _title))


def _keywords(text: str) -> str:
    from sparetire.stages.fill.answers import split_keywords
    from sparetire.stages.fill.slugs import slugify

    if not split_keywords(text):
        message = "At least one keyword is needed: the page's address is made of them"
        raise ValueError(message)
    if not slugify(" ".join(split_keywords(text))):
        message = f"{text!r} makes no address: use letters or digits"
        raise ValueError(message)
    return text


def _title(text: str) -> str:
    if not text:
        message = "A title is needed"
        raise ValueError(message)
    return text
