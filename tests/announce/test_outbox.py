"""What is kept through the ways a run can end, and what is dropped."""

from dataclasses import replace
from pathlib import Path

import pytest

from sparetire.announce.outbox import Outbox
from sparetire.model.announcement import Channel, Notice, Standing


def notice(edition: str, receiver: str = "hub") -> Notice:
    body = f"hub.mode=publish&hub.url=é{edition}"
    return Notice(Channel.WEBSUB, receiver, "https://hub.example/", body, "1 feed", edition)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".sparetire" / "outbox.json"


def test_nothing_is_due_before_its_edition_is_seen(path: Path) -> None:
    Outbox(path).plan([notice("new")], "new", "old")
    assert Outbox(path).due("old") == ()
    assert Outbox(path).due("new") == (notice("new"),)


def test_what_became_of_a_notice_outlives_the_run(path: Path) -> None:
    outbox = Outbox(path)
    outbox.plan([notice("new", "a"), notice("new", "b")], "new", "old")
    outbox.keep(replace(notice("new", "a"), standing=Standing.ACCEPTED, tellings=1))
    outbox.keep(replace(notice("new", "b"), standing=Standing.UNKNOWN, tellings=1))
    (left,) = Outbox(path).due("new")
    assert (left.receiver, left.standing, left.tellings) == ("b", Standing.UNKNOWN, 1)


def test_a_stopped_run_leaves_what_was_live_to_the_next_one(path: Path) -> None:
    Outbox(path).plan([notice("first")], "first", "")
    Outbox(path).plan([notice("second")], "second", "first")
    assert [one.edition for one in Outbox(path).due("second")] == ["first", "second"]
    assert [one.edition for one in Outbox(path).due("first")] == ["first"]


def test_what_never_became_live_is_never_told(path: Path) -> None:
    Outbox(path).plan([notice("lost")], "lost", "old")
    Outbox(path).plan([notice("new")], "new", "old")
    assert [one.edition for one in Outbox(path).due("new")] == ["new"]
    assert "lost" not in path.read_text(encoding="utf-8")


def test_the_same_edition_after_a_stop_is_not_told_twice(path: Path) -> None:
    Outbox(path).plan([notice("new")], "new", "old")
    Outbox(path).keep(replace(notice("new"), standing=Standing.UNKNOWN, tellings=1))
    Outbox(path).plan([notice("new")], "new", "old")
    assert [one.tellings for one in Outbox(path).due("new")] == [1]


def test_an_edition_that_comes_back_later_is_told_again(path: Path) -> None:
    outbox = Outbox(path)
    outbox.plan([notice("a")], "a", "")
    outbox.keep(replace(notice("a"), standing=Standing.ACCEPTED, tellings=1))
    outbox.plan([notice("b")], "b", "a")
    outbox.keep(replace(notice("b"), standing=Standing.ACCEPTED, tellings=1))
    outbox.plan([notice("a")], "a", "b")
    assert outbox.due("a") == (notice("a"),)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '[{"channel": "pigeon"}]', "\x00"])
def test_a_damaged_outbox_costs_a_notice_and_never_a_launch(path: Path, content: str) -> None:
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    assert Outbox(path).notices == ()
    Outbox(path).plan([notice("new")], "new", "")
    assert Outbox(path).due("new") == (notice("new"),)
