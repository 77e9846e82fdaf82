"""Templates compiled once a process, where Pelican compiles them anew for each of its runs."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from typing_extensions import override

if TYPE_CHECKING:
    from types import CodeType

__all__ = ["CompiledTemplates"]

_OPTIONS: dict[str, Any] = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "undefined": StrictUndefined,
}


class CompiledTemplates(BytecodeCache):
    """Keeps compiled templates in memory, by name, file and checksum of their source.

    A process that waits for its jobs fills it from the theme: whoever it forks has them, too.
    """

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, CodeType]] = {}

    @property
    def options(self) -> dict[str, Any]:
        """How every environment is set, so that what one compiles serves all."""
        return {**_OPTIONS, "bytecode_cache": self}

    def compile_theme(
        self, theme: Path, filters: dict[str, Callable[..., Any]], names: Iterable[str] = ()
    ) -> None:
        """Compile templates of a theme: those named, or every one."""
        environment = Environment(  # noqa: S701  autoescape is among the options
            loader=FileSystemLoader(theme / "templates"), **self.options
        )
        environment.filters.update(filters)
        for name in names or environment.list_templates():
            environment.get_template(name)

    @override
    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._codes.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    @override
    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._codes[bucket.key] = bucket.checksum, bucket.code
