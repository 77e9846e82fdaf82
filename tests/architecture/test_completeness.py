"""What is said in one place must be said in every place that promises to say it."""

import ast
import re
from pathlib import Path
from typing import get_args

import pytest

import sparetire
from sparetire import events
from sparetire.errors import ExitCode

PACKAGE = Path(sparetire.__file__).parent
ROOT = PACKAGE.parent
TABLE_ROW = re.compile(r"^\|([^|]+)\|(.+)\|\s*$")


def documented_exit_codes(markdown: str) -> dict[int, str]:
    """Read the table whose first heading is `code`; a row may name several codes."""
    found: dict[int, str] = {}
    inside = False
    for line in markdown.splitlines():
        row = TABLE_ROW.match(line)
        if row is None:
            inside = False
        elif row[1].strip().lower() == "code":
            inside = True
        elif inside:
            codes = map(int, re.findall(r"\d+", row[1]))
            found |= dict.fromkeys(codes, row[2].strip())
    return found


def matched_classes(source: str) -> set[str]:
    return {
        ast.unparse(node.cls).rpartition(".")[2]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.MatchClass)
    }


def test_the_readme_says_what_every_exit_code_means() -> None:
    table = documented_exit_codes((ROOT / "README.md").read_text(encoding="utf-8"))
    assert sorted(table) == sorted(ExitCode)
    assert all(table.values())


def test_no_two_exit_codes_share_a_meaning_in_the_readme() -> None:
    table = documented_exit_codes((ROOT / "README.md").read_text(encoding="utf-8"))
    signals = {ExitCode.INTERRUPTED, ExitCode.TERMINATED}
    meanings = [says for code, says in table.items() if code not in signals]
    assert len(meanings) == len(set(meanings))


@pytest.mark.parametrize("event", get_args(events.Event), ids=lambda event: event.__name__)
def test_the_terminal_has_words_for_every_event(event: type) -> None:
    terminal = (PACKAGE / "output" / "terminal.py").read_text(encoding="utf-8")
    assert event.__name__ in matched_classes(terminal)


def test_the_union_of_events_holds_every_event_that_is_defined() -> None:
    defined = {
        thing
        for thing in vars(events).values()
        if isinstance(thing, type) and thing.__module__ == events.__name__
    }
    assert defined == set(get_args(events.Event))
