"""The demo's newsroom: twelve releases of an imagined mining company, with pictures."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sparetire.config.load import load_settings
from sparetire.config.schema import Settings
from sparetire.workspace.layout import Workspace
from sparetire.workspace.releases import make_public, read_shelf
from tests.demo.paint import paint_all
from tests.support.workspaces import settings_with, workspace_in

__all__ = ["FIRST", "RELEASES", "demo_newsroom", "publish_demo"]

RELEASES = Path(__file__).parents[1] / "demo" / "releases"
FIRST = datetime(2026, 9, 1, 13, 0, tzinfo=UTC)
_ABOUT = {
    "fr": "Minéraux Boréal exploite trois mines, un chemin de fer et un terminal portuaire sur "
    "la Côte-Nord, au Québec. Fondée en 1974 à Sept-Îles, l’entreprise emploie "
    "2 150 personnes et expédie son concentré de fer dans onze pays.",
    "en": "Boreal Minerals runs three mines, a railway and a port terminal on the North Shore, "
    "in Québec. Founded in 1974 in Sept-Îles, the company employs 2,150 people and ships its "
    "iron concentrate to eleven countries around the world.",
}


def demo_newsroom(folder: Path) -> tuple[Workspace, Settings]:
    """Make a workspace that holds the twelve releases, ready and not yet public."""
    workspace = workspace_in(folder)
    about = ", ".join(f"{code} = {json.dumps(text)}" for code, text in _ABOUT.items())
    settings_with(workspace, {("organisation", "boilerplate"): f"{{ {about} }}"})
    shutil.copytree(RELEASES, workspace.releases, dirs_exist_ok=True)
    paint_all(workspace.releases / "images")
    return workspace, load_settings(workspace.root)


def publish_demo(workspace: Workspace, settings: Settings, target: str = "local") -> None:
    """Make all of them public, one a week, the newest last."""
    releases = read_shelf(workspace.releases, settings).releases
    for week, release in enumerate(releases):
        make_public(workspace.releases, [release], FIRST + timedelta(weeks=week), [target])
