"""Both languages say the same: figures, phones, quotes."""

from collections.abc import Iterator
from itertools import pairwise

from sparetire.rules.base import Sight
from sparetire.rules.figures import figures_differ
from sparetire.rules.releases.base import ReleaseDraft, as_words
from sparetire.rules.releases.shape import quotes

__all__ = ["figures", "language", "quotes_differ"]


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
    if len(draft.release.wordings) > 1:
        yield from figures_differ(as_words(draft))


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
