"""What ``sparetire.toml`` may say; ``reference.toml`` beside this file says it in words."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field

from sparetire.config.announce import Announce
from sparetire.config.approvals import ApprovalCount, ApprovalHours, Approver
from sparetire.config.newsroom import Newsroom
from sparetire.config.section import (
    HexColour,
    Localised,
    Section,
    Tag,
    WebAddress,
    ZoneName,
    is_loopback,
)
from sparetire.config.services import Service
from sparetire.model.language import Language
from sparetire.model.routes import PageUrls

__all__ = ["Contact", "Settings", "Target"]


class Organisation(Section):
    """Who speaks."""

    languages: tuple[Tag, ...] = Field(min_length=1)
    time_zone: ZoneName
    name: Localised
    main_site: WebAddress | None = None
    boilerplate: Localised = ""


class Colours(Section):
    """The two colours everything else is derived from."""

    brand: HexColour = "#0b3d66"
    accent: HexColour | None = None


class BrandSection(Section):
    """How the organisation looks."""

    logo: str | None = None
    colours: Colours = Colours()
    tone: Literal["brand", "mourning"] = "brand"


class Contact(Section):
    """A way to reach the organisation, for one audience."""

    audience: Literal["media", "public", "families", "employees"]
    name: Localised = ""
    phone: str = ""
    email: str = ""
    hours: Localised = ""
    review_by: date


class Crisis(Section):
    """Where the crisis site goes, and how its addresses look."""

    targets: tuple[str, ...] = Field(min_length=1)
    drill: str | None = None
    drill_days: Annotated[int, Field(ge=1)] = 90
    page_urls: PageUrls = PageUrls.FOLDER
    approvals: ApprovalCount = 0
    approval_hours: ApprovalHours = 24


class Settings(Section):
    """The whole file."""

    organisation: Organisation
    brand: BrandSection = BrandSection()
    contacts: tuple[Contact, ...] = ()
    approvers: tuple[Approver, ...] = ()
    targets: dict[str, Service]
    staging: dict[str, Service] = Field(default_factory=dict)
    crisis: Crisis
    newsroom: Newsroom = Newsroom()
    announce: Announce = Announce()

    @property
    def languages(self) -> tuple[Language, ...]:
        """The organisation's languages, its default first."""
        return tuple(Language(tag) for tag in self.organisation.languages)

    @property
    def exercise(self) -> bool:
        """Whether everything that is said is an exercise; only a drill's settings say yes."""
        return False

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that pages speak in."""
        return ZoneInfo(self.organisation.time_zone)

    def say(self, text: Localised, code: str) -> str:
        """Return a text in one language; a plain text serves every language."""
        return text if isinstance(text, str) else text[code]

    def target(self, name: str) -> "Target":
        """Return a live target by its name.

        Raises:
            KeyError: No live target has that name.
        """
        return Target(name=name, service=self.targets[name])


@dataclass(frozen=True, slots=True)
class Target:
    """A live destination. A staging destination is deliberately not one of these."""

    name: str
    service: Service

    @property
    def url(self) -> str:
        """The public address, without a closing slash."""
        return self.service.url

    @property
    def hostname(self) -> str:
        """The name that the public types."""
        return urlsplit(self.service.url).hostname or ""

    @property
    def patience(self) -> int | None:
        """Seconds until it must show an edition, where somebody has said so."""
        return self.service.patience

    @property
    def public(self) -> bool:
        """Whether anybody but this machine can read it."""
        return not is_loopback(self.service.url)
