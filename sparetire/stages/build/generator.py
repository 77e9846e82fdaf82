"""Pelican's generator for our sites, whose documents lie in one file."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from jinja2 import Environment
from jinja2.runtime import Context
from jinja2.utils import missing
from pelican.generators import PagesGenerator
from pelican.writers import Writer
from typing_extensions import override

__all__ = ["DocumentsGenerator"]

Found = TypeVar("Found")
_METHODS = frozenset(dir(dict))


class DocumentsGenerator(PagesGenerator):
    """Makes pages of the documents that it was given."""

    def __init__(self, *told: Any, **more: Any) -> None:  # noqa: ANN401  Pelican's own
        super().__init__(*told, **more)
        self.env.getattr = _items_first(self.env)
        self.env.context_class = FrameContext
        # Pelican's cache is off, and would yet ask for the times of files that are none.
        self.readers.get_cached_data = self.get_cached_data
        self.readers.cache_data = self.cache_data

    def generate_output(self, writer: Writer) -> None:
        """Render all pages, which share all but themselves."""
        self.env.frame = {**self.env.globals, **self.context}
        self.env.globals.clear()  # else each page would copy them
        super().generate_output(writer)

    def get_cached_data(self, _source: str, default: Found) -> Found:
        """Return nothing: what was rendered before never gets here."""
        return default

    def cache_data(self, _source: str, _data: object) -> None:
        """Keep nothing."""

    def get_files(
        self, _paths: Iterable[str], exclude: object = (), extensions: object = None
    ) -> list[str]:
        """Return the names of all documents; there is none that a reader could refuse."""
        del exclude
        return [] if extensions else list(self.settings["DOCUMENTS"])


class FrameContext(Context):
    """What one page knows, and behind it what all of them do.

    Jinja would copy everything for each page, and once more for each part that it includes.
    """

    def __init__(self, environment: Environment, *told: Any, **_globals: object) -> None:  # noqa: ANN401  as above
        super().__init__(environment, *told)
        self._frame: dict[str, Any] = getattr(environment, "frame", {})

    @override
    def resolve_or_missing(self, key: str) -> Any:
        found = super().resolve_or_missing(key)
        return self._frame.get(key, missing) if found is missing else found


def _items_first(environment: Environment) -> Callable[[Any, str], Any]:
    """Return how templates look things up, without an exception for each item of a dict.

    Jinja asks for an attribute first, and for an item when there is none.
    """
    ask = environment.getattr

    def look_up(thing: Any, name: str) -> Any:  # noqa: ANN401  Jinja's own
        if type(thing) is dict and name in thing and name not in _METHODS:
            return thing[name]
        return ask(thing, name)

    return look_up
