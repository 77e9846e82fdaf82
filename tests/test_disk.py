"""Files change whole or not at all, and trouble is told in words."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sparetire.disk import local_disk, sync_folder, write_atomic, write_whole
from sparetire.errors import UNCHANGED, LocalDiskFault


@pytest.mark.parametrize("content", ["Été\n", b"\xff\x00", ""])
def test_a_file_is_written_with_its_folders(tmp_path: Path, content: str | bytes) -> None:
    path = tmp_path / "a" / "b" / "file.txt"
    write_atomic(path, content)
    assert path.read_bytes() == (content.encode() if isinstance(content, str) else content)
    assert list(path.parent.iterdir()) == [path]


def test_a_reader_of_the_old_file_keeps_it_whole(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    write_atomic(path, "old")
    with path.open(encoding="utf-8") as reader:
        write_atomic(path, "new")
        assert reader.read() == "old"
    assert path.read_text(encoding="utf-8") == "new"


def test_two_who_write_one_file_at_once_both_succeed(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: write_atomic(path, f"{number}"), range(400)))
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    (path / "inside").mkdir(parents=True)  # a folder stands where the file should go
    with pytest.raises(LocalDiskFault, match=r"file\.txt"):
        write_atomic(path, "new")
    assert list(tmp_path.iterdir()) == [path]


def test_a_scratch_that_cannot_be_made_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(OSError, match="No such file"):
        write_whole(path, b"new", tmp_path / "gone" / "scratch")
    assert path.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (errno.ENOSPC, "The disk is full."),
        (errno.EDQUOT, "Your share of the disk is used up."),
        (errno.EROFS, "The disk is read-only."),
        (errno.EACCES, "You may not write there."),
        (errno.EIO, f"The system says: {os.strerror(errno.EIO)}."),
    ],
)
def test_what_the_system_says_is_put_in_words(tmp_path: Path, number: int, why: str) -> None:
    with pytest.raises(LocalDiskFault) as fault, local_disk(tmp_path):
        raise OSError(number, os.strerror(number), str(tmp_path / "x"))
    assert fault.value.what == f"{tmp_path / 'x'} cannot be used."
    assert fault.value.why == (why,)
    assert fault.value.public == UNCHANGED
    assert fault.value.then


def test_trouble_without_a_name_is_told_with_the_place(tmp_path: Path) -> None:
    with pytest.raises(LocalDiskFault, match=str(tmp_path)), local_disk(tmp_path):
        raise OSError("odd")


def test_other_errors_are_not_the_disks(tmp_path: Path) -> None:
    with pytest.raises(KeyError), local_disk(tmp_path):
        raise KeyError


def test_a_folder_that_is_gone_cannot_be_synced(tmp_path: Path) -> None:
    sync_folder(tmp_path)
    with pytest.raises(FileNotFoundError):
        sync_folder(tmp_path / "gone")
