"""What only SSH servers can do wrong."""

import json
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import paramiko
import pytest

from sparetire.config.schema import Target
from sparetire.config.services import SftpService
from sparetire.errors import (
    ConfigurationFault,
    CredentialsRefused,
    HostUnreachable,
    Locked,
    SparetireError,
)
from sparetire.hosts.base import Commit, Holder
from sparetire.hosts.registry import open_host
from sparetire.hosts.sftp import SftpHost
from tests.support.editions import AT, HOLDER, edition, page_with_style, publish, uploads
from tests.support.ports import free_port
from tests.support.sshd import Sshd, needs_sshd, sftp_service, sshd
from tests.support.wire import wire

pytestmark = needs_sshd

CUTS = 20
NO_LINKS = "symlink"
NO_EXTENSIONS = "symlink,hardlink,posix-rename,fsync,statvfs"
KINDS = pytest.mark.parametrize("denied", ["", NO_LINKS, NO_EXTENSIONS], ids=len)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sshd]:
    with sshd(tmp_path / "sshd", monkeypatch) as running:
        yield running


def seen(root: Path) -> dict[str, str]:
    current = root / "current"
    return {
        path.relative_to(current).as_posix(): path.read_text(encoding="utf-8")
        for path in current.rglob("*")
        if path.is_file()
    }


def told(error: SparetireError) -> str:
    return " ".join([error.what, *error.why, error.then])


def test_the_web_root_is_a_link_beside_the_closed_state(server: Sshd, tmp_path: Path) -> None:
    root = tmp_path / "target"
    host = SftpHost(sftp_service(server, root))
    site = edition(tmp_path / "built", page_with_style("one"))
    publish(host, site)
    assert str((root / "current").readlink()) == f"releases/000001-{site.manifest.edition}"
    assert stat.S_IMODE((root / "state").stat().st_mode) == 0o700
    assert seen(root) == page_with_style("one")
    assert host.features.atomic_switch
    assert host.features.conditional_writes


def test_unchanged_files_are_linked_not_sent(server: Sshd, tmp_path: Path) -> None:
    root = tmp_path / "target"
    host = SftpHost(sftp_service(server, root))
    publish(host, edition(tmp_path / "one", page_with_style("one")))
    before = (root / "current/404.html").stat()
    publish(host, edition(tmp_path / "two", page_with_style("two")))
    assert (root / "current/404.html").stat().st_ino == before.st_ino


@KINDS
def test_a_server_with_fewer_abilities_serves_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, denied: str
) -> None:
    root = tmp_path / "target"
    old = page_with_style("old") | {"en/gone/index.html": "<p>Gone"}
    with sshd(tmp_path / "sshd", monkeypatch, denied=denied) as server:
        host = SftpHost(sftp_service(server, root))
        built = edition(tmp_path / "one", old)
        publish(host, built)
        made = publish(host, edition(tmp_path / "two", page_with_style("two")))
        assert host.features.atomic_switch is (denied == "")
        assert host.read_live() == made
        newest, oldest = host.past()
        assert (newest.counter, oldest.counter) == (2, 1)
        for path, entry in host.manifest(oldest).entries.items():
            assert host.fetch(oldest, entry) == old[path].encode()
        host.remove([built.manifest.entries["en/gone/index.html"]])
        assert host.drift(made) == ()
    found = seen(root)
    assert {path: found.get(path) for path in page_with_style("two")} == page_with_style("two")
    assert not (root / "current/en").exists()
    assert not [*root.rglob("*.part"), *root.rglob("*.probe"), *root.rglob("*.clock")]


def test_what_others_did_is_told_and_put_anew(server: Sshd, tmp_path: Path) -> None:
    root = tmp_path / "target"
    host = SftpHost(sftp_service(server, root))
    built = edition(tmp_path / "one", page_with_style("one"))
    made = publish(host, built)
    (root / "current/404.html").unlink()
    (root / "current/index.html").write_text("by hand", encoding="utf-8")
    (root / "current/old.html").write_text("theirs", encoding="utf-8")
    assert host.drift(made) == (
        "404.html is missing.",
        "index.html was changed by somebody.",
        "old.html is not ours.",
    )
    assert {one.entry.path for one in uploads(built, host.read_live())} == {
        "404.html",
        "index.html",
    }
    publish(host, built)
    assert seen(root) == page_with_style("one")


