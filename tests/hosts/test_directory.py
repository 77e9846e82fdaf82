"""What only folders can do wrong."""

import errno
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from re import search
from tempfile import TemporaryDirectory
from threading import Event, Thread

import pytest
import requests

from sparetire.errors import ConfigurationFault, LocalDiskFault
from sparetire.hosts.base import Commit, PublicFile
from sparetire.hosts.directory import DirectoryHost
from sparetire.model.edition import Live
from sparetire.model.manifest import Manifest
from tests.support.editions import (
    AT,
    HOLDER,
    body_of,
    edition,
    page_with_style,
    publish,
    uploads,
)
from tests.support.places import folder_place

NOWHERE = "http://127.0.0.1:1"


def no_links(_target: str, _place: Path) -> None:
    raise OSError(errno.EPERM, "a required privilege is not held by the client")


def releases(root: Path) -> list[str]:
    return sorted(path.name[:6] for path in (root / "releases").iterdir())


def test_the_web_root_is_a_link_beside_the_state(tmp_path: Path) -> None:
    site = edition(tmp_path / "built", page_with_style("one"))
    root = tmp_path / "target"
    host = DirectoryHost(root, url=NOWHERE)
    publish(host, site)
    assert str((root / "current").readlink()) == f"releases/000001-{site.manifest.edition}"
    assert not [path for path in (root / "current").rglob("*") if path.suffix == ".json"]
    assert host.features.atomic_switch


def test_the_folder_may_move(tmp_path: Path) -> None:
    made = publish(
        DirectoryHost(tmp_path / "here", url=NOWHERE),
        edition(tmp_path / "built", page_with_style("one")),
    )
    (tmp_path / "here").rename(tmp_path / "there")
    assert DirectoryHost(tmp_path / "there", url=NOWHERE).read_live() == made


def test_ten_editions_are_kept(tmp_path: Path) -> None:
    root = tmp_path / "target"
    for number in range(1, 13):
        site = edition(tmp_path / f"{number}", page_with_style(f"{number}"))
        publish(DirectoryHost(root, url=NOWHERE), site)
    assert releases(root) == [f"{number:06d}" for number in range(3, 13)]
    assert len(list((root / "state").glob("*.manifest"))) == 10


def test_a_rollback_makes_the_old_bytes_live_under_a_new_number(tmp_path: Path) -> None:
    root = tmp_path / "target"
    for number, mark in enumerate(("old", "new", "old")):
        site = edition(tmp_path / f"{number}", page_with_style(mark))
        publish(DirectoryHost(root, url=NOWHERE), site)
    assert releases(root) == ["000001", "000002", "000003"]
    assert "mark=old" in (root / "current/index.html").read_text(encoding="utf-8")


def test_folders_of_others_are_left_alone(tmp_path: Path) -> None:
    theirs = tmp_path / "target/releases/holiday-photos/beach.txt"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("sand", encoding="utf-8")
    for number in range(5):
        site = edition(tmp_path / f"{number}", page_with_style(f"{number}"))
        publish(DirectoryHost(tmp_path / "target", url=NOWHERE), site)
    assert theirs.read_text(encoding="utf-8") == "sand"


def test_a_style_outlives_its_page_and_a_picture_does_not(tmp_path: Path) -> None:
    root, old = tmp_path / "target", page_with_style("old")
    style = next(path for path in old if path.endswith(".css"))
    first = edition(tmp_path / "1", old | {"assets/leak.0a1b2c3d.png": "a face"})
    publish(DirectoryHost(root, url=NOWHERE), first)
    publish(DirectoryHost(root, url=NOWHERE), edition(tmp_path / "2", page_with_style("new")))
    assert (root / "current" / style).read_text(encoding="utf-8") == old[style]
    assert not (root / "current/assets/leak.0a1b2c3d.png").exists()


