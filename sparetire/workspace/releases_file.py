"""One press release in one language: TOML between two lines of ``+++``, then Markdown."""

import difflib
import hashlib
import json
import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sparetire.model.moment import Moment, moment_from
from sparetire.model.release import Correction, Picture, Spokesperson, Status, Wording

if TYPE_CHECKING:
    from sparetire.workspace.releases_front import Front

__all__ = ["LARGEST", "ReleaseFile", "UnreadableError", "parse_release", "release_text"]

LARGEST = 200_000  # bytes; what is longer is a report to link to
_FENCE = "+++"


class UnreadableError(ValueError):
    """The file is no release; one line a problem."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """What one file says: about the release itself, and in its own language.

    Attributes:
        shared: What the files of the other languages must say too.
        digest: SHA-256 of the file.
    """

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
    front = _front(head)
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


def _front(head: str) -> "Front":
    # A crisis is launched beside thousands of releases, and none of them is read.
    from pydantic import ValidationError  # noqa: PLC0415  as said above

    from sparetire.workspace.releases_front import Front  # noqa: PLC0415  as said above

    try:
        return Front.model_validate(tomllib.loads(head))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableError([f"The head is not valid TOML: {error}."]) from error
    except ValidationError as error:
        raise UnreadableError(
            [_says(dict(each), Front.model_fields) for each in error.errors()]
        ) from error


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


def _wording(front: "Front", body: str) -> Wording:
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


def _says(detail: dict[str, Any], known: Collection[str]) -> str:
    place = ".".join(str(part) for part in detail["loc"])
    match detail["type"]:
        case "extra_forbidden":
            name = str(detail["loc"][-1])
            near = difflib.get_close_matches(name, known, n=1)
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
