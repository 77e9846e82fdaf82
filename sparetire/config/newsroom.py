"""What ``sparetire.toml`` says about the newsroom."""

from typing import Annotated

from pydantic import Field

from sparetire.config.section import Name, Section

__all__ = ["Newsroom"]

_USUAL = {
    "announcements": {"fr": "Annonces", "en": "Announcements"},
    "operations": {"fr": "Activités", "en": "Operations"},
    "results": {"fr": "Résultats", "en": "Results"},
    "community": {"fr": "Collectivité", "en": "Community"},
}


Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Newsroom(Section):
    """Where the newsroom goes, and under which headings.

    Attributes:
        categories: The names of each category by language code, under the key that release
            files use.
    """

    targets: tuple[str, ...] = ()
    categories: dict[Key, dict[str, Name]] = Field(default_factory=lambda: dict(_USUAL))

    def category(self, key: str, code: str) -> str:
        """Return the name of a category in one language.

        A key that the settings no longer name stays its own name: what is public under it does
        not vanish, and stops no launch.
        """
        names = self.categories.get(key, {})
        return names.get(code) or next(iter(names.values()), key)
