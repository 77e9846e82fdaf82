"""One crisis, and what is said about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

__all__ = ["Incident", "State", "Statement", "Words"]


class State(StrEnum):
    """Whether the incident is still going on."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Words:
    """What is said in one language.

    Attributes:
        title: Plain text, one line.
        body: Markdown.
        summary: Plain text for search results and feeds, at most 160 characters.
    """

    title: str
    body: str
    summary: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One dated thing said on the crisis site.

    Attributes:
        number: 1 for the launch, then counting up; it names the anchor on the page.
        published: The instant it was said, in UTC.
        words: By language code; a missing language is a declared gap.
    """

    number: int
    published: datetime
    words: dict[str, Words]

    @property
    def anchor(self) -> str:
        """The id of the statement on the incident's page."""
        return f"s{self.number}"


@dataclass(frozen=True, slots=True)
class Incident:
    """One real crisis.

    Attributes:
        name: The slug in the organisation's first language; it names the folder on disk.
        slugs: By language code, for every language of the site.
        keywords: By language code.
        statements: Oldest first, at least one.
        live_on: Names of the targets that carry it.
    """

    name: str
    slugs: dict[str, str]
    keywords: dict[str, tuple[str, ...]]
    statements: tuple[Statement, ...]
    state: State = State.OPEN
    live_on: tuple[str, ...] = ()

    @property
    def started(self) -> datetime:
        """When the first statement went out."""
        return self.statements[0].published

    @property
    def updated(self) -> datetime:
        """When the newest statement went out."""
        return self.statements[-1].published

    def title(self, code: str) -> str | None:
        """Return the incident's title in a language, or None where the gap is declared."""
        words = self.statements[0].words.get(code)
        return words.title if words else None
