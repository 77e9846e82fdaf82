"""What ``sparetire.toml`` says about the newsroom."""

from pydantic import Field

from sparetire.config.section import Section

__all__ = ["Newsroom"]

_USUAL = {
    "announcements": {"fr": "Annonces", "en": "Announcements"},
    "operations": {"fr": "Activités", "en": "Operations"},
    "results": {"fr": "Résultats", "en": "Results"},
    "community": {"fr": "Collectivité", "en": "Community"},
}


class Newsroom(Section):
    """Where the newsroom goes, and under which headings.

    Attributes:
        categories: The names of each category by language code, under the key that release
            files use.
    """

    targets: tuple[str, ...] = ()
    categories: dict[str, dict[str, str]] = Field(default_factory=lambda: dict(_USUAL))

    def category(self, key: str, code: str) -> str:
        """Return the name of a category in one language."""
        names = self.categories[key]
        return names.get(code) or next(iter(names.values()))
