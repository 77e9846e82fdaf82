"""Builds what is public in a workspace, as a run does that then goes on to inspect and send it.

python -m benchmarks.build WORKSPACE FILE
Writes the paths of all files of the site to FILE.
"""

import gc
import os
import sys
from pathlib import Path

from sparetire.__main__ import OBJECTS
from sparetire.stages.build.builder import Builder

__all__: list[str] = []


def main() -> None:
    gc.set_threshold(OBJECTS)  # as our command begins
    workspace, out = (Path(each) for each in sys.argv[1:])
    with Builder() as builder:
        # As in our command, Pelican's process loads what it needs while this one does.
        from sparetire.config.load import load_settings  # noqa: PLC0415
        from sparetire.flows.session import Session  # noqa: PLC0415
        from sparetire.flows.site import standing_site  # noqa: PLC0415
        from sparetire.stages.build.edition import build_edition  # noqa: PLC0415
        from sparetire.workspace.layout import Workspace  # noqa: PLC0415

        settings, place = load_settings(workspace), Workspace(workspace)
        session = Session(place, settings, lambda _event: None)
        source = standing_site(session, settings.newsroom.targets[0])
        edition = build_edition(source, place, builder)
    out.write_text("\n".join(edition.manifest.entries), encoding="utf-8")
    os._exit(0)  # as our command ends


if __name__ == "__main__":
    main()
