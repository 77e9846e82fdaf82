"""``sparetire report``: what an incident came to, for afterwards."""

from enum import StrEnum
from typing import Annotated

import typer

from sparetire.cli.desk import desk_of
from sparetire.cli.options import AsJson

__all__ = ["register"]


class Form(StrEnum):
    """How a report is written."""

    MD = "md"
    HTML = "html"


class Tongue(StrEnum):
    """The languages of reports."""

    FR = "fr"
    EN = "en"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report")(report)


def report(
    context: typer.Context,
    incident: Annotated[
        str, typer.Argument(help="Its address in the first language, or a drill's name.")
    ],
    form: Annotated[Form, typer.Option("--format", help="How it is written.")] = Form.MD,
    lang: Annotated[
        Tongue | None, typer.Option(help="Its language; left out: the organisation's first.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print what an incident came to, minute by minute.

    What was said and when, how long it took to be live, who was waited for, what came late,
    what was corrected, and what was published unsigned.

    Example: sparetire report deversement-diesel --format html > report.html
    """
    from sparetire.flows.rehearsed import in_drill
    from sparetire.flows.report import report
    from sparetire.output.report import Telling, report_json

    desk = desk_of(context, as_json=as_json)
    session, name = in_drill(desk.session(), incident)
    found = report(session, name)
    if desk.as_json:
        typer.echo(report_json(found))
        return
    first = session.settings.languages[0].code
    code = lang or (Tongue.FR if first == Tongue.FR else Tongue.EN)
    telling = Telling(found, code, session.settings.zone)
    typer.echo(telling.html() if form is Form.HTML else telling.markdown())
