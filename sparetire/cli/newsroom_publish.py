"""``sparetire newsroom publish``: what is due goes public; made to be run by a timer."""

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from sparetire.cli.approval import approval
from sparetire.cli.desk import Desk, desk_of
from sparetire.cli.names import refuse_unknown_targets
from sparetire.cli.options import Adopt, AsJson, BreakGlass, DryRun, Targets, Yes
from sparetire.cli.prompts import Question, StepBack, ask_until, yes_or_no
from sparetire.errors import STOPPED, UNCHANGED, Interrupted, SparetireError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sparetire.flows.newsroom import Issue
    from sparetire.model.issue import Issued

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
    from sparetire.flows.newsroom import Issue, publish_releases
    from sparetire.flows.order import Allowed
    from sparetire.output.issues import tell_issued
    from sparetire.stages.build.builder import Builder

    desk = desk_of(context, as_json=as_json)
    session = desk.session()
    targets = tuple(target or session.settings.newsroom.targets)
    refuse_unknown_targets(targets, session.settings)
    request = Issue(
        tuple(names or ()), targets, dry_run, Allowed(adopt=adopt, glass=break_glass)
    )

    def bring_out(wanted: Issue) -> "Issued":
        return publish_releases(
            session,
            wanted,
            approve=approval(desk, yes=yes),
            # Started only when something is due: a timer asks often, and mostly in vain.
            builder=lambda: context.with_resource(Builder()),
        )

    issued = _brought_out(desk, request, bring_out, may_ask=desk.interactive and not yes)
    desk.show(issued, lambda terminal: tell_issued(terminal, issued, quiet=desk.quiet))


def _brought_out(
    desk: Desk, request: "Issue", bring_out: "Callable[[Issue], Issued]", *, may_ask: bool
) -> "Issued":
    """Bring out what is due, then what is overdue, if a person says that it is still right."""
    from sparetire.flows.newsroom import Overdue
    from sparetire.output.issues import tell_issued

    try:
        return bring_out(request)
    except Overdue as overdue:
        if not may_ask:
            raise
        if overdue.issued.published:
            tell_issued(desk.terminal, overdue.issued, quiet=desk.quiet)
        question = " ".join((overdue.what, *overdue.why, "Is it still right? Type yes:"))
        with _once(overdue.public):
            if not _still_right(desk, question):
                raise
            return bring_out(replace(request, names=overdue.names))


def _still_right(desk: Desk, question: str) -> bool:
    """Ask for a yes or a no; ``back`` is a no: nothing comes before this question."""
    try:
        return ask_until(desk, Question("right", question, "NAME", yes_or_no))[0]
    except StepBack:
        return False


@contextmanager
def _once(public: str) -> "Iterator[None]":
    """Let whatever ends the rest of a run say what the public has since its first part."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise Interrupted(
            "The command was interrupted.", why=STOPPED, public=public, then="Run it again."
        ) from error
    except SparetireError as error:
        if error.public == UNCHANGED:
            error.public = public
        raise
