"""What may stand in the head of a release file."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from sparetire.model.release import Status

__all__ = ["Front"]

_ID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"  # RFC 4122
_SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"


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


class Front(_Table):
    """The keys of the head, as they are typed."""

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
