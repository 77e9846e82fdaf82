"""Shows what is about to happen: the text in full, the addresses, the plan and the findings."""

from typing import TYPE_CHECKING

from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sparetire.model.finding import Finding, Severity
from sparetire.output.announcements import notices_in_words
from sparetire.output.wording import newest_words, plan_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from sparetire.model.published import Proposal

__all__ = ["finding_blocks", "proposal_blocks"]

_MARKS = {
    Severity.ERROR: "[red]error[/red]  ",
    Severity.WARNING: "[yellow]warning[/yellow]",
    Severity.INFO: "[blue]note[/blue]   ",
}


def proposal_blocks(proposal: "Proposal", *, whole: bool) -> "Iterator[RenderableType]":
    """Yield a proposal; ``whole`` shows every text that will be public, to its last line."""
    yield ""
    if whole and proposal.texts:
        from sparetire.output.statements import quoted, text_blocks  # noqa: PLC0415  rarely

        if proposal.quoted and proposal.zone:
            yield from quoted(proposal.quoted, proposal.zone)
        yield Text("This is what will be public:", "bold")
        yield from text_blocks(proposal.texts)
        yield ""
    if proposal.incident or proposal.titles:
        yield from _titles(proposal, whole=whole and bool(proposal.texts))
    for plan in proposal.plans:
        yield f"  [bold]{escape(plan.target)}[/bold]  {plan_in_words(plan)}"
    for words in notices_in_words(proposal.notices):
        yield f"  [dim]{escape(words)}[/dim]"
    yield from finding_blocks(proposal.findings)
    yield ""


def finding_blocks(findings: tuple[Finding, ...]) -> "Iterator[RenderableType]":
    """Yield what the rules saw, a block each."""
    for finding in findings:
        text = f"{finding.place}: {finding.message} {finding.remedy}".strip()
        grid = Table.grid(padding=(0, 2))
        grid.add_row(_MARKS[finding.severity], escape(text))
        yield Padding(grid, (0, 0, 0, 2), expand=False)


def _titles(proposal: "Proposal", *, whole: bool) -> "Iterator[RenderableType]":
    for code, url in proposal.urls.items():
        title = proposal.titles.get(code)
        gap = f"[yellow]not yet available in {code}; the page says so[/yellow]"
        yield f"  [bold]{code}[/bold]  {escape(title) if title else gap}"
        yield Text(f"      {url}", "dim", no_wrap=True, overflow="ignore")
        if not whole and (said := newest_words(proposal.incident, code)):
            yield Padding(escape(said), (0, 0, 0, 6), expand=False)
