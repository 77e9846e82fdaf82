"""A newsroom with as many public releases as a test wants, written at once."""

from datetime import UTC, datetime
from pathlib import Path

from benchmarks.corpus import archive
from sparetire.config.load import load_settings
from sparetire.workspace.releases import make_public, read_shelf
from sparetire.workspace.releases_file import release_text
from sparetire.workspace.releases_ledger import ReleasesLedger

__all__ = ["publish_archive"]


def publish_archive(workspace: Path, size: int, target: str) -> None:
    """Write releases in both languages, and record that a target carries them."""
    folder = workspace / "releases"
    folder.mkdir(exist_ok=True)
    settings = load_settings(workspace)
    categories = list(settings.newsroom.categories)
    ledger = ReleasesLedger(folder)
    for one in archive(size):
        name = f"release-{one.number}"
        identity = ledger.mint((one.number + 1) << 80, name, one.published)
        for code in ("fr", "en"):
            values: dict[str, object] = {
                "id": identity,
                "title": one.titles[code],
                "summary": one.bodies[code].partition(".")[0],
                "slug": name,
                "category": categories[one.number % len(categories)],
                "tags": [],
                "status": "ready",
                "date": one.published,
            }
            text = release_text(values, one.bodies[code])
            (folder / f"{name}.{code}.md").write_text(text, encoding="utf-8")
    shelf = read_shelf(folder, settings)
    make_public(folder, shelf.releases, datetime(2026, 11, 1, tzinfo=UTC), [target])
