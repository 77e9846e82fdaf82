"""Built sites as files in a folder, as a web server wants them."""

from pathlib import Path

from sparetire.model.edition import Edition

__all__ = ["written"]


def written(edition: Edition, folder: Path) -> Path:
    """Write an edition's files where a server finds them."""
    for path, entry in edition.manifest.entries.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(edition.file(entry).read_bytes())
    return folder
