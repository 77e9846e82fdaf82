"""The words for press releases, on a terminal."""

from datetime import datetime
from shlex import quote
from typing import TYPE_CHECKING

from rich.markup import escape

from sparetire.model.finding import Finding, Severity
from sparetire.model.outcome import Drafted, Linted, ReleaseRow

if TYPE_CHECKING:
    from sparetire.output.terminal import Terminal

__all__ = ["tell_drafted", "tell_linted", "tell_releases", "tell_rule"]

_WEIGHTS = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}
_COLOURED = {Severity.INFO: "blue", Severity.WARNING: "yellow", Severity.ERROR: "red"}

_COLOURS = {
    "draft": "dim",
    "waiting": "cyan",
    "due": "yellow",
    "public": "green",
    "edited": "yellow",
    "withdrawn": "red",
    "broken": "red",
}
_WIDEST = max(map(len, _COLOURS))


def tell_releases(terminal: "Terminal", rows: tuple[ReleaseRow, ...]) -> None:
    """Show releases, two lines each, and what to type next."""
    if not rows:
        terminal.write("There is no press release yet. Write one: sparetire newsroom new")
        return
    for row in rows:
        colour = _COLOURS[row.state]
        terminal.write(
            f"[{colour}]{row.state:<{_WIDEST}}[/]  [bold]{escape(row.name)}[/]"
            f"  {', '.join(row.languages)}".rstrip()
        )
        lines = [_when(row), row.title, *row.problems]
        for line in filter(None, lines):
            terminal.write(f"{' ' * _WIDEST}  {escape(line)}")
    # What is public already changes for those alone who name it.
    named = [row.name for row in rows if row.state == "edited"]
    if any(row.state == "due" for row in rows):
        terminal.write("\nNext: sparetire newsroom publish")
    elif named:
        terminal.write(
            f"\nNext: sparetire newsroom publish {escape(' '.join(map(quote, named)))}"
        )


def tell_drafted(terminal: "Terminal", result: Drafted) -> None:
    """Show the files of a new release, and what to do with them."""
    verb = "would be written" if result.dry_run else "are written"
    terminal.write(f"[bold green]{len(result.files)} files {verb}[/]")
    for path in result.files:
        terminal.write(f"  {escape(path)}")
    if not result.dry_run:
        terminal.write('\nFill them, set status = "ready", then:')
        terminal.write(f"  sparetire newsroom lint {escape(quote(result.name))}")


def tell_linted(terminal: "Terminal", result: Linted) -> None:
    """Show what the rules saw, file by file, each with the rule that saw it."""
    files: dict[str, list[Finding]] = {}
    for finding in result.findings:
        files.setdefault(finding.place.partition(",")[0], []).append(finding)
    for file, findings in files.items():
        terminal.write(f"[bold]{escape(file)}[/]")
        for one in sorted(findings, key=lambda one: _WEIGHTS[one.severity]):
            colour, _, where = _COLOURED[one.severity], *one.place.partition(", ")[1:]
            said = f"{where}: {one.message}" if where else one.message
            terminal.block(f"[{colour}]{one.severity:<7}[/]", f"{said} {one.remedy}", one.rule)
    errors = sum(one.severity is Severity.ERROR for one in result.findings)
    if errors:
        terminal.write(f"[bold red]Not ready:[/] {errors} to put right before it can go out.")
        terminal.write(f"Why? sparetire newsroom lint --explain {_worst(result.findings).rule}")
    else:
        terminal.write("[bold green]Ready.[/] Nothing keeps it from the public.")


def tell_rule(terminal: "Terminal", name: str, explanation: str) -> None:
    """Show what a rule demands, where that comes from, and what passes and fails."""
    terminal.write(f"[bold]{escape(name)}[/]\n{escape(explanation)}")


def _worst(findings: tuple[Finding, ...]) -> Finding:
    return max(findings, key=lambda one: _WEIGHTS[one.severity])


def _when(row: ReleaseRow) -> str:
    if not row.at:
        return "at the next publication" if row.state == "due" else ""
    at = f"{datetime.fromisoformat(row.at):%Y-%m-%d %H:%M %Z}"
    return f"{'from ' if row.state in {'waiting', 'draft'} else 'since '}{at}"
