"""The house rules that no linter knows: how long a file and a function may be."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import sparetire

PACKAGE = Path(sparetire.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
MODULE_LINES = 300
FUNCTION_LINES = 40
MEDIAN_FUNCTION_LINES = 12
PARAMETERS = 5

Function = ast.FunctionDef | ast.AsyncFunctionDef


def named(path: Path) -> str:
    return path.relative_to(PACKAGE.parent).as_posix()


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def body_lines(function: Function) -> int:
    """Count what a reader must hold in mind: neither the signature nor the docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not body:
        return 0
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def parameters(function: Function) -> int:
    given = function.args
    names = [each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls"}])


def test_a_module_is_short_enough_to_read_at_one_sitting() -> None:
    lines = {named(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: count for name, count in lines.items() if count > MODULE_LINES} == {}


def test_a_function_fits_in_view() -> None:
    sizes = {
        f"{named(path)}, line {each.lineno}": body_lines(each)
        for path in MODULES
        for each in functions(path)
    }
    assert {place: size for place, size in sizes.items() if size > FUNCTION_LINES} == {}


def test_a_function_takes_few_parameters() -> None:
    # A command is excepted: its parameters are its options.
    counts = {
        f"{named(path)}, line {each.lineno}": parameters(each)
        for path in MODULES
        if path.parent.name != "cli"
        for each in functions(path)
    }
    assert {place: count for place, count in counts.items() if count > PARAMETERS} == {}


def test_most_functions_are_small() -> None:
    sizes = [body_lines(each) for path in MODULES for each in functions(path)]
    assert median(sizes) <= MEDIAN_FUNCTION_LINES
