"""Shows statements in full: what will be public, and what it is about."""

import re
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from sparetire.clock import local_time
from sparetire.model.incident import Kind, Statement
from sparetire.output.scenario_pages import part_name

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sparetire.model.published import PublicText
    from sparetire.output.terminal import Terminal

__all__ = ["quote_statement", "quoted", "statement_rows", "text_blocks"]

_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]*)[^)]*\)")


def text_blocks(texts: "Sequence[PublicText]") -> "Iterator[RenderableType]":
    """Yield every text that will be public, as readers will read it, with its links in view."""
    for one in texts:
        title = one.title or part_name(one.part, one.code)
        if one.title and one.part != Kind.STATEMENT:
            title = f"{one.part}: {title}"
        yield Padding(Text(f"{one.code}  {title}", "bold"), (1, 0, 1, 2), expand=False)
        yield Padding(Text(_plain(one.body.strip())), (0, 0, 0, 6), expand=False)


def statement_rows(statements: Sequence[Statement], zone: tzinfo) -> Iterator[str]:
    """Yield one line for each statement: its number, its time and its first sentence."""
    for one in statements:
        summary = next(iter(one.words.values())).summary
        yield f"{one.number:>3}  {local_time(one.published, zone)}  {summary}"


def quote_statement(terminal: "Terminal", statement: Statement, zone: tzinfo) -> None:
    """Show the text of a statement that is already public, in each of its languages."""
    terminal.aside(*quoted(statement, zone))


def quoted(statement: Statement, zone: tzinfo) -> "Iterator[RenderableType]":
    """Yield the text of a statement that is already public, set back."""
    head = f"Statement {statement.number} of {local_time(statement.published, zone)}:"
    yield Padding(Text(head, "bold"), (1, 0, 0, 2), expand=False)
    for code, words in statement.words.items():
        text = f"{code}  {words.title}\n{_plain(words.body.strip())}"
        yield Padding(Text(text, "dim"), (0, 0, 1, 6), expand=False)


def _plain(markdown: str) -> str:
    return _LINK.sub(_in_view, markdown).replace("**", "").replace("\\", "")


def _in_view(link: re.Match[str]) -> str:
    picture, text, address = link.groups()
    return f"[{text}]" if picture else f"{text} ({address})"
