"""Both languages say the same: figures, phones, quotes."""

import re
from collections.abc import Iterator
from itertools import pairwise

from sparetire.rules.base import Sight
from sparetire.rules.releases.base import ReleaseDraft
from sparetire.rules.releases.shape import quotes

__all__ = ["figures", "figures_in", "language", "quotes_differ"]

_SPACES = " \u00a0\u202f"
_FRENCH_TIME = re.compile(rf"\b(\d{{1,2}})[{_SPACES}]?h(?:[{_SPACES}]?(\d{{2}}))?\b")
_ENGLISH_TIME = re.compile(
    rf"\b(\d{{1,2}})(?::(\d{{2}}))?[{_SPACES}]?([ap])\.?m\b\.?", re.IGNORECASE
)
_THOUSANDS = {
    "fr": re.compile(rf"(?<=\d)[{_SPACES}](?=\d{{3}}(?!\d))"),
    "en": re.compile(r"(?<=\d),(?=\d{3}(?!\d))"),
}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_PHONE = re.compile(
    rf"(?:\+?1[{_SPACES}.-])?\(?(\d{{3}})\)?[{_SPACES}.-](\d{{3}})[{_SPACES}.-](\d{{4}})\b"
)
_LINK = re.compile(r"\]\([^)]*\)|https?://\S+")


def language(draft: ReleaseDraft) -> Iterator[Sight]:
    """Every language of the site has the release.

    Severity: error. Source: Official Languages Act; Charter of the French language.
    Fails: port-agrandi.fr.md alone · port-agrandi.en.md alone
    Passes: both
    """
    for each in draft.settings.languages:
        if each.code not in draft.release.wordings:
            file = f"{draft.release.name}.{each.code}.md"
            yield file, "This language is missing.", f"Write {file}, with the same id."


def figures(draft: ReleaseDraft) -> Iterator[Sight]:
    """Every language gives the same figures, hours and phone numbers.

    Severity: error. Source: Official Languages Act; Charter of the French language.
    Fails: 12 employés / 21 employees
    Passes: 1 200 tonnes à 13 h 30 / 1,200 tonnes at 1:30 p.m.
    """
    told = {code: (file, figures_in(f"{wording.title}\n{wording.body}", code))
            for code, file, wording in draft.texts()}  # fmt: skip
    for (_, (_, ours)), (_, (file, theirs)) in pairwise(told.items()):
        alone = sorted(ours ^ theirs)
        if alone:
            yield (
                file,
                f"These figures stand in one language only: {', '.join(alone)}",
                "Compare both texts, figure by figure.",
            )


def quotes_differ(draft: ReleaseDraft) -> Iterator[Sight]:
    """Every language quotes the same number of people.

    Severity: warning. Source: Official Languages Act; Charter of the French language.
    Fails: two quotes in French / one in English
    Passes: as many in each
    """
    told = {code: (file, len(quotes(wording.body))) for code, file, wording in draft.texts()}
    for (_, (_, ours)), (_, (file, theirs)) in pairwise(told.items()):
        if ours != theirs:
            yield file, f"There are {theirs} quotes here, {ours} there.", "Translate them all."


def figures_in(text: str, code: str) -> set[str]:
    """Return the figures of a text, written alike whatever the language."""
    text = _LINK.sub(" ", text)
    found: set[str] = set()

    def hour(match: re.Match[str]) -> str:
        half = match[3].lower() if match.re is _ENGLISH_TIME else ""
        hours = int(match[1]) % 12 + (12 if half == "p" else 0) if half else int(match[1])
        found.add(f"{hours}:{match[2] or '00'}")
        return " "

    def phone(match: re.Match[str]) -> str:
        found.add("-".join(match.groups()))
        return " "

    text = _PHONE.sub(phone, text)
    text = (_FRENCH_TIME if code == "fr" else _ENGLISH_TIME).sub(hour, text)
    text = _THOUSANDS.get(code, _THOUSANDS["en"]).sub("", text)
    return found | {number.replace(",", ".") for number in _NUMBER.findall(text)}
