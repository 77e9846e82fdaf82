"""What update, correct, close and withdraw share: one incident that is live, and new words."""

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from sparetire.cli.approval import approval
from sparetire.cli.desk import Desk
from sparetire.cli.early import builder_of
from sparetire.cli.interview import Given, answers
from sparetire.cli.names import refuse_unknown_targets
from sparetire.model.incident import Kind

if TYPE_CHECKING:
    from sparetire.flows.session import Session
    from sparetire.model.incident import Incident
    from sparetire.stages.fill.answers import Answers
    from sparetire.stages.fill.documents import Document
    from sparetire.stages.fill.statement import Saying

__all__ = ["Amending", "Place"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the new words go, as typed."""

    incident: str
    target: list[str] | None
    dry_run: bool
    yes: bool
    adopt: bool
    glass: str = ""


class Amending:
    """One call of such a command: the incident that is meant, and who answers questions."""

    def __init__(self, desk: Desk, place: Place, kind: Kind) -> None:
        from sparetire.flows.amend import choose_incident

        self.desk = desk
        self.session: Session = desk.session()
        self._place = place
        settings = self.session.settings
        self._targets = tuple(place.target or settings.crisis.targets)
        refuse_unknown_targets(self._targets, settings)
        primary = self._targets[0]
        self.incident: Incident = choose_incident(self.session, primary, place.incident, kind)

    @property
    def asks(self) -> bool:
        """Whether what may be left out is asked for."""
        return self.desk.interactive and not self._place.yes

    def answers(self, given: Given) -> "Answers":
        """Return the words, asked for where they are missing."""
        return answers(self.desk, given, self.session.settings.languages, self.incident)

    def sheets(self, given: dict[str, list[str]]) -> "dict[str, dict[str, Document]]":
        """Return the documents of the sheets that were given, by name and language."""
        from sparetire.stages.fill.answers import by_language
        from sparetire.stages.fill.documents import read_documents

        languages = self.session.settings.languages
        return {
            name: read_documents(
                by_language(f"--{name}", files, languages), languages, sys.stdin.buffer
            )
            for name, files in given.items()
            if files
        }

    def publish(self, context: typer.Context, saying: "Saying") -> None:
        """Publish them, and show what it came to."""
        from sparetire.flows.amend import Amendment, amend
        from sparetire.flows.publication import Allowed

        desk, place = self.desk, self._place
        request = Amendment(
            name=self.incident.name,
            saying=saying,
            targets=self._targets,
            dry_run=place.dry_run,
            allowed=Allowed(adopt=place.adopt, glass=place.glass),
        )
        approve = approval(desk, yes=place.yes)
        builder = builder_of(context)
        published = amend(self.session, request, approve=approve, builder=builder)
        desk.show(published, lambda terminal: terminal.published(published))
