"""The branch at the server, in memory: no checkout, no git program, no trace on this disk."""

import gc
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dulwich.client import FetchPackResult, GitClient, HttpGitClient, get_transport_and_path
from dulwich.config import ConfigFile
from dulwich.object_store import MemoryObjectStore, iter_tree_contents
from dulwich.objects import ZERO_SHA, Commit, ObjectID, ShaFile
from dulwich.pack import UnpackedObject, pack_objects_to_data
from dulwich.refs import Ref
from dulwich.repo import MemoryRepo

from sparetire.config.services import GitService
from sparetire.hosts.git.errors import Asked, branch_refused, translated
from sparetire.hosts.git.message import read
from sparetire.model.edition import Live

__all__ = ["File", "Remote", "Tip"]

_DEPTH = 20
"""Commits to read: the editions to go back to, and what strangers put between them."""

_TIMEOUT = 20.0
_SSH = "ssh -o BatchMode=yes -o ConnectTimeout=10 -o StrictHostKeyChecking=yes"
_RACES = ("non-fast-forward", "fetch first", "stale", "lock ", "failed to update ref")
"""How servers say that the branch has moved, or is moving; all else is a refusal."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a tree: the id of its bytes, and its mode."""

    blob: ObjectID
    mode: int


class Tip:
    """What the branch held when it was read.

    Attributes:
        sha: The newest commit, or None where there is no such branch yet.
    """

    def __init__(self, store: MemoryObjectStore, sha: ObjectID | None) -> None:
        self._store = store
        self.sha = sha

    @cached_property
    def lives(self) -> tuple[Live, ...]:
        """What our commits made live, newest first."""
        found, sha = [], self.sha
        while sha is not None and sha in self._store:
            commit = self._commit(sha)
            live = read(commit.message, sha.decode())
            if live is not None:
                found.append(live)
            sha = commit.parents[0] if commit.parents else None
        return tuple(found)

    def files(self, sha: ObjectID | None) -> dict[str, File]:
        """Return every file of a commit, by path."""
        if sha is None:
            return {}
        tree = self._commit(sha).tree
        return {
            entry.path.decode(errors="surrogateescape"): File(entry.sha, entry.mode)
            for entry in iter_tree_contents(self._store, tree)
            if entry.path and entry.sha and entry.mode is not None
        }

    def blob(self, sha: ObjectID) -> bytes:
        """Return the bytes of a file.

        Raises:
            KeyError: They were not fetched.
        """
        return self._store[sha].as_raw_string()

    def _commit(self, sha: ObjectID) -> Commit:
        found = self._store[sha]
        if not isinstance(found, Commit):
            raise KeyError(sha)
        return found


class Remote:
    """Reads and moves one branch, or another ref, of one repository.

    Args:
        service: The target's settings.
        ref: The whole name of a ref; left out, the branch that is served.
    """

    def __init__(self, service: GitService, ref: str = "") -> None:
        self._service = service
        self._asked = Asked(service.repository, service.token_env)
        self._ref = Ref((ref or f"refs/heads/{service.branch}").encode())

    def read(self, *, most: int | None = 0) -> Tip:
        """Fetch the newest commits; the bytes of files only where the server cannot omit them.

        Args:
            most: Fetch the bytes of files of less than so many bytes, too; None: of all.
        """
        repo = MemoryRepo()
        omitted = None if most is None else b"blob:limit=%d" % most if most else b"blob:none"

        def wanted(refs: Mapping[Ref, ObjectID], depth: int | None = None) -> list[ObjectID]:
            del depth
            return [refs[self._ref]] if self._ref in refs else []

        def fetched() -> FetchPackResult:
            client, path = self._connect()
            return client.fetch(
                path,
                repo,
                determine_wants=wanted,
                depth=_DEPTH,
                ref_prefix=[self._ref],
                filter_spec=omitted,
            )

        with translated(self._asked):
            try:
                found = fetched()
            except BufferError:
                # A repository on this disk was read, and cannot be closed as long as a view of
                # its pack waits for the garbage collector.
                gc.collect()
                found = fetched()
        store = repo.object_store
        if not isinstance(store, MemoryObjectStore):
            raise TypeError(store)
        return Tip(store, found.refs.get(self._ref))

    def move(self, old: ObjectID | None, new: Commit, objects: Sequence[ShaFile]) -> bool:
        """Send objects and move the branch; False where somebody else was faster.

        The server itself compares the branch with ``old`` at the moment it moves it, so a
        commit of others can never be lost, and nothing is ever forced.

        Raises:
            CredentialsRefused: The server does not let this branch be moved by us.
        """
        stale, told = False, list[bytes]()

        def update(refs: dict[Ref, ObjectID]) -> dict[Ref, ObjectID]:
            nonlocal stale
            stale = refs.get(self._ref, ZERO_SHA) != (old or ZERO_SHA)
            return {} if stale else {self._ref: new.id}

        def pack(*_: object, **__: object) -> tuple[int, list[UnpackedObject]]:
            count, packed = pack_objects_to_data([(each, None) for each in objects])
            return count, list(packed)

        with translated(self._asked):
            client, path = self._connect("push")
            result = client.send_pack(path.encode(), update, pack, progress=told.append)  # type: ignore[arg-type]  # it takes lists too
        said = (result.ref_status or {}).get(self._ref)
        if said is None:
            return not stale
        racing = any(sign in said.lower() for sign in _RACES)
        if not racing and self.read().sha == old:
            branch = self._ref.decode().removeprefix("refs/heads/")
            raise branch_refused(self._asked, branch, said, b"".join(told))
        return False

    def may_push(self) -> None:
        """Ask to push, and push nothing: servers check the right to do so first."""
        with translated(self._asked):
            client, path = self._connect("push")
            client.send_pack(path.encode(), lambda _: {}, lambda *_, **__: (0, iter(())))

    def _connect(self, operation: str = "pull") -> tuple[GitClient, str]:
        repository = self._service.repository
        if not self._asked.web:
            # A person's own git settings could send us elsewhere.
            return get_transport_and_path(
                repository, config=ConfigFile(), operation=operation, ssh_command=_SSH
            )
        token = os.environ.get(self._service.token_env)
        client = HttpGitClient(
            repository,
            config=ConfigFile(),
            # GitHub and GitLab look at the token alone, but want a name before it.
            username="x-access-token" if token else None,
            password=token,
            timeout=_TIMEOUT,
        )
        return client, ""