def test_ten_editions_are_kept(server: Sshd, tmp_path: Path) -> None:
    root = tmp_path / "target"
    host = SftpHost(sftp_service(server, root))
    for number in range(1, 13):
        publish(host, edition(tmp_path / f"{number}", page_with_style(f"{number}")))
    assert [past.counter for past in host.past()] == list(range(12, 2, -1))
    assert len(list((root / "releases").iterdir())) == 10


def test_a_server_never_seen_before_is_not_trusted(server: Sshd, tmp_path: Path) -> None:
    server.known_hosts.unlink()
    with pytest.raises(ConfigurationFault) as refusal:
        SftpHost(sftp_service(server, tmp_path / "target")).read_live()
    assert "SHA256:" in told(refusal.value)
    assert f"ssh-keyscan -p {server.port} 127.0.0.1" in refusal.value.then


ODD_LINES = {
    "a damaged hashed name": "|1|abc|def {kind} {key}",
    "an empty hash": "|1|| {kind} {key}",
    "a cut hash": "|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y= {kind} {key}",
    "a cut key": "other ssh-rsa AAAA",
    "a key that is no base64": "other ssh-rsa A",
    "a key of another kind": "other ssh-ed25519 {key}",
    "one field": "other",
    "two fields": "other {kind}",
    "bytes": "\x00\xff\x01 \x02 \x03",
    "an unknown kind": "other sk-future@example {key}",
}


@pytest.mark.parametrize("kind", ODD_LINES)
@pytest.mark.parametrize("place", ["before", "after"])
def test_an_odd_line_about_another_server_does_no_harm(
    server: Sshd, tmp_path: Path, kind: str, place: str
) -> None:
    good = server.known_hosts.read_text("utf-8")
    _, name, key = good.split()
    lines = [ODD_LINES[kind].format(kind=name, key=key) + "\n", good]
    server.known_hosts.write_bytes(
        "".join(lines if place == "before" else lines[::-1]).encode("latin-1")
    )
    assert SftpHost(sftp_service(server, tmp_path / "target")).read_live() is None


@pytest.mark.parametrize("kind", ODD_LINES)
def test_an_odd_line_is_named_when_the_server_is_unknown(
    server: Sshd, tmp_path: Path, kind: str
) -> None:
    _, name, key = server.known_hosts.read_text("utf-8").split()
    odd = ODD_LINES[kind].format(kind=name, key=key)
    server.known_hosts.write_bytes(f"# a comment\n\n{odd}\n".encode("latin-1"))
    with pytest.raises(ConfigurationFault, match="does not know the server") as refusal:
        SftpHost(sftp_service(server, tmp_path / "target")).read_live()
    assert "left out: ~/.ssh/known_hosts, line 3." in told(refusal.value)


def test_a_line_with_more_blanks_is_read_as_by_ssh(server: Sshd, tmp_path: Path) -> None:
    names, name, key = server.known_hosts.read_text("utf-8").split()
    server.known_hosts.write_text(f"  {names}\t {name}  {key} a comment\r\n", "utf-8")
    assert SftpHost(sftp_service(server, tmp_path / "target")).read_live() is None


def test_a_server_with_another_key_is_told_loudly(server: Sshd, tmp_path: Path) -> None:
    other = paramiko.ECDSAKey.generate()
    server.known_hosts.write_text(
        f"[127.0.0.1]:{server.port} {other.get_name()} {other.get_base64()}\n", encoding="utf-8"
    )
    with pytest.raises(ConfigurationFault, match="STOP") as refusal:
        SftpHost(sftp_service(server, tmp_path / "target")).read_live()
    assert "SHA256:" in told(refusal.value)


