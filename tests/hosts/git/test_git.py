"""What only branches can do wrong."""

import gc
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sparetire.config.schema import Target
from sparetire.errors import (
    ConfigurationFault,
    CredentialsRefused,
    HostUnreachable,
    Locked,
)
from sparetire.hosts.base import Commit
from sparetire.hosts.git import GitHost
from sparetire.hosts.git.errors import Asked, branch_refused
from sparetire.hosts.registry import open_host
from tests.support.editions import AT, body_of, edition, page_with_style, publish, uploads
from tests.support.git_server import (
    BRANCH,
    TOKEN,
    GitSite,
    files_of,
    git_service,
    git_site,
    smart_http,
    stranger,
)
from tests.support.ports import free_port

if TYPE_CHECKING:
    from sparetire.config.services import GitService

# The library leaves a refusal's body unread, and its socket to the garbage collector, which
# may come by in any later test.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[GitSite]:
    with git_site(tmp_path / "site.git") as made:
        yield made


@pytest.fixture
def host(site: GitSite, tmp_path: Path) -> GitHost:
    return GitHost(git_service(site), tmp_path / "locks")


def heads(site: GitSite) -> bytes | None:
    path = site.path / BRANCH.decode()
    return path.read_bytes() if path.exists() else None


def test_the_branch_holds_the_edition_and_what_pages_need(
    site: GitSite, host: GitHost, tmp_path: Path
) -> None:
    files = page_with_style("one")
    publish(host, edition(tmp_path / "one", files))
    found = files_of(site.path)
    assert found.pop(".nojekyll") == b""
    assert found == {path: text.encode() for path, text in files.items()}


def test_files_of_others_stay(site: GitSite, host: GitHost, tmp_path: Path) -> None:
    theirs = {"CNAME": b"crise.boreal.example\n", "docs/plan.md": b"plan"}
    stranger(site.path, {**theirs, "fr": b"in the way of a folder"})
    publish(host, edition(tmp_path / "one", page_with_style("one")))
    publish(host, edition(tmp_path / "two", page_with_style("two")))
    found = files_of(site.path)
    assert {path: found[path] for path in theirs} == theirs
    assert b"mark=two" in found["index.html"]
    assert "fr" not in found


CHANGING = {
    "every file": (b"* eol=crlf\n", "eol=crlf"),
    "pages": (b"# ours\n*.html text eol=crlf\n", "eol=crlf"),
    "found out": (b"* text=auto eol=crlf\n", "eol=crlf"),
    "a filter": (b"*.html filter=lfs diff=lfs merge=lfs -text\n", "filter=lfs"),
    "an encoding": (b"*.html text working-tree-encoding=UTF-16\n", "UTF-16"),
    "large": (b"#" * 9000 + b"\n* eol=crlf\n", "eol=crlf"),
}
HARMLESS = {
    "text": b"* text\n*.md text eol=crlf\n",
    "auto": b"* text=auto\n",
    "lf": b"* text eol=lf\n",
    "pictures": b"*.png filter=lfs -text\n",
    "taken back": b"* text eol=crlf filter=x\n* -text -filter -working-tree-encoding\n",
    "binary": b"* text eol=crlf\n* binary\n",
    "malformed": b"[ text eol=crlf\n\xff\xfe\n",
}


