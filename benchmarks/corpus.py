"""Press releases to measure with: bilingual, and the same for every run, machine and tool.

Release number i has the same words whatever the size of the archive: a larger one differs from
a smaller one in its size alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

__all__ = ["LANGUAGES", "Release", "archive", "statement"]

LANGUAGES = ("fr", "en")
WORDS = 200  # in each language, as a release of one page has
FIRST = datetime(2001, 1, 2, 14, 0, tzinfo=UTC)
LAST = datetime(2026, 10, 30, 14, 0, tzinfo=UTC)
CATEGORIES = {
    "fr": ("Résultats", "Exploitation", "Communauté", "Environnement", "Nominations"),
    "en": ("Results", "Operations", "Community", "Environment", "Appointments"),
}
VOCABULARY = {
    "fr": """la mine nord production tonnes minerai équipe sécurité rapport région côte rivière
        qualité eau mesure entente communauté innue emploi formation été hiver prévu trimestre
        résultats hausse dollars investissement forage permis étude près où déjà à ainsi que""",
    "en": """the north mine production tonnes ore crew safety report region shore river water
        quality measure agreement Innu community jobs training summer winter planned quarter
        results growth dollars investment drilling permit study near where already and also""",
}


@dataclass(frozen=True, slots=True)
class Release:
    """One release in both languages; texts are by language code, bodies are Markdown."""

    number: int
    published: datetime
    titles: dict[str, str]
    categories: dict[str, str]
    bodies: dict[str, str]

    @property
    def name(self) -> str:
        return f"{self.published:%Y-%m-%d}-communique-{self.number:05d}"


def archive(size: int) -> Iterator[Release]:
    """Yield the releases of an archive, oldest first, spread evenly over its years."""
    step = (LAST - FIRST) / size
    for number in range(size):
        yield _release(number, FIRST + timedelta(seconds=int((step * number).total_seconds())))


def statement(number: int) -> Release:
    """Return what is launched into the archive in a round of the race."""
    return _release(900_000 + number, LAST + timedelta(days=1, minutes=number))


def _release(number: int, published: datetime) -> Release:
    random = Random(number)  # noqa: S311  words, not secrets
    kind = random.randrange(len(CATEGORIES["fr"]))
    return Release(
        number=number,
        published=published,
        titles={code: _title(random, code, number) for code in LANGUAGES},
        categories={code: CATEGORIES[code][kind] for code in LANGUAGES},
        bodies={code: _body(random, code) for code in LANGUAGES},
    )


def _title(random: Random, code: str, number: int) -> str:
    words = " ".join(random.choices(VOCABULARY[code].split(), k=6))
    return f"{words.capitalize()} {number}"


def _body(random: Random, code: str) -> str:
    paragraphs = [_sentences(random, code, WORDS // 4) for _ in range(4)]
    paragraphs.insert(2, "\n".join(f"- {_sentences(random, code, 8)}" for _ in range(3)))
    paragraphs.insert(3, f"## {_sentences(random, code, 4)}")
    return "\n\n".join(paragraphs) + "\n"


def _sentences(random: Random, code: str, words: int) -> str:
    return " ".join(random.choices(VOCABULARY[code].split(), k=words)).capitalize() + "."
