"""Finds the themes and skeletons that ship with sparetire."""

import re
from pathlib import Path

from sparetire.errors import ConfigurationFault

__all__ = ["skeleton_folder", "skeletons_folder", "theme_folder"]

_NAME = re.compile(r"[a-z0-9-]+")  # never ".." or a path
_PACKAGE = Path(__file__).resolve().parent


def theme_folder(name: str) -> Path:
    """Return the folder of a shipped theme.

    Raises:
        ConfigurationFault: There is no such theme.
    """
    return _shipped("themes", name)


def skeleton_folder(name: str) -> Path:
    """Return the folder of a shipped skeleton.

    Raises:
        ConfigurationFault: There is no such skeleton.
    """
    return _shipped("skeletons", name)


def skeletons_folder() -> Path:
    """Return the folder that holds every shipped skeleton and scenario."""
    return skeleton_folder("statement").parent


def _shipped(kind: str, name: str) -> Path:
    # A wheel carries them inside the package, a checkout beside it.
    for parent in (_PACKAGE / "_bundled", _PACKAGE.parent):
        folder = parent / kind / name
        if _NAME.fullmatch(name) and folder.is_dir():
            return folder
    raise ConfigurationFault(
        f"No {kind.removesuffix('s')} is called {name!r}.",
        why=f"It is in neither the installed package nor {_PACKAGE.parent / kind}.",
        then="Reinstall sparetire, or correct the name.",
    )
