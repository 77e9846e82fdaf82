"""What receivers would be told: public addresses, and only where it makes sense to tell."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import pytest

from sparetire.announce.notices import Change, notices_of
from sparetire.config.announce import Announce
from sparetire.model.announcement import Channel

BASE = "https://info.boreal.example/news"
CHANGE = Change(
    event="launch",
    edition="0a1b2c3d4e5f",
    base_url=BASE,
    feeds=(f"{BASE}/fr/feed.xml", f"{BASE}/en/feed.xml"),
    pages=(f"{BASE}/fr/panne/", f"{BASE}/en/outage/", f"{BASE}/fr/"),
    key_file=True,
    titles={"fr": "Panne à Sept-Îles", "en": "Outage in Sept-Îles"},
    urls={"fr": f"{BASE}/fr/panne/", "en": f"{BASE}/en/outage/"},
    at="2026-11-24T14:00:00+00:00",
    organisation="Minéraux Boréal",
)
ANNOUNCE = Announce.model_validate(
    {
        "hubs": ["https://hub.example/"],
        "indexnow_key": "boreal-info-2027",
        "webhooks": [{"name": "desk", "url_env": "DESK"}],
    }
)
SECRET = "https://chat.example/hooks/T0P-S3CRET"  # noqa: S105  of nobody
ENVIRONMENT = {"DESK": SECRET}


def by_channel(announce: Announce, change: Change) -> dict[Channel, str]:
    notices = notices_of(announce, change, ENVIRONMENT)
    return {notice.channel: notice.body for notice in notices}


def test_a_hub_is_told_of_every_feed_that_changed() -> None:
    form = parse_qs(by_channel(ANNOUNCE, CHANGE)[Channel.WEBSUB])
    assert form == {
        "hub.mode": ["publish"],
        "hub.url": list(CHANGE.feeds),
        "hub.topic": list(CHANGE.feeds),
    }


def test_search_engines_are_told_of_every_page_and_where_our_key_is() -> None:
    assert json.loads(by_channel(ANNOUNCE, CHANGE)[Channel.INDEXNOW]) == {
        "host": "info.boreal.example",
        "key": "boreal-info-2027",
        "keyLocation": f"{BASE}/boreal-info-2027.txt",
        "urlList": list(CHANGE.pages),
    }


def test_a_desk_reads_title_and_address_in_both_languages() -> None:
    told = json.loads(by_channel(ANNOUNCE, CHANGE)[Channel.WEBHOOK])
    assert told["text"] == (
        f"Panne à Sept-Îles\n{BASE}/fr/panne/\nOutage in Sept-Îles\n{BASE}/en/outage/"
    )
    assert (told["event"], told["urls"]) == ("launch", CHANGE.urls)


def test_the_secret_address_of_a_desk_is_in_no_notice() -> None:
    notices = notices_of(ANNOUNCE, CHANGE, ENVIRONMENT)
    assert Channel.WEBHOOK in {notice.channel for notice in notices}
    assert SECRET not in repr(notices)


@pytest.mark.parametrize(
    ("changes", "channels"),
    [
        ({"pages": ()}, set()),
        ({"feeds": ()}, {Channel.INDEXNOW, Channel.WEBHOOK}),
        ({"key_file": False}, {Channel.WEBSUB, Channel.WEBHOOK}),
        ({"base_url": "http://127.0.0.1:8044"}, set()),
        ({"event": "prepare"}, {Channel.WEBSUB, Channel.INDEXNOW}),
    ],
    ids=["hidden pages", "same feeds", "no key file", "this machine", "new brand"],
)
def test_nobody_is_told_what_they_could_not_use(
    changes: dict[str, Any], channels: set[Channel]
) -> None:
    assert set(by_channel(ANNOUNCE, replace(CHANGE, **changes))) == channels


def test_a_desk_whose_address_is_missing_stays_on_the_list() -> None:
    (notice,) = notices_of(
        Announce.model_validate({"webhooks": [{"name": "desk", "url_env": "DESK"}]}), CHANGE, {}
    )
    assert (notice.receiver, notice.to) == ("desk", "DESK")


def test_a_call_names_ten_thousand_pages_at_most() -> None:
    pages = tuple(f"{BASE}/{number}/" for number in range(20_001))
    notices = notices_of(ANNOUNCE, replace(CHANGE, pages=pages, feeds=()), {})
    lists = [
        json.loads(notice.body)["urlList"]
        for notice in notices
        if notice.channel is Channel.INDEXNOW
    ]
    assert [len(urls) for urls in lists] == [10_000, 10_000, 1]
    assert [url for urls in lists for url in urls] == list(pages)
