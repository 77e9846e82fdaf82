"""Notes beside the branch: a ref of our own, which no web server and no checkout shows.

It is as public as the repository is.
"""

from dulwich.index import commit_tree
from dulwich.object_store import MemoryObjectStore
from dulwich.objects import Blob, ShaFile
from dulwich.objects import Commit as GitCommit

from sparetire.clock import now
from sparetire.config.services import GitService
from sparetire.errors import HostUnreachable
from sparetire.hosts.git.remote import File, Remote, Tip

__all__ = ["WHO", "Notes"]

WHO = b"sparetire <sparetire@localhost>"
_REF = "refs/sparetire/kept"
_TRIES = 5
_FILE = 0o100644


class Notes:
    """Each note is a file in the newest commit of the ref."""

    def __init__(self, service: GitService) -> None:
        self._remote = Remote(service, _REF)
        self._repository = service.repository

    def write(self, name: str, body: bytes) -> None:
        """Replace one note, upon whatever others have written meanwhile.

        Raises:
            HostUnreachable: Others were faster each time.
        """
        blob = Blob.from_string(body)
        for _ in range(_TRIES):
            tip = self._remote.read()
            made, objects = _with(tip, name, blob)
            if self._remote.move(tip.sha, made, objects):
                return
        raise HostUnreachable(
            f"{self._repository} did not keep a note.",
            why="Somebody else was faster, several times.",
            then="Run the same command again.",
        )

    def read(self, prefix: str) -> dict[str, bytes]:
        """Return the notes whose names begin so."""
        tip = self._remote.read(most=None)
        files = tip.files(tip.sha)
        return {
            path: tip.blob(file.blob)
            for path, file in sorted(files.items())
            if path.startswith(prefix)
        }


def _with(tip: Tip, name: str, blob: Blob) -> tuple[GitCommit, list[ShaFile]]:
    files = tip.files(tip.sha) | {name: File(blob.id, _FILE)}
    trees = MemoryObjectStore()
    made = GitCommit()
    made.tree = commit_tree(
        trees,
        [(path.encode(), file.blob, file.mode) for path, file in files.items()],
    )
    made.parents = [tip.sha] if tip.sha else []
    made.author = made.committer = WHO
    made.author_time = made.commit_time = int(now().timestamp())
    made.author_timezone = made.commit_timezone = 0
    made.encoding = b"UTF-8"
    made.message = f"Keep {name}\n".encode()
    return made, [made, *(trees[sha] for sha in trees), blob]
