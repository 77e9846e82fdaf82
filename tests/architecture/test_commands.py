"""A command in a message can be pasted into a shell as it stands."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import sparetire

PACKAGE = Path(sparetire.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
COMMAND = re.compile(
    r"(?:sparetire(?: [a-z][a-z-]*)+|aws [a-z ]+|(?:^| )--(?!set)[a-z-]+|ssh -p) "
    r"(?:[\w\0]+=)?\Z"
)
# These hold letters, digits and hyphens alone; so do the names of blanks, after --set.
PLAIN = re.compile(
    r".*quote\b|.*\b(?:code|codes\[0\]|number|rule|option|command|LANGUAGES\[0\]|port|minutes)\Z"
    r"|slugs.*|unit\Z|near\[0\]|topic\Z"
)


def bare_values(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield each value that an f-string puts into a command without quoting it."""
    for text in ast.walk(tree):
        if not isinstance(text, ast.JoinedStr):
            continue
        before = ""
        for part in text.values:
            if isinstance(part, ast.Constant):
                before += str(part.value)
            elif isinstance(part, ast.FormattedValue):
                said = ast.unparse(part.value)
                # With !r a message repeats what was given: no command.
                if COMMAND.search(before) and part.conversion == -1 and not PLAIN.match(said):
                    yield part.lineno, said
                before += "\0"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_value_in_a_command_is_quoted(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert list(bare_values(tree)) == []


def test_a_bare_value_is_found() -> None:
    tree = ast.parse("f'sparetire update {name}, --to {path}, --set town={town} {code}'")
    assert [said for _, said in bare_values(tree)] == ["name", "path"]
