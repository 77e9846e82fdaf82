"""The index of what was rendered: small, and never for ever."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from time import sleep

import pytest

from sparetire.model.manifest import Entry, Manifest, Wave
from sparetire.workspace.bodies import Bodies
from sparetire.workspace.rendered import Passed, open_rendered


def hashes(start: int, end: int) -> list[str]:
    return [f"{number:064x}" for number in range(start, end)]


def edition(*named: str) -> Manifest:
    entries = (Entry(one, one, 1, "text/css", "public", Wave.ASSETS) for one in named)
    return Manifest({entry.path: entry for entry in entries})


def test_what_was_noted_is_found_by_frame_and_document(tmp_path: Path) -> None:
    path = tmp_path / "state" / "rendered.db"
    with open_rendered(path) as rendered:
        rendered.note([("frame", "document", "a"), ("other", "document", "b")])
    with open_rendered(path) as rendered:
        assert rendered.find("frame", "document") == "a"
        assert rendered.find("other", "document") == "b"
        assert rendered.find("frame", "another") is None


def test_what_was_noted_before_an_error_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "rendered.db"

    def interrupted() -> None:
        with open_rendered(path) as rendered:
            rendered.note([("frame", "document", "a")])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with open_rendered(path) as rendered:
        assert rendered.find("frame", "document") is None


def test_within_its_room_nothing_is_forgotten(tmp_path: Path) -> None:
    with open_rendered(tmp_path / "rendered.db") as rendered:
        rendered.note((one, one, one) for one in hashes(0, 50))
        assert rendered.forget(edition(), room=50) == ()


def test_the_oldest_are_forgotten_a_few_at_a_time_but_none_in_use(tmp_path: Path) -> None:
    current = hashes(0, 40)
    with open_rendered(tmp_path / "rendered.db") as rendered:
        rendered.note((one, one, one) for one in hashes(0, 400))
        first = rendered.forget(edition(*current), room=150)
        assert sorted(first) == hashes(40, 140)
        second, third = (rendered.forget(edition(*current), room=150) for _ in range(2))
        assert (len(second), len(third)) == (100, 50)
        assert rendered.forget(edition(*current), room=150) == ()
        assert all(rendered.find(one, one) for one in current)


def test_the_files_of_a_share_stay(tmp_path: Path) -> None:
    one, two = hashes(0, 2)
    with open_rendered(tmp_path / "rendered.db") as rendered:
        rendered.note((each, each, each) for each in (one, two))
        rendered.keep_share("key", "{}", edition(one))
        assert rendered.forget(edition(), room=0) == (two,)


def test_a_share_is_recalled_as_it_was(tmp_path: Path) -> None:
    path, made = tmp_path / "rendered.db", edition(*hashes(0, 3))
    with open_rendered(path) as rendered:
        rendered.keep_share("key", "shown", made)
    with open_rendered(path) as rendered:
        share = rendered.share("key")
        assert share is not None
        assert (share.manifest, share.shown, share.inspected) == (made, "shown", False)
        rendered.mark_inspected("key")
        again = rendered.share("key")
        assert again is not None
        assert again.inspected


def test_when_a_share_was_whole_is_remembered_until_it_is_made_anew(tmp_path: Path) -> None:
    with open_rendered(tmp_path / "rendered.db") as rendered:
        told = []
        for mark in (False, True, False):
            if mark:
                rendered.mark_whole("key", "stamp")
            else:
                rendered.keep_share("key", "{}", edition("one"))
            share = rendered.share("key")
            told += [share.whole if share else None]
    assert told == ["", "stamp", ""]


def test_bytes_that_another_page_shares_stay(tmp_path: Path) -> None:
    with open_rendered(tmp_path / "rendered.db") as rendered:
        rendered.note([("old", "document", "same"), ("new", "document", "same")])
        assert rendered.forget(edition(), room=1) == ()
        assert rendered.find("old", "document") is None


def test_a_file_that_is_used_again_is_young_again(tmp_path: Path) -> None:
    one, two = hashes(0, 2)
    with open_rendered(tmp_path / "rendered.db") as rendered:
        for each in (one, two, one):
            rendered.note_file(each)
        assert rendered.forget(edition(), room=1) == (two,)


def test_bodies_are_kept_found_and_dropped_by_their_hash(tmp_path: Path) -> None:
    bodies = Bodies(tmp_path / "bodies")
    assert bodies.present() == set()
    kept = bodies.keep(b"words")
    assert bodies.find(kept.sha256) == kept
    assert bodies.present() == {kept.sha256}
    bodies.drop([kept.sha256, "f" * 64])
    assert bodies.find(kept.sha256) is None


def test_a_few_lists_of_what_has_passed_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "rendered.db"
    names = [f"key-{number}" for number in range(5)]
    with open_rendered(path) as rendered:
        for number, name in enumerate(names):
            rendered.keep_passed(name, Passed(edition(f"{number}"), "{}"))
        rendered.keep_passed(names[-1], Passed(edition("anew"), '{"a": 1}'))
    with open_rendered(path) as rendered:
        kept = [name for name in names if rendered.passed(name).files.entries]
        assert kept == names[2:]
        assert rendered.passed(names[-1]) == Passed(edition("anew"), '{"a": 1}')


@pytest.mark.parametrize("damage", [b"[", b"\xff", b"[\n{}\n]\n"])
def test_a_list_that_the_disk_has_spoilt_is_unknown(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "rendered.db"
    with open_rendered(path) as rendered:
        rendered.keep_share("key", "{}", edition("one"))
        rendered.keep_passed("key", Passed(edition("one"), "{}"))
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE share SET files = CAST(? AS TEXT)", (damage,))
        database.execute("UPDATE passed SET files = CAST(? AS TEXT)", (damage,))
    with open_rendered(path) as rendered:
        assert rendered.share("key") is None
        assert rendered.passed("key") == Passed(Manifest({}), "{}")
        rendered.note([("frame", f"{number}", f"{number:064}") for number in range(9)])
        rendered.forget(edition("one"), 3)
        rendered.keep_share("key", "{}", edition("two"))
        assert rendered.share("key") is not None


def test_editions_are_remembered_by_what_they_have_besides_a_share(tmp_path: Path) -> None:
    path = tmp_path / "rendered.db"
    with open_rendered(path) as rendered:
        for number in range(5):
            share = "other" if number == 3 else "share"
            rendered.keep_edition(f"{number}", share, edition(f"{number}"))
        rendered.keep_edition("4", "share", edition("anew"))
    with open_rendered(path) as rendered:
        kept = rendered.editions("share")
    assert kept == {"2": edition("2").to_json(), "4": edition("anew").to_json()}


def test_the_stamp_of_bodies_is_another_once_one_has_come_or_gone(tmp_path: Path) -> None:
    bodies = Bodies(tmp_path / "bodies")
    stamps = [bodies.stamp()]
    kept = bodies.keep(b"words")
    stamps += [bodies.stamp()]
    assert bodies.stamp() == stamps[-1]
    sleep(0.02)  # what a file system tells of time is coarse
    bodies.drop([kept.sha256])
    stamps += [bodies.stamp()]
    bodies.keep(b"others")
    stamps += [bodies.stamp()]
    assert len(set(stamps)) == len(stamps)


def test_the_stamp_of_bodies_is_not_taken_in_by_a_time_that_was_put_back(
    tmp_path: Path,
) -> None:
    bodies = Bodies(tmp_path / "bodies")
    kept = bodies.keep(b"words")
    (fan,) = bodies.folder.iterdir()
    before, stamp = fan.stat(), bodies.stamp()
    sleep(0.02)
    bodies.drop([kept.sha256])
    os.utime(fan, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert bodies.stamp() != stamp
