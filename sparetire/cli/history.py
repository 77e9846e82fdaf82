"""``sparetire history``: what was done, and when."""

from typing import Annotated

import typer

from sparetire.cli.desk import desk_of
from sparetire.cli.options import AsJson

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("history")(history)


def history(
    context: typer.Context,
    number: Annotated[int, typer.Option("-n", min=1, help="How many runs.")] = 20,
    verify: Annotated[
        bool, typer.Option("--verify", help="Prove that no line of the ledger was changed.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show past runs, the newest first, each with the version that it made live.

    Example: sparetire history --verify
    """
    from sparetire.flows.history import history, verify_ledger
    from sparetire.model.outcome import RunHistory
    from sparetire.output.history import tell_history

    desk = desk_of(context, as_json=as_json)
    session = desk.session()
    verified = verify_ledger(session) if verify else None
    past = RunHistory(history(session)[:number], verified)
    zone = session.settings.zone
    desk.show(past, lambda terminal: tell_history(terminal, past, zone))