def test_readers_never_meet_a_mix_while_editions_change(tmp_path: Path) -> None:
    place = folder_place(tmp_path / "target")
    host = place.open()
    publish(host, edition(tmp_path / "0", page_with_style("n0")))
    ended, wrong, marks = Event(), list[str](), set[str]()

    def read() -> None:
        while not ended.is_set():
            page = requests.get(f"{place.url}/", timeout=10)
            mark, style = search("mark=(.+)", page.text), search('href="(.+?)"', page.text)
            if mark is None or style is None:
                wrong.append(f"{page.status_code} {page.text}")
                continue
            dress = requests.get(f"{place.url}/{style[1]}", timeout=10)
            if dress.text != f"body {{ --mark: {mark[1]} }}":
                wrong.append(f"{mark[1]}: {dress.status_code} {dress.text}")
            marks.add(mark[1])

    with host.serving():
        reader = Thread(target=read)
        reader.start()
        try:
            for number in range(1, 31):
                site = edition(tmp_path / f"{number}", page_with_style(f"n{number}"))
                publish(host, site)
        finally:
            ended.set()
            reader.join(30)
    assert wrong == []
    assert len(marks) > 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
@pytest.mark.parametrize("kind", ["links", "no links"])
def test_death_at_any_step_leaves_a_sound_site_that_a_re_run_finishes(kind: str) -> None:
    # Hundreds of publishes, each of which waits for the disk: memory is one, too.
    memory = Path("/dev/shm")  # noqa: S108  only where to make a folder of our own
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        run = subprocess.run(
            [sys.executable, "-m", "tests.support.killer", folder, kind],
            check=True,
            capture_output=True,
            text=True,
            timeout=300,
            cwd=Path(__file__).parents[2],
        )
    deaths = [json.loads(line) for line in run.stdout.splitlines()]
    old, new = page_with_style("old"), page_with_style("new")
    assert len(deaths) > 30
    for death in deaths:
        seen, healed = death["seen"], death["healed"]
        assert old.items() <= seen.items() or new.items() <= seen.items()
        assert seen.keys() <= old.keys() | new.keys()
        assert new.items() <= healed.items()
        assert death["left"] == []
    assert old.items() <= deaths[0]["seen"].items()
    assert new.items() <= deaths[-1]["seen"].items()


def test_a_file_damaged_by_hand_is_put_again(tmp_path: Path) -> None:
    root, site = tmp_path / "target", edition(tmp_path / "built", page_with_style("one"))
    publish(DirectoryHost(root, url=NOWHERE), site)
    (root / "current/index.html").write_text("<p>defaced", encoding="utf-8")
    (root / "current/404.html").unlink()
    sent = uploads(site, DirectoryHost(root, url=NOWHERE).read_live())
    assert {upload.entry.path for upload in sent} == {"404.html", "index.html"}
    publish(DirectoryHost(root, url=NOWHERE), site)
    healed = (root / "current/index.html").read_text(encoding="utf-8")
    assert healed == page_with_style("one")["index.html"]


def test_a_file_that_was_never_put_stops_the_switch(tmp_path: Path) -> None:
    root, site = tmp_path / "target", edition(tmp_path / "built", page_with_style("one"))
    host = DirectoryHost(root, url=NOWHERE)
    list(host.put([each for each in uploads(site, None) if each.entry.path != "index.html"]))
    with pytest.raises(LocalDiskFault, match=r"index\.html is missing or damaged"):
        host.commit(Commit(site.manifest, None, {}, AT))
    assert not (root / "current").exists()


def test_a_damaged_record_is_told_with_its_place(tmp_path: Path) -> None:
    root = tmp_path / "target"
    publish(
        DirectoryHost(root, url=NOWHERE), edition(tmp_path / "built", page_with_style("one"))
    )
    next((root / "state").glob("*.json")).write_text("{", encoding="utf-8")
    with pytest.raises(ConfigurationFault, match="does not say what is live"):
        DirectoryHost(root, url=NOWHERE).read_live()


def test_without_links_files_are_replaced_in_place(tmp_path: Path) -> None:
    root = tmp_path / "target"
    host = DirectoryHost(root, url=NOWHERE, symlink=no_links)
    publish(host, edition(tmp_path / "old", page_with_style("old")))
    made = publish(host, edition(tmp_path / "new", page_with_style("new")))
    assert not host.features.atomic_switch
    assert not (root / "current").is_symlink()
    assert "mark=new" in (root / "current/index.html").read_text(encoding="utf-8")
    assert host.read_live() == made
    assert made.counter == 2


def test_a_folder_without_links_stays_one(tmp_path: Path) -> None:
    root = tmp_path / "target"
    site = edition(tmp_path / "old", page_with_style("old"))
    publish(DirectoryHost(root, url=NOWHERE, symlink=no_links), site)
    host = DirectoryHost(root, url=NOWHERE)
    publish(host, edition(tmp_path / "new", page_with_style("new")))
    assert not host.features.atomic_switch
    assert "mark=new" in (root / "current/index.html").read_text(encoding="utf-8")


