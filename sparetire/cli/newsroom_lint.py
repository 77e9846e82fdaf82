"""``sparetire newsroom lint``: what keeps a press release from the public, and what to do."""

from contextlib import suppress
from typing import Annotated

import typer

from sparetire.cli.desk import desk_of
from sparetire.cli.options import AsJson
from sparetire.errors import ConfigurationFault, ExitCode

__all__ = ["lint"]


def lint(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(help="Releases; all that are not public if left out.")
    ] = None,
    rule: Annotated[
        str,
        typer.Option("--explain", help="Say what a rule demands, and why.", metavar="RULE"),
    ] = "",
    lang: Annotated[
        str,
        typer.Option(help="With --explain: fr or en; left out, your site's first language."),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Look at press releases with every rule; an error keeps one from the public.

    Example: sparetire newsroom lint port-agrandi
    """
    from sparetire import clock
    from sparetire.flows.docs import manual_language
    from sparetire.flows.explaining import explain
    from sparetire.flows.linting import lint
    from sparetire.output.machine import Listing
    from sparetire.output.newsroom import tell_linted, tell_rule

    desk = desk_of(context, as_json=as_json)
    if rule:
        language = lang or "en"
        if not lang:
            with suppress(ConfigurationFault):  # a rule is the same without a workspace
                language = manual_language(desk.session().settings)
        told = explain(rule, language)
        rules = Listing("rules", (told,))
        desk.show(rules, lambda terminal: tell_rule(terminal, told.id, told.explanation))
        return
    result = lint(desk.session(), tuple(names or ()), clock.now())
    desk.show(result, lambda terminal: tell_linted(terminal, result))
    if not result.clean:
        raise typer.Exit(ExitCode.CONTENT_REFUSED)
