"""What update, correct, close and withdraw share: one incident that is live, and new words."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from sparetire.cli.approval import approval
from sparetire.cli.desk import Desk
from sparetire.cli.early import builder_of
from sparetire.cli.interview import Given, answers, tell_dropped
from sparetire.cli.names import refuse_unknown_targets
from sparetire.cli.options import Publishing, Wording
from sparetire.model.incident import Kind

if TYPE_CHECKING:
    from sparetire.flows.session import Session
    from sparetire.model.incident import Incident
    from sparetire.stages.fill.answers import Answers
    from sparetire.stages.fill.documents import Document
    from sparetire.stages.fill.statement import Saying

__all__ = ["Amending"]


class Amending:
    """One call of such a command: the incident that is meant, and who answers questions."""

    def __init__(self, desk: Desk, incident: str, publishing: Publishing, kind: Kind) -> None:
        from sparetire.flows.amend import choose_incident

        self.desk = desk
        self.session: Session = desk.session()
        self._publishing = publishing
        settings = self.session.settings
        self._targets = tuple(publishing.target or settings.crisis.targets)
        refuse_unknown_targets(self._targets, settings)
        primary = self._targets[0]
        self.incident: Incident = choose_incident(self.session, primary, incident, kind)

    @property
    def asks(self) -> bool:
        """Whether what may be left out is asked for."""
        return self.desk.interactive and not self._publishing.yes

    def answers(self, wording: Wording, keywords: Sequence[str] = ()) -> "Answers":
        """Return the words, asked for where they are missing."""
        given = Given(wording, list(keywords))
        return answers(self.desk, given, self.session.settings.languages, self.incident)

    def sheets(
        self, given: dict[str, list[str] | None], wording: Wording
    ) -> "dict[str, dict[str, Document]]":
        """Return the documents of the sheets that were given, by name and language."""
        from sparetire.stages.fill.answers import by_language
        from sparetire.stages.fill.documents import read_documents

        languages = self.session.settings.languages
        found = {
            name: read_documents(
                by_language(f"--{name}", files, languages),
                languages,
                sys.stdin.buffer,
                accept=wording.accept_changes,
            )
            for name, files in given.items()
            if files
        }
        for documents in found.values():
            tell_dropped(self.desk, documents)
        return found

    def publish(self, context: typer.Context, saying: "Saying") -> None:
        """Publish them, and show what it came to."""
        from sparetire.flows.amend import Amendment, amend
        from sparetire.flows.order import Allowed

        desk, publishing = self.desk, self._publishing
        request = Amendment(
            name=self.incident.name,
            saying=saying,
            targets=self._targets,
            dry_run=publishing.dry_run,
            allowed=Allowed(adopt=publishing.adopt, glass=publishing.break_glass),
        )
        approve = approval(desk, yes=publishing.yes)
        builder = builder_of(context)
        published = amend(self.session, request, approve=approve, builder=builder)
        desk.show(published, lambda terminal: terminal.published(published))
