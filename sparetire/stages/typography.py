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
_NUMBERED = "[Kk]ilomètre|km|[Rr]oute|[Aa]utoroute|[Aa]rticle|[Pp]age|[Nn]os?|[Nn]°|[Cc]hapitre"

_QUOTED = re.compile(r'(?<![\w"])"([^"\s](?:[^"]*[^"\s])?)"(?![\w"])')
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_PHONE = re.compile(rf"(?<![\d-])(?:\+?\d{_GAP})?\d{{3}}{_GAP}\d{{3}}-\d{{4}}(?![\d-])")
_WHOLE = r'<span class="whole">\g<0></span>'
_DASHED = re.compile(r"-\d{4}")  # no phone number without it
# Rules in their order, in groups: a text without the sign of a group needs none of them, and
# most texts have one or two of these signs.
_RULES = (
    (
        rf"(?:\d|er){_GAP}",
        (
            (rf"(?<=\d){_GAP}(?=\d{{3}}(?![\d-]))(?<!\d{{4}}{_GAP})", _NO_BREAK),  # 9 000
            (rf"(?<=\d){_GAP}(?=(?:{_UNITS})\b)", _NO_BREAK),  # 16 h, 42 km
            (rf"(?<=\d{_NO_BREAK}h){_GAP}(?=\d)", _NO_BREAK),  # 16 h 05
            (rf"(?<=\d){_GAP}(?=(?:{_COUNTED})s?\b)", _NO_BREAK),  # 9 000 litres
            (rf"\b(\d{{1,2}}|1er){_GAP}(?=(?:{_MONTHS})\b)", rf"\g<1>{_NO_BREAK}"),
        ),
    ),
    (
        rf"{_GAP}\d",
        ((rf"\b({_NUMBERED}){_GAP}(?=\d)", rf"\g<1>{_NO_BREAK}"),),  # route 138
    ),
    (
        "[MD]",
        ((rf"\b(MM?\.|Mmes?|Dre?|Me){_GAP}(?=[A-ZÀ-Ý])", rf"\g<1>{_NO_BREAK}"),),  # Mme Roy
    ),
    (
        "[:»%$€«;!?]",
        (
            (rf"{_GAP}(?=[:»%$€])", _NO_BREAK),
            (rf"(?<=«){_GAP}", _NO_BREAK),
            (rf"{_GAP}(?=[;!?])", _NARROW),  # Quebec has none; who types one means a thin one
        ),
    ),
)
_SET = tuple(
    (re.compile(sign), tuple((re.compile(pattern), put) for pattern, put in rules))
    for sign, rules in _RULES
)

_TAG = re.compile(r"(<[^>]*>)")
_LITERAL = re.compile(r"<(/?)(?:code|pre)\b")


def typeset(text: str, code: str) -> str:
    """Return a plain text as its language sets it; only French changes."""
    return _french(text) if code == "fr" else text


def typeset_html(markup: str, code: str) -> str:
    """Return clean HTML with its text set, but never a tag, an attribute or code.

    In every language a phone number is kept whole: its hyphen would break, too.
    """
    depth, parts = 0, []
    if code == "fr":
        markup = markup.replace("&nbsp;", _NO_BREAK)
    for number, part in enumerate(_TAG.split(markup)):
        if number % 2:  # a tag
            if literal := _LITERAL.match(part):
                depth += -1 if literal[1] else 1
        elif part and not depth and not part.isspace():
            part = _phones_whole(typeset(part, code))  # noqa: PLW2901  it is what is kept
        parts.append(part)
    return "".join(parts)


def _phones_whole(text: str) -> str:
    return _PHONE.sub(_WHOLE, text) if _DASHED.search(text) else text


def _french(text: str) -> str:
    if '"' in text:
        text = _QUOTED.sub(rf"«{_NO_BREAK}\1{_NO_BREAK}»", text)
    if "'" in text:
        text = _APOSTROPHE.sub("’", text)
    if _DASHED.search(text):  # before thousands see groups of digits in it
        text = _PHONE.sub(lambda number: re.sub(_GAP, _NO_BREAK, number[0]), text)
    for sign, rules in _SET:
        if sign.search(text):
            for pattern, put in rules:
                text = pattern.sub(put, text)
    return text
