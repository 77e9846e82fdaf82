"""Sets French as Quebec does: no sign, number or hour is torn from its word at a line's end.

From the OQLF's « Espacement avant et après les signes de ponctuation », « Écriture des heures »
and « Numéros de téléphone ». A space that the author typed becomes one that does not break;
none is added, so that addresses, codes and hours such as 13:05 stay what they are. Straight
quotes and apostrophes become « » and ’.
"""

import re

__all__ = ["typeset", "typeset_html"]

_NARROW, _NO_BREAK = "\u202f", "\u00a0"
_GAP = f"[ {_NO_BREAK}{_NARROW}]"  # what an author may have typed already
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_UNITS = "h|min|s|km|m|cm|mm|kg|g|t|L|l|mL|ml|ha|kW|MW|kV|Go|Mo|°C|M\\$|G\\$|k\\$"
_COUNTED = "million|milliard|litre|mètre|kilomètre|tonne|hectare|heure|minute|jour|dollar"
_NUMBERED = (
    *("[Kk]ilomètre", "km", "[Rr]oute", "[Aa]utoroute", "[Aa]rticle", "[Pp]age"),
    *("[Nn]o", "[Nn]os", "[Nn]°", "[Cc]hapitre"),
)
_TITLES = ("M\\.", "MM\\.", "Mme", "Mmes", "Dr", "Dre", "Me")
_DAYS = (r"\d", r"\d\d", "1er")
_BETWEEN = "\0"  # stands for a tag; clean text holds none (CommonMark, section 2.3)

_QUOTED = re.compile(
    rf'(?<![\w"])"([^"\s{_BETWEEN}](?:[^"{_BETWEEN}]*[^"\s{_BETWEEN}])?)"(?![\w"])'
)
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_PHONE = re.compile(rf"(?<![\d-])(?:\+?\d{_GAP})?\d{{3}}{_GAP}\d{{3}}-\d{{4}}(?![\d-])")
_BEFORE_HYPHEN = len("+1 418 555")
_DASHED = re.compile(r"-\d{4}")  # no phone number without it


def _after(words: tuple[str, ...]) -> str:
    """Return the condition that a gap comes after one of these, each of a fixed width."""
    return "|".join(rf"(?<=\b{word}{_GAP})" for word in words)


_BY_WHAT_FOLLOWS = (
    "(?=[:»%$€])",
    rf"(?<=\d{_GAP})(?=\d{{3}}(?![\d-]))(?<!\d{{4}}{_GAP})",  # 9 000
    rf"(?<=\d{{3}}{_GAP})(?=\d{{3}}-\d{{4}}(?![\d-]))(?<![\d-]\d{{3}}{_GAP})",  # 418 555-0142
    rf"(?=\d)(?<=\d{_GAP}h{_GAP})",  # 16 h 05
    rf"(?=\d)(?:{_after(_NUMBERED)})",  # route 138
    rf"(?=[A-ZÀ-Ý])(?:{_after(_TITLES)})",  # Mme Roy
)
_BY_WHAT_PRECEDES = (
    f"(?<=«{_GAP})",
    rf"(?<=\d{_GAP})(?=(?:{_UNITS}|(?:{_COUNTED})s?)\b)",  # 16 h, 42 km, 9 000 litres
    rf"(?=(?:{_MONTHS})\b)(?:{_after(_DAYS)})",
)
# The gap stands first: a search stops at gaps alone, which is many times faster. Most of them
# have none of these characters beside them, and are done with there.
_UNBREAKABLE = re.compile(
    f"{_GAP}(?:(?=[:»%$€\\dA-ZÀ-Ý])(?:{'|'.join(_BY_WHAT_FOLLOWS)})"
    f"|(?<=[\\dr«]{_GAP})(?:{'|'.join(_BY_WHAT_PRECEDES)}))"
)
_THIN = re.compile(f"{_GAP}(?=[;!?])")  # Quebec has none; who types one means a thin one

_TAG = re.compile(r"(<[^>]*>)")
_LITERAL = re.compile(r"<(/?)(?:code|pre)\b")


def typeset(text: str, code: str) -> str:
    """Return a plain text as its language sets it; only French changes."""
    return _french(text) if code == "fr" else text


def typeset_html(markup: str, code: str) -> str:
    """Return clean HTML with its text set, but never a tag, an attribute or code.

    In every language a phone number is kept whole: its hyphen would break, too.
    """
    markup = markup.replace(_BETWEEN, "")
    if code == "fr":
        markup = markup.replace("&nbsp;", _NO_BREAK)
    parts = _TAG.split(markup)
    if "<code" not in markup and "<pre" not in markup:
        parts[::2] = _set(parts[::2], code)
        return "".join(parts)
    depth, chosen = 0, []
    for number, part in enumerate(parts):
        if number % 2 and (literal := _LITERAL.match(part)):
            depth += -1 if literal[1] else 1
        elif not (number % 2 or depth):
            chosen.append(number)
    for number, text in zip(chosen, _set([parts[at] for at in chosen], code), strict=True):
        parts[number] = text
    return "".join(parts)


def _set(texts: list[str], code: str) -> list[str]:
    """Set what stands between tags in one go: no rule reaches over a tag."""
    return _phones_whole(typeset(_BETWEEN.join(texts), code)).split(_BETWEEN)


def _phones_whole(text: str) -> str:
    """Look for phone numbers around their hyphens alone: there are few of those."""
    parts, end = [], 0
    for hyphen in _DASHED.finditer(text):
        found = _PHONE.search(text, max(end, hyphen.start() - _BEFORE_HYPHEN), hyphen.end() + 1)
        if found:
            parts += [text[end : found.start()], f'<span class="whole">{found[0]}</span>']
            end = found.end()
    return "".join([*parts, text[end:]])


def _french(text: str) -> str:
    if '"' in text:
        text = _QUOTED.sub(rf"«{_NO_BREAK}\1{_NO_BREAK}»", text)
    if "'" in text:
        text = _APOSTROPHE.sub("’", text)
    text = _UNBREAKABLE.sub(_NO_BREAK, text)
    return _THIN.sub(_NARROW, text) if any(sign in text for sign in ";!?") else text
