"""Reads well-formed HTML as a tree of what a reader sees: hidden parts stay behind.

Only elements that mean something in Markdown become nodes; others, however deep, leave their
text to the nearest one around them, parted where a browser would begin a new line.
"""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from html.parser import HTMLParser

from typing_extensions import override

__all__ = ["GAP", "Node", "hiding_selectors", "read_tree"]

GAP = "gap"
_VOID = {"br", "hr", "img"}
_NODES = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "table"),
    *("thead", "tbody", "tfoot", "tr", "th", "td", "caption", "dt", "summary", "strong", "em"),
    *("del", "s", "a", "code", "sup", "sub"),
}
_ALIASES = {"b": "strong", "i": "em", "strike": "del", "kbd": "code", "samp": "code"}
_PARTING = {
    *("div", "section", "article", "header", "footer", "main", "aside", "nav", "address"),
    *("figure", "figcaption", "form", "fieldset", "legend", "details", "dl", "dd", "center"),
    *("body", "hgroup", "search", "menu", "option"),
}
_EMPTY = {"input", "wbr", "source", "track", "col", "area", "embed", "link", "meta", "base"}
_NEVER_SHOWN = {"template", "datalist", "canvas", "audio", "video", "noembed", "noframes"}
_ZERO = r"0*(?:\.0+)?"
_GONE = re.compile(
    rf"(?:^|[;\s])(?:display\s*:\s*none|opacity\s*:\s*{_ZERO}\s*(?:;|!|$)|mso-hide\s*:\s*all"
    r"|color\s*:\s*transparent|text-indent\s*:\s*-\d{3}|clip\s*:\s*rect\(\s*[01](?:px)?\b"
    r"|clip-path\s*:\s*inset\(\s*(?:50|100)%|(?:left|top|right)\s*:\s*-\d{4}"
    rf"|transform\s*:\s*scale[xy]?\(\s*{_ZERO}\s*\))",
    re.IGNORECASE,
)
_FLAT = re.compile(
    rf"(?:^|[;\s])(?:max-)?(?:height|width)\s*:\s*{_ZERO}(?:px)?\s*(?:;|!|$)", re.IGNORECASE
)
_CLIPPED = re.compile(r"overflow(?:-[xy])?\s*:\s*(?:hidden|clip)", re.IGNORECASE)
_SIZE = re.compile(r"(?:^|[;\s])font-size\s*:\s*([\d.]+)(px|pt|em|rem|%)?", re.IGNORECASE)
_VISIBLE = re.compile(r"(?:^|[;\s])visibility\s*:\s*(\w+)", re.IGNORECASE)
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_SIMPLE = re.compile(r"\s*[a-z0-9*]{0,20}([.#][\w-]{1,100})\s*", re.IGNORECASE)
_SHOWN = 60


@dataclass
class Node:
    """An element, its attributes, and what is inside it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that has begun, and whether its text shows."""

    tag: str
    node: Node
    gone: bool = False
    tiny: bool = False
    invisible: bool = False

    @property
    def shows(self) -> bool:
        return not (self.gone or self.tiny or self.invisible)


def read_tree(markup: str, hiding: AbstractSet[str] = frozenset()) -> tuple[Node, list[str]]:
    """Return what a reader sees of well-formed HTML, and the beginning of what is hidden.

    Args:
        markup: HTML with the attributes ``style``, ``class``, ``id`` and ``hidden``.
        hiding: Selectors of a style sheet that hide what they match.
    """
    tree = _Tree(hiding)
    tree.feed(markup)
    tree.close()
    return tree.root, tree.told()


def hiding_selectors(sheet: str) -> frozenset[str]:
    """Return the classes and ids, such as ``.draft``, that a style sheet hides."""
    return frozenset(
        found[1]
        for selectors, declarations in _RULE.findall(sheet)
        if _hides(declarations)
        for selector in selectors.split(",")
        if (found := _SIMPLE.fullmatch(selector))
    )


def _hides(style: str) -> bool:
    flat = _FLAT.search(style) and _CLIPPED.search(style)
    if flat or _GONE.search(style) or _is_tiny(style):
        return True
    visible = _VISIBLE.search(style)
    return visible is not None and visible[1].lower() in {"hidden", "collapse"}


def _is_tiny(style: str) -> bool | None:
    """Tell whether letters are too small to be read; None where nothing is said of it."""
    found = _SIZE.search(style)
    if not found or not re.fullmatch(r"\d*\.?\d+", found[1]):
        return None
    smallest = {"em": 0.1, "rem": 0.1, "%": 10}.get((found[2] or "px").lower(), 1)
    return float(found[1]) <= smallest


class _Tree(HTMLParser):
    def __init__(self, hiding: AbstractSet[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self._open = [_Open("", self.root)]
        self._hiding = hiding
        self._hidden: list[str] = []

    def told(self) -> list[str]:
        text = " ".join("".join(self._hidden).split())
        return [f"hidden text: {text[:_SHOWN]!r}"] if text else []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        now = self._seen(tag, facts)
        if tag in _EMPTY:
            return
        name, parent = _ALIASES.get(tag, tag), self._open[-1].node
        node = parent
        if now.shows and name in _NODES | _VOID:
            node = Node(name, facts)
            parent.children.append(node)
        elif now.shows and name in _PARTING:
            parent.children.append(Node(GAP))
        if tag not in _VOID:
            self._open.append(_Open(tag, node, now.gone, now.tiny, now.invisible))

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID | _EMPTY or len(self._open) == 1:
            return
        ended = self._open.pop()
        if ended.shows and ended.tag in _PARTING:
            ended.node.children.append(Node(GAP))

    @override
    def handle_data(self, data: str) -> None:
        last = self._open[-1]
        if last.shows:
            last.node.children.append(data)
        elif len(self._hidden) < _SHOWN:
            self._hidden.append(data)

    def _seen(self, tag: str, facts: dict[str, str]) -> _Open:
        """Return whether an element shows, which it inherits in part."""
        around, style = self._open[-1], facts.get("style", "")
        names = {f".{each}" for each in facts.get("class", "").split()}
        names.add(f"#{facts.get('id', '')}")
        gone = (
            around.gone
            or "hidden" in facts
            or tag in _NEVER_SHOWN
            or (tag == "dialog" and "open" not in facts)
            or bool(_GONE.search(style))
            or bool(_FLAT.search(style) and _CLIPPED.search(style))
            or not names.isdisjoint(self._hiding)
        )
        tiny, visible = _is_tiny(style), _VISIBLE.search(style)
        return _Open(
            tag,
            around.node,
            gone,
            around.tiny if tiny is None else tiny,
            visible[1].lower() in {"hidden", "collapse"} if visible else around.invisible,
        )
