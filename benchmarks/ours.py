"""Our own way, as a contestant: the archive is the newsroom, the statement is a launch."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from benchmarks.corpus import LANGUAGES, Release
from benchmarks.ground import Ground
from sparetire.workspace.releases_file import release_text

__all__ = ["Sparetire", "use_production"]

NAMES = {"fr": "Minéraux Boréal", "en": "Boreal Minerals"}
CATEGORIES = """
[newsroom.categories]
results = { fr = "Résultats", en = "Results" }
operations = { fr = "Exploitation", en = "Operations" }
community = { fr = "Communauté", en = "Community" }
environment = { fr = "Environnement", en = "Environment" }
people = { fr = "Nominations", en = "Appointments" }
"""
KEYS = {
    "Results": "results",
    "Operations": "operations",
    "Community": "community",
    "Environment": "environment",
    "Appointments": "people",
}


class Sparetire:
    """One command does it all, so that nothing is left for a build of its own.

    Attributes:
        verified: Seconds from the start of the last launch until it was proven live.
    """

    name = "sparetire"

    def __init__(self) -> None:
        self._pending: Release | None = None
        self.verified = 0.0

    def settle(self, folder: Path, releases: Iterable[Release]) -> None:
        options = [f"--name={code}={name}" for code, name in NAMES.items()]
        options += ["--media-phone=+1 418 555-0142", "--media-email=media@boreal.example"]
        command: list[str | Path] = [sys.executable, "-m", "sparetire", "init", folder]
        subprocess.run([*command, "--yes", *options], check=True, capture_output=True)
        shelf = folder / "releases"
        shelf.mkdir(exist_ok=True)
        minted = []
        for release in releases:
            row = {"what": "minted", "id": _id(release), "at": release.published.isoformat()}
            minted.append(json.dumps({**row, "name": release.name}))
            for code in LANGUAGES:
                path = shelf / f"{release.name}.{code}.md"
                path.write_text(_text(release, code), encoding="utf-8")
        (shelf / "ledger.jsonl").write_text("\n".join([*minted, ""]), encoding="utf-8")

    def add(self, folder: Path, release: Release) -> None:
        self._pending = release
        for code in LANGUAGES:
            path = folder / f"{release.name}.{code}.md"
            path.write_text(release.bodies[code], encoding="utf-8")

    def build(self, ground: Ground, folder: Path) -> None:
        """Nothing: pushing builds."""

    def push(self, ground: Ground, folder: Path) -> None:
        use_production(ground, folder)
        release, self._pending = self._pending, None
        if release is None:
            ground.sparetire("--workspace", folder, "newsroom", "publish", "--yes")
            return
        options = []
        for code in LANGUAGES:
            options += [
                f"--title={code}={release.titles[code]}",
                f"--keywords={code}={release.titles[code]}",
                f"--content={code}={folder / f'{release.name}.{code}.md'}",
            ]
        said = ground.sparetire("--workspace", folder, "--json", "launch", "--yes", *options)
        self.verified = json.loads(said)["verified_after"]


def use_production(ground: Ground, workspace: Path) -> None:
    """Name the server in the workspace's settings, as it is reached from here."""
    server, prefix = ground.server, workspace.name
    settings = workspace / "sparetire.toml"
    before = settings.read_text(encoding="utf-8").partition("\n[targets.production]\n")[0]
    # The bare S3 address serves no index documents.
    before = before.replace('page_urls = "folder"', 'page_urls = "file"')
    before = before.replace('targets = ["local"]', 'targets = ["production"]')
    if "[newsroom.categories]" not in before:
        before += CATEGORIES
    settings.write_text(
        f"{before}\n[targets.production]\n"
        'host = "s3"\n'
        f'url = "{ground.far.endpoint_url}/{server.bucket}/{prefix}"\n'
        f'bucket = "{server.bucket}"\n'
        f'prefix = "{prefix}"\n'
        f'state_bucket = "{server.state_bucket}"\n'
        f'endpoint_url = "{server.endpoint_url}"\n'
        'region = "us-east-1"\n',
        encoding="utf-8",
    )


def _id(release: Release) -> str:
    return str(UUID(int=release.number + 1, version=4))


def _text(release: Release, code: str) -> str:
    head: dict[str, object] = {
        "id": _id(release),
        "title": release.titles[code],
        "summary": f"{release.titles[code]}.",
        "slug": release.name,
        "place": "Sept-Îles",
        "category": KEYS[release.categories["en"]],
        "status": "ready",
        "date": release.published.isoformat(),
    }
    return release_text(head, release.bodies[code])
