"""What update, correct, close and withdraw share: one incident that is live, and new words."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from sparetire.cli.approval import approval
from sparetire.cli.desk import Desk
from sparetire.cli.dry_run import leave_draft, refuse_unused
from sparetire.cli.early import builder_of
from sparetire.cli.interview import Given, answers, next_update, prompts_of, tell_dropped
from sparetire.cli.names import refuse_unknown_targets
from sparetire.cli.options import Publishing, Wording
from sparetire.model.incident import Kind

if TYPE_CHECKING:
    from sparetire.flows.session import Session
    from sparetire.model.incident import Incident, Statement
    from sparetire.stages.fill.answers import Answers
    from sparetire.stages.fill.documents import Document
    from sparetire.stages.fill.statement import Saying

__all__ = ["Amending"]


class Amending:
    """One call of such a command: the incident that is meant, and who answers questions."""

    def __init__(
        self,
        desk: Desk,
        incident: str,
        publishing: Publishing,
        kind: Kind,
        command: str = "",
    ) -> None:
        from sparetire.flows.amend import choose_incident

        refuse_unused(publishing)
        self.desk = desk
        self.session: Session = desk.session()
        self._publishing = publishing
        settings = self.session.settings
        self._targets = tuple(publishing.target or settings.crisis.targets)
        refuse_unknown_targets(self._targets, settings)
        primary = self._targets[0]
        self.incident: Incident = choose_incident(self.session, primary, incident, kind)
        self.prompts = prompts_of(desk, self.session, f"{command or kind}-{self.incident.name}")

    @property
    def asks(self) -> bool:
        """Whether what may be left out is asked for."""
        return self.desk.interactive and not self._publishing.yes

    def answers(
        self, wording: Wording, keywords: Sequence[str] = (), slugs: Sequence[str] = ()
    ) -> "Answers":
        """Return the words, asked for where they are missing."""
        given = Given(wording, list(keywords), list(slugs))
        return answers(self.prompts, given, self.session.settings.languages, self.incident)

    def next_update(self, given: str) -> str:
        """Return when the next update is promised, asked for where no option says it."""
        return given or (next_update(self.prompts, self.session) if self.asks else "")

    def statement(
        self, given: int | None, question: str, shown: "Sequence[Statement]"
    ) -> int | None:
        """Return the number of the statement that is meant, and quote what it says.

        Without an option a person chooses from those shown; None is the newest one.

        Raises:
            UsageFault: No statement has that number.
        """
        from sparetire.cli.prompts import Question
        from sparetire.output.statements import quote_statement, statement_rows
        from sparetire.stages.fill.statement import statement_in

        terminal, zone = self.desk.terminal, self.session.settings.zone
        if given is not None:
            return statement_in(shown, given).number
        if not self.asks or len(shown) == 1:
            return None

        def read(text: str) -> int:
            if not text.isdecimal():
                message = f"{text!r} is not the number of a statement"
                raise ValueError(message)
            return statement_in(shown, int(text)).number

        if not self.prompts.knows("statement"):
            for row in statement_rows(shown, zone):
                terminal.tell(row)
        number = self.prompts.ask(Question("statement", question, "--statement", read))
        quote_statement(terminal, statement_in(shown, number), zone)
        return number

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
        if published.receipts:
            self.prompts.forget()
        desk.show(published, lambda terminal: terminal.published(published))
        leave_draft(desk, self.session, publishing, published)
