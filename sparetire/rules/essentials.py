"""Title and body: there, and of a length that readers and search results can show."""

from collections.abc import Iterator

from sparetire.model.incident import Kind
from sparetire.rules.base import Draft, Sight
from sparetire.rules.folding import count_words
from sparetire.rules.lines import newest_words

__all__ = [
    "body_empty",
    "body_short",
    "title_broken",
    "title_empty",
    "title_long",
    "title_short",
    "title_too_long",
]

SHOWN = 65  # characters that a search result shows (GOV.UK content guidance)
WHOLE = 120  # characters up to which the page keeps its shape
TELLING = 15  # characters from which a title says what happened, and where
SPOKEN = 20  # words that a holding statement needs to say anything


def title_empty(draft: Draft) -> Iterator[Sight]:
    """Every language that has words has a title."""
    for code, words in newest_words(draft).items():
        if not words.title.strip():
            yield f"title ({code})", "The title is empty.", "Give one with --title."


def title_broken(draft: Draft) -> Iterator[Sight]:
    """A title is one line: feeds, cards and search results have no second one."""
    for code, words in newest_words(draft).items():
        if len(words.title.splitlines()) > 1:
            yield f"title ({code})", "The title has a line break.", "Write it on one line."


def title_too_long(draft: Draft) -> Iterator[Sight]:
    """A title has at most 120 characters (132 in French, which runs longer)."""
    for code, words in newest_words(draft).items():
        most = _most(WHOLE, code)
        if len(words.title) > most:
            yield _too_long(code, len(words.title), most)


def title_long(draft: Draft) -> Iterator[Sight]:
    """Search results cut a title after 65 characters (we allow 71 in French)."""
    for code, words in newest_words(draft).items():
        if _most(SHOWN, code) < len(words.title) <= _most(WHOLE, code):
            yield _too_long(code, len(words.title), _most(SHOWN, code))


def title_short(draft: Draft) -> Iterator[Sight]:
    """An incident's title of fewer than 15 characters rarely says what happened and where."""
    if draft.incident.statements[-1].kind is not Kind.STATEMENT:
        return
    for code, words in newest_words(draft).items():
        title = words.title.strip()
        if 0 < len(title) < TELLING:
            yield (
                f"title ({code})",
                f"The title {title!r} has only {len(title)} characters.",
                "Say what happened, and where.",
            )


def body_empty(draft: Draft) -> Iterator[Sight]:
    """Every language that has words has a body."""
    for code, words in newest_words(draft).items():
        if not words.body.strip():
            yield (
                draft.places.get(code, f"content ({code})"),
                "There is no text under the title.",
                "Give the statement with --content.",
            )


def body_short(draft: Draft) -> Iterator[Sight]:
    """A first statement of fewer than 20 words rarely says what happened and what to do."""
    if draft.incident.statements[-1].kind is not Kind.STATEMENT:
        return
    for code, words in newest_words(draft).items():
        count = count_words(words.body)
        if 0 < count < SPOKEN:
            yield (
                draft.places.get(code, f"content ({code})"),
                f"The text has only {count} {'word' if count == 1 else 'words'}.",
                "Say what happened, what to do, and when you speak next.",
            )


def _most(characters: int, code: str) -> int:
    return characters * 11 // 10 if code == "fr" else characters


def _too_long(code: str, length: int, most: int) -> Sight:
    return (
        f"title ({code})",
        f"The title has {length} characters; {most} is the most.",
        "Shorten it: the organisation, what happened, where.",
    )
