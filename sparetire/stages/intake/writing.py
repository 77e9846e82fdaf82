"""Writes clean HTML as Markdown that a person can read, correct, and read back as the same.

Whatever the text holds, it is text: a star or a bracket in it is written so that no dialect of
Markdown takes it for markup (CommonMark 0.31, section 2.4).
"""

import re
import unicodedata
from dataclasses import dataclass, field
from html.parser import HTMLParser

__all__ = ["markdown_of"]

_VOID = {"br", "hr", "img"}
_BLOCKS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "hr", "table"),
}
_SPECIAL = re.compile(r"[\\`*_\[\]<~|]|&(?=[#\w])|\$(?=\S)")
_LINE_START = re.compile(r"(?m)^(?=[#+>=:-])|^(\d{1,9})(?=[.)])")
_MARKS = {"strong": "**", "em": "*", "del": "~~", "s": "~~"}
_RAW = {"del": "del", "s": "del", "strong": "strong", "em": "em", "sup": "sup", "sub": "sub"}


@dataclass
class _Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["_Node | str"] = field(default_factory=list)


class _Tree(HTMLParser):
    """Builds the tree of HTML that is known to be well-formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and len(self._open) > 1:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def markdown_of(clean_html: str) -> str:
    """Return clean, well-formed HTML as Markdown.

    Raises:
        RecursionError: It is nested deeper than any text that was written.
    """
    tree = _Tree()
    tree.feed(clean_html)
    tree.close()
    return _blocks(tree.root).strip() + "\n"


def _blocks(node: _Node, gap: str = "\n\n") -> str:
    """Return what stands below a node, its paragraphs parted."""
    parts: list[str] = []
    inline: list[_Node | str] = []
    for child in [*node.children, None]:
        if child is not None and (isinstance(child, str) or child.tag not in _BLOCKS):
            inline.append(child)
            continue
        if text := _paragraph(inline):
            parts.append(text)
        inline = []
        if child is not None and (text := _block(child)):
            parts.append(text)
    return gap.join(parts)


def _block(node: _Node) -> str:
    match node.tag:
        case "p":
            return _blocks(_Node("", {}, node.children))
        case "hr":
            return "---"
        case "ul" | "ol":
            return _list(node)
        case "blockquote" | "pre":
            quoted = node.tag == "blockquote"
            text, mark = (
                (_blocks(node), "> ") if quoted else (_letters(node).strip("\n"), "    ")
            )
            return _prefixed(text, mark, mark)
        case "table":
            return _table(node)
        case _:
            text = _paragraph(node.children).replace("\\\n", " ")
            return f"{'#' * int(node.tag[1])} {text}" if text else ""


def _paragraph(children: list[_Node | str]) -> str:
    text = _inline(children).strip()
    return _LINE_START.sub(lambda found: f"{found[1] or ''}\\", text)


def _list(node: _Node) -> str:
    number = int(node.attributes.get("start") or 1) if node.tag == "ol" else 0
    items: list[str] = []
    for child in node.children:
        if isinstance(child, _Node):
            mark = f"{number + len(items)}. " if node.tag == "ol" else "- "
            loose = any(isinstance(each, _Node) and each.tag == "p" for each in child.children)
            text = _blocks(child, "\n\n" if loose else "\n")
            items.append(_prefixed(text, mark, " " * len(mark)))
    return "\n".join(items)


def _table(node: _Node) -> str:
    rows = [
        [_inline(cell.children).strip().replace("\\\n", " ").replace("\n", " ") for cell in row]
        for row in _rows(node)
    ]
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
    return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])


def _rows(node: _Node) -> list[list[_Node]]:
    found: list[list[_Node]] = []
    for child in node.children:
        if isinstance(child, _Node) and child.tag == "tr":
            found.append([each for each in child.children if isinstance(each, _Node)])
        elif isinstance(child, _Node):
            found += _rows(child)
    return [row for row in found if row]


def _prefixed(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    more = [f"{rest}{line}" if line else rest.rstrip() for line in lines[1:]]
    return "\n".join([f"{first}{lines[0]}".rstrip(), *more])


def _letters(node: _Node) -> str:
    return "".join(each if isinstance(each, str) else _letters(each) for each in node.children)


def _inline(children: list[_Node | str]) -> str:
    told = ""
    for place, child in enumerate(children):
        if isinstance(child, str):
            told += _SPECIAL.sub(r"\\\g<0>", re.sub(r"[ \t\r\n\f]+", " ", child))
        elif child.tag in _RAW:
            after = _letters(_Node("", {}, children[place + 1 :]))[:1]
            told += _marked(child, told[-1:], after)
        else:
            told += _other(child)
    return told


def _other(node: _Node) -> str:
    """Return a line break, a picture, a link, code, or what is inside anything else."""
    match node.tag:
        case "br":
            return "\\\n"
        case "img":
            source = node.attributes.get("src", "")
            alt = _SPECIAL.sub(r"\\\g<0>", " ".join(node.attributes.get("alt", "").split()))
            return f"![{alt}]({source})" if source else ""
        case "a":
            text, address = _inline(node.children), node.attributes.get("href", "")
            return f"[{text}](<{_address(address)}>)" if address and text.strip() else text
        case "code":
            return _code(" ".join(_letters(node).split()))
        case tag if tag in _BLOCKS:
            return f"{_inline(node.children)} "
        case _:
            return _inline(node.children)


def _address(url: str) -> str:
    return re.sub(r"[<>\\\s]", lambda found: f"%{ord(found[0]):02X}", url)


def _code(text: str) -> str:
    longest = max((len(found) for found in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}" if text.startswith("`") or text.endswith("`") else (
        f"{fence}{text}{fence}" if text else ""
    )  # fmt: skip


def _marked(node: _Node, before: str, after: str) -> str:
    """Return a strong or an emphasised text, in tags where its marks would not be read."""
    inside = _inline(node.children)
    text = inside.strip()
    if not text:
        return inside
    lead = inside[: len(inside) - len(inside.lstrip())]
    tail = inside[len(inside.rstrip()) :]
    mark = _MARKS.get(node.tag)
    opens = mark and _flanks(lead or before, text[0])
    closes = mark and _flanks(tail or after, text[-1])
    if opens and closes and before not in {"*", "~"} and "\n" not in text:
        return f"{lead}{mark}{text}{mark}{tail}"
    return f"{lead}<{_RAW[node.tag]}>{text}</{_RAW[node.tag]}>{tail}"


def _flanks(outside: str, inside: str) -> bool:
    """Tell whether a mark between these two is read as one (CommonMark 0.31, section 6.2)."""
    return not _is_punctuation(inside) and not (outside and outside[-1].isalnum())


def _is_punctuation(character: str) -> bool:
    return character.isspace() or unicodedata.category(character)[0] in "PS"
