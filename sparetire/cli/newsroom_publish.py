"""``sparetire newsroom publish``: what is due goes public; made to be run by a timer."""

from dataclasses import replace
from typing import Annotated

import typer

from sparetire.cli.approval import approval
from sparetire.cli.desk import desk_of
from sparetire.cli.names import refuse_unknown_targets
from sparetire.cli.options import Adopt, AsJson, BreakGlass, DryRun, Targets, Yes

__all__ = ["publish"]


def publish(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(help="These; left out: whatever is due.", metavar="[NAME]..."),
    ] = None,
    target: Targets = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    adopt: Adopt = False,
    break_glass: BreakGlass = "",
    as_json: AsJson = False,
) -> None:
    """Publish every release whose time has come, each of them once.

    A release goes public when its files say status = "ready" and its publish_at and embargo
    have passed. Run again, it does nothing. It makes way for a launch, and catches up by itself
    for a day; what is later must be named.

    Example: sparetire newsroom publish --yes
    """
    from sparetire.flows.newsroom import Issue, Overdue, publish_releases
    from sparetire.flows.order import Allowed
    from sparetire.model.issue import Issued
    from sparetire.output.issues import tell_issued
    from sparetire.stages.build.builder import Builder

    desk = desk_of(context, as_json=as_json)
    session = desk.session()
    targets = tuple(target or session.settings.newsroom.targets)
    refuse_unknown_targets(targets, session.settings)
    request = Issue(
        tuple(names or ()), targets, dry_run, Allowed(adopt=adopt, glass=break_glass)
    )

    def brought_out(request: Issue) -> Issued:
        return publish_releases(
            session,
            request,
            approve=approval(desk, yes=yes),
            # Started only when something is due: a timer asks often, and mostly in vain.
            builder=lambda: context.with_resource(Builder()),
        )

    try:
        issued = brought_out(request)
    except Overdue as overdue:
        question = " ".join((overdue.what, *overdue.why, "Is it still right? Type yes:"))
        if yes or not desk.interactive or desk.ask(question, "NAME") != "yes":
            raise
        issued = brought_out(replace(request, names=overdue.names))
    desk.show(issued, lambda terminal: tell_issued(terminal, issued, quiet=desk.quiet))
