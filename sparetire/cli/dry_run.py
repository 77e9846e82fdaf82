"""What a dry run leaves for those who approve: a page in the browser, or files to send."""

import webbrowser
from contextlib import suppress
from threading import Event
from typing import TYPE_CHECKING

from sparetire.cli.desk import Desk
from sparetire.cli.options import Publishing
from sparetire.errors import UsageFault

if TYPE_CHECKING:
    from sparetire.flows.session import Session
    from sparetire.model.published import Published

__all__ = ["leave_draft", "refuse_unused", "show_draft"]


def refuse_unused(publishing: Publishing) -> None:
    """Refuse options that only a dry run can serve, before anything is asked.

    Raises:
        UsageFault: One was given without ``--dry-run``, or ``--open`` with ``--json``.
    """
    option = "--open" if publishing.open else "--draft-file" if publishing.draft_file else ""
    if option and not publishing.dry_run:
        raise UsageFault(
            f"{option} needs --dry-run.",
            why="A draft is what would be published; without --dry-run it is published.",
            then="Add --dry-run at the end of the command.",
        )
    if publishing.open and publishing.as_json:
        raise UsageFault(
            "--open and --json were both given.",
            why="The page is served until Ctrl-C; a program waits for one JSON object.",
            then="Leave one of them out; --draft-file FILE writes the page.",
        )


def leave_draft(
    desk: Desk, session: "Session", publishing: Publishing, published: "Published"
) -> None:
    """Keep the draft of a dry run, write it to files and open it, as asked for."""
    if published.draft is None:
        return
    from sparetire.flows.draft import keep_draft, write_draft

    keep_draft(session, published.draft)
    if publishing.draft_file:
        for path in write_draft(published.draft, publishing.draft_file):
            desk.terminal.say(f"Draft to send to those who approve: {path}")
    if publishing.open:
        show_draft(desk, session, in_browser=True)
    elif desk.watched:
        desk.terminal.say("Look at the page with: sparetire preview --draft")


def show_draft(desk: Desk, session: "Session", *, in_browser: bool) -> None:
    """Serve the newest draft until Ctrl-C; its addresses are told, and opened if wanted."""
    from sparetire.flows.draft import serve_draft

    with suppress(KeyboardInterrupt), serve_draft(session) as urls:
        for code, url in urls.items():
            desk.terminal.say(f"Draft in {code}: {url} (Ctrl-C to stop)")
        if in_browser:
            webbrowser.open(next(iter(urls.values())))
        Event().wait()
