"""A file that an incident brings along: a document to download, or a picture."""

import hashlib
import re
from dataclasses import dataclass

__all__ = ["ATTACHED", "Attachment", "attached_paths", "is_genuine", "size_of"]

_FOLDER = "assets/"
_HASH = 32  # letters of the SHA-256: who signs the words signs the bytes behind them too
ATTACHED = re.compile(
    rf"{_FOLDER}[0-9a-f]{{{_HASH}}}(?:-\d{{1,4}}x\d{{1,4}}\.(?:jpg|png)|\.pdf)"
)
_SIZE = re.compile(r"-(\d+)x(\d+)\.")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as the public gets it.

    Attributes:
        path: Where it lives on the site; its name tells its bytes, and nothing of its author's.
        content: Its bytes.
    """

    path: str
    content: bytes

    @classmethod
    def of(cls, content: bytes, ending: str) -> "Attachment":
        """Return a file under the name that it gets: ``ending`` follows the hash."""
        return cls(f"{_FOLDER}{_mark(content)}{ending}", content)


def attached_paths(text: str) -> tuple[str, ...]:
    """Return the paths of the files that a text names, each once."""
    return tuple(dict.fromkeys(ATTACHED.findall(text)))


def is_genuine(path: str, content: bytes) -> bool:
    """Tell whether these bytes are those that the path names."""
    return path.startswith(f"{_FOLDER}{_mark(content)}")


def size_of(path: str) -> tuple[int, int] | None:
    """Return the width and the height of a picture, which its name tells."""
    found = _SIZE.search(path)
    return (int(found[1]), int(found[2])) if found else None


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_HASH]
