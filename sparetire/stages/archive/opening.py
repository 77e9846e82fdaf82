"""Takes the dateline off an old release: here the page writes one itself."""

import re
from datetime import date

__all__ = ["without_dateline"]

_MONTHS = (
    *("janv|jan", "févr|feb", "mars|mar", "avr|apr", "mai|may", "juin|jun"),
    *("juil|jul", "août|aug", "sept|sep", "oct", "nov", "déc|dec"),
)
_BOLD = r"(?:\*\*|<strong>|</strong>)?"
_DASH = rf"\s*{_BOLD}\s*(?:[–—]|-{{1,2}})\s*{_BOLD}\s+"
# « Sept-Îles, le 3 mars 2020. – », « MONTRÉAL, le 3 mars 2020 /CNW/ - »,
# “ST. JOHN'S, N.L., March 3, 2020 –”: OQLF, Canadian Press, and the wires' own.
_DATELINE = re.compile(
    rf"{_BOLD}(?P<place>[^\n*<>]{{2,60}}?)\s*,\s+"
    r"(?:(?:le\s+)?(?P<day>\d{1,2})(?:er)?\s+(?P<month>[^\W\d]{3,9})\.?"
    r"|(?P<mois>[^\W\d]{3,9})\.?\s+(?P<jour>\d{1,2}),?)"
    rf"\s+(?P<year>\d{{4}})\.?\s*{_BOLD}(?:\s*/[^/\n]{{2,24}}/)?{_DASH}"
)


def without_dateline(body: str, day: date | None) -> tuple[str, str]:
    """Return the place that a text is dated from, and the text without it.

    A dateline of another day than the release's own stays: both days may be right, and only a
    person can tell. So does a text that begins in any other way; its place is then empty.
    """
    found = _DATELINE.match(body)
    if found is None or day is None:
        return "", body
    number = int(found["day"] or found["jour"])
    month = (found["month"] or found["mois"]).lower()
    told = (int(found["year"]), number)
    if told != (day.year, day.day) or not month.startswith(
        tuple(_MONTHS[day.month - 1].split("|"))
    ):
        return "", body
    rest = body[found.end() :]
    return found["place"].strip(), rest[:1].upper() + rest[1:]
