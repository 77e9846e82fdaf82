"""Options that belong together: declared once, as fields of a value that commands take."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import wraps
from typing import Any, get_type_hints

__all__ = ["spread"]

Command = Callable[..., None]


def spread(command: Command) -> Command:
    """Return a command as typer reads it: for each parameter that is a group, its options."""
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, type[Any]] = {
        name: kind
        for name, kind in hints.items()
        if isinstance(kind, type) and is_dataclass(kind)
    }

    @wraps(command)
    def spread_out(**given: Any) -> None:  # noqa: ANN401  each option has its own type
        for name, group in groups.items():
            given[name] = group(**{each.name: given.pop(each.name) for each in fields(group)})
        command(**given)

    typed = [
        option
        for parameter in inspect.signature(command).parameters.values()
        for option in _options(parameter.replace(annotation=hints[parameter.name]))
    ]
    vars(spread_out)["__signature__"] = inspect.Signature(typed)
    spread_out.__annotations__ = {option.name: option.annotation for option in typed}
    return spread_out


def _options(parameter: inspect.Parameter) -> Iterator[inspect.Parameter]:
    if not is_dataclass(parameter.annotation):
        yield parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        return
    hints = get_type_hints(parameter.annotation, include_extras=True)
    for each in fields(parameter.annotation):
        yield inspect.Parameter(
            each.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=_default(each),
            annotation=hints[each.name],
        )


def _default(option: "Field[Any]") -> object:
    return inspect.Parameter.empty if option.default is MISSING else option.default
