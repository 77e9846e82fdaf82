"""Options that are declared once, as the fields of a value, are options of each command."""

from dataclasses import dataclass
from typing import Annotated

import typer
from typer.testing import CliRunner

from sparetire.cli.groups import spread


@dataclass(frozen=True, slots=True)
class Colours:
    """A group of options, as commands declare them."""

    ink: Annotated[str, typer.Option(help="Of the words.")]
    paper: Annotated[str, typer.Option(help="Behind the words.")] = "white"


def test_a_command_takes_a_group_as_one_value_beside_its_own_options() -> None:
    told: list[object] = []
    app = typer.Typer()

    def paint(*, what: str, colours: Colours, twice: bool = False) -> None:
        """Paint a wall."""
        told.extend((what, colours, twice))

    app.command()(spread(paint))
    done = CliRunner().invoke(app, ["wall", "--ink", "black", "--twice"])

    assert done.exit_code == 0, done.output
    assert told == ["wall", Colours("black", "white"), True]
    shown = CliRunner().invoke(app, ["--help"]).output
    assert "Paint a wall." in shown
    assert "Behind the words." in shown
    assert shown.index("what") < shown.index("--ink") < shown.index("--twice")


def test_an_option_of_a_group_without_a_default_must_be_given() -> None:
    app = typer.Typer()

    def paint(*, colours: Colours) -> None:
        """Paint a wall."""
        raise AssertionError(colours)

    app.command()(spread(paint))
    assert CliRunner().invoke(app, []).exit_code == 2