@pytest.mark.parametrize("kind", CHANGING)
@pytest.mark.parametrize("name", [".gitattributes", "en/.gitattributes"])
def test_attributes_that_change_our_bytes_are_refused_before_a_push(
    site: GitSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, name: str
) -> None:
    monkeypatch.setenv("SPARETIRE_GIT_TOKEN", TOKEN)
    body, setting = CHANGING[kind]
    stranger(site.path, {name: body})
    before = heads(site)
    built = edition(tmp_path / "one", {"en/index.html": "<p>One"} | page_with_style("one"))
    with smart_http(site.path) as repository:
        host = GitHost(git_service(site, repository), tmp_path / "locks")
        with pytest.raises(ConfigurationFault, match="changes what is published") as refusal:
            host.expect(Commit(built.manifest, host.read_live(), {}, AT), [])
        assert f"{name} on that branch sets" in refusal.value.why[0]
        assert setting in refusal.value.why[0]
        late = GitHost(git_service(site, repository), tmp_path / "locks")
        list(late.put(uploads(built, None)))
        with pytest.raises(ConfigurationFault, match="changes what is published"):
            late.commit(Commit(built.manifest, None, {}, AT))
        if name == ".gitattributes":
            with pytest.raises(ConfigurationFault, match="changes what is published"):
                host.probe()
    assert heads(site) == before


@pytest.mark.parametrize("kind", HARMLESS)
def test_attributes_that_change_nothing_of_ours_are_kept(
    site: GitSite, host: GitHost, tmp_path: Path, kind: str
) -> None:
    stranger(site.path, {".gitattributes": HARMLESS[kind]})
    publish(host, edition(tmp_path / "one", page_with_style("one")))
    host.probe()
    assert files_of(site.path)[".gitattributes"] == HARMLESS[kind]


def test_a_page_that_is_no_longer_ours_goes(
    site: GitSite, host: GitHost, tmp_path: Path
) -> None:
    files = page_with_style("one")
    publish(host, edition(tmp_path / "one", files | {"en/gone/index.html": "<p>Gone"}))
    publish(host, edition(tmp_path / "two", files))
    assert "en/gone/index.html" not in files_of(site.path)


def test_the_style_of_an_older_page_stays(site: GitSite, host: GitHost, tmp_path: Path) -> None:
    old = page_with_style("one")
    publish(host, edition(tmp_path / "one", old))
    publish(host, edition(tmp_path / "two", page_with_style("two")))
    assert {path for path in old if path.startswith("assets/")} <= set(files_of(site.path))
    assert host.drift(host.read_live() or pytest.fail("nothing is live")) == ()


def test_what_others_change_is_told_and_put_anew(
    site: GitSite, host: GitHost, tmp_path: Path
) -> None:
    built = edition(tmp_path / "one", page_with_style("one"))
    made = publish(host, built)
    stranger(
        site.path, {"index.html": b"by hand", "404.html": None, "CNAME": b"x", "old.html": b"x"}
    )
    assert host.drift(made) == (
        "404.html is missing.",
        "index.html was changed by somebody.",
        "old.html is not ours.",
    )
    assert {each.entry.path for each in uploads(built, host.read_live())} == {
        "404.html",
        "index.html",
    }
    publish(host, built)
    assert b"mark=one" in files_of(site.path)["index.html"]
    assert files_of(site.path)["old.html"] == b"x"


def test_an_edition_goes_on_top_of_what_others_did_meanwhile(
    site: GitSite, host: GitHost, tmp_path: Path
) -> None:
    first = publish(host, edition(tmp_path / "one", page_with_style("one")))
    late = edition(tmp_path / "two", page_with_style("two"))
    list(host.put(uploads(late, first)))
    stranger(site.path, {"README.md": b"hello"})
    made = host.commit(Commit(late.manifest, first, {}, AT))
    assert host.read_live() == made
    assert files_of(site.path)["README.md"] == b"hello"


