"""Whole files and plain words for what a disk refuses."""

import errno
import os
from pathlib import Path

import pytest

from sparetire.disk import local_disk, write_whole
from sparetire.errors import LocalDiskFault
from sparetire.hosts.files import holds, link_or_copy


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "The disk is full."),
        (errno.EDQUOT, "Your share of the disk is used up."),
        (errno.EROFS, "The disk is read-only."),
        (errno.EACCES, "You may not write there."),
        (errno.EPERM, "You may not write there."),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_causes_are_told_in_words(number: int, told: str) -> None:
    place = Path("site/state")
    with pytest.raises(LocalDiskFault) as refusal, local_disk(place):
        raise OSError(number, os.strerror(number), "site/state/lock")
    assert "site/state/lock" in refusal.value.what
    assert told in refusal.value.why[0]
    assert refusal.value.then


def test_a_fault_without_a_name_tells_the_place() -> None:
    with pytest.raises(LocalDiskFault, match="site/state"), local_disk(Path("site/state")):
        raise OSError(errno.ENOSPC, "full")


def test_other_errors_pass() -> None:
    with pytest.raises(ValueError, match="a bug"), local_disk(Path("site")):
        raise ValueError("a bug")


def test_a_failed_write_leaves_the_old_file_and_no_scratch(tmp_path: Path) -> None:
    (tmp_path / "page").mkdir()
    scratch = tmp_path / "scratch"
    with pytest.raises(OSError, match="page"):
        write_whole(tmp_path / "page", b"new", scratch)
    assert (tmp_path / "page").is_dir()
    assert not scratch.exists()


def test_a_second_name_has_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"text")
    link_or_copy(tmp_path / "one", tmp_path / "two")
    assert (tmp_path / "two").read_bytes() == b"text"


def test_other_disks_get_a_copy(tmp_path: Path) -> None:
    memory = Path("/dev/shm")  # noqa: S108  a disk of its own, for a file of our own
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("this machine has one disk")
    source = memory / f"sparetire-{os.getpid()}"
    source.write_bytes(b"text")
    try:
        link_or_copy(source, tmp_path / "copy")
    finally:
        source.unlink()
    assert (tmp_path / "copy").read_bytes() == b"text"


@pytest.mark.parametrize("name", ["missing", ".", "file/below"])
def test_what_is_no_file_holds_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert not holds(tmp_path / name, "0" * 64)
