"""``sparetire approve``: a signature over exact words, before they are public."""

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sparetire.cli.approval import typed_as
from sparetire.cli.desk import Desk, desk_of
from sparetire.cli.options import AsJson, DryRun, Yes
from sparetire.cli.prompts import TRIES, Question, StepBack, agreed, ask_until
from sparetire.errors import ConfigurationFault, UsageFault

if TYPE_CHECKING:
    from sparetire.flows.approving import Signing
    from sparetire.flows.session import Session
    from sparetire.model.approval import Approval, Subject

__all__ = ["register"]

PASSPHRASE = "SPARETIRE_PASSPHRASE"  # noqa: S105  where it is, not what it is
SHORTEST = 12


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("approve")(approve)


def approve(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The incident whose words wait.")] = "",
    role: Annotated[str, typer.Option("--as", help="The role in which you sign.")] = "",
    key: Annotated[
        Path | None, typer.Option(help="Your key; left out: ~/.config/sparetire/ROLE.key.")
    ] = None,
    keyring: Annotated[
        bool, typer.Option("--keyring", help="Your key is in the keyring of this machine.")
    ] = False,
    new_key: Annotated[
        str, typer.Option(help="Make a key for the person of this name.", metavar="NAME")
    ] = "",
    scenario: Annotated[
        str, typer.Option(help="Sign a scenario's texts, blanks and all, in peace time.")
    ] = "",
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Sign the words that wait, exactly as they will be read.

    One changed letter needs another signature, and each expires. The passphrase of the key is
    asked for, or taken from SPARETIRE_PASSPHRASE.

    Examples:
    sparetire approve --new-key "Marie Tremblay" --as legal
    sparetire approve panne-electricite --as legal
    sparetire approve --scenario outage --as legal
    """
    from sparetire.flows.approving import Signing, scenario_subject, waiting
    from sparetire.flows.scenario import chosen_scenario
    from sparetire.output.approvals import show_subject

    desk = desk_of(context, as_json=as_json)
    role = role or _asked(desk, "In which role do you sign (such as legal)?", "--as")
    place = None if keyring else key or Path.home() / ".config" / "sparetire" / f"{role}.key"
    if new_key:
        _make(desk, new_key, role, place)
    else:
        session = desk.session()
        name = name or ("" if scenario else _asked(desk, "Which incident?", "The incident"))
        subject = (
            scenario_subject(session, chosen_scenario(session.workspace, scenario))
            if scenario
            else waiting(session, name)
        )
        show_subject(desk.terminal, subject)
        if not dry_run:
            _sign(desk, session, subject, Signing(role, place, ""), asks=not yes)


def _make(desk: Desk, person: str, role: str, place: Path | None) -> None:
    from sparetire.output.approvals import key_in_words, key_json
    from sparetire.workspace.keys import keep_key, make_key, open_key

    passphrase = _new_passphrase(desk)
    where = keep_key(make_key(passphrase), place, role)
    public = open_key(place, role, passphrase).public
    if desk.as_json:
        typer.echo(key_json(role, public, where))
    else:
        desk.terminal.say(f"The key is in {where}.")
        typer.echo(key_in_words(person, role, public))


def _sign(
    desk: Desk, session: "Session", subject: "Subject", signing: "Signing", *, asks: bool
) -> None:
    from sparetire.flows.approving import approve_waiting

    if asks and not _agreed(desk):
        desk.terminal.say("Nothing was signed.")
        return
    for left in reversed(range(1 if os.environ.get(PASSPHRASE) else TRIES)):
        passphrase = _passphrase(desk, "The passphrase of your key:")
        try:
            signed = approve_waiting(session, subject, replace(signing, passphrase=passphrase))
        except ConfigurationFault as error:
            if not left or isinstance(error.__cause__, OSError):  # another try opens no file
                raise
            desk.terminal.tell(" ".join((error.what, *error.why)))
        else:
            _show(desk, signed)
            return


def _show(desk: Desk, signed: "Approval") -> None:
    from sparetire.output.approvals import approval_json, show_approval

    if desk.as_json:
        typer.echo(approval_json(signed))
    else:
        show_approval(desk.terminal, signed)


def _agreed(desk: Desk) -> bool:
    def accepts(typed: str) -> str:
        right = typed_as(typed, ("APPROVE", "APPROUVER"))
        return "" if right else f"{typed!r} is neither APPROVE nor APPROUVER."

    question = "To sign exactly this, type: APPROVE (or, in French: APPROUVER)\n>"
    return agreed(desk, question, accepts, "--yes")


def _asked(desk: Desk, question: str, option: str) -> str:
    """Return an answer that is not empty; at the first question ``back`` leads nowhere."""

    def read(text: str) -> str:
        if not text:
            message = "An answer is needed"
            raise ValueError(message)
        return text

    try:
        return ask_until(desk, Question("", question, option, read))[0]
    except StepBack:
        return _asked(desk, question, option)


def _new_passphrase(desk: Desk) -> str:
    """Return a passphrase that is long enough and was typed twice alike.

    Raises:
        UsageFault: No try could be used.
    """
    why = ""
    for _ in range(1 if os.environ.get(PASSPHRASE) else TRIES):
        first = _passphrase(desk, f"A passphrase of at least {SHORTEST} letters:")
        if len(first) < SHORTEST:
            why = f"It has fewer than {SHORTEST} letters."
        elif first != _passphrase(desk, "The same once more:"):
            why = "It was not typed twice alike."
        else:
            return first
        desk.terminal.tell(why)
    raise UsageFault(
        "This passphrase cannot be used.",
        why=why,
        then="Run it again with a longer one: four words are easy to keep in mind.",
    )


def _passphrase(desk: Desk, question: str) -> str:
    if given := os.environ.get(PASSPHRASE):
        return given
    if not desk.interactive:
        raise UsageFault(
            "There is nobody to ask for the passphrase.",
            why=f"There is no terminal, and {PASSPHRASE} is not set.",
            then="Run it on a terminal.",
        )
    try:
        return desk.terminal.ask(question, hidden=True)
    except EOFError as error:
        raise UsageFault(
            "The passphrase is missing.",
            why="The input ended before it was typed.",
            then="Run the same command again.",
        ) from error
