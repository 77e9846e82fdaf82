"""The files that incidents bring along, as far as a page shows them."""

from collections.abc import Iterator

from sparetire.stages.build.source import Source
from sparetire.workspace.attachments import paths_of, read_attachment

__all__ = ["attached_files"]


def attached_files(source: Source) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file that the words of an incident name.

    Raises:
        ConfigurationFault: One is missing from the workspace, or was changed.
    """
    brought = {one.path: one.content for one in source.brought}
    paths = {path for incident in source.incidents for path in paths_of(incident)}
    for path in sorted(paths):
        yield path, brought.get(path) or read_attachment(source.attachments, path)
