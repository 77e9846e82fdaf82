"""Pelican's generator for our sites, whose documents lie in one file."""

from collections.abc import Callable
from functools import partial
from typing import Any

from jinja2 import Environment
from jinja2.runtime import Context
from jinja2.utils import missing
from pelican import signals
from pelican.generators import Generator
from typing_extensions import override

from sparetire.stages.build.reader import read_page
from sparetire.stages.build.writer import PageWriter

__all__ = ["DocumentsGenerator"]

_METHODS = frozenset(dir(dict))


class DocumentsGenerator(Generator):
    """Makes pages of the documents that it was given, one after the other.

    Pelican's own pages know of dates, authors, translations and links to sources, of which ours
    have none: to make them takes longer than to read a document.
    """

    def __init__(self, *told: Any, **more: Any) -> None:  # noqa: ANN401  Pelican's own
        super().__init__(*told, **more)
        self.env.getattr = _items_first(self.env)
        self.env.context_class = FrameContext

    def generate_output(self, writer: PageWriter) -> None:
        """Render all pages, which share all but themselves."""
        # Pelican's context holds all its settings, which no template of ours asks for.
        self.env.frame = dict(self.env.globals)
        self.env.globals.clear()  # else each page would copy them
        links = self.env.frame["links"]
        for document in self.settings["DOCUMENTS"]:
            page = read_page(document, self.settings["DEFAULT_LANG"])
            # Were it to ask for the context, Jinja would copy that for each link in a loop.
            link = partial(links.to, page["path"])
            text = self.get_template(page["template"]).render(page=page, link=link)
            writer.write_page(page["path"], text)
        signals.page_writer_finalized.send(self, writer=writer)


class FrameContext(Context):
    """What one page knows, and behind it what all of them do.

    Jinja would copy everything for each page, and once more for each part that it includes.
    """

    def __init__(self, environment: Environment, *told: Any, **_globals: object) -> None:  # noqa: ANN401  as above
        super().__init__(environment, *told)
        self._frame: dict[str, Any] = getattr(environment, "frame", {})

    @override
    def resolve_or_missing(self, key: str) -> Any:
        found = self.vars.get(key, self.parent.get(key, missing))
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
