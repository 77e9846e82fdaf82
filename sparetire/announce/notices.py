"""What each receiver would be told of a change: composed before it, sent after it is live.

Sources: WebSub (W3C, 2018) leaves the publisher's call open; hubs take the form of PubSubHubbub
0.4, and some want ``hub.topic``. IndexNow: indexnow.org, "Documentation", at most 10,000
addresses a call.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from sparetire.config.announce import Announce
from sparetire.config.section import is_loopback
from sparetire.model.announcement import Channel, Notice

__all__ = ["Change", "notices_of"]

MOST_ADDRESSES = 10_000
QUIET = {"prepare"}  # machines read the pages anew, but no person needs to hear of it


@dataclass(frozen=True, slots=True)
class Change:
    """What the public will find new, in absolute addresses.

    Attributes:
        event: What happened, in one word: ``launch``, ``publish``, ``withdraw``.
        edition: What carries it.
        base_url: The site, without a closing slash.
        feeds: Feeds that say something else than before.
        pages: Pages that search engines may know and that say something else.
        key_file: Whether the site holds the file that IndexNow asks for.
        titles: What it is about, by language code.
        urls: Where to read it, by language code.
        at: The instant, ISO 8601 with zone.
        organisation: Who speaks.
    """

    event: str
    edition: str
    base_url: str
    feeds: tuple[str, ...]
    pages: tuple[str, ...]
    key_file: bool
    titles: dict[str, str]
    urls: dict[str, str]
    at: str
    organisation: str


def notices_of(
    announce: Announce, change: Change, environment: Mapping[str, str]
) -> tuple[Notice, ...]:
    """Return what is to be sent; nothing where no page is new that anybody should find.

    A site that only this machine can read is told to receivers on this machine alone.
    """
    if not change.pages:
        return ()
    return (
        *_to_hubs(announce, change),
        *_to_indexnow(announce, change),
        *_to_webhooks(announce, change, environment),
    )


def _to_hubs(announce: Announce, change: Change) -> Iterator[Notice]:
    form = [("hub.mode", "publish")]
    for feed in change.feeds:
        form += [("hub.url", feed), ("hub.topic", feed)]
    for hub in announce.hubs if change.feeds else ():
        if _worth_telling(hub, change):
            gist = _counted(change.feeds, "feed")
            yield Notice(Channel.WEBSUB, _host(hub), hub, urlencode(form), gist, change.edition)


def _to_indexnow(announce: Announce, change: Change) -> Iterator[Notice]:
    key, there = announce.indexnow_key, announce.indexnow
    if not (key and change.key_file and _worth_telling(there, change)):
        return
    for start in range(0, len(change.pages), MOST_ADDRESSES):
        pages = change.pages[start : start + MOST_ADDRESSES]
        body = {
            "host": urlsplit(change.base_url).netloc,
            "key": key,
            "keyLocation": f"{change.base_url}/{key}.txt",
            "urlList": pages,
        }
        gist = _counted(pages, "page")
        text = json.dumps(body)
        yield Notice(Channel.INDEXNOW, _host(there), there, text, gist, change.edition)


def _to_webhooks(
    announce: Announce, change: Change, environment: Mapping[str, str]
) -> Iterator[Notice]:
    lines = [f"{change.titles.get(code, '')}\n{url}" for code, url in change.urls.items()]
    body = {
        "text": "\n".join(line.strip() for line in lines),  # what chat rooms show
        "event": change.event,
        "organisation": change.organisation,
        "titles": change.titles,
        "urls": change.urls,
        "edition": change.edition,
        "at": change.at,
    }
    text = json.dumps(body, ensure_ascii=False)
    gist = _counted(tuple(change.urls), "address")
    for webhook in () if change.event in QUIET else announce.webhooks:
        name, variable = webhook.name, webhook.url_env
        if _worth_telling(environment.get(variable, ""), change):
            yield Notice(Channel.WEBHOOK, name, variable, text, gist, change.edition)


def _worth_telling(receiver: str, change: Change) -> bool:
    return is_loopback(receiver) or not is_loopback(change.base_url)


def _host(url: str) -> str:
    return urlsplit(url).netloc


def _counted(things: Sequence[str], name: str) -> str:
    plural = "es" if name.endswith("s") else "s"
    return f"{len(things)} {name}{'' if len(things) == 1 else plural}"
