"""The ledger keeps its order, shows every edit, and heals from a crash."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparetire.errors import LocalDiskFault
from sparetire.workspace.ledger import Ledger, Record

AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def written(folder: Path, count: int = 4) -> Path:
    path = folder / "state" / "ledger.jsonl"
    for number in range(count):
        Ledger(path).append("run1", "live", AT, number=number, purpose="déversement")
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path)


def numbers(path: Path) -> list[object]:
    return [record.facts["number"] for record in Ledger(path).records()]


def test_records_come_back_in_their_order(path: Path) -> None:
    first, *others = Ledger(path).records()
    facts = {"number": 0, "purpose": "déversement"}
    assert first == Record("2026-11-23T14:00:00+00:00", "run1", "live", facts)
    assert [record.facts["number"] for record in others] == [1, 2, 3]
    assert Ledger(path).first_break() is None


def test_a_new_ledger_is_empty_and_whole(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    assert list(ledger.records()) == []
    assert ledger.first_break() is None


def test_a_text_with_line_breaks_stays_one_record(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    Ledger(path).append("run1", "live", AT, number="a\nb\u2028c")
    assert numbers(path) == ["a\nb\u2028c"]


@given(st.data())
def test_every_changed_byte_but_in_the_last_line_is_found(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = written(Path(folder))
        content = bytearray(path.read_bytes())
        lines = bytes(content).splitlines()
        place = data.draw(st.integers(0, len(content) - len(lines[-1]) - 2))
        content[place] ^= data.draw(st.integers(1, 255))
        path.write_bytes(content)
        changed = bytes(lines[0] if place <= len(lines[0]) else b"")
        found = Ledger(path).first_break()
        assert found is not None
        assert found <= (2 if changed else len(lines))


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ([1, 2, 3], 1),
        ([0, 2, 3], 2),
        ([0, 1, 3], 3),
        ([1, 0, 2, 3], 1),
        ([0, 2, 1, 3], 2),
        ([0, 1, 1, 2, 3], 3),
    ],
)
def test_a_line_taken_out_swapped_or_doubled_is_found(
    path: Path, order: list[int], found: int
) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[number] for number in order))
    assert Ledger(path).first_break() == found


@pytest.mark.parametrize("line", [b"3\n", b"{}\n", b"[]\n", b"no json\n", b"\xff\n"])
def test_a_line_that_is_no_record_is_found(path: Path, line: bytes) -> None:
    path.write_bytes(path.read_bytes() + line)
    assert Ledger(path).first_break() == 5


@pytest.mark.parametrize("line", [b"3\n", b"{}\n", b"[]\n", b"no json\n", b"\xff\n"])
def test_a_line_that_is_no_record_hides_none_of_the_others(path: Path, line: bytes) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:2], line, *lines[2:]]))
    assert numbers(path) == [0, 1, 2, 3]


@given(st.integers(min_value=1))
def test_a_last_line_cut_short_by_a_crash_costs_only_itself(cut: int) -> None:
    with TemporaryDirectory() as folder:
        path = written(Path(folder))
        content = path.read_bytes()
        last = len(content.splitlines()[-1])
        path.write_bytes(content[: -1 - cut % last])
        assert numbers(path) == [0, 1, 2]
        assert Ledger(path).first_break() is None
        Ledger(path).append("run2", "live", AT, number="after")
        assert numbers(path) == [0, 1, 2, "after"]
        assert Ledger(path).first_break() is None
        assert all(json.loads(line) for line in path.read_bytes().splitlines())


def test_a_crash_in_the_very_first_line_costs_only_itself(tmp_path: Path) -> None:
    path = written(tmp_path, 1)
    path.write_bytes(path.read_bytes()[:20])
    Ledger(path).append("run2", "live", AT, number="after")
    assert numbers(path) == ["after"]
    assert Ledger(path).first_break() is None


@pytest.mark.parametrize("length", [40_000, 80_000, 200_000])
def test_the_chain_holds_behind_lines_of_any_length(tmp_path: Path, length: int) -> None:
    path = tmp_path / "ledger.jsonl"
    for number in range(3):
        Ledger(path).append("run", "live", AT, number=number, purpose="é" * length)
    with path.open("ab") as file:
        file.write(b"x" * length)  # and a crash
    Ledger(path).append("run", "live", AT, number=3)
    assert numbers(path) == [0, 1, 2, 3]
    assert Ledger(path).first_break() is None


def test_runs_to_several_targets_share_one_chain(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    with ThreadPoolExecutor(8) as pool:
        for number in range(64):
            pool.submit(Ledger(path).append, "run", "live", AT, number=number)
    assert sorted(map(str, numbers(path))) == sorted(map(str, range(64)))
    assert Ledger(path).first_break() is None


def test_a_disk_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LocalDiskFault, match="cannot be used"):
        Ledger(tmp_path / "file" / "ledger.jsonl").append("run", "live", AT)
