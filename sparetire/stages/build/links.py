"""Links from a page to what every page of its language leads to, each made once a place."""

from collections.abc import Iterable

from sparetire.model.routes import Routes, relative_link

__all__ = ["Links"]


class Links:
    """Makes relative links.

    Thousands of pages lead to the same few: what they say there differs by how deep a page
    lies, and by how far its folders are those of where it leads.

    Attributes:
        strange: How many links led elsewhere up to now.
    """

    def __init__(self, routes: Routes, common: Iterable[str]) -> None:
        self.strange = 0
        self._routes = routes
        self._common = frozenset(common)
        self._folders = {
            "/".join(parts[:many])
            for path in self._common
            for parts in [routes.public(path).split("/")]
            for many in range(1, len(parts))
        }
        self._made: dict[tuple[str, str], str] = {}
        self._last = "", ""

    def to(self, here: str, there: str) -> str:
        """Return the link from the page at one path to another path."""
        if there not in self._common:
            self.strange += 1
            return relative_link(self._routes.public(here), self._routes.public(there))
        key = self.place(here), there
        made = self._made.get(key)
        if made is None:
            made = relative_link(self._routes.public(here), self._routes.public(there))
            self._made[key] = made
        return made

    def place(self, path: str) -> str:
        """Return a name for all places from which the common links are the same.

        A page that is itself among the common ones has a place of its own.
        """
        last, place = self._last
        if last != path:
            place = path if path in self._common else self._shape(path)
            self._last = path, place
        return place

    def _shape(self, path: str) -> str:
        """Return the folders of a path, those without a name that lead to nothing common."""
        parts = self._routes.public(path).split("/")[:-1]
        many = 0
        while many < len(parts) and "/".join(parts[: many + 1]) in self._folders:
            many += 1
        return "/".join([*parts[:many], *["*"] * (len(parts) - many)]) + "/"
