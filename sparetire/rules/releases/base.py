"""What a rule on press releases is, and what it may look at.

A rule's docstring is its whole description: what it demands, how much that weighs, where the
demand comes from, and what fails. ``sparetire newsroom lint --explain`` prints it.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sparetire.config.schema import Settings
from sparetire.model.finding import Finding, Severity
from sparetire.model.incident import Incident, Statement, Words
from sparetire.model.release import Release, Wording
from sparetire.rules.base import Draft, Sight

__all__ = ["ExplainedRule", "ReleaseDraft", "ReleaseRule", "as_words", "most", "rule_from"]

_HEAD = re.compile(r"^Severity: (error|warning|info)\. Source: (.+?)\.$", re.MULTILINE)
_LONGER = {"fr": 11}  # French runs longer than English: a tenth more of everything


@dataclass(frozen=True, slots=True)
class ReleaseDraft:
    """A release that somebody wants to publish.

    Attributes:
        others: Every other release of the newsroom.
        broken: What is wrong with each picture that cannot be published, by file name.
        narrow: The width of each picture that is less wide than search engines want.
        now: The present instant.
        leads_out: Where a file leads that is a link out of its folder, by language.
    """

    release: Release
    settings: Settings
    now: datetime
    others: tuple[Release, ...] = ()
    broken: dict[str, str] = field(default_factory=dict)
    narrow: dict[str, int] = field(default_factory=dict)
    leads_out: dict[str, str] = field(default_factory=dict)

    def texts(self) -> Iterator[tuple[str, str, Wording]]:
        """Yield language code, file and words of each language."""
        for code, wording in self.release.wordings.items():
            yield code, f"{self.release.name}.{code}.md", wording


@dataclass(frozen=True, slots=True)
class ExplainedRule:
    """What a rule demands of a release, how much that weighs, and where it comes from."""

    id: str
    severity: Severity
    source: str
    explanation: str


@dataclass(frozen=True, slots=True)
class ReleaseRule:
    """A rule on press releases."""

    id: str
    severity: Severity
    source: str
    explanation: str
    look: Callable[[ReleaseDraft], Iterator[Sight]]

    def findings(self, draft: ReleaseDraft) -> Iterator[Finding]:
        """Yield what the rule sees in the release."""
        for place, message, remedy in self.look(draft):
            yield Finding(self.id, self.severity, place, message, remedy)


def rule_from(look: Callable[[ReleaseDraft], Iterator[Sight]]) -> ReleaseRule:
    """Return the rule that a function describes in its docstring.

    Raises:
        ValueError: It does not say how much it weighs, and where it comes from.
    """
    told = inspect.getdoc(look) or ""
    head = _HEAD.search(told)
    if head is None:
        message = f"{look.__name__} says no severity and source"
        raise ValueError(message)
    name = look.__name__.replace("_", "-")
    return ReleaseRule(f"release-{name}", Severity(head[1]), head[2], told, look)


def most(count: int, code: str) -> int:
    """Return a limit as a language needs it."""
    return count * _LONGER.get(code, 10) // 10


def as_words(draft: ReleaseDraft) -> Draft:
    """Return the release as the rules on a crisis's first statement see words."""
    release = draft.release
    said = Statement(
        number=1,
        published=draft.now,
        words={
            code: Words(title=wording.title, body=wording.body, summary=wording.summary)
            for code, wording in release.wordings.items()
        },
    )
    return Draft(
        incident=Incident(
            name=release.name,
            slugs={code: release.slug(code) for code in release.wordings},
            # The first is the one that people search; the others only sort.
            keywords={code: each.tags[:1] for code, each in release.wordings.items()},
            statements=(said,),
        ),
        languages=tuple(language.code for language in draft.settings.languages),
        only=None,
        places={code: f"{file}, text" for code, file, _ in draft.texts()},
        leads_out=draft.leads_out,
    )
