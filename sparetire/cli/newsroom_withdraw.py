"""``sparetire newsroom withdraw``: a release is taken back, and its page says so."""

from typing import Annotated

import typer

from sparetire.cli.approval import approval
from sparetire.cli.desk import desk_of
from sparetire.cli.early import builder_of
from sparetire.cli.options import AsJson, DryRun, Yes

__all__ = ["withdraw"]

READY = {
    "fr": "Ne vous fiez plus à ce communiqué. Pour toute question, joignez-nous.",
    "en": "Please do not rely on this release. Contact us with any question.",
}


def withdraw(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The release, as newsroom list names it.")],
    notice: Annotated[
        list[str] | None, typer.Option(help="What its page says; LANG=… for each language.")
    ] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Take a release back: a dated notice stands in its place, and its feeds say so.

    The address stays, so that whoever follows a link learns of it.

    Example: sparetire newsroom withdraw port-agrandi --yes
    """
    from sparetire.flows.order import Allowed
    from sparetire.flows.retraction import Retraction, withdraw_release
    from sparetire.output.issues import tell_withdrawn
    from sparetire.stages.fill.answers import by_language

    desk = desk_of(context, as_json=as_json)
    session = desk.session()
    languages = session.settings.languages
    given = by_language("--notice", notice or [], languages)
    if "" in given:
        given.setdefault(languages[0].code, given.pop(""))
    words = {one.code: given.get(one.code, READY.get(one.code, "")) for one in languages}
    issued = withdraw_release(
        session,
        Retraction(name, words, dry_run, Allowed()),
        approve=approval(desk, yes=yes),
        builder=lambda: builder_of(context),
    )
    desk.show(issued, lambda terminal: tell_withdrawn(terminal, issued))
