"""No feed of a stranger's, however odd, is an internal error: rules and imports read it."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparetire.errors import SparetireError
from sparetire.rules.feed.catalogue import feed_findings
from sparetire.stages.archive.feed import pieces_of_feed
from sparetire.stages.foreign import Foreign

NAMES = (
    *("id", "url", "title", "content_html", "content_text", "image", "date_published", "tags"),
    *("attachments", "authors", "mime_type", "items", "feed_url", "hubs", "home_page_url"),
)
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
    ),
    max_leaves=12,
)


def read(content: bytes) -> None:
    list(feed_findings(content, "feed", "https://a.example/feed"))
    with suppress(SparetireError):  # in words
        list(pieces_of_feed(Foreign(content), "feed"))


@given(st.dictionaries(st.sampled_from(NAMES), ODD, max_size=6))
def test_a_json_feed_may_hold_anything(facts: dict[str, Any]) -> None:
    read(json.dumps({"version": "https://jsonfeed.org/version/1.1", **facts}).encode())


@given(st.binary(max_size=200), st.sampled_from([b"", b"{", b"<?xml version='1.0'?><rss>"]))
def test_a_feed_may_be_any_bytes(body: bytes, head: bytes) -> None:
    read(head + body)


@pytest.mark.parametrize("attachments", [None, 1, "a", {}, [None], [1], [{"mime_type": 1}]])
def test_attachments_of_any_shape_are_told(attachments: object) -> None:
    item = {"id": "1", "content_text": "a", "attachments": attachments}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "a", "items": [item]}
    read(json.dumps(feed).encode())
    found = feed_findings(json.dumps(feed).encode(), "feed")
    assert any("attach" in one.message for one in found)
