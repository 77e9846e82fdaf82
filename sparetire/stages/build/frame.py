"""What all pages of a language share, and the name under which that is remembered."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sparetire.disk import local_disk
from sparetire.errors import ConfigurationFault
from sparetire.stages.build.bundles import language_bundle
from sparetire.stages.build.newsroom_shown import Shown
from sparetire.stages.build.signature import (
    program_signature,
    theme_signature,
    zone_signature,
)
from sparetire.stages.build.source import Source
from sparetire.stages.build.style import content_security_policy, style_sheet

__all__ = ["Frame", "frames_of"]


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything a page shows besides its document.

    Attributes:
        key: Changes whenever the same document might be rendered otherwise.
        bundle: What the templates may say on any page in this language.
        run: What Pelican's process is told, but for its folders.
    """

    key: str
    bundle: dict[str, Any]
    run: dict[str, Any]


def frames_of(source: Source, assets: dict[str, Any], shown: Shown) -> tuple[Frame, ...]:
    """Return the frame of each language, in the order of the languages.

    Args:
        source: What the edition is made of.
        assets: What the theme is told about the pictures.
        shown: What all pages show of the newsroom.
    """
    zone = source.settings.organisation.time_zone
    css = style_sheet(_rules(source), source.brand.palette)
    own = source.own_theme
    bundles = [language_bundle(source, language, shown) for language in source.languages]
    shared = {
        "theme": str(source.theme),
        "own_templates": str(own / "templates") if own else "",
        "zone": zone,
        "base_url": source.routes.base_url,
        "page_urls": str(source.routes.page_urls),
        "sites": bundles,
        "assets": assets,
        "tokens": {
            "light": source.brand.palette.light,
            "dark": source.brand.palette.dark,
        },
        "css": css,
        "csp": content_security_policy(css),
    }
    ground = [program_signature(), theme_signature(source.theme), zone_signature(zone)]
    ground += [theme_signature(own)] if own else []
    return tuple(
        Frame(_key(ground, run := {**shared, "speaks": number}), bundle, run)
        for number, bundle in enumerate(bundles)
    )


def _rules(source: Source) -> str:
    """Return the theme's style, then the workspace's own: what comes later prevails."""
    sheets = [folder / "style.css" for folder in (source.theme, source.own_theme) if folder]
    own = source.own_theme
    if own and not sheets[-1].resolve().is_relative_to(own.resolve()):
        raise ConfigurationFault(
            f"{sheets[-1]} cannot be used.",
            why="A link leads out of the folder: what it leads to would become public.",
            then="Put the style itself there, or remove the link.",
        )
    with local_disk(source.theme):
        return "\n".join(sheet.read_text("utf-8") for sheet in sheets if sheet.is_file())


def _key(ground: list[str], run: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps([ground, run], sort_keys=True).encode()).hexdigest()
