"""Connections to public addresses are open before the first is read."""

from sparetire.stages.lines import Lines
from tests.support.doorkeeper import doorkeeper
from tests.support.ports import free_port


def test_each_address_finds_a_connection_open() -> None:
    with doorkeeper(2) as one, doorkeeper(1) as other, Lines(4) as lines:
        lines.open_ahead([f"{one}/fr/", f"{other}/", f"{one}/en/"])
        for url in (f"{one}/fr/", f"{one}/en/", f"{other}/"):
            assert lines.get(url, timeout=5).status_code == 200


def test_an_address_that_nobody_answers_at_is_passed_over() -> None:
    with Lines(2) as lines:
        lines.open_ahead([f"http://127.0.0.1:{free_port()}/fr/"])
