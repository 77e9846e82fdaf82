"""A language the organisation speaks."""

from dataclasses import dataclass

__all__ = ["Language"]


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its tag (``fr-CA``, BCP 47) and its short code for paths (``fr``)."""

    tag: str

    @property
    def code(self) -> str:
        """The primary subtag, which names the language's folder on the site."""
        return self.tag.split("-", 1)[0].lower()

    @property
    def locale(self) -> str:
        """The form with an underscore that Open Graph and Babel want."""
        return self.tag.replace("-", "_")
