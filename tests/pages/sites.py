"""Built sites as files in a folder, as a web server wants them."""

from dataclasses import replace
from pathlib import Path

from sparetire.model.edition import Edition
from tests.support.demo import demo_newsroom, publish_demo
from tests.support.draft import WORDS
from tests.support.newsroom import newsroom_source
from tests.support.workspaces import build, incident, settings_with

__all__ = ["demo_site", "written"]


def written(edition: Edition, folder: Path) -> Path:
    """Write an edition's files where a server finds them."""
    for path, entry in edition.manifest.entries.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(edition.file(entry).read_bytes())
    return folder


def demo_site(folder: Path, address: str) -> Path:
    """Build the demo, its crisis and its newsroom, for an address, and return its files."""
    workspace, settings = demo_newsroom(folder / "boreal")
    publish_demo(workspace, settings)
    settings_with(workspace, {("targets", "local", "url"): f'"{address}"'})
    source = replace(newsroom_source(workspace), incidents=(incident(WORDS, WORDS, WORDS),))
    return written(build(workspace, source), folder / "site")
