"""Who is told is a matter of addresses and names; no secret stands among them."""

import pytest

from sparetire.config.load import parse_settings
from sparetire.errors import ConfigurationFault

BASE = """
[organisation]
languages = ["fr-CA"]
time_zone = "America/Toronto"
name = "Boréal"
[targets.local]
host = "directory"
path = "site"
url = "http://127.0.0.1:8044"
[crisis]
targets = ["local"]
[announce]
"""


def test_nobody_is_told_unless_the_file_says_so() -> None:
    announce = parse_settings(BASE).announce
    assert (announce.hubs, announce.indexnow_key, announce.webhooks) == ((), None, ())


def test_an_address_keeps_its_closing_slash() -> None:
    announce = parse_settings(f'{BASE}hubs = ["https://hub.example/publish/"]').announce
    assert announce.hubs == ("https://hub.example/publish/",)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('hubs = ["http://hub.example/"]', "must be https"),
        ('hubs = ["hub.example"]', "must be a web address"),
        ('hubs = ["https://hub.example/?token=1"]', "must be a web address"),
        ('hubs = ["https://me:pass@hub.example/"]', "must not be written in this file"),
        ('indexnow_key = "short"', "announce.indexnow_key"),
        ('indexnow_key = "with a space"', "announce.indexnow_key"),
        ('webhooks = [{ name = "desk", url_env = "https://chat.example/T0/B1" }]', "url_env"),
        ('webhooks = [{ name = "a b", url_env = "DESK" }]', "name"),
        (
            'webhooks = [{ name = "a", url_env = "A" }, { name = "a", url_env = "B" }]',
            "each name may stand once",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(line: str, says: str) -> None:
    with pytest.raises(ConfigurationFault) as caught:
        parse_settings(f"{BASE}{line}")
    assert says in " ".join(caught.value.why)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "http://localhost:9"])
def test_this_machine_may_be_told_without_a_certificate(address: str) -> None:
    assert parse_settings(f'{BASE}hubs = ["{address}"]').announce.hubs == (address,)
