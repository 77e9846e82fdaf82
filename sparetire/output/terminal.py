"""The person's view: progress while it goes on, then one clear result."""

from contextlib import suppress
from typing import TYPE_CHECKING, assert_never

from rich.console import Console, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from sparetire.errors import SparetireError
from sparetire.events import (
    Event,
    FilePut,
    HostWaited,
    LockIsAdvisory,
    PageWentLive,
    StageFinished,
    StageStarted,
    WaveStarted,
)
from sparetire.hosts.abilities import Abilities
from sparetire.model.finding import Finding
from sparetire.model.outcome import Checked, Initialised, Pruned
from sparetire.model.published import Proposal, Published
from sparetire.output.announcements import notices_in_words
from sparetire.output.proposals import finding_blocks, proposal_blocks
from sparetire.output.streams import Progress
from sparetire.output.wording import (
    ABILITY_NAMES,
    STAGES,
    WAVES,
    came_to,
    seconds,
    size,
)

if TYPE_CHECKING:
    from rich.status import Status

__all__ = ["Terminal"]


class Terminal:
    """Writes progress and questions to standard error, results to standard output.

    Args:
        quiet: Say nothing but the result.
        verbose: Name every file.
    """

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        self._out = Console(highlight=False, emoji=False)
        self._err = Progress()
        self._quiet = quiet
        self._verbose = verbose
        self._status: Status | None = None
        self._done = 0
        self._due = 0

    @property
    def interactive(self) -> bool:
        """Whether a person can be asked."""
        return self._err.is_terminal and self._err.file.isatty()

    def emit(self, event: Event) -> None:
        """Show that something happened."""
        if self._quiet:
            return
        match event:
            case StageStarted(stage, target):
                self._begin(f"{STAGES[stage]} {target}".rstrip())
            case StageFinished(stage, taken, target):
                self._end(f"{STAGES[stage]} {target}".rstrip(), taken)
            case WaveStarted(_, wave, files):
                self._done, self._due = 0, files
                self._update(f"{WAVES[wave]}: 0 of {files}")
            case FilePut(_, path, bytes_sent):
                self._done += 1
                self._update(f"{path} ({self._done} of {self._due})")
                self._detail(f"sent {path}, {size(bytes_sent)}")
            case PageWentLive() | HostWaited() | LockIsAdvisory():
                self._emit_of_host(event)
            case _:
                assert_never(event)

    def _emit_of_host(self, event: PageWentLive | HostWaited | LockIsAdvisory) -> None:
        match event:
            case PageWentLive(_, url, taken):
                self._update(url)
                self._detail(f"live {url} after {seconds(taken)}")
            case HostWaited(_, what, taken):
                self._update(f"{what} ({seconds(taken)})")
            case LockIsAdvisory(target):
                self.say(
                    f"The lock of {target} is advisory: its service takes no conditions, so do "
                    "not run two commands at once."
                )

    def ask(self, question: str, *, hidden: bool = False) -> str:
        """Return what a person types; a secret is not shown.

        Raises:
            EOFError: The input has ended.
        """
        self.pause()
        asked = f"[bold]{escape(question)}[/bold] "
        return self._err.input(asked, password=hidden).strip()

    def pause(self) -> None:
        """Take the moving line away, so that something else can be written."""
        if self._status is not None:
            self._status.stop()
            self._status = None

    def say(self, text: str) -> None:
        """Write a remark that is not the result."""
        if not self._quiet:
            self.pause()
            self._err.print(escape(text), soft_wrap=not self._err.is_terminal)

    def tell(self, text: str) -> None:
        """Write what a person who is asked must know, in a quiet run too."""
        self.pause()
        self._err.print(f"[yellow]{escape(text)}[/yellow]")

    def aside(self, *shown: RenderableType) -> None:
        """Show something that is not the result, wrapped and set as it asks for."""
        if not self._quiet:
            self.pause()
            self._err.print(*shown)

    def write(self, text: str = "", *, wrap: bool = False) -> None:
        """Write a line of a result; what came from outside must be escaped by the caller.

        Args:
            text: With rich's marks.
            wrap: On a screen, break it between words; a line to be copied is left whole.
        """
        self.pause()
        self._out.print(text, soft_wrap=not (wrap and self._out.is_terminal))

    def plain(self, text: str) -> None:
        """Write a line of a result that is shown as it is, whatever stands in it."""
        self.write(escape(text))

    def block(self, mark: str, text: str, name: str) -> None:
        """Write a mark, then a text folded beside it with its name dimmed at the end."""
        self.pause()
        grid = Table.grid(padding=(0, 2))
        grid.add_row(mark, f"{escape(text)} [dim]{escape(name)}[/]")
        self._out.print(Padding(grid, (0, 0, 0, 2), expand=False))

    def propose(self, proposal: Proposal, *, asked: bool = False) -> None:
        """Show what is about to happen; in a quiet run only where a person is asked about it.

        Where a person is asked, what does not fit on the screen is shown in pages.
        """
        if self._quiet and not asked:
            return
        self.pause()
        blocks = proposal_blocks(proposal, whole=asked or self.interactive)
        if not asked:
            for block in blocks:
                self._err.print(block)
            return
        with self._err.capture() as shown:
            for block in blocks:
                self._err.print(block)
        self._in_pages(shown.get().splitlines())

    def _in_pages(self, lines: list[str]) -> None:
        """Show lines a screenful at a time."""
        most = max(self._err.size.height - 2, 5)
        while lines:
            page, lines = lines[:most], lines[most:]
            self._err.file.write("".join(f"{line}\n" for line in page))
            if lines:
                question = f"-- {len(lines)} more lines: Enter shows them, q skips them --"
                with suppress(EOFError):
                    if self.ask(question).casefold() == "q":
                        return

    def published(self, result: Published) -> None:
        """Show that something is live, or in a dry run what would be."""
        self.pause()
        proposal, out = result.proposal, self._out
        total = seconds(sum(result.timings.values()))
        if not result.receipts:
            for block in proposal_blocks(proposal, whole=True):
                self._err.print(block)
            for plan in proposal.plans:
                for step in plan.steps:
                    self._detail(f"{step.action} {step.entry.path}: {step.reason}")
            out.print("[bold]Dry run:[/bold] nothing was sent.")
        else:
            out.print(f"[bold green]{came_to(result)}[/] in {total}")
            self._findings(() if result.changed else proposal.findings)
        for code, url in proposal.urls.items():
            out.print(f"  {code}  {escape(url)}", soft_wrap=True)
        for words in notices_in_words(result.notices if result.receipts else ()):
            out.print(f"  {escape(words)}", soft_wrap=True)
        if result.receipts and not self._quiet:
            sent = sum(receipt.put for receipt in result.receipts)
            kept = sum(receipt.kept for receipt in result.receipts)
            out.print(
                f"  [dim]{sent} files sent, {kept} there already, version {result.edition}[/]"
            )

    def initialised(self, result: Initialised) -> None:
        """Show a new workspace and what to type next."""
        out = self._out
        out.print(f"[bold green]A workspace is ready in {escape(result.folder)}[/]")
        for path in result.written:
            out.print(f"  {escape(path)}", soft_wrap=True)
        for words in result.adjustments:
            out.print(Padding(escape(words), (0, 0, 0, 2), expand=False))
        out.print("\nNext, from inside that folder:")
        for command in ("check", "launch --scenario general", "docs"):
            out.print(f"  sparetire {command}")

    def checked(self, result: Checked, ready: str = "Ready to launch") -> None:
        """Show how ready something is; ``ready`` says it when it is."""
        self.pause()
        out = self._out
        for passed in result.passed:
            out.print(f"  [green]ok[/green]       {escape(passed)}")
        self._findings(result.findings)
        colour = "green" if result.ready else "red"
        verdict = ready if result.ready else "Not ready"
        out.print(f"[bold {colour}]{verdict}[/], score {result.score} %")

    def clear(self) -> None:
        """Take everything off the screen."""
        self.pause()
        self._out.clear()

    def pruned(self, result: Pruned) -> None:
        """Show which files were taken away."""
        self.pause()
        for path in result.paths:
            self._out.print(f"  {escape(path)}", soft_wrap=True)
        verb = "removed from" if result.removed else "could go from"
        self._out.print(f"{len(result.paths)} files {verb} {escape(result.target)}")
        if result.forgotten:
            self._out.print(f"{result.forgotten} private files of old editions forgotten")

    def hosts(self, rows: tuple[Abilities, ...]) -> None:
        """Show what each host can do, a block each: the words matter more than the grid."""
        for row in rows:
            self._out.print(f"[bold]{escape(row.host)}[/bold]  {escape(row.what)}")
            grid = Table.grid(padding=(0, 2))
            grid.add_column(min_width=max(map(len, ABILITY_NAMES.values())))
            grid.add_column(overflow="fold")
            for field, name in ABILITY_NAMES.items():
                if words := getattr(row, field):
                    grid.add_row(name, escape(words))
            self._out.print(Padding(grid, (0, 0, 0, 2), expand=False))

    def failed(self, error: SparetireError) -> None:
        """Show what failed, why, what the public sees, and what to do."""
        self.pause()
        err = self._err
        err.print(f"[bold red]{escape(error.what)}[/]")
        parts = [
            *(("Why" if number == 0 else "", why) for number, why in enumerate(error.why)),
            ("Public", error.public),
            ("Next", error.then),
        ]
        table = Table.grid(padding=(0, 2))
        table.add_column(style="bold", min_width=6)
        table.add_column(overflow="fold")
        for label, text in parts:
            if text:
                table.add_row(label, escape(text))
        err.print(Padding(table, (0, 0, 0, 2), expand=False))

    def _begin(self, words: str) -> None:
        if self._err.is_terminal:
            self.pause()
            self._status = self._err.status(escape(words))
            self._status.start()

    def _end(self, words: str, taken: float) -> None:
        self.pause()
        width = max(min(30, self._err.width - 13), 1)  # a narrow screen breaks no number
        line = f"{escape(words):<{width}} [dim]{seconds(taken):>8}[/dim]"
        self._err.print(f"  [green]✓[/green] {line}", soft_wrap=True)

    def _update(self, words: str) -> None:
        if self._status is not None:
            self._status.update(escape(words))

    def _detail(self, words: str) -> None:
        if self._verbose:
            self._err.print(f"    [dim]{escape(words)}[/dim]", soft_wrap=True)

    def _findings(self, findings: tuple[Finding, ...]) -> None:
        for block in finding_blocks(findings):
            self._out.print(block)
