"""One receiver, told by real HTTP: what is known afterwards, and how often it was heard."""

from dataclasses import replace

import pytest

from sparetire.announce.sending import send
from sparetire.model.announcement import Channel, Notice, Standing
from tests.support.faults import Answer, Fault, LostAnswer, faulty
from tests.support.ports import free_port
from tests.support.receivers import Answers, receivers

NOTICE = Notice(Channel.WEBSUB, "hub", "", "hub.mode=publish", "1 feed", "0a1b2c3d4e5f")


def told(answers: list[Answers], notice: Notice = NOTICE) -> tuple[Notice, int, list[Notice]]:
    """Return how the notice stands, how often it was heard, and what was kept on the way."""
    kept: list[Notice] = []
    with receivers() as there:
        there.answer = lambda _path, number: answers[min(number, len(answers)) - 1]
        sent = send(replace(notice, to=f"{there.url}/hub"), {}, kept.append)
        return sent, len(there.heard), kept


@pytest.mark.parametrize("status", [200, 202, 204])
def test_every_kind_of_yes_is_a_yes(status: int) -> None:
    sent, heard, _ = told([status])
    assert (sent.standing, sent.open, heard) == (Standing.ACCEPTED, False, 1)


@pytest.mark.parametrize("status", [301, 400, 403, 404, 410, 422])
def test_a_no_is_not_asked_again_in_the_same_run_but_stays_open(status: int) -> None:
    sent, heard, kept = told([status, 200])
    assert (sent.standing, sent.open, heard) == (Standing.FAILED, True, 0)
    assert len(kept) == 2
    assert str(status) in sent.why


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_receiver_is_asked_again(status: int) -> None:
    sent, heard, _ = told([status, 204])
    assert (sent.standing, heard) == (Standing.ACCEPTED, 1)


def test_a_lost_answer_is_asked_for_once_more_and_never_again() -> None:
    sent, heard, _ = told(["lost"])
    assert (sent.standing, sent.open, heard) == (Standing.UNKNOWN, False, 2)


def test_a_receiver_that_may_have_heard_a_killed_run_is_told_once_more() -> None:
    left = replace(NOTICE, standing=Standing.UNKNOWN, tellings=1)
    sent, heard, _ = told(["lost"], left)
    assert (sent.standing, sent.open, heard) == (Standing.UNKNOWN, False, 1)


def test_nobody_there_was_told_nothing() -> None:
    sent = send(replace(NOTICE, to=f"http://127.0.0.1:{free_port()}"), {}, lambda _one: None)
    assert (sent.standing, sent.open, sent.tellings) == (Standing.FAILED, True, 0)
    assert "cannot be reached" in sent.why


def test_it_is_written_down_as_unknown_before_each_call() -> None:
    _, _, kept = told([503, 204])
    standings = [one.standing for one in kept]
    assert standings == [
        Standing.UNKNOWN,
        Standing.FAILED,
        Standing.UNKNOWN,
        Standing.ACCEPTED,
    ]


def test_the_address_of_a_desk_comes_from_the_environment_and_goes_nowhere_else() -> None:
    desk = replace(NOTICE, channel=Channel.WEBHOOK, receiver="desk", to="DESK", body="{}")
    with receivers() as there:
        address = f"{there.url}/hooks/S3CRET"
        sent = send(desk, {"DESK": address}, lambda _one: None)
        assert there.heard == [("/hooks/S3CRET", "{}")]
        there.answer = lambda _path, _number: 404
        refused = send(desk, {"DESK": address}, lambda _one: None)
    assert sent.standing is Standing.ACCEPTED
    assert "S3CRET" not in repr((sent, refused))


@pytest.mark.parametrize("address", ["", "ftp://desk.example/", "desk.example"])
def test_a_desk_without_an_address_is_named_with_its_variable(address: str) -> None:
    desk = replace(NOTICE, channel=Channel.WEBHOOK, receiver="desk", to="DESK")
    sent = send(desk, {"DESK": address}, lambda _one: None)
    assert (sent.standing, sent.tellings) == (Standing.FAILED, 0)
    assert "DESK" in sent.why


@pytest.mark.parametrize(
    ("fault", "heard"), [(LostAnswer(), 2), (Answer(503), 1), (Answer(429), 1)], ids=repr
)
def test_behind_a_bad_line_a_receiver_is_told_once_or_twice(fault: Fault, heard: int) -> None:
    with receivers() as there, faulty(there.url) as proxy:
        proxy.once("POST", "/hub", fault)
        sent = send(replace(NOTICE, to=f"{proxy.endpoint_url}/hub"), {}, lambda _one: None)
        assert sent.standing is Standing.ACCEPTED
        assert len(there.heard) == heard
