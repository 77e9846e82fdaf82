"""Writes clean HTML as Markdown that a person can read, correct, and read back as the same.

Whatever the text holds, it is text: a star or a bracket in it is written so that no dialect of
Markdown takes it for markup (CommonMark 0.31, section 2.4).
"""

import re
import unicodedata

from sparetire.stages.intake.html_tables import grid
from sparetire.stages.intake.html_tree import GAP, Node, read_tree
from sparetire.stages.intake.list_numbers import number_of

__all__ = ["markdown_of", "write_markdown"]

_BLOCKS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "hr", "table"),
    *("dt", "summary", "caption", GAP),
}
_SPECIAL = re.compile(r"[\\`*_\[\]<~|]|&(?=[#\w])|\$(?=\S)")
_LINE_START = re.compile(r"(?m)^(?=[#+>=:-])|^(\d{1,9})(?=[.)])")
_MARKS = {"strong": "**", "em": "*", "del": "~~", "s": "~~"}
_BETWEEN = {False: "\n", True: "\n\n"}
_RAW = {"del": "del", "s": "del", "strong": "strong", "em": "em", "sup": "sup", "sub": "sub"}


def markdown_of(clean_html: str) -> str:
    """Return clean, well-formed HTML as Markdown.

    Raises:
        RecursionError: It is nested deeper than any text that was written.
    """
    return write_markdown(read_tree(clean_html)[0])


def write_markdown(root: Node) -> str:
    """Return a tree of HTML as Markdown.

    Raises:
        RecursionError: It is nested deeper than any text that was written.
    """
    return _blocks(root).strip() + "\n"


def _blocks(node: Node, gap: str = "\n\n") -> str:
    """Return what stands below a node, its paragraphs parted."""
    parts: list[str] = []
    inline: list[Node | str] = []
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


def _block(node: Node) -> str:
    match node.tag:
        case "p":
            text = _blocks(Node("", {}, node.children))
        case "hr":
            text = "---"
        case "ul" | "ol":
            text = _list(node)
        case "blockquote":
            text = _prefixed(_blocks(node), "> ", "> ")
        case "pre":
            text = _prefixed(_letters(node).strip("\n"), "    ", "    ")
        case "table":
            text = _table(node)
        case "dt" | "summary" | "caption":
            text = _term(node)
        case _:
            text = _heading(node)
    return text


def _heading(node: Node) -> str:
    """Return a heading, which is one line; nothing for what only parts two blocks."""
    text = _paragraph(node.children).replace("\\\n", " ")
    return f"{'#' * int(node.tag[1])} {text}" if text and node.tag != GAP else ""


def _paragraph(children: list[Node | str]) -> str:
    text = _inline(children).strip()
    return _LINE_START.sub(lambda found: f"{found[1] or ''}\\", text)


def _list(node: Node) -> str:
    """Return a list; where its numbers jump, another one begins, with another sign."""
    number = int(node.attributes.get("start") or 1) - 1
    told, sign = "", "."
    for child in node.children:
        if isinstance(child, Node) and child.tag != GAP:
            given, number = number + 1, _given_number(child, number + 1)
            parted = bool(told) and given != number
            sign = ")" if parted and sign == "." else "." if parted else sign
            mark = f"{number}{sign} " if node.tag == "ol" else "- "
            loose = any(isinstance(each, Node) and each.tag == "p" for each in child.children)
            text = _blocks(child, "\n\n" if loose else "\n")
            item = _prefixed(text, mark, " " * len(mark))
            told += f"{_BETWEEN[parted] if told else ''}{item}"
    return told


def _given_number(item: Node, otherwise: int) -> int:
    """Return the number that an item is marked with, and take the mark off."""
    first: Node | None = item
    while first is not None:
        for place, each in enumerate(first.children[:1]):
            if isinstance(each, str):
                number, first.children[place] = number_of(each)
                return otherwise if number is None else number
        first = next((one for one in first.children[:1] if isinstance(one, Node)), None)
    return otherwise


def _term(node: Node) -> str:
    """Return a term or a title: strong, unless it holds a heading of its own."""
    if any(isinstance(each, Node) and each.tag in _BLOCKS for each in node.children):
        return _blocks(node)
    return _paragraph([Node("strong", {}, node.children)])


def _table(node: Node) -> str:
    titles = [
        each for each in node.children if isinstance(each, Node) and each.tag == "caption"
    ]
    rows = [[_cell(cell) for cell in row] for row in grid(node)]
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
    table = "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])
    return "\n\n".join([*filter(None, map(_term, titles)), table])


def _cell(cell: Node) -> str:
    """Return what is in a cell, on one line: its blocks and lines are parted by breaks."""
    parts: list[str] = []
    inline: list[Node | str] = []
    for child in [*cell.children, None]:
        if child is not None and (isinstance(child, str) or child.tag not in _BLOCKS | {"li"}):
            inline.append(child)
            continue
        parts.append(_inline(inline))
        inline = []
        if child is not None:
            parts += _rows_within(child)
    lines = (" ".join(part.replace("\\\n", "<br>").split()) for part in parts)
    return "<br>".join(filter(None, lines))


def _rows_within(block: Node) -> list[str]:
    """Return the lines of a block in a cell: those of a table within it are its rows."""
    if block.tag == "table":
        return [", ".join(filter(None, map(_cell, row))) for row in grid(block)]
    return [_cell(block)]


def _prefixed(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    more = [f"{rest}{line}" if line else rest.rstrip() for line in lines[1:]]
    return "\n".join([f"{first}{lines[0]}".rstrip(), *more])


def _letters(node: Node) -> str:
    return "".join(each if isinstance(each, str) else _letters(each) for each in node.children)


def _inline(children: list[Node | str]) -> str:
    told = ""
    for place, child in enumerate(children):
        if isinstance(child, str):
            told += _SPECIAL.sub(r"\\\g<0>", re.sub(r"[ \t\r\n\f]+", " ", child))
        elif child.tag in _RAW:
            after = _letters(Node("", {}, children[place + 1 :]))[:1]
            told += _marked(child, told[-1:], after)
        else:
            told += _other(child)
    return told


def _other(node: Node) -> str:
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
            words = text.strip()
            return f"[{words}](<{_address(address)}>)" if address and words else text
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


def _marked(node: Node, before: str, after: str) -> str:
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
