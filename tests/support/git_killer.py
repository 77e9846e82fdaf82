"""Publishes to a branch and dies right before, or right after, the branch moves.

Run as a program, since it ends itself. A branch on this disk is
moved under a lock file, whose opening Python tells its audit hooks beforehand.
"""

import os
import sys
from pathlib import Path
from typing import Any

from sparetire.config.services import GitService
from sparetire.hosts.git import GitHost
from tests.support.editions import edition, page_with_style, publish

__all__: list[str] = []


def main(dies: str, repository: str, url: str, folder: Path) -> None:
    """Publish the new edition, and never come back."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and str(arguments[0]).strip("'").endswith("gh-pages.lock"):
            os._exit(9)

    host = GitHost(
        GitService.model_validate({"host": "git", "url": url, "repository": repository}), folder
    )
    site = edition(folder / "new", page_with_style("new"))
    if dies == "before":
        sys.addaudithook(hook)
    publish(host, site)
    os._exit(9)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4]))
