"""One press release: what it says, when it may be said, and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from sparetire.model.moment import Moment

__all__ = [
    "Correction",
    "Picture",
    "Publication",
    "Release",
    "Shot",
    "Spokesperson",
    "Status",
    "Wording",
]


class Status(StrEnum):
    """Whether its author is done with it; only what is ready is ever published."""

    DRAFT = "draft"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that goes with a release, told in one language.

    Attributes:
        file: Its name inside ``releases/``.
        alt: What it shows, for who cannot see it.
    """

    file: str
    alt: str
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture as the public gets it; its file name holds the hash of its bytes.

    Attributes:
        small: The same for pages, narrow enough for a telephone, where that is another file.
        small_width: How many pixels wide that is.
    """

    file: str
    width: int
    height: int
    size: int
    small: str = ""
    small_width: int = 0

    @property
    def files(self) -> tuple[str, ...]:
        """The names of its files."""
        return (self.file, self.small) if self.small else (self.file,)


@dataclass(frozen=True, slots=True)
class Spokesperson:
    """Whom to call about one release; without one, the brand's media contact answers."""

    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What was put right after publication, for everybody to read."""

    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A release in one language.

    Attributes:
        body: Markdown, without title and dateline.
        summary: One or two sentences of plain text, for lists, feeds and search results.
        place: Where it is dated from: the dateline's first word.
        boilerplate: Who speaks, where it is not the organisation's own text.
    """

    title: str
    body: str
    summary: str
    slug: str
    place: str = ""
    tags: tuple[str, ...] = ()
    picture: Picture | None = None
    contact: Spokesperson | None = None
    boilerplate: str = ""
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """What became of a release since it first went public.

    Attributes:
        published: When it first went public.
        updated: When its words last changed in public.
        slugs: Its addresses by language code; they never change again.
        digests: SHA-256 of the files that went public, by language code.
        live_on: Names of the targets that carry it.
        pictures: Its picture, by language code.
        originals: How many bytes each picture's own file had then, by language code.
        withdrawn: When it was taken back, if it was.
        notice: What its page has said since then, by language code.
    """

    published: datetime
    updated: datetime
    slugs: dict[str, str]
    digests: dict[str, str]
    live_on: tuple[str, ...]
    pictures: dict[str, Shot] = field(default_factory=dict)
    originals: dict[str, int] = field(default_factory=dict)
    withdrawn: datetime | None = None
    notice: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Release:
    """A press release.

    Attributes:
        id: Minted with the draft; no title, date or address changes it.
        name: The stem of its files, ``port-agrandi`` of ``port-agrandi.fr.md``.
        category: A key of ``newsroom.categories``.
        wordings: By language code.
        digests: SHA-256 of its files as they are now, by language code.
        originals: How many bytes each picture's own file has now, by language code.
        publish_at: When it is to go public; without one, at the next publication.
        embargo: Before this, nothing of it may be seen.
        dated: When it first appeared elsewhere, for what comes from an archive.
        publication: None as long as nobody outside has seen it.
    """

    id: str
    name: str
    category: str
    status: Status
    wordings: dict[str, Wording]
    digests: dict[str, str] = field(default_factory=dict)
    originals: dict[str, int] = field(default_factory=dict)
    publish_at: Moment | None = None
    embargo: Moment | None = None
    dated: datetime | None = None
    publication: Publication | None = None

    @property
    def due(self) -> datetime | None:
        """The first instant at which it may go public, or None where no time was set."""
        times = [each.instant for each in (self.publish_at, self.embargo) if each]
        return max(times, default=None)

    @property
    def published(self) -> datetime | None:
        """The date that the public reads: its own from an archive, else its publication's."""
        return self.dated or (self.publication.published if self.publication else None)

    @property
    def updated(self) -> datetime | None:
        """When its words, or its withdrawal, last changed what the public reads."""
        if self.publication is None:
            return None
        if self.publication.withdrawn:
            return self.publication.withdrawn
        first = self.publication.updated == self.publication.published
        return self.published if first else self.publication.updated

    @property
    def withdrawn(self) -> bool:
        """Whether its page only holds a notice."""
        return self.publication is not None and self.publication.withdrawn is not None

    @property
    def edited(self) -> bool:
        """Whether its files say, or show, something else than what is public."""
        before = self.publication
        return before is not None and (
            self.digests != before.digests
            # Another picture under the same name: of another size, or it would be a wonder.
            or any(
                before.originals[code] != self.originals.get(code) for code in before.originals
            )
        )

    def slug(self, code: str) -> str:
        """Return its address in a language: what went public once, else what its file asks."""
        if self.publication and code in self.publication.slugs:
            return self.publication.slugs[code]
        return self.wordings[code].slug

    def entry_id(self, code: str) -> str:
        """Return the id of its feed item in one language (RFC 4122); it names no host."""
        return uuid5(UUID(self.id), code).urn

    def live_on(self, target: str) -> bool:
        """Tell whether a target carries it, or the notice in its place."""
        return self.publication is not None and target in self.publication.live_on
