"""Languages leave together, or the gap is declared."""

from collections.abc import Iterator

from sparetire.model.attachment import attached_paths
from sparetire.model.incident import State
from sparetire.rules.base import Draft, Sight
from sparetire.rules.lines import newest_words

__all__ = ["files_differ", "keywords_missing", "language_missing", "sheet_missing"]


def language_missing(draft: Draft) -> Iterator[Sight]:
    """Every language of the site has words, unless ``--only`` says that it comes later.

    A French public that reads of a spill in English first has made news of its own.
    """
    words = newest_words(draft)
    spoken = " ".join(f"--only {code}" for code in draft.languages if code in words)
    for code in draft.languages:
        if code in words or (draft.only is not None and code not in draft.only):
            continue
        yield (
            f"language {code}",
            f"There are no words in {code!r}.",
            f"Give its title and content, or declare the gap with {spoken}."
            if spoken
            else "Give a title and content.",
        )


def files_differ(draft: Draft) -> Iterator[Sight]:
    """Each language shows and offers as many pictures and files as the others.

    Who reads one language is not told less.
    """
    texts = {"the statement": {code: one.body for code, one in newest_words(draft).items()}}
    texts |= {name: sheet.body for name, sheet in draft.incident.sheets.items()}
    for place, bodies in texts.items():
        counts = {code: len(attached_paths(body)) for code, body in bodies.items()}
        if len(set(counts.values())) > 1:
            told = ", ".join(f"{code}: {count}" for code, count in counts.items())
            yield (
                place,
                f"The languages do not name as many pictures and files ({told}).",
                "Add what is missing, or say in that language where it is.",
            )


def keywords_missing(draft: Draft) -> Iterator[Sight]:
    """Every language that is spoken has keywords: people find the page by them.

    What is taken back is to be found by nobody, and must not wait for words to be invented.
    """
    if draft.incident.state is State.WITHDRAWN:
        return
    for code in newest_words(draft):
        if not any(keyword.strip() for keyword in draft.incident.keywords.get(code, ())):
            yield (
                f"keywords ({code})",
                f"There are no keywords in {code!r}.",
                "Give the words that people will type, with --keywords.",
            )


def sheet_missing(draft: Draft) -> Iterator[Sight]:
    """Advice, facts and questions stand in every language in which the incident is told."""
    told = [code for code in draft.languages if draft.incident.title(code)]
    for name, sheet in draft.incident.sheets.items():
        for code in told:
            if code not in sheet.body:
                yield (
                    f"{name} ({code})",
                    f"There are no {name} in {code!r}, and there are in another language.",
                    f"Give them too: --{name} {code}=FILE",
                )
