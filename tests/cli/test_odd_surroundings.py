"""Odd machines: what they lack or hold is told in words, and ends no command as a bug."""

import os
import stat
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.support.command import COMMAND, Outcome, Team, new_team, refused, run
from tests.support.seaweed import Seaweed

KEYS = '"Version":1,"AccessKeyId":"A","SecretAccessKey":"s"'
OLD = '"SessionToken":"x","Expiration":"2020-01-01T00:00:00Z"'
AWS = f"""
[profile missing]
credential_process = /no/such/tool --x
[profile no-json]
credential_process = echo not-json
[profile empty]
credential_process = echo {{}}
[profile fails]
credential_process = /bin/false
[profile source]
credential_process = echo '{{{KEYS}}}'
[profile expired]
credential_process = echo '{{{KEYS},{OLD}}}'
[profile mfa]
role_arn = arn:aws:iam::123456789012:role/x
source_profile = source
mfa_serial = arn:aws:iam::123456789012:mfa/u
"""
PROFILES = ("missing", "no-json", "empty", "fails", "expired", "mfa")


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return new_team(tmp_path / "boreal")


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("region", ["us-east-1", "us-gov-west-1"])  # ours, and boto3's own way
def test_credentials_that_cannot_be_had_are_told(
    team: Team, tmp_path: Path, profile: str, region: str
) -> None:
    (tmp_path / "aws").write_text(AWS, encoding="utf-8")
    table = (
        '[targets.production]\nhost = "s3"\nurl = "https://info.boreal.example"\nbucket = "a"\n'
        f'state_bucket = "b"\nprofile = "{profile}"\nregion = "{region}"\n\n[staging.rehearsal]'
    )
    text = team.settings.replace("[staging.rehearsal]", table, 1)
    text = text.replace('targets = ["local"]', 'targets = ["production"]', 1)
    (team.folder / "sparetire.toml").write_text(text, encoding="utf-8")
    team.env["AWS_CONFIG_FILE"] = str(tmp_path / "aws")
    told = refused(team.run(*team.launch("--yes", "--json")), 4)
    assert profile in told["what"] + " ".join(told["why"])


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "cp437", "shift_jis", "ascii"])
@pytest.mark.parametrize(
    "words",
    [
        ("docs", "runbook", "--lang", "fr"),
        ("docs", "rules", "--lang", "fr"),
        ("import", "FILE", "--dry-run"),
        ("hosts",),
        ("--help",),
        ("status",),
    ],
)
def test_an_output_that_lacks_letters_shows_the_others(
    team: Team, tmp_path: Path, encoding: str, words: tuple[str, ...]
) -> None:
    (tmp_path / "nn.md").write_text("Prix\u202f: 5 ≤ 6 日本 é\n", encoding="utf-8")
    typed = [str(tmp_path / "nn.md") if word == "FILE" else word for word in words]
    done = run_bytes(team, *typed, PYTHONIOENCODING=encoding)
    assert done.code == 0, done.err


def run_bytes(team: Team, *words: str | bytes, **env: str) -> Outcome:
    import subprocess  # noqa: PLC0415  its words may be bytes here

    done = subprocess.run(
        [COMMAND, "-w", team.folder, *words],
        env=os.environ | team.env | env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    out, err = (each.decode(errors="replace") for each in (done.stdout, done.stderr))
    assert "Traceback" not in out + err
    return Outcome(done.returncode, out, err)


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_a_title_in_another_encoding_is_told(team: Team, as_json: tuple[str, ...]) -> None:
    title = "Panne d’électricité".replace("’", "'").encode("latin-1")
    done = run_bytes(team, "launch", "--title", title, "--yes", *as_json)
    assert done.code == 2
    assert "not UTF-8" in done.out + done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has it")
@pytest.mark.parametrize(
    "words", ["docs runbook", "hosts", "hosts --json", "--help", "--version"]
)
def test_an_output_that_is_full_is_told(team: Team, words: str) -> None:
    import subprocess  # noqa: PLC0415  its output goes elsewhere here

    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [COMMAND, "-w", team.folder, *words.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert done.returncode == 12, done.stderr
    assert b"cannot be written" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_folder_in_the_place_of_a_text_is_told(team: Team) -> None:
    text = team.folder / "scenarios" / "misconduct" / "fr" / "advice.md"
    text.unlink()
    text.mkdir()
    told = refused(team.call("prepare", "--json", "--dry-run"), 12)
    assert told["what"] == f"{text} cannot be read or written."


def test_a_usage_error_shows_no_traceback_in_a_verbose_run(team: Team) -> None:
    refused(team.call("-v", "newsroom", "list", "--yes", "--json"), 2)


@pytest.mark.parametrize("level", ["1", "2"])
def test_an_optimised_python_runs_every_part(team: Team, level: str) -> None:
    env = {"PYTHONOPTIMIZE": level}
    assert run("docs", "rules", env=env).code == 0
    assert run("-w", str(team.folder), *team.launch("--dry-run", "--yes"), env=env).code == 0


class _Proxy(BaseHTTPRequestHandler):
    seen: list[str]

    def _refuse(self) -> None:
        self.seen.append(self.path)
        self.send_error(502)

    do_GET = do_HEAD = do_PUT = do_POST = do_CONNECT = _refuse  # noqa: N815  the library's names

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def proxy() -> Iterator[tuple[str, list[str]]]:
    seen: list[str] = []
    handler = type("Proxy", (_Proxy,), {"seen": seen})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", seen
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("others", ["", "intranet.example"])
def test_loopback_never_goes_through_a_proxy(
    team: Team, seaweed_server: Seaweed, proxy: tuple[str, list[str]], others: str
) -> None:
    team.use_bucket(seaweed_server)
    team.set("crisis", "targets", value='["production"]')
    team.set("crisis", "page_urls", value='"file"')
    names = ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy")
    team.env.update(dict.fromkeys(names, proxy[0]), no_proxy=others)
    launched = team.run(*team.launch("--yes"))
    assert launched.code == 0, launched.err
    assert proxy[1] == []


@pytest.mark.skipif(os.name != "posix", reason="Windows has no umask")
def test_a_private_umask_leaves_pages_that_a_web_server_can_read(team: Team) -> None:
    before = os.umask(0o077)
    try:
        assert team.run(*team.launch("--yes")).code == 0
        assert team.run(*team.launch("--yes", "--slug", "fr=b", "--slug", "en=c")).code == 0
    finally:
        os.umask(before)
    site = team.folder / ".sparetire" / "site"
    for path in (site, *(site / "current").resolve().rglob("*"), site / "releases"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o755 if path.is_dir() else 0o644), path
