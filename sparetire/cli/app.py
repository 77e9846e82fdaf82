"""The ``sparetire`` command, and the one place where errors become exit codes."""

import errno
import os
import select
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from sparetire import __version__, interrupts
from sparetire.cli.desk import Desk
from sparetire.cli.early import start_early
from sparetire.errors import (
    STOPPED,
    UNCHANGED,
    ExitCode,
    Interrupted,
    LocalDiskFault,
    SparetireError,
    UsageFault,
)

__all__ = ["COMMANDS", "app", "main"]

COMMANDS = {
    name: "intake" if name == "import" else name
    for name in (
        *("init", "check", "prepare", "scenario", "launch", "drill"),
        *(
            "update",
            "translate",
            "correct",
            "withdraw",
            "close",
            "rollback",
            "approve",
            "verify",
            "pull",
        ),
        *("newsroom", "feed", "share", "status", "history", "report", "preview", "prune"),
        *("brand", "import", "hosts", "docs"),
    )
}
"""The commands as help lists them, each with its module, loaded when somebody types it."""


_desks: list[Desk] = []
"""How to speak to whoever typed the command, for a last word from another thread."""

_LOOPBACK = ("localhost", "127.0.0.0/8", "127.0.0.1", "::1", "[::1]")


class _Group(TyperGroup):
    """Loads the command that was typed, and maps errors to their messages and exit codes."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002  typer's type
        return [*COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401  as above
        # A word that is none is compared with all of them, to say what was meant.
        for name in [cmd_name] if cmd_name in COMMANDS else COMMANDS:
            if name not in self.commands:
                self.commands[name] = _loaded(name)
        return super().get_command(ctx, cmd_name)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  typer's type
        start_early(ctx, args)
        ctx.meta[__name__] = "--json" in args  # true even when the words cannot be read
        with _told(ctx):
            _refuse_other_encodings(args)
            return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  as above
        with _told(ctx):
            return super().invoke(ctx)


def _refuse_other_encodings(words: list[str]) -> None:
    """Refuse what was typed in another encoding than the system's: it would be no text.

    Raises:
        UsageFault: A word holds bytes that are not UTF-8, such as those of Latin-1.
    """
    for word in words:
        if any("\udc80" <= letter <= "\udcff" for letter in word):
            shown = word.encode(errors="surrogateescape").decode(errors="backslashreplace")
            raise UsageFault(
                f"{shown!r} is not UTF-8 text.",
                why="It was typed or written in another encoding, such as Latin-1.",
                then="Set the terminal or the script to UTF-8; rename files that are not.",
            )


@contextmanager
def _told(context: Any) -> Iterator[None]:  # noqa: ANN401  as above
    """Tell whatever ends a command, and leave with its exit code."""
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except (Exception, KeyboardInterrupt) as error:
        if isinstance(error, BrokenPipeError) and _reader_has_left():
            raise  # in silence: who reads us had enough
        as_json = context.meta[__name__]
        if isinstance(error, typer.TyperException) and not as_json:
            raise  # typer's own words show how the command is used
        desk = context.obj or Desk(Path())
        desk.as_json = desk.as_json or as_json
        if desk.verbose and not isinstance(error, SparetireError | typer.TyperException):
            traceback.print_exc()
        if isinstance(error, KeyboardInterrupt):
            interrupts.notice()
        failure, code = _failure(error)
        try:
            with interrupts.last_word():
                desk.fail(failure, code)
        except OSError:  # nobody can read where it would be written
            with suppress(OSError):
                os.write(2, f"{failure.what} {' '.join(failure.why)}\n".encode())
        raise typer.Exit(code) from error


def _reader_has_left() -> bool:
    """Tell whether nobody is at the other end of one of our own streams."""
    if not hasattr(select, "poll"):  # pragma: no cover  Windows
        return True
    ends = select.poll()
    for stream in (sys.stdout, sys.stderr):
        ends.register(stream.fileno(), 0)  # an error is told without being asked for
    return bool(ends.poll(0))


def _failure(error: BaseException) -> tuple[SparetireError, int]:
    """Return any error in four parts, and the exit code that goes with it."""
    match error:
        case SparetireError():
            return error, _exit_code(error)
        case typer.TyperException():
            misread = UsageFault(
                getattr(error, "format_message", error.__str__)(),
                why="The command line cannot be read.",
                then="sparetire COMMAND --help shows how it is typed.",
            )
            return misread, ExitCode.USAGE
        case KeyboardInterrupt():
            stopped = Interrupted(
                "The command was interrupted.",
                why=STOPPED,
                public=interrupts.public_now() or UNCHANGED,
                then="Run it again.",
            )
            return stopped, _interrupted(error)
        case OSError(errno=errno.ENOSPC | errno.EDQUOT | errno.EFBIG | errno.EIO):
            full = LocalDiskFault(
                f"{error.filename or 'The output'} cannot be written.",
                why=f"The system says: {error.strerror}.",
                public="Run sparetire status to see what the public sees.",
                then="Free some space, then run the same command again.",
            )
            return full, ExitCode.LOCAL_DISK
        case OSError(filename=str(name)):
            odd = LocalDiskFault(
                f"{name} cannot be read or written.",
                why=f"The system says: {error.strerror}.",
                public="Run sparetire status to see what the public sees.",
                then="Put that file or folder right, then run the same command again.",
            )
            return odd, ExitCode.LOCAL_DISK
        case _:
            return _bug(error), ExitCode.BUG


app = typer.Typer(
    cls=_Group,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"sparetire {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    workspace: Annotated[
        Path,
        typer.Option(
            "--workspace",
            "-w",
            envvar="SPARETIRE_WORKSPACE",
            help="The team's folder; found from here upwards when left out.",
        ),
    ] = Path(),
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the result.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Every file.")] = False,
    profile: Annotated[
        bool, typer.Option("--profile", help="Tell at the end where the time went.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")
    ] = False,
) -> None:
    """A crisis site kept ready, like a spare tire: from words to verified live in seconds.

    Start with: sparetire init my-site
    """
    del version
    _spare_loopback_proxies()
    context.obj = desk = Desk(workspace, as_json=as_json, quiet=quiet, verbose=verbose)
    desk.as_json = desk.as_json or bool(context.meta.get(__name__))
    _desks.append(desk)
    interrupts.begin()
    if profile:
        context.call_on_close(desk.tell_profile)


def _spare_loopback_proxies() -> None:
    """Let no proxy come between this machine and itself, for every library that asks."""
    for name in ("no_proxy", "NO_PROXY"):
        if name in os.environ or name == "no_proxy":
            known = os.environ.get(name, "").split(",")
            os.environ[name] = ",".join(dict.fromkeys(filter(None, [*known, *_LOOPBACK])))


def _loaded(name: str) -> Any:  # noqa: ANN401  as above
    one = typer.Typer(rich_markup_mode=None)
    import_module(f"sparetire.cli.{COMMANDS[name]}").register(one)
    interrupts.raise_postponed()
    return typer.main.get_group(one).commands[name]


def main() -> None:
    """Run the command line."""
    command = typer.main.get_command(app)
    interrupts.arm(_give_up)
    command(prog_name="sparetire")


def _give_up(kind: type[KeyboardInterrupt]) -> int:
    """Say the last word of a run that was told to end, and did not."""
    desk = _desks[-1] if _desks else Desk(Path())
    failure = Interrupted(
        "The command was interrupted, and did not end by itself.",
        why=STOPPED,
        public=interrupts.public_now() or "Run sparetire status to see what the public sees.",
        then="Run the same command again.",
    )
    code = _interrupted(kind())
    desk.fail(failure, code)
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def _exit_code(error: SparetireError) -> int:
    if isinstance(error, Interrupted) and error.__cause__ is not None:
        return _interrupted(error.__cause__)
    return error.exit_code


def _interrupted(cause: BaseException) -> int:
    terminated = isinstance(cause, interrupts.Terminated)
    return ExitCode.TERMINATED if terminated else ExitCode.INTERRUPTED


def _bug(error: BaseException) -> SparetireError:
    return SparetireError(
        "Something went wrong inside sparetire itself.",
        why=f"{type(error).__name__}: {error}",
        public="Run sparetire status to see what the public sees.",
        then="Run the same command again; if it fails again, add --verbose and report it.",
    )
