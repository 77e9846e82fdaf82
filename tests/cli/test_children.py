"""What processes that a command starts know: no secret, and no module of a workspace."""

import os
import time
from pathlib import Path

import pytest

from sparetire.stages.build.builder import Builder
from tests.support.command import Team, new_team, run, started
from tests.support.word import packed, parts, said

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="reads /proc")

CANARY = "canary-7f3a91"
SECRETS = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "NETLIFY_AUTH_TOKEN",
    "GITHUB_TOKEN",
    "GITLAB_TOKEN",
    "SPARETIRE_PASSPHRASE",
    "SPARETIRE_SFTP_PASSWORD",
    "SSH_AUTH_SOCK",
    "HTTPS_PROXY",
    "https_proxy",
    "DATABASE_URL",
)
PLANTED = {name: f"{CANARY}-{name}" for name in SECRETS}
SLOW = "{% for a in range(900) %}{% for b in range(900) %}{% endfor %}{% endfor %}"
DOCUMENT = packed(parts(said("Une panne.")))
SHADOW = "import os; open(os.environ['HOME'] + '/ran', 'w').close()"


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return new_team(tmp_path / "boreal")


def descendants(pid: int) -> dict[int, tuple[bytes, bytes]]:
    """Return the command line and the environment of every process below another one."""
    found: dict[int, tuple[bytes, bytes]] = {}
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int(
                (folder / "stat").read_text().rpartition(") ")[2].split()[1]
            )
        except (OSError, ValueError, IndexError):
            continue  # it ended while we looked
    for one in parents:
        above = one
        while (above := parents.get(above, 0)) and above != pid:
            pass
        if above == pid:
            try:
                folder = Path("/proc", str(one))
                found[one] = (
                    (folder / "cmdline").read_bytes(),
                    (folder / "environ").read_bytes(),
                )
            except OSError:
                continue
    return found


def seen_while(team: Team, *words: str) -> tuple[int, dict[int, tuple[bytes, bytes]]]:
    seen: dict[int, tuple[bytes, bytes]] = {}
    with started("-w", str(team.folder), *words, env=PLANTED) as program:
        while program.poll() is None:
            # What was forked and has not become its program yet shows that of its parent.
            seen |= {
                pid: told for pid, told in descendants(program.pid).items() if b"-m" in told[0]
            }
            time.sleep(0.005)
        program.communicate()
        return program.returncode, seen


def test_no_process_of_a_launch_knows_a_secret(team: Team) -> None:
    own = team.folder / "brand" / "theme" / "templates"
    own.mkdir(parents=True)
    (own / "_footer.html").write_text(SLOW + "{% include '!theme/_footer.html' %}", "utf-8")
    code, seen = seen_while(team, *team.launch("--dry-run", "--yes"))
    assert code == 0
    built = [told for told in seen.values() if b"sparetire.stages.build.child" in told[0]]
    assert len(built) > 1, "a job is done in a process of its own"
    assert not [told for told in seen.values() if CANARY.encode() in b"".join(told)]


def test_what_opens_a_document_knows_no_secret(team: Team, tmp_path: Path) -> None:
    (file := tmp_path / "avis.docx").write_bytes(DOCUMENT)
    code, seen = seen_while(team, "import", str(file), "--dry-run")
    assert code == 0
    assert [told for told in seen.values() if b"sparetire.stages.intake.child" in told[0]]
    assert not [told for told in seen.values() if CANARY.encode() in b"".join(told)]


@pytest.mark.parametrize("module", ["json.py", "pelican.py", "sparetire.py"])
def test_a_module_in_the_current_folder_is_not_run(
    team: Team, tmp_path: Path, module: str
) -> None:
    (team.folder / module).write_text(SHADOW, encoding="utf-8")
    (file := tmp_path / "avis.docx").write_bytes(DOCUMENT)
    launched = run(*team.launch("--dry-run", "--yes"), cwd=team.folder)
    taken = run("import", str(file), "--dry-run", cwd=team.folder)
    assert (launched.code, taken.code) == (0, 0), launched.err + taken.err
    assert not Path(os.environ["HOME"], "ran").exists()


def memory_of(pid: int) -> bytes:
    """Return what a process holds in memory that is its own."""
    parts = []
    with Path("/proc", str(pid), "mem").open("rb", 0) as memory:
        for line in Path("/proc", str(pid), "maps").read_text().splitlines():
            span, rights, *_ = line.split()
            start, end = (int(each, 16) for each in span.split("-"))
            if rights.startswith("rw"):
                memory.seek(start)
                parts.append(memory.read(end - start))
    return b"".join(parts)


def test_not_even_the_memory_of_the_build_holds_a_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in PLANTED.items():
        monkeypatch.setenv(name, text)
    before = descendants(os.getpid())  # other tests of this process keep some for later
    with Builder() as builder:
        work = builder.begin()
        work.give([], tmp_path / "first", last=False)
        assert next(work.done(lambda: None)) == (0, [])
        pid, *_ = [  # the child that did the first job may not have ended yet
            pid
            for pid, (line, _) in descendants(os.getpid()).items()
            if pid not in before and b"sparetire.stages.build.child" in line
        ]
        assert b"sparetire" in (held := memory_of(pid))
        assert CANARY.encode() not in held
