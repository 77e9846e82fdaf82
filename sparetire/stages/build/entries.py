"""How each built file is served, and when it goes public."""

from sparetire.model.manifest import Entry, Wave
from sparetire.model.media import cache_control, content_type
from sparetire.stages.build.cards import ASSETS
from sparetire.stages.build.pictures import TAB_ICON
from sparetire.workspace.bodies import Body

__all__ = ["entry_of"]


def entry_of(path: str, body: Body, lists: set[str]) -> Entry:
    """Return the entry of a built file.

    Args:
        path: Its path.
        body: Its bytes.
        lists: The paths of pages that lead to others.
    """
    return Entry(
        path=path,
        sha256=body.sha256,
        size=body.size,
        content_type=content_type(path),
        cache_control=cache_control(path),
        wave=_wave(path, lists),
    )


def _wave(path: str, lists: set[str]) -> Wave:
    if path.startswith(f"{ASSETS}/") or path == TAB_ICON:
        return Wave.ASSETS
    if not path.endswith(".html"):
        return Wave.FEEDS
    return Wave.LISTS if path in lists else Wave.PAGES
