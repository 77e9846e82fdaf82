"""What a person answered: keywords, titles and documents, each by language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sparetire.errors import UsageFault
from sparetire.model.attachment import Attachment
from sparetire.model.language import Language
from sparetire.stages.fill.documents import Document

__all__ = ["Answers", "by_language", "split_keywords"]


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers, each by language code; what is missing may still stand in a document.

    Attributes:
        only: The languages that are enough, or None for all.
        sheets: What is to stand beside the statement, Markdown by name and language code.
        promise: When the next update is promised.
        scenario: The scenario that the words come from, if any.
        unfilled: The blanks of it that were left open.
    """

    keywords: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict)
    only: tuple[str, ...] | None = None
    sheets: dict[str, dict[str, str]] = field(default_factory=dict)
    promise: datetime | None = None
    scenario: str = ""
    unfilled: tuple[str, ...] = ()

    @property
    def attached(self) -> tuple[Attachment, ...]:
        """The files that the words show or offer."""
        return tuple(one for each in self.documents.values() for one in each.attached)


def by_language(
    option: str, values: Sequence[str], languages: tuple[Language, ...]
) -> dict[str, str]:
    """Sort ``LANG=value`` texts by language; a plain one is kept under the empty code.

    Raises:
        UsageFault: A language was answered twice, or is not one of the site's.
    """
    names = {name: each.code for each in languages for name in (each.code, each.tag.lower())}
    sorted_values: dict[str, str] = {}
    for value in values:
        prefix, equals, rest = value.partition("=")
        code = names.get(prefix.strip().lower()) if equals else None
        if equals and code is None and _looks_like_language(prefix):
            raise UsageFault(
                f"{option} {value!r} names a language this site does not speak.",
                why=f"Its languages are: {', '.join(names)}.",
                then="Correct the language, or add it to sparetire.toml.",
            )
        key = code or ""
        if key in sorted_values:
            raise UsageFault(
                f"{option} was given twice for the same language.",
                why=f"{sorted_values[key]!r} and {value!r}",
                then=f"Give one value a language: {option} "
                + f" {option} ".join(f"{each.code}=…" for each in languages),
            )
        sorted_values[key] = rest if code else value
    return sorted_values


def split_keywords(text: str) -> tuple[str, ...]:
    """Return the keywords of a list, each once, in their order; semicolons part them too."""
    words = (" ".join(word.split()) for word in re.split("[,;]", text))
    return tuple(dict.fromkeys(word for word in words if word))


def _looks_like_language(prefix: str) -> bool:
    head, _, tail = prefix.partition("-")
    # Upper case is a word of the title: "CO=2".
    return head.isalpha() and head.islower() and len(head) == 2 and (not tail or tail.isalnum())  # noqa: PLR2004  ISO 639-1
