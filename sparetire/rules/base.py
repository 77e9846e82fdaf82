"""What a rule is, and what it may look at.

A rule is a small generator of findings. Its id, its severity and the source of its demand stand
in one `Rule`, so that a reader finds them in one place.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sparetire.config.schema import Settings
from sparetire.model.edition import Manifest
from sparetire.model.finding import Finding, Severity
from sparetire.model.incident import Incident
from sparetire.model.routes import Routes

__all__ = ["Built", "BuiltRule", "Draft", "DraftRule", "Sight"]

Sight = tuple[str, str, str]
"""One thing a rule saw: the place, what is wrong, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Words that somebody wants to publish, before anything is built.

    Attributes:
        incident: The incident as filled from the answers.
        languages: Codes of all languages of the site.
        only: Codes of the languages that the user said are enough, or None for all.
        places: Where the words of each language came from, for messages.
        exercise: They are words of a drill.
    """

    incident: Incident
    languages: tuple[str, ...]
    only: tuple[str, ...] | None
    places: dict[str, str]
    exercise: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """A built site, before anything is sent.

    Attributes:
        bodies: The folder with the bytes, by their hash.
        manifest: Every file of it.
        incidents: The incidents that it is meant to carry.
        settings: The workspace's settings.
        routes: How paths and addresses are made.
        unpublished: Texts that must not be in it, by the name of their source.
        standing: Texts of the standing pages: public, even where a scenario holds a copy.
        released: Gives the texts of press releases that are public, which are many.
        inspected: Paths of files that these rules have found right before, byte for byte.
    """

    bodies: Path
    manifest: Manifest
    incidents: tuple[Incident, ...]
    settings: Settings
    routes: Routes
    unpublished: dict[str, str]
    standing: tuple[str, ...] = ()
    released: Callable[[], Iterable[str]] = tuple
    inspected: frozenset[str] = frozenset()

    @property
    def fresh(self) -> Iterator[str]:
        """The paths to look at, sorted; the others exist, which is all that counts of them."""
        return (path for path in sorted(self.manifest.entries) if path not in self.inspected)


@dataclass(frozen=True, slots=True)
class DraftRule:
    """A rule on words. ``source`` names where the demand comes from."""

    id: str
    severity: Severity
    source: str
    look: Callable[[Draft], Iterator[Sight]]

    def findings(self, draft: Draft) -> Iterator[Finding]:
        """Yield what the rule sees in the draft."""
        for place, message, remedy in self.look(draft):
            yield Finding(self.id, self.severity, place, message, remedy)


@dataclass(frozen=True, slots=True)
class BuiltRule:
    """A rule on a built site. ``source`` names where the demand comes from."""

    id: str
    severity: Severity
    source: str
    look: Callable[[Built], Iterator[Sight]]

    def findings(self, built: Built) -> Iterator[Finding]:
        """Yield what the rule sees in the site."""
        for place, message, remedy in self.look(built):
            yield Finding(self.id, self.severity, place, message, remedy)
