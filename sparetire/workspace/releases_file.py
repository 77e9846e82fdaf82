"""One press release in one language: TOML between two lines of ``+++``, then Markdown."""

import difflib
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from sparetire.model.moment import Moment, moment_from
from sparetire.model.release import Correction, Picture, Spokesperson, Status, Wording

__all__ = ["LARGEST", "ReleaseFile", "UnreadableError", "parse_release", "release_text"]

LARGEST = 200_000  # bytes; what is longer is a report to link to
_FENCE = "+++"
_ID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"  # RFC 4122
_SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"


class UnreadableError(ValueError):
    """The file is no release; one line a problem."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _with_zone(value: datetime) -> datetime:
    if value.tzinfo is None:
        message = "needs its offset, as in 2026-12-01T09:00:00-05:00"
        raise ValueError(message)
    return value.astimezone(UTC)


def _as_typed(value: object) -> object:
    """Return a time as its author wrote it: a day or a number alone must not become one."""
    return value if value is None or isinstance(value, datetime) else str(value)


def _dated(value: object) -> object:
    if isinstance(value, str | datetime):
        return value
    message = "needs an hour and its offset, as in 2026-12-01T09:00:00-05:00"
    raise ValueError(message)


Instant = Annotated[datetime, BeforeValidator(_dated), AfterValidator(_with_zone)]
When = Annotated[str | datetime | None, BeforeValidator(_as_typed)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class _Image(_Table):
    file: str = Field(min_length=1)
    alt: str = ""
    caption: str = ""
    credit: str = ""


class _Contact(_Table):
    name: str
    phone: str = ""
    email: str = ""


class _Correction(_Table):
    at: Instant
    note: str = Field(min_length=1)


class _Front(_Table):
    id: str = Field(pattern=f"^{_ID}$")
    title: str = Field(min_length=1)
    summary: str = ""
    slug: str = Field(pattern=f"^{_SLUG}$", max_length=60)
    place: str = ""
    category: str
    tags: tuple[str, ...] = ()
    status: Status = Status.DRAFT
    publish_at: When = None
    embargo: When = None
    date: Instant | None = None
    boilerplate: str = ""
    image: _Image | None = None
    contact: _Contact | None = None
    corrections: tuple[_Correction, ...] = ()


class ReleaseFile(BaseModel):
    """What one file says: about the release itself, and in its own language.

    Attributes:
        shared: What the files of the other languages must say too.
        digest: SHA-256 of the file.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    id: str
    category: str
    status: Status
    publish_at: Moment | None
    embargo: Moment | None
    dated: datetime | None
    wording: Wording
    digest: str

    @property
    def shared(self) -> dict[str, object]:
        """The keys that every language of a release says alike, by their name in the file."""
        return {
            "id": self.id,
            "category": self.category,
            "status": str(self.status),
            "publish_at": self.publish_at.instant if self.publish_at else None,
            "embargo": self.embargo.instant if self.embargo else None,
            "date": self.dated,
        }


def parse_release(content: bytes, zone: str) -> ReleaseFile:
    """Return what a file says; local times in it are meant in ``zone``.

    Raises:
        UnreadableError: It is no release: every problem is told at once.
    """
    head, body = _split(content)
    try:
        front = _Front.model_validate(tomllib.loads(head))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableError([f"The head is not valid TOML: {error}."]) from error
    except ValidationError as error:
        raise UnreadableError([_says(dict(each)) for each in error.errors()]) from error
    return ReleaseFile(
        id=front.id,
        category=front.category,
        status=front.status,
        publish_at=_moment("publish_at", front.publish_at, zone),
        embargo=_moment("embargo", front.embargo, zone),
        dated=front.date,
        wording=_wording(front, body),
        digest=hashlib.sha256(content).hexdigest(),
    )


def release_text(values: dict[str, object], body: str) -> str:
    """Return the text of a file; values are texts, numbers, lists of texts, or tables of them.

    An empty value is written as a comment, so that its author sees what could stand there.
    """
    return f"{_FENCE}\n{''.join(_lines(values))}{_FENCE}\n\n{body.strip()}\n"


def _split(content: bytes) -> tuple[str, str]:
    if len(content) > LARGEST:
        raise UnreadableError([f"The file holds more than {LARGEST // 1000} kB."])
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise UnreadableError([f"It is not UTF-8 text: byte {error.start + 1}."]) from error
    parts = re.split(rf"^{re.escape(_FENCE)}[ \t]*$\n?", text, maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3 or parts[0].strip():  # noqa: PLR2004  before, between and after
        raise UnreadableError([f"It does not begin with a head between two lines of {_FENCE}."])
    return parts[1], parts[2].strip() + "\n"


def _moment(key: str, value: str | datetime | None, zone: str) -> Moment | None:
    if not value:
        return None
    typed = value if isinstance(value, str) else value.isoformat(" ", "minutes")
    try:
        return moment_from(typed, zone)
    except ValueError as error:
        raise UnreadableError([f"{key}: {typed!r} is no time. {error}."]) from error


def _wording(front: _Front, body: str) -> Wording:
    image, contact = front.image, front.contact
    return Wording(
        title=front.title,
        body=body,
        summary=front.summary,
        slug=front.slug,
        place=front.place,
        tags=tuple(dict.fromkeys(front.tags)),
        picture=Picture(**image.model_dump()) if image else None,
        contact=Spokesperson(**contact.model_dump()) if contact else None,
        boilerplate=front.boilerplate,
        corrections=tuple(Correction(each.at, each.note) for each in front.corrections),
    )


def _says(detail: dict[str, Any]) -> str:
    place = ".".join(str(part) for part in detail["loc"])
    match detail["type"]:
        case "extra_forbidden":
            name = str(detail["loc"][-1])
            near = difflib.get_close_matches(name, _Front.model_fields, n=1)
            return f"{place}: unknown key{f'; did you mean {near[0]}?' if near else '.'}"
        case "missing":
            return f"{place}: is missing."
        case "value_error":
            return f"{place}: {detail['ctx']['error']}."
        case _:
            return f"{place}: {str(detail['input'])[:60]!r}: {detail['msg'].lower()}."


def _lines(values: dict[str, object], table: str = "") -> Iterator[str]:
    tables = {key: each for key, each in values.items() if isinstance(each, dict)}
    for key, value in values.items():
        if key not in tables:
            written = value.isoformat() if isinstance(value, datetime) else _value(value)
            yield f"{'' if value or table else '# '}{key} = {written}\n"
    for key, rows in tables.items():
        yield f"\n[{key}]\n"
        yield from _lines(rows, key)


def _value(value: object) -> str:
    # A JSON string is a TOML string too, but for one character that JSON lets stand.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