def test_a_branch_that_moves_at_the_last_moment_is_not_overwritten(
    site: GitSite, host: GitHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARETIRE_GIT_TOKEN", TOKEN)
    rival = edition(tmp_path / "rival", page_with_style("rival"))
    first = publish(host, edition(tmp_path / "one", page_with_style("one")))
    late = edition(tmp_path / "two", page_with_style("two"))
    pushed: list[str] = []

    def overtake(environ: dict[str, str]) -> None:
        if not pushed and "git-receive-pack" in environ["PATH_INFO"] + environ["QUERY_STRING"]:
            pushed.append(publish(host, rival).edition)

    with smart_http(site.path, before=overtake) as address:
        remote = GitHost(git_service(site, address), tmp_path / "other-machine")
        list(remote.put(uploads(late, first)))
        with pytest.raises(Locked, match="was not made live") as refusal:
            remote.commit(Commit(late.manifest, first, {}, AT))
    assert pushed == [rival.manifest.edition]
    assert rival.manifest.edition in refusal.value.public
    assert b"mark=rival" in files_of(site.path)["index.html"]


def test_a_lost_answer_is_looked_up(
    site: GitSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARETIRE_GIT_TOKEN", TOKEN)
    built = edition(tmp_path / "one", page_with_style("one"))
    with smart_http(site.path, lose_answers=True) as address:
        host = GitHost(git_service(site, address), tmp_path / "locks")
        made = publish(host, built)
        assert host.read_live() == made


def test_past_editions_can_be_read_back(host: GitHost, tmp_path: Path) -> None:
    old = edition(tmp_path / "old", page_with_style("old"))
    publish(host, old)
    publish(host, edition(tmp_path / "new", page_with_style("new")))
    newest, oldest = host.past()
    assert (newest.counter, oldest.counter) == (2, 1)
    manifest = host.manifest(oldest)
    assert manifest == old.manifest
    for path, entry in manifest.entries.items():
        assert host.fetch(oldest, entry) == body_of(old, path).read_bytes()


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git program here")
def test_git_itself_finds_no_fault(site: GitSite, host: GitHost, tmp_path: Path) -> None:
    stranger(site.path, {"a-b/x": b"1", "a.txt": b"2", "a/y": b"3"})
    publish(host, edition(tmp_path / "one", page_with_style("one")))
    publish(host, edition(tmp_path / "two", page_with_style("two")))
    check = subprocess.run(
        ["git", "-C", str(site.path), "fsck", "--strict", "--full"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (check.returncode, check.stderr) == (0, "")


def test_a_site_is_published_over_http(
    site: GitSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARETIRE_GIT_TOKEN", TOKEN)
    with smart_http(site.path) as address:
        host = GitHost(git_service(site, address), tmp_path / "locks")
        publish(host, edition(tmp_path / "one", page_with_style("one")))
        made = publish(host, edition(tmp_path / "two", page_with_style("two")))
        assert host.read_live() == made
        assert [past.counter for past in host.past()] == [2, 1]
        before = heads(site)
        host.probe()
        assert heads(site) == before


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("token", ["", "wrong-and-secret"])
def test_a_refused_token_is_told_without_the_token(
    site: GitSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setenv("SPARETIRE_GIT_TOKEN", token)
    with smart_http(site.path) as address, pytest.raises(CredentialsRefused) as refusal:
        GitHost(git_service(site, address), tmp_path / "locks").read_live()
    told = " ".join([refusal.value.what, *refusal.value.why, refusal.value.then])
    assert "SPARETIRE_GIT_TOKEN" in told
    assert "wrong-and-secret" not in told
    # dulwich leaves the answer of a refusal unread: its socket ends with the exception, here.
    del refusal
    gc.collect()


@pytest.mark.parametrize(
    ("status", "expected"),
    [(403, CredentialsRefused), (404, ConfigurationFault), (503, HostUnreachable)],
)
def test_what_the_server_says_is_put_into_words(
    site: GitSite, tmp_path: Path, status: int, expected: type[Exception]
) -> None:
    with smart_http(site.path, status) as address, pytest.raises(expected):
        GitHost(git_service(site, address), tmp_path / "locks").probe()


def test_a_repository_that_is_not_there(site: GitSite, tmp_path: Path) -> None:
    service = git_service(site, (tmp_path / "nowhere.git").as_uri())
    with pytest.raises(ConfigurationFault, match="There is no repository"):
        GitHost(service, tmp_path / "locks").read_live()


def test_a_server_that_does_not_answer(site: GitSite, tmp_path: Path) -> None:
    service = git_service(site, f"http://127.0.0.1:{free_port()}/site.git")
    with pytest.raises(HostUnreachable, match="cannot be reached"):
        GitHost(service, tmp_path / "locks").read_live()


def test_a_record_rewritten_by_hand_is_told(
    site: GitSite, host: GitHost, tmp_path: Path
) -> None:
    publish(host, edition(tmp_path / "one", page_with_style("one")))
    stranger(site.path, {}, b"x\n\nSparetire-Record: {}\n[]\n")
    with pytest.raises(ConfigurationFault, match="does not say what is live"):
        host.read_live()


def test_a_missing_library_is_told_in_one_line(
    site: GitSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("sparetire.hosts.git")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "dulwich", None)
    for name in [name for name in sys.modules if name.startswith("dulwich.")]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ConfigurationFault) as refusal:
        open_host(Target("pages", git_service(site)), tmp_path)
    assert refusal.value.then == 'Install it: pip install "sparetire[git]"'


def test_the_registry_opens_it(site: GitSite, tmp_path: Path) -> None:
    service: GitService = git_service(site)
    assert isinstance(open_host(Target("pages", service), tmp_path), GitHost)


def test_killed_before_or_after_the_branch_moved(site: GitSite, tmp_path: Path) -> None:
    old = edition(tmp_path / "old", page_with_style("old"))
    new = edition(tmp_path / "new", page_with_style("new"))
    for number, dies in enumerate(("before", "after")):
        publish(GitHost(git_service(site), tmp_path / "locks"), old)
        program = [sys.executable, "-m", "tests.support.git_killer", dies]
        folders = [site.path.as_uri(), site.url, str(tmp_path / f"killed-{number}")]
        root = Path(__file__).parents[3]
        run = subprocess.run([*program, *folders], cwd=root, check=False)
        assert run.returncode == 9
        seen = files_of(site.path)["index.html"]
        assert (b"mark=old" if dies == "before" else b"mark=new") in seen
        publish(GitHost(git_service(site), tmp_path / "locks"), new)
        assert b"mark=new" in files_of(site.path)["index.html"]


def test_pages_of_a_branch_may_take_their_time(tmp_path: Path) -> None:
    with git_site(tmp_path / "site.git") as site:
        assert GitHost(git_service(site), tmp_path).features.patience == 600


@pytest.mark.skipif(sys.platform == "win32", reason="the hook is a shell script")
@pytest.mark.parametrize(
    "said", ["push declined due to repository rule violations", "pre-receive hook declined"]
)
def test_a_branch_that_refuses_pushes_is_told_in_the_words_of_the_server(
    site: GitSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("SPARETIRE_GIT_TOKEN", TOKEN)
    with smart_http(site.path) as address:
        host = GitHost(git_service(site, address), tmp_path / "locks")
        publish(host, edition(tmp_path / "one", page_with_style("one")))
        before = heads(site)
        hook = site.path / "hooks" / "update"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\necho '{said} for {TOKEN}' >&2\nexit 1\n", "utf-8")
        hook.chmod(0o755)
        with pytest.raises(CredentialsRefused, match="does not let the branch") as refusal:
            publish(host, edition(tmp_path / "two", page_with_style("two")))
    told = " ".join([refusal.value.what, *refusal.value.why, refusal.value.then])
    assert said in told
    assert "omebody else" not in told
    assert "'gh-pages'" in told
    assert "SPARETIRE_GIT_TOKEN" not in refusal.value.what
    assert TOKEN not in told
    assert heads(site) == before


def test_what_a_service_says_of_a_protected_branch_is_shown() -> None:
    asked = Asked("https://github.example/boreal/crise", "SPARETIRE_GIT_TOKEN")
    more = b"error: GH006: Protected branch update failed for refs/heads/main.\nerror: No.\n"
    error = branch_refused(asked, "main", "protected branch hook declined", more)
    assert error.why[0] == "It says: protected branch hook declined"
    assert "GH006" in error.why[1]