def _probe(host: DirectoryHost) -> None:
    host.probe()


def _lock(host: DirectoryHost) -> None:
    with host.lock(HOLDER):
        pass


@pytest.mark.parametrize("use", [_probe, _lock])
def test_a_place_that_cannot_be_a_folder_is_told(
    tmp_path: Path, use: Callable[[DirectoryHost], None]
) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    host = DirectoryHost(tmp_path / "file/target", url=NOWHERE)
    with pytest.raises(LocalDiskFault, match=str(tmp_path / "file")):
        use(host)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(folder)]
    if sys.platform != "linux" or subprocess.run(mount, check=False).returncode != 0:
        pytest.skip("may not mount a small disk here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_told_and_the_old_edition_stays(
    small_disk: Path, tmp_path: Path
) -> None:
    host = DirectoryHost(small_disk / "target", url=NOWHERE)
    made = publish(host, edition(tmp_path / "old", page_with_style("old")))
    large = page_with_style("new") | {"assets/film.0a1b2c3d.webm": "x" * 200_000}
    with pytest.raises(LocalDiskFault) as refusal:
        publish(host, edition(tmp_path / "new", large))
    assert refusal.value.why == ("The disk is full.",)
    assert host.read_live() == made
    assert publish(host, edition(tmp_path / "2", page_with_style("new"))).counter == 2


def test_a_lock_dies_with_its_holder(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path\n"
        "from sparetire.hosts.base import Holder\n"
        "from sparetire.hosts.directory import DirectoryHost\n"
        f"host = DirectoryHost(Path({str(tmp_path)!r}), url={NOWHERE!r})\n"
        "host.lock(Holder('ben', 'launch', 'n')).__enter__(); os._exit(9)\n"
    )
    run = partial(subprocess.run, check=False, cwd=Path(__file__).parents[2])
    assert run([sys.executable, "-c", code]).returncode == 9
    with DirectoryHost(tmp_path, url=NOWHERE).lock(HOLDER):
        pass


def test_a_loopback_address_is_served_only_meanwhile(tmp_path: Path) -> None:
    place = folder_place(tmp_path / "target")
    publish(place.open(), edition(tmp_path / "built", page_with_style("one")))
    with place.open().serving(), place.open().serving():
        assert requests.get(f"{place.url}/", timeout=10).status_code == 200
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{place.url}/", timeout=10)


def test_a_public_address_is_served_by_its_own_server(tmp_path: Path) -> None:
    host = DirectoryHost(tmp_path, url="https://info.boreal.example")
    with host.serving():
        pass
    assert not host.features.headers


@pytest.fixture(params=["links", "no links"])
def root_and_host(
    request: pytest.FixtureRequest, tmp_path: Path
) -> tuple[Path, Callable[[], DirectoryHost]]:
    """Return a folder, and a way to open it, with links and without."""
    root = tmp_path / "target"
    options = {} if request.param == "links" else {"symlink": no_links}
    return root, partial(DirectoryHost, root, url=NOWHERE, **options)


Kind = tuple[Path, Callable[[], DirectoryHost]]


def test_a_way_back_is_kept_in_either_kind_of_folder(
    root_and_host: Kind, tmp_path: Path
) -> None:
    _, opened = root_and_host
    sites = [edition(tmp_path / f"{n}", page_with_style(f"{n}")) for n in range(12)]
    for site in sites:
        publish(opened(), site)
    past = opened().past()
    assert [each.counter for each in past] == list(range(12, 2, -1))
    for one in past:
        site = sites[one.counter - 1]
        assert opened().manifest(one) == site.manifest
        for path, entry in site.manifest.entries.items():
            assert opened().fetch(one, entry) == body_of(site, path).read_bytes()


def test_bodies_that_no_edition_needs_are_not_kept(tmp_path: Path) -> None:
    root = tmp_path / "target"
    for number in range(12):
        site = edition(tmp_path / f"{number}", {"index.html": f"{number}"})
        publish(DirectoryHost(root, url=NOWHERE, symlink=no_links), site)
    assert len(list((root / "state/staging").iterdir())) == 10


