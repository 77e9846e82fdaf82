"""Every end of a run has a number, and says four things."""

import ast
import inspect
import re

import pytest

from sparetire import errors
from sparetire.errors import UNCHANGED, CredentialsRefused, ExitCode, SparetireError

TREE = {
    match[2]: (match[1], match[3])
    for match in re.finditer(
        r"^([│ ]*)[├└]── (\w+)((?:,? +\d+)*)", errors.__doc__ or "", re.MULTILINE
    )
}


def descendants(kind: type[SparetireError]) -> list[type[SparetireError]]:
    return [each for child in kind.__subclasses__() for each in (child, *descendants(child))]


OURS = [kind for kind in descendants(SparetireError) if kind.__module__ == errors.__name__]


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.__name__)
def test_the_tree_in_the_docstring_tells_each_exit_code(kind: type[SparetireError]) -> None:
    indent, code = TREE[kind.__name__]
    if kind.__bases__ == (SparetireError,):
        assert not indent
        assert kind.exit_code in map(int, re.findall(r"\d+", code))
    else:
        assert indent
        parent = kind.__mro__[1]
        assert issubclass(parent, SparetireError)
        assert kind.exit_code == parent.exit_code


def test_every_kind_of_end_has_its_own_number() -> None:
    ours = [kind.exit_code for kind in OURS if kind.__bases__ == (SparetireError,)]
    assert len(set(ours)) == len(ours)


def test_the_numbers_are_the_ones_we_promised() -> None:
    assert [int(code) for code in ExitCode] == [*range(13), 130, 143]


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.__name__)
def test_an_error_keeps_its_four_parts(kind: type[SparetireError]) -> None:
    error = kind("That failed.", why=["one", "two"], public="A mix.", then="Run it again.")
    assert str(error) == error.what == "That failed."
    assert (error.why, error.public, error.then) == (("one", "two"), "A mix.", "Run it again.")


def test_a_single_cause_is_not_taken_apart_into_letters() -> None:
    assert CredentialsRefused("x", why="one cause").why == ("one cause",)


def test_unless_told_otherwise_the_public_saw_nothing() -> None:
    assert SparetireError("x").public == UNCHANGED


def test_everything_the_module_offers_is_announced() -> None:
    tree = ast.parse(inspect.getsource(errors))
    defined = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    assert defined | {"STOPPED", "UNCHANGED"} == set(errors.__all__)
