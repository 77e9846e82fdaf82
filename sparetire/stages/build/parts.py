"""Parts of a template that read the same on thousands of pages: each rendered once a place.

``{% frame %}...{% endframe %}`` is a promise that what stands between depends on the language
and on where the page lies, and on nothing else. It is not believed: whatever else is named
there, or linked to, has the part rendered anew on every page.
"""

from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.ext import Extension
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jinja2.parser import Parser

__all__ = ["FrameParts"]

_FRAME = {"site", "sites", "words", "assets", "tokens", "csp", "css", "to", "picture", "url"}
_ASKED = ("site", "words", "to", "picture", "link", "links")
_OPAQUE = (nodes.Include, nodes.ImportedName, nodes.Block, nodes.CallBlock, nodes.Macro)


class FrameParts(Extension):
    """Adds the tag, and keeps what was rendered as long as its environment lives."""

    tags = {"frame"}  # noqa: RUF012  Jinja's own

    def __init__(self, environment: Any) -> None:  # noqa: ANN401  as above
        super().__init__(environment)
        self._texts: dict[tuple[str, int, str], str] = {}

    @override
    def parse(self, parser: "Parser") -> nodes.Node | list[nodes.Node]:
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endframe",), drop_needle=True)
        if not self._is_frame(body):
            return body
        told: list[nodes.Expr] = [nodes.Const(f"{parser.name}:{line}")]
        told += [nodes.Name(name, "load") for name in _ASKED]
        told.append(nodes.Getattr(nodes.Name("page", "load"), "path", "load"))
        return nodes.CallBlock(self.call_method("_kept", told), [], [], body, lineno=line)

    def _is_frame(self, body: "Sequence[nodes.Node]") -> bool:
        """Tell whether nothing but the frame is named, and the page only where it is marked."""
        from jinja2.meta import find_undeclared_variables  # noqa: PLC0415  compiling is rare

        whole = nodes.Template(list(body), lineno=1)
        whole.set_environment(self.environment)
        named = find_undeclared_variables(whole)
        if any(True for _ in whole.find_all(_OPAQUE)) or not named <= {*_FRAME, "page"}:
            return False
        marks = [
            side
            for compared in whole.find_all(nodes.Compare)
            for side in (compared.expr, *(other.expr for other in compared.ops))
            if isinstance(side, nodes.Getattr) and side.attr == "path"
        ]
        marked = [side for side in marks if _is_page(side.node)]
        return len(marked) == sum(_is_page(name) for name in whole.find_all(nodes.Name))

    def _kept(
        self,
        part: str,
        site: "Mapping[str, Any]",
        words: object,
        *rest: Any,  # noqa: ANN401  as above
        caller: "Callable[[], str]",
    ) -> str:
        """Return a part as it was rendered for another page at such a place, or render it."""
        to, picture, link, links, path = rest
        if to is not link or picture is not link or words is not site["words"]:
            return caller()
        key = part, id(site), links.place(path)
        text = self._texts.get(key)
        if text is None:
            before = links.strange
            text = caller()
            if links.strange == before:
                self._texts[key] = text
        return text


def _is_page(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "page"
