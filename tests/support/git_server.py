"""A bare repository, reached by its path or over smart HTTP, and its branch as a web site."""

import base64
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIServer, make_server

from dulwich.index import commit_tree
from dulwich.objects import Blob, Commit
from dulwich.refs import HEADREF, Ref
from dulwich.repo import Repo
from dulwich.server import BackendRepo, DictBackend
from dulwich.web import WSGIRequestHandlerLogger, make_wsgi_chain

from sparetire.config.services import GitService
from sparetire.model.media import cache_control, content_type

__all__ = ["BRANCH", "GitSite", "files_of", "git_service", "git_site", "smart_http", "stranger"]

BRANCH = Ref(b"refs/heads/gh-pages")
TOKEN = "not-a-secret-only-for-loopback"  # noqa: S105  the server is ours


class GitSite:
    """A repository, and the address at which its branch is served."""

    def __init__(self, path: Path, url: str) -> None:
        self.path = path
        self.url = url


def git_service(site: GitSite, repository: str = "") -> GitService:
    """Return the settings of a branch; without an address, of the repository's path."""
    return GitService.model_validate(
        {"host": "git", "url": site.url, "repository": repository or site.path.as_uri()}
    )


def files_of(path: Path, branch: Ref = BRANCH) -> dict[str, bytes]:
    """Return every file on a branch."""
    with Repo(str(path)) as repo:
        commit = repo[repo.refs[branch]]
        assert isinstance(commit, Commit)
        found = {}
        for entry in repo.object_store.iter_tree_contents(commit.tree):
            assert entry.path is not None
            assert entry.sha is not None
            found[entry.path.decode()] = repo[entry.sha].as_raw_string()
        return found


def stranger(
    path: Path, changes: dict[str, bytes | None], message: bytes = b"Change by hand\n"
) -> None:
    """Commit as somebody else would: None takes a file away."""
    files = {**(files_of(path) if _exists(path) else {}), **changes}
    with Repo(str(path)) as repo:
        tree = []
        for name, body in files.items():
            if body is not None:
                blob = Blob.from_string(body)
                repo.object_store.add_object(blob)
                tree.append((name.encode(), blob.id, 0o100644))
        made = Commit()
        made.tree = commit_tree(repo.object_store, tree)
        made.parents = [repo.refs[BRANCH]] if BRANCH in repo.refs else []
        made.author = made.committer = b"Ben <ben@boreal.example>"
        made.author_time = made.commit_time = 1_700_000_000
        made.author_timezone = made.commit_timezone = 0
        made.message = message
        repo.object_store.add_object(made)
        repo.refs[BRANCH] = made.id


@contextmanager
def git_site(folder: Path) -> Iterator[GitSite]:
    """Make an empty bare repository, and serve its branch while the context is open."""
    folder.mkdir(parents=True)
    with Repo.init_bare(str(folder)) as repo:
        repo.refs.set_symbolic_ref(HEADREF, BRANCH)

    class Request(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.lstrip("/")
            body = files_of(folder).get(name) if _exists(folder) else None
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", content_type(name))
            self.send_header("Cache-Control", cache_control(name))
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Request)
    with _running(server):
        yield GitSite(folder, f"http://127.0.0.1:{server.server_port}")


@contextmanager
def smart_http(
    path: Path,
    status: int = 0,
    *,
    before: Callable[[dict[str, str]], None] = lambda _: None,
    lose_answers: bool = False,
) -> Iterator[str]:
    """Serve a repository to those with the token; yields its address.

    Args:
        path: The repository.
        status: If not 0, the answer to every request.
        before: Told of each request before it is answered.
        lose_answers: Do as a push asks, and say that it failed.
    """
    repo = Repo(str(path))
    repositories: dict[str, BackendRepo] = {"/site.git": repo}
    git = make_wsgi_chain(DictBackend(repositories))

    def guarded(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        expected = base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()
        if status or environ.get("HTTP_AUTHORIZATION") != f"Basic {expected}":
            start(
                f"{status or 401} No", [("WWW-Authenticate", "Basic"), ("Content-Length", "0")]
            )
            return [b""]
        before(environ)
        answer = git(environ, start)
        if lose_answers and environ["PATH_INFO"].endswith("/git-receive-pack"):
            list(answer)
            start("502 Lost", [("Content-Length", "0")], exc_info=(None, None, None))
            return [b""]
        return answer

    class Threaded(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    server = make_server("127.0.0.1", 0, guarded, Threaded, _Quiet)
    with repo, _running(server):
        yield f"http://127.0.0.1:{server.server_port}/site.git"


class _Quiet(WSGIRequestHandlerLogger):
    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@contextmanager
def _running(server: Any) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _exists(path: Path) -> bool:
    with Repo(str(path)) as repo:
        return BRANCH in repo.refs
