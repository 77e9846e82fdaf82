"""Fills the standing pages of a skeleton with what the organisation has already said.

Blanks look like ``{{ organisation }}``; they are replaced as text, never run.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sparetire.config.schema import Settings
from sparetire.errors import ConfigurationFault
from sparetire.model.routes import INDEX, Routes

__all__ = ["StandingPage", "fill_skeleton"]

_BLANK = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
_ADDRESSES = {
    "main_site",
    "address",
    "home",
    "media_email",
}  # written as links, where an escape is a fault
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")


@dataclass(frozen=True, slots=True)
class StandingPage:
    """A page that needs no facts: it stands before, during and after a crisis."""

    key: str
    template: str
    code: str
    slug: str
    title: str
    description: str
    body: str


def fill_skeleton(folder: Path, settings: Settings, routes: Routes) -> tuple[StandingPage, ...]:
    """Return the standing pages in every language of the site, in the order of the menu.

    A paragraph with a blank that the settings do not answer is left out.

    Args:
        folder: Where the skeleton is.
        settings: What the organisation has said about itself.
        routes: How the site's own address is made.

    Raises:
        ConfigurationFault: The skeleton is damaged, or lacks one of the languages.
    """
    outline = folder / "skeleton.toml"
    try:
        rows = tomllib.loads(outline.read_text(encoding="utf-8"))["pages"]
        return tuple(
            _page(folder, row, language.code, _answers(settings, routes, language.code))
            for language in settings.languages
            for row in rows
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationFault(
            f"The skeleton {folder.name!r} cannot be used.",
            why=f"{outline}: {type(error).__name__}: {error}",
            then="Correct that folder, or delete it to use the shipped skeleton.",
        ) from error


def _page(
    folder: Path, row: dict[str, Any], code: str, answers: dict[str, str]
) -> StandingPage:
    written = {
        name: text if name in _ADDRESSES else _as_markdown(text)
        for name, text in answers.items()
    }
    return StandingPage(
        key=row["key"],
        template=row.get("template", "page"),
        code=code,
        slug=row["slug"][code],
        title=row["title"][code],
        description=_filled(row["description"][code], answers) or row["title"][code],
        body=_filled((folder / code / f"{row['key']}.md").read_text("utf-8"), written),
    )


def _answers(settings: Settings, routes: Routes, code: str) -> dict[str, str]:
    organisation = settings.organisation
    media = next((one for one in settings.contacts if one.audience == "media"), None)
    return {
        "organisation": settings.say(organisation.name, code),
        "boilerplate": settings.say(organisation.boilerplate, code),
        "main_site": organisation.main_site or "",
        "address": routes.base_url,
        "home": routes.url(INDEX),  # a link: not every host shows a page at the bare address
        "media_phone": media.phone if media else "",
        "media_email": media.email if media else "",
    }


def _filled(text: str, answers: dict[str, str]) -> str:
    """Fill the blanks; one that nobody knows stays, and inspect refuses it."""
    paragraphs = [
        paragraph
        for paragraph in re.split(r"\n{2,}", text.strip())
        if all(answers.get(name) != "" for name in _BLANK.findall(paragraph))
    ]
    return _BLANK.sub(lambda blank: answers.get(blank[1], blank[0]), "\n\n".join(paragraphs))


def _as_markdown(text: str) -> str:
    """Escape what Markdown would read as a sign; addresses and numbers hold none of them."""
    return _MARKDOWN.sub(r"\\\1", text)
