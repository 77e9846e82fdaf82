"""The ready texts of a withdrawal: nobody should have to write one while a wrong page is live.

In Hawaii (2018) the correction took 38 minutes, because none had been prepared.
"""

from enum import StrEnum
from io import BytesIO
from pathlib import Path

from sparetire.errors import ConfigurationFault
from sparetire.model.language import Language
from sparetire.stages.fill.documents import Document, read_documents

__all__ = ["Reason", "ready_notice"]


class Reason(StrEnum):
    """Why a page is withdrawn."""

    ERROR = "error"
    EXERCISE = "exercise"
    WRONG = "wrong"


def ready_notice(
    reason: Reason, languages: tuple[Language, ...], folders: tuple[Path, ...]
) -> dict[str, Document]:
    """Return the notice in every language of the site.

    Args:
        reason: Which one.
        languages: The site's languages.
        folders: Where to look, the organisation's own texts first.

    Raises:
        ConfigurationFault: No folder holds it in one of the languages.
    """
    sources = {}
    for language in languages:
        name = f"{reason}.{language.code}.md"
        found = next((folder / name for folder in folders if (folder / name).is_file()), None)
        if found is None:
            raise ConfigurationFault(
                f"There is no ready notice {name}.",
                why=f"Looked in: {', '.join(map(str, folders))}.",
                then="Write the notice yourself: sparetire withdraw --content FILE",
            )
        sources[language.code] = str(found)
    return read_documents(sources, languages, BytesIO())
