"""The stand-ins of a drill really receive, and refuse what says nothing."""

import requests

from sparetire.announce.stub import stub_receivers

FORM = {"hub.mode": "publish", "hub.url": "http://127.0.0.1/feed.xml"}


def test_each_hears_what_is_meant_for_its_kind() -> None:
    desk = {"text": "t", "urls": {"fr": "u"}}
    with stub_receivers() as stub:
        answers = [
            requests.post(f"{stub.url}/hub", data=FORM, timeout=5),
            requests.post(
                f"{stub.url}/indexnow",
                json={"key": "k", "host": "h", "urlList": ["u"]},
                timeout=5,
            ),
            requests.post(f"{stub.url}/desk", json=desk, timeout=5),
        ]
    assert [one.status_code for one in answers] == [204, 204, 204]
    assert stub.heard == ["/hub", "/indexnow", "/desk"]


def test_what_says_nothing_is_refused_and_does_not_count() -> None:
    with stub_receivers() as stub:
        answers = [
            requests.post(f"{stub.url}/hub", data={"hub.mode": "publish"}, timeout=5),
            requests.post(f"{stub.url}/indexnow", data="{", timeout=5),
            requests.post(f"{stub.url}/desk", json={"text": ""}, timeout=5),
            requests.post(f"{stub.url}/elsewhere", json={"text": "t"}, timeout=5),
        ]
    assert [one.status_code for one in answers] == [400, 400, 400, 400]
    assert stub.heard == []
