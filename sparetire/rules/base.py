"""What a rule is, and what it may look at.

A rule is a small generator of findings. Its id, its severity and the source of its demand stand
in one `Rule`, so that a reader finds them in one place.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sparetire.config.schema import Settings
from sparetire.model.finding import Finding, Severity
from sparetire.model.incident import Incident
from sparetire.model.manifest import Manifest
from sparetire.model.routes import Routes

if TYPE_CHECKING:
    from sparetire.rules.ties import Ties

__all__ = ["Built", "BuiltRule", "Draft", "DraftRule", "Sight"]

_PORTION = 200

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
        forbidden: What the scenario of the incident forbids to say, by language.
        leads_out: Where a text comes from whose file is a link out of its folder, by language.
    """

    incident: Incident
    languages: tuple[str, ...]
    only: tuple[str, ...] | None
    places: dict[str, str]
    exercise: bool = False
    forbidden: dict[str, tuple[str, ...]] = field(default_factory=dict)
    leads_out: dict[str, str] = field(default_factory=dict)


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
        live: Gives the files that the public reads at present, which are many, as texts.
        inspected: Paths of files that these rules have found right before, byte for byte.
        passed: Paths of other files that have passed before those rules that judge each apart.
        ties: What is known of pages from an earlier look, by the hash of their bytes.
        portion: The paths to look at now, where that is not all of the others.
    """

    bodies: Path
    manifest: Manifest
    incidents: tuple[Incident, ...]
    settings: Settings
    routes: Routes
    unpublished: dict[str, str]
    standing: tuple[str, ...] = ()
    released: Callable[[], Iterable[str]] = tuple
    live: Callable[[], Iterable[str]] = tuple
    inspected: AbstractSet[str] = frozenset()
    passed: AbstractSet[str] = frozenset()
    ties: "Mapping[str, Ties]" = field(default_factory=dict)
    portion: tuple[str, ...] | None = None

    @property
    def fresh(self) -> tuple[str, ...]:
        """The paths to look at, sorted; the others exist, which is all that counts of them."""
        if self.portion is not None:
            return self.portion
        return tuple(sorted(self.manifest.entries.keys() - self.inspected))

    @property
    def unpassed(self) -> "Built":
        """The same site, with what has not passed yet to look at."""
        return replace(self, portion=tuple(one for one in self.fresh if one not in self.passed))

    def portions(self) -> Iterator["Built"]:
        """Yield the same site again and again, each time with some of the paths to look at.

        Rules ask for the same pages one after the other: of so many, all stay parsed meanwhile.
        Pages in two languages ask for each other, and stand in one portion where that can be.
        """
        paths = self.fresh
        if len(paths) > _PORTION:  # their paths differ in the language and the section alone
            paths = tuple(sorted(paths, key=lambda path: path.split("/")[2:]))
        for start in range(0, len(paths) or 1, _PORTION):
            yield replace(self, portion=paths[start : start + _PORTION])


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
    """A rule on a built site.

    Attributes:
        source: Names where the demand comes from.
        whole: It looks at the site as a whole, not at each page of it.
        apart: It judges each file by itself, by the settings and by what must not be said:
            while those stay the same, so does what it says of the same bytes.
    """

    id: str
    severity: Severity
    source: str
    look: Callable[[Built], Iterator[Sight]]
    whole: bool = False
    apart: bool = False

    def findings(self, built: Built) -> Iterator[Finding]:
        """Yield what the rule sees in the site."""
        for place, message, remedy in self.look(built):
            yield Finding(self.id, self.severity, place, message, remedy)