def test_an_edition_that_is_not_kept_any_more_is_told(
    root_and_host: Kind, tmp_path: Path
) -> None:
    root, opened = root_and_host
    publish(opened(), edition(tmp_path / "1", page_with_style("one")))
    (one,) = opened().past()
    entry = opened().manifest(one).entries["index.html"]
    for kept in (*root.glob("releases/*/index.html"), *root.glob("state/staging/*")):
        kept.unlink()
    with pytest.raises(ConfigurationFault, match="is not kept any more"):
        opened().fetch(one, entry)
    next(root.glob("state/*.manifest")).unlink()
    with pytest.raises(ConfigurationFault, match="does not list the files"):
        opened().manifest(one)


def test_drift_tells_damage_and_strangers_and_heals_only_damage(
    root_and_host: Kind, tmp_path: Path
) -> None:
    root, opened = root_and_host
    site = edition(tmp_path / "1", page_with_style("one"))
    live = publish(opened(), site)
    (root / "current/index.html").write_text("<p>defaced", encoding="utf-8")
    (root / "current/404.html").unlink()
    (root / "current/beach.txt").write_text("sand", encoding="utf-8")
    told = (
        "404.html is missing.",
        "index.html was changed by somebody.",
        "beach.txt is not ours.",
    )
    assert opened().drift(live) == told
    seen = opened().read_live()
    assert seen is not None
    assert opened().drift(seen) == told
    opened().remove([*live.manifest.entries.values()])
    assert (root / "current/beach.txt").exists()


def test_a_retired_file_that_somebody_replaced_stays(
    root_and_host: Kind, tmp_path: Path
) -> None:
    root, opened = root_and_host
    files, style = page_with_style("one"), "assets/old.css"
    first = publish(opened(), edition(tmp_path / "1", files | {style: "a", "b/old.css": "b"}))
    publish(opened(), edition(tmp_path / "2", files))
    (root / "current" / style).unlink()
    (root / "current" / style).write_text("theirs", encoding="utf-8")
    opened().remove([*first.manifest.entries.values()])
    assert (root / "current" / style).read_text(encoding="utf-8") == "theirs"
    assert not (root / "current/b").exists()


def test_files_of_others_before_a_first_edition_are_told(tmp_path: Path) -> None:
    root = tmp_path / "target"
    (root / "current").mkdir(parents=True)
    (root / "current/beach.txt").write_text("sand", encoding="utf-8")
    nothing = Live("", Manifest({}), 0, "", {})
    host = DirectoryHost(root, url=NOWHERE)
    assert host.drift(nothing) == ("beach.txt is not ours.",)
    live = publish(host, edition(tmp_path / "1", page_with_style("one")))
    assert host.drift(live) == ("beach.txt is not ours.",)


def test_a_record_of_an_edition_that_never_was_live_is_no_past(
    root_and_host: Kind, tmp_path: Path
) -> None:
    root, opened = root_and_host
    publish(opened(), edition(tmp_path / "1", page_with_style("one")))
    record = next(path for path in (root / "state").glob("000001-*.json"))
    for name in ("000002-0123456789ab.json", "000002-0123456789ab.manifest"):
        (root / "state" / name).write_bytes(record.read_bytes())
    publish(opened(), edition(tmp_path / "2", page_with_style("two")))
    publish(opened(), edition(tmp_path / "3", page_with_style("three")))
    assert [each.counter for each in opened().past()] == [3, 2, 1]
    assert "0123456789ab" not in {each.edition for each in opened().past()}


def test_a_folder_without_links_tells_what_readers_get_besides(tmp_path: Path) -> None:
    root, files = tmp_path / "target", page_with_style("one")
    first = edition(tmp_path / "1", files | {"old.html": "old"})
    site = edition(tmp_path / "2", files)
    for each in (first, site):
        publish(DirectoryHost(root, url=NOWHERE, symlink=no_links), each)
    (root / "current" / "theirs.html").write_text("theirs", encoding="utf-8")
    host = DirectoryHost(root, url=NOWHERE, symlink=no_links)

    left = host.readable() - site.manifest.entries.keys()

    assert left == {"old.html", "theirs.html"}
    assert host.read("old.html") == PublicFile(b"old", ours=True)
    assert host.read("theirs.html") == PublicFile(b"theirs", ours=False)
