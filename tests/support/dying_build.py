"""A build of what is public in a workspace, killed as it is about to change a given file.

Its words are STEP WORKSPACE. Every change in the folder for caches and builds is a step.
"""

import sys
from pathlib import Path

from sparetire.stages.build.builder import Builder
from sparetire.stages.build.edition import build_edition
from sparetire.workspace.layout import Workspace
from tests.support.dying import run_until
from tests.support.newsroom import public_site

__all__ = ["main"]


def main() -> None:
    """Build until it is killed."""
    step, workspace = int(sys.argv[1]), Workspace(Path(sys.argv[2]))
    with Builder() as builder:
        run_until(
            step,
            lambda: build_edition(public_site(workspace), workspace, builder),
            lambda path: str(workspace.state) in path,
        )
