"""One crisis, and what is said about it, from the first statement to the last."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

__all__ = ["SHEETS", "Incident", "Kind", "Label", "Sheet", "State", "Statement", "Words"]

# In the order in which a page shows them.
SHEETS = ("advice", "facts", "downloads", "questions")


class State(StrEnum):
    """Where the incident stands: going on, over, or taken back."""

    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """What a statement is for."""

    STATEMENT = "statement"
    UPDATE = "update"
    CORRECTION = "correction"
    CLOSING = "closing"
    WITHDRAWAL = "withdrawal"


class Label(StrEnum):
    """How sure its words are."""

    VERIFIED = "verified"
    INVESTIGATING = "investigating"
    CORRECTED = "corrected"


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
    """One dated thing said on the crisis site; once said, its words never change.

    Attributes:
        number: 1 for the launch, then counting up; it names the anchor on the page.
        published: The instant it was said, in UTC.
        words: By language code; a missing language is a declared gap.
        kind: What it is for.
        label: How sure it is, where somebody said so.
        promise: When the next update is promised, in UTC.
        corrects: The number of the statement that a correction puts right, or that a notice of
            withdrawal takes back; without one, a notice takes back all that came before.
        taken_back: A rollback took it from the public; its number is never used again.
        translated: When the text of a language was added later, in UTC, by language code.
        unpublished: Languages whose later text no target carries (yet, or after a rollback).
    """

    number: int
    published: datetime
    words: dict[str, Words]
    kind: Kind = Kind.STATEMENT
    label: Label | None = None
    promise: datetime | None = None
    corrects: int | None = None
    taken_back: bool = False
    translated: dict[str, datetime] = field(default_factory=dict)
    unpublished: tuple[str, ...] = ()

    @property
    def shown(self) -> "Statement":
        """The statement without the texts that no target carries."""
        if not self.unpublished:
            return self
        words = {code: one for code, one in self.words.items() if code not in self.unpublished}
        return replace(self, words=words)

    @property
    def instants(self) -> tuple[datetime, ...]:
        """When it was published, and when each of its later texts was."""
        later = (at for code, at in self.translated.items() if code not in self.unpublished)
        return (self.published, *later)

    @property
    def takes_back_one(self) -> bool:
        """Whether it is a notice that takes back one statement and leaves the others."""
        return self.kind is Kind.WITHDRAWAL and self.corrects is not None

    @property
    def anchor(self) -> str:
        """The id of the statement on the incident's page."""
        return f"s{self.number}"

    def named(self, incident: "Incident", code: str) -> str:
        """Return what tells it from the others: a title of its own, or else its first words."""
        words = self.words[code]
        own = self.kind is Kind.STATEMENT or words.title != incident.title(code)
        return words.title if own else words.summary


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands beside the statements and is revised as more is known, such as the facts.

    Attributes:
        body: Markdown, by language code.
        revised: When it last changed, in UTC.
    """

    body: dict[str, str]
    revised: datetime


@dataclass(frozen=True, slots=True)
class Incident:
    """One real crisis.

    Attributes:
        name: The slug in the organisation's first language; it names the folder on disk.
        slugs: By language code, for every language of the site.
        keywords: By language code.
        statements: Oldest first, at least one.
        sheets: What stands beside the statements, by the names in `SHEETS`.
        scenario: The scenario it was launched from, if any.
        unfilled: The blanks of it that were left open.
        live_on: Names of the targets that carry it.
        heard: The number of the newest statement that reached a target; 0 where none did.
        began: When the first statement went out, where ``statements`` does not hold it.
        withdrawn: What readers had heard before it was withdrawn, without its words.
        former_slugs: By language code, that of the page which said that a text would follow.
    """

    name: str
    slugs: dict[str, str]
    keywords: dict[str, tuple[str, ...]]
    statements: tuple[Statement, ...]
    sheets: dict[str, Sheet] = field(default_factory=dict)
    scenario: str = ""
    unfilled: tuple[str, ...] = ()
    live_on: tuple[str, ...] = ()
    heard: int = 0
    began: datetime | None = None
    withdrawn: tuple[Statement, ...] = ()
    former_slugs: dict[str, str] = field(default_factory=dict)

    @property
    def standing(self) -> tuple[Statement, ...]:
        """The statements that no rollback has taken back."""
        return tuple(one.shown for one in self.statements if not one.taken_back)

    @property
    def state(self) -> State:
        """Where the incident stands; to correct or take back one statement changes nothing."""
        for statement in reversed(self.standing):
            if statement.takes_back_one:
                continue
            match statement.kind:
                case Kind.CORRECTION:
                    continue
                case Kind.CLOSING:
                    return State.CLOSED
                case Kind.WITHDRAWAL:
                    return State.WITHDRAWN
                case _:
                    break
        return State.OPEN

    @property
    def public(self) -> "Incident":
        """The incident as readers may see it: of what was withdrawn, not one word is in it."""
        standing = self.standing
        notices = (
            at
            for at, one in enumerate(standing)
            if one.kind is Kind.WITHDRAWAL and not one.takes_back_one
        )
        first = max(notices, default=0)
        since = standing[first].published
        silent = Words(title="", body="", summary="")
        taken = {one.corrects for one in standing[first:] if one.takes_back_one}
        gone = (
            replace(one, words=dict.fromkeys(one.words, silent))
            for at, one in enumerate(standing)
            if at < first or one.number in taken
        )
        spoken = {code for one in (*self.withdrawn, *standing) for code in one.words}
        waiting = {code: one for code, one in self.former_slugs.items() if code not in spoken}
        return replace(
            self,
            slugs=self.slugs | waiting,
            former_slugs={
                code: one for code, one in self.former_slugs.items() if code in spoken
            },
            keywords=self.keywords if self.state is not State.WITHDRAWN else {},
            statements=tuple(one for one in standing[first:] if one.number not in taken),
            sheets={
                name: sheet
                for name, sheet in self.sheets.items()
                if not first or sheet.revised > since
            },
            began=self.started,
            withdrawn=(*self.withdrawn, *gone),
        )

    @property
    def started(self) -> datetime:
        """When the first statement went out."""
        return self.began or self.statements[0].published

    @property
    def updated(self) -> datetime:
        """When the newest statement went out."""
        return self.standing[-1].published

    @property
    def changed(self) -> datetime:
        """When the newest text went out: a statement's, or a language's that came later.

        A host tells by it how far an incident has come.
        """
        return max(at for one in self.standing for at in one.instants)

    def changed_in(self, code: str) -> datetime:
        """Return when the page of a language last changed."""
        later = (one.translated.get(code) for one in self.standing if code in one.words)
        return max([self.updated, *(at for at in later if at)])

    @property
    def promise(self) -> datetime | None:
        """When the next update is promised, as the newest word on it says."""
        if self.state is not State.OPEN:
            return None
        taken = {one.corrects for one in self.standing if one.takes_back_one}
        promises = [
            one
            for one in self.standing
            if one.kind is not Kind.CORRECTION
            and not one.takes_back_one
            and one.number not in taken
        ]
        return promises[-1].promise if promises else None

    def opening(self, code: str) -> Words | None:
        """Return the words that name the incident in a language, or None: a declared gap.

        After a withdrawal these are the first words said since, or else the notice.
        """
        shown = self.public.statements
        told = [one for one in shown if one.kind is not Kind.WITHDRAWAL] or shown
        return next((one.words[code] for one in (*told, *shown) if code in one.words), None)

    def shown(self, code: str) -> Words | None:
        """Return what lists and previews say of the incident, or None: a declared gap.

        That is the newest true text: the title as it was last put right, and the words of the
        newest statement. Where a correction or the end is not told in a language yet, the
        summary is empty, since the older one is not true any more.
        """
        opening = self.opening(code)
        if opening is None:
            return None
        told = [one for one in self.public.statements if code in one.words]
        first = next(one for one in told if one.words[code] == opening)
        titles = [one.words[code].title for one in told if one.corrects == first.number]
        newest, behind = told[-1], self._untold(code, told[-1].number)
        return Words(
            title=next((one for one in reversed(titles) if one), opening.title),
            body=newest.words[code].body,
            summary="" if behind else newest.words[code].summary,
        )

    def _untold(self, code: str, number: int) -> bool:
        """Tell whether other languages tell of a correction or of the end since a statement."""
        ends = {Kind.CORRECTION, Kind.CLOSING, Kind.WITHDRAWAL}
        later = (one for one in self.public.statements if one.number > number)
        return any(one.kind in ends and code not in one.words for one in later)

    def title(self, code: str) -> str | None:
        """Return the incident's title in a language, or None where the gap is declared."""
        words = self.shown(code)
        return words.title if words else None
