"""Text that is nested without end is refused soon, by all that reads text of others."""

import json
import time

import pytest

from sparetire.errors import ContentRefused
from sparetire.rules.feed.document import read_feed
from sparetire.stages.archive.feed import pieces_of_feed
from sparetire.stages.archive.piece import Piece
from sparetire.stages.depth import DEEPEST
from sparetire.stages.foreign import Foreign
from sparetire.stages.intake.clean import clean_html
from sparetire.stages.markdown import to_html

MANY = 64_000
AT_MOST = 5.0  # seconds of processor; each took from 13 to 60
DEEP = {
    "div": "<div>" * MANY,
    "div, closed": "<div>" * MANY + "</div>" * MANY,
    "lists": "<ul><li>" * MANY,
    "tables": "<table><tr><td>" * MANY,
    "marks": "<b><i>" * MANY,
    "unknown": "<x-y>" * MANY,
}


@pytest.mark.parametrize("kind", DEEP)
def test_deep_markup_is_refused_soon(kind: str) -> None:
    started = time.process_time()
    with pytest.raises(ContentRefused, match="too deep"):
        clean_html(DEEP[kind])
    assert time.process_time() - started < AT_MOST


@pytest.mark.parametrize("deep", ["> " * MANY + "x", *DEEP.values()])
def test_deep_markdown_is_refused_soon(deep: str) -> None:
    started = time.process_time()
    with pytest.raises(ContentRefused, match="too deep"):
        to_html(deep, top=2, anchor="a")
    assert time.process_time() - started < AT_MOST


def test_paragraphs_and_items_without_an_end_are_no_depth() -> None:
    text, _ = clean_html("<p>un<ul>" + "<li>deux" * (3 * DEEPEST) + "</ul>" + "<p>x<br>" * 900)
    assert text.count("- deux") == 3 * DEEPEST


def test_one_deep_item_of_a_feed_leaves_the_others() -> None:
    items = [
        {"title": "Un", "content_html": "<p>Texte.</p>"},
        {"title": "Deux", "content_html": DEEP["div"]},
        {"title": "Trois", "content_html": "<p>Texte.</p>"},
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": items}
    first, deep, last = pieces_of_feed(Foreign(json.dumps(feed).encode()), "feed.json")
    assert isinstance(first, Piece)
    assert isinstance(last, Piece)
    assert isinstance(deep, str)
    assert "nested too deep" in deep


@pytest.mark.parametrize(
    "encoding", ["martian", "utf-7", "iso-8859-1", "utf-16", "x-user-defined"]
)
def test_what_a_feed_says_of_its_encoding_ends_nothing(encoding: str) -> None:
    rss = "<rss version='2.0'><channel><title>Énergie</title></channel></rss>"
    feed = read_feed(f"<?xml version='1.0' encoding='{encoding}'?>{rss}".encode())
    assert isinstance(feed, str) or feed.channel.findtext("title") == "Énergie"
