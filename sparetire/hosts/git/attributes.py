"""Finds ``.gitattributes`` of others that change the bytes of our files when they are served.

A push stores our bytes as they are; the service that checks the branch out converts them, so
that readers get other bytes than were verified (gitattributes(5)).
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath

from dulwich.attrs import GitAttributes, compile_gitattributes_patterns, parse_git_attributes
from dulwich.objects import ObjectID

from sparetire.config.services import GitService
from sparetire.errors import ConfigurationFault
from sparetire.hosts.git.remote import Remote, Tip
from sparetire.model.manifest import Manifest

__all__ = ["Attributes"]

_NAME = ".gitattributes"
_LARGEST = 8192  # bytes of such a file, before all files of the branch are fetched for it
_BINARY = ("image/", "font/", "application/pdf", "application/octet-stream", "application/zip")
_SAMPLE = {"index.html": "text/html"}
_NO_CHANGE = "* -text -filter -working-tree-encoding"

_Settings = Mapping[bytes, bytes | bool | None]


class Attributes:
    """Judges the ``.gitattributes`` of a branch, once for each that it holds.

    Args:
        service: The target's settings.
        remote: Reads the branch.
    """

    def __init__(self, service: GitService, remote: Remote) -> None:
        self._service, self._remote = service, remote
        self._harmless: tuple[dict[str, ObjectID], dict[str, str]] | None = None

    def refuse_changes(self, tip: Tip, manifest: Manifest | None) -> None:
        """Refuse a branch whose attributes change the bytes of our files.

        Args:
            tip: What the branch holds.
            manifest: Our files; None where nothing is published yet.

        Raises:
            ConfigurationFault: It names the file of attributes, ours, and what to write.
        """
        found = _attribute_files(tip)
        entries = manifest.entries if manifest else {}
        ours = {path: one.content_type for path, one in entries.items()} or _SAMPLE
        if not found or self._harmless == (found, ours):
            return
        attributes = self._read(found)
        for path, content_type in ours.items():
            if change := _change(attributes.match_path(path.encode()), content_type):
                raise self._fault(found, path, change)
        self._harmless = (found, ours)

    def _read(self, found: dict[str, ObjectID]) -> GitAttributes:
        tip = self._remote.read(most=_LARGEST)
        try:
            texts = {path: tip.blob(blob) for path, blob in found.items()}
        except KeyError:  # larger, or changed in this moment
            tip = self._remote.read(most=None)
            texts = {path: tip.blob(blob) for path, blob in _attribute_files(tip).items()}
        rows = []
        for path in sorted(texts, key=lambda each: each.count("/")):  # the deepest wins
            folder = path.removesuffix(_NAME).rstrip("/").encode()
            parsed = parse_git_attributes(BytesIO(texts[path]))
            rows += compile_gitattributes_patterns(
                ((pattern, _expanded(settings)) for pattern, settings in parsed), base=folder
            )
        return GitAttributes(rows)

    def _fault(self, found: dict[str, ObjectID], path: str, change: str) -> ConfigurationFault:
        service = self._service
        return ConfigurationFault(
            f"The branch {service.branch!r} of {service.repository} changes what is published.",
            why=f"{', '.join(sorted(found))} on that branch sets {change} for {path}: readers "
            "would get other bytes than those that were checked.",
            then=f"Add this as the last line of {max(found, key=len)} on that branch, or write "
            f"another branch in sparetire.toml: {_NO_CHANGE}",
        )


def _attribute_files(tip: Tip) -> dict[str, ObjectID]:
    return {
        path: file.blob
        for path, file in tip.files(tip.sha).items()
        if PurePosixPath(path).name == _NAME
    }


def _expanded(settings: _Settings) -> _Settings:
    """Return the attributes of a line with the built-in macro ``binary`` written out."""
    return {**({b"text": False} if settings.get(b"binary") is True else {}), **settings}


def _change(settings: _Settings, content_type: str) -> str:
    """Return what changes the bytes of a file, or nothing."""
    for name in (b"filter", b"working-tree-encoding"):
        value = settings.get(name)
        if isinstance(value, bytes) and value.lower() != b"utf-8":
            return f"{name.decode()}={value.decode(errors='replace')}"
    text, binary = settings.get(b"text"), content_type.startswith(_BINARY)
    if settings.get(b"eol") != b"crlf" or text is False:
        return ""
    is_svg = content_type.startswith("image/svg")
    return "" if text == b"auto" and binary and not is_svg else "eol=crlf"
