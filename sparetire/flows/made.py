"""What a flow has made, and brings to its targets."""

from dataclasses import dataclass, field, replace

from sparetire.model.edition import Edition
from sparetire.model.finding import Finding
from sparetire.model.incident import Incident
from sparetire.model.routes import Routes

__all__ = ["Made", "page_addresses"]


@dataclass(frozen=True, slots=True)
class Made:
    """An edition ready to go, and what is known about it.

    Attributes:
        edition: The built site.
        routes: How its addresses are made, at the primary.
        incidents: Names of its incidents, with the instant of their newest statement.
        incident: The incident that this run is about, if any.
        path: The page to look at, by language code.
        findings: What the rules saw.
        headlines: What it is about, by language code, where that is no incident.
        newest: When a press release last changed, told by a run that is about them.
        goes_back: It was live before, and is brought back.
    """

    edition: Edition
    routes: Routes
    incidents: dict[str, str]
    incident: Incident | None
    path: dict[str, str]
    findings: tuple[Finding, ...]
    headlines: dict[str, str] = field(default_factory=dict)
    newest: str = ""
    goes_back: bool = False

    @property
    def titles(self) -> dict[str, str]:
        """What it is about, by language code; nothing where a language is still to come."""
        if self.headlines:
            return self.headlines
        found = {code: self.incident.title(code) for code in self.path} if self.incident else {}
        return {code: title for code, title in found.items() if title}

    @property
    def urls(self) -> dict[str, str]:
        """The addresses at the primary, by language code."""
        return {code: self.routes.url(path) for code, path in self.path.items()}

    def url_at(self, base_url: str) -> str:
        """Return the address in the first language at another target."""
        return replace(self.routes, base_url=base_url).url(next(iter(self.path.values())))


def page_addresses(made: Made, base_url: str) -> list[str]:
    """Return where the pages that a version is about are read at a target."""
    if made.incident is None and not made.headlines:
        return []
    routes = replace(made.routes, base_url=base_url)
    return [routes.url(path) for path in made.path.values()]