def test_a_key_that_is_refused(server: Sshd, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger"
    paramiko.ECDSAKey.generate().write_private_key_file(str(stranger))
    service = sftp_service(server, tmp_path / "target", key=str(stranger))
    with pytest.raises(CredentialsRefused, match="does not let"):
        SftpHost(service).read_live()


@pytest.mark.parametrize("kind", ["absent", "locked", "no key"])
def test_a_key_that_cannot_be_read(server: Sshd, tmp_path: Path, kind: str) -> None:
    key = tmp_path / "key"
    if kind == "locked":
        paramiko.ECDSAKey.generate().write_private_key_file(str(key), password=str(key))
    elif kind == "no key":
        key.write_text("hello", encoding="utf-8")
    with pytest.raises(ConfigurationFault, match="cannot be read"):
        SftpHost(sftp_service(server, tmp_path / "target", key=str(key))).read_live()


def test_a_password_is_never_repeated(
    server: Sshd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARETIRE_SFTP_PASSWORD", "wrong-and-secret")
    service = sftp_service(server, tmp_path / "target", key=None)
    with pytest.raises(CredentialsRefused) as refusal:
        SftpHost(service).read_live()
    assert "SPARETIRE_SFTP_PASSWORD" in told(refusal.value)
    assert "wrong-and-secret" not in told(refusal.value)


def test_nothing_answers(server: Sshd, tmp_path: Path) -> None:
    service = sftp_service(server, tmp_path / "target", port=free_port())
    with pytest.raises(HostUnreachable, match="cannot be reached"):
        SftpHost(service).read_live()


def test_a_port_that_hangs_up(server: Sshd, tmp_path: Path) -> None:
    with wire(server.port) as line:
        line.cut_at = 0
        service = sftp_service(server, tmp_path / "target", port=line.port)
        with pytest.raises(HostUnreachable, match="broke"):
            SftpHost(service).read_live()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_we_may_not_write(server: Sshd, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    with pytest.raises(CredentialsRefused, match="may not write"):
        SftpHost(sftp_service(server, tmp_path / "closed/target")).probe()


def test_a_path_through_a_file(server: Sshd, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(ConfigurationFault, match="cannot be used"):
        SftpHost(sftp_service(server, tmp_path / "file/target")).probe()


@pytest.mark.skipif(shutil.which("prlimit") is None, reason="there is no prlimit here")
def test_a_server_that_cannot_write_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The system ends every write beyond a limit for files, as a full disk does.
    limit = ("prlimit", "--fsize=2000")
    site = edition(tmp_path / "built", page_with_style("one") | {"big.html": "x" * 9000})
    with sshd(tmp_path / "sshd", monkeypatch, before=limit) as server:
        host = SftpHost(sftp_service(server, tmp_path / "target"))
        with pytest.raises(SparetireError) as failure:
            publish(host, site)
    assert failure.value.exit_code in {4, 6}
    assert not (tmp_path / "target/current").exists()


def test_a_dead_lock_is_taken_over(server: Sshd, tmp_path: Path) -> None:
    root = tmp_path / "target"
    service = sftp_service(server, root)
    SftpHost(service).probe()
    lock = root / "state/lock.json"
    lock.write_text(json.dumps({"who": "ben@desk", "purpose": "launch"}), encoding="utf-8")
    with pytest.raises(Locked, match="in use") as refusal:
        SftpHost(service).lock(HOLDER).__enter__()
    assert "ben@desk" in told(refusal.value)
    os.utime(lock, (0, 0))
    with SftpHost(service).lock(HOLDER):
        assert json.loads(lock.read_text(encoding="utf-8"))["who"] == HOLDER.who
    assert not lock.exists()
    assert not list((root / "state").glob("lock*"))


def test_a_claim_of_a_dead_run_does_not_last(server: Sshd, tmp_path: Path) -> None:
    root = tmp_path / "target"
    service = sftp_service(server, root)
    SftpHost(service).probe()
    for name in ("lock.json", "lock.claim"):
        (root / "state" / name).write_text("{}", encoding="utf-8")
        os.utime(root / "state" / name, (0, 0))
    with SftpHost(service).lock(HOLDER):
        pass


def test_a_run_that_lost_its_lock_publishes_nothing(server: Sshd, tmp_path: Path) -> None:
    root = tmp_path / "target"
    service = sftp_service(server, root)
    late = edition(tmp_path / "late", page_with_style("late"))
    host = SftpHost(service)
    first = publish(host, edition(tmp_path / "one", page_with_style("one")))
    list(host.put(uploads(late, first)))
    second = publish(SftpHost(service), edition(tmp_path / "two", page_with_style("two")))
    with pytest.raises(Locked, match="was not made live"):
        host.commit(Commit(late.manifest, first, {}, AT))
    assert host.read_live() == second


def test_the_line_comes_back(server: Sshd, tmp_path: Path) -> None:
    site = edition(tmp_path / "one", page_with_style("one"))
    with wire(server.port) as line:
        known = server.known_hosts.read_text(encoding="utf-8")
        server.known_hosts.write_text(
            known + known.replace(f":{server.port} ", f":{line.port} "), encoding="utf-8"
        )
        host = SftpHost(sftp_service(server, tmp_path / "target", port=line.port))
        assert host.read_live() is None
        line.cut_at = line.sent + 10
        with pytest.raises(HostUnreachable):
            publish(host, site)
        line.cut_at = None
        assert publish(host, site).edition == site.manifest.edition


@KINDS
def test_a_line_cut_anywhere_leaves_no_page_cut_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, denied: str
) -> None:
    long = {
        name: text + f"<!-- {name} -->" * 400 for name, text in page_with_style("x").items()
    }
    old = {name: f"{text} old" for name, text in long.items()}
    new = {name: f"{text} new" for name, text in long.items()}
    built = {"old": edition(tmp_path / "old", old), "new": edition(tmp_path / "new", new)}
    holders = [Holder("ana@laptop", "launch", f"nonce-{number}") for number in range(CUTS + 1)]
    with (
        sshd(tmp_path / "sshd", monkeypatch, denied=denied) as server,
        wire(server.port) as line,
    ):
        known = server.known_hosts.read_text(encoding="utf-8")
        server.known_hosts.write_text(
            known + known.replace(f":{server.port} ", f":{line.port} "), encoding="utf-8"
        )
        publish(SftpHost(sftp_service(server, tmp_path / "start")), built["old"])
        shutil.copytree(tmp_path / "start", tmp_path / "whole", symlinks=True)
        publish(
            SftpHost(sftp_service(server, tmp_path / "whole", port=line.port)), built["new"]
        )
        length, line.sent = line.sent, 0
        for number in range(0, CUTS, 1 if denied == "" else 3):
            root = tmp_path / f"cut-{number}"
            shutil.copytree(tmp_path / "start", root, symlinks=True)
            line.sent, line.cut_at = 0, length * (number + 1) // (CUTS + 1)
            with suppress(SparetireError):  # A late cut only spoils the tidying.
                publish(
                    SftpHost(sftp_service(server, root, port=line.port)),
                    built["new"],
                    holders[number],
                )
            assert line.sent == line.cut_at
            found = seen(root)
            if denied != NO_EXTENSIONS:  # Without renames onto files, one may be away.
                assert found.keys() >= {path for path in old if path.endswith(".html")}
            assert all(text in {old.get(path), new.get(path)} for path, text in found.items())
            (root / "state/lock.json").unlink(missing_ok=True)  # its holder is dead
            (root / "state/lock.claim").unlink(missing_ok=True)
            publish(SftpHost(sftp_service(server, root)), built["new"])
            assert new.items() <= seen(root).items()
            if denied == "":
                assert len({text.endswith("new") for text in found.values()}) == 1


def test_a_missing_library_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("sparetire.hosts.sftp")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "paramiko", None)
    service = SftpService(
        host="sftp", url="http://127.0.0.1:1", server="x", user="x", path=str(tmp_path)
    )
    with pytest.raises(ConfigurationFault) as refusal:
        open_host(Target("server", service), tmp_path)
    assert refusal.value.then == 'Install it: pip install "sparetire[sftp]"'


def test_the_registry_opens_it(tmp_path: Path) -> None:
    service = SftpService(
        host="sftp", url="http://127.0.0.1:1", server="x", user="x", path=str(tmp_path)
    )
    assert isinstance(open_host(Target("server", service), tmp_path), SftpHost)
