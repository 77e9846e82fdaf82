"""Completes and checks names that only the workspace knows."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sparetire.errors import SparetireError, UsageFault

if TYPE_CHECKING:
    from sparetire.config.schema import Settings

__all__ = ["complete_scenario", "complete_target", "refuse_unknown_targets"]


def complete_target(context: typer.Context, incomplete: str) -> list[str]:
    """Return the live targets that begin with what was typed; nothing where there are none."""
    from sparetire.config.load import load_settings
    from sparetire.workspace.layout import find_workspace

    start = context.find_root().params.get("workspace") or Path()
    try:
        settings = load_settings(find_workspace(start).root)
    except SparetireError:
        return []
    return [name for name in settings.targets if name.startswith(incomplete)]


def complete_scenario(context: typer.Context, incomplete: str) -> list[str]:
    """Return the scenarios that begin with what was typed."""
    from sparetire import resources
    from sparetire.workspace.layout import find_workspace
    from sparetire.workspace.scenarios import scenario_folders

    start = context.find_root().params.get("workspace") or Path()
    roots = (find_workspace(start).scenarios, resources.skeletons_folder())
    return [name for name in scenario_folders(*roots) if name.startswith(incomplete)]


def refuse_unknown_targets(targets: tuple[str, ...], settings: "Settings") -> None:
    """Refuse names that are not live targets of the workspace.

    Raises:
        UsageFault: One of them is not; a staging target is for drills only.
    """
    for name in targets:
        if name in settings.targets:
            continue
        staging = name in settings.staging
        raise UsageFault(
            f"{name!r} is not a live target.",
            why="It is a staging target, for drills only."
            if staging
            else f"The live targets are: {', '.join(settings.targets)}.",
            then="Correct the name, or add the target to sparetire.toml.",
        )
