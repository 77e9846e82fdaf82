"""A repository or a branch that git cannot take is said to be wrong where it is written."""

import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from sparetire.config.load import parse_settings
from sparetire.config.services import GitService
from sparetire.errors import ConfigurationFault
from sparetire.hosts.git.remote import Remote

REFERENCE = files("sparetire.config").joinpath("reference.toml").read_text(encoding="utf-8")
TABLE = '\n[targets.pages]\nhost = "git"\nurl = "https://info.boreal.example"\n'
GIT = shutil.which("git")


def told(repository: str, branch: str = "gh-pages") -> str:
    text = f"{REFERENCE}{TABLE}repository = '{repository}'\nbranch = '{branch}'\n"
    with pytest.raises(ConfigurationFault) as caught:
        parse_settings(text)
    (why,) = caught.value.why
    return why


@pytest.mark.parametrize(
    "repository",
    [
        "ssh://-oProxyCommand=touch ran/x",
        "ssh://git@-oProxyCommand=touch ran/x",
        "-oProxyCommand=touch ran:x",
        "git@-oProxyCommand=touch:x",
        "git@server.example:-oX",
    ],
)
def test_a_part_that_ssh_would_take_for_an_option_is_refused(repository: str) -> None:
    assert "hyphen" in told(repository)


@pytest.mark.parametrize(
    "branch",
    [
        *("gh pages", "a..b", "a~1", "a^", "a:b", "a?", "a*", "[a", "a\\b", "-a", "/a"),
        *("a/", "a//b", "a.lock", "a.", ".a", "a/.b", "@", "a@{b"),
    ],
)
def test_a_branch_that_git_does_not_allow_is_refused(branch: str) -> None:
    assert "is no name of a branch" in told("https://git.example/a.git", branch)


@pytest.mark.parametrize("branch", ["gh-pages", "site/été", "release-1.2", "a@b"])
def test_other_branches_are_allowed(branch: str) -> None:
    text = f"{REFERENCE}{TABLE}repository = 'git@git.example:a/b.git'\nbranch = '{branch}'\n"
    service = parse_settings(text).targets["pages"]
    assert isinstance(service, GitService)
    assert service.branch == branch


@pytest.mark.skipif(GIT is None, reason="only git itself makes such a repository")
def test_a_repository_with_other_hashes_is_no_internal_error(tmp_path: Path) -> None:
    made = ["git", "init", "-q", "--bare", "--object-format=sha256", str(tmp_path / "a.git")]
    subprocess.run(made, check=True)
    tree = subprocess.run(
        ["git", "hash-object", "-t", "tree", "-w", "--stdin"],
        cwd=tmp_path / "a.git", input=b"", capture_output=True, check=True,
    ).stdout.strip()  # fmt: skip
    names = ["-c", "user.name=a", "-c", "user.email=a@b.example"]
    commit = subprocess.run(
        ["git", *names, "commit-tree", tree, "-m", "a"],
        cwd=tmp_path / "a.git", capture_output=True, check=True,
    ).stdout.strip()  # fmt: skip
    subprocess.run(
        ["git", "update-ref", "refs/heads/gh-pages", commit], cwd=tmp_path / "a.git", check=True
    )
    service = GitService(
        host="git", url="http://127.0.0.1:9", repository=(tmp_path / "a.git").as_uri()
    )
    with pytest.raises(ConfigurationFault) as caught:
        Remote(service).read()
    assert "SHA-256" in caught.value.why[0]
