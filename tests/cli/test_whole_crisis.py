"""One crisis from its first minute to its last word, on a folder and in a bucket.

Each step is one command, live and verified from outside, and an item of its own in the feeds.
"""

import re
from dataclasses import dataclass, field
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import feedparser

from sparetire.hosts.loopback import serve
from sparetire.workspace.incidents import read_incident
from tests.support.command import Team

NAME = "panne-electricite"
FRENCH = [
    "Le courant est revenu dans le bâtiment A à 9 h 12. Les autres attendent.\n",
    "Deux équipes de plus sont arrivées à 9 h 40 de Baie-Comeau.\n",
    "Le courant est revenu dans le bâtiment B à 10 h 15.\n",
    "La route 138 est ouverte de nouveau dans les deux directions.\n",
    "Le courant est revenu dans le bâtiment C à 11 h 02.\n",
    "Les torchères sont éteintes depuis 11 h 30.\n",
]
ENGLISH = [
    "Power came back to building A at 9:12 a.m. The others are waiting.\n",
    "Two more crews arrived at 9:40 a.m. from Baie-Comeau.\n",
    "Power came back to building B at 10:15 a.m.\n",
    "Route 138 is open again in both directions.\n",
    "Power came back to building C at 11:02 a.m.\n",
    "The flares have been out since 11:30 a.m.\n",
]
WRONG = ("Deux équipes sont arrivées à 9 h 50.\n", "Two crews arrived at 9:50 a.m.\n")
LAST = ("Le courant est revenu partout à 14 h.\n", "Power is back everywhere since 2 p.m.\n")


@dataclass
class Crisis:
    """A team in a crisis, and what its readers hold by now."""

    team: Team
    target: str
    urls: dict[str, str] = field(default_factory=dict)
    feeds: list[list[str]] = field(default_factory=list)

    def do(self, *words: str) -> None:
        """Give a command, which must end live, verified and changed."""
        done = self.team.call(*words, "--target", self.target, "--yes", "--json")
        assert done.code == 0, done.out + done.err
        assert done.json["changed"] is True
        assert "verify" in done.json["timings"]
        if not self.urls:
            self.urls = done.json["urls"]
        self.feeds.append([entry.id for entry in self.entries("fr")])
        for code in self.urls:
            checked = self.team.call("feed", "check", self.feed(code), "--json")
            assert checked.code == 0, checked.out

    def say(self, command: str, french: str, english: str, *more: str) -> None:
        """Say something in both languages."""
        words = [command]
        for code, text in (("fr", french), ("en", english)):
            path = self.team.folder.parent / f"said.{code}.md"
            path.write_text(text, "utf-8")
            words += ["--content", f"{code}={path}"]
        self.do(*words, *more)

    def read(self, url: str) -> str:
        """Return what a reader gets."""
        with urlopen(url, timeout=10) as answer:
            body: bytes = answer.read()
        return body.decode()

    def cards(self) -> list[str]:
        """Return the pictures that share the incident, which show its title."""
        found = (
            re.search(r'og:image" content="([^"]+)', self.page(code)) for code in self.urls
        )
        return [match[1] for match in found if match]

    def bytes_at(self, url: str) -> bytes:
        """Return what readers get of a file; nothing where it is gone."""
        try:
            with urlopen(url, timeout=10) as answer:
                body: bytes = answer.read()
                return body
        except HTTPError as error:
            error.close()
            return b""

    def page(self, code: str) -> str:
        """Return the incident's page."""
        return self.read(self.urls[code])

    def feed(self, code: str) -> str:
        """Return the address of the incident's own feed."""
        return self.urls[code].removesuffix(".html").rstrip("/") + "/feed.xml"

    def entries(self, code: str) -> list[feedparser.FeedParserDict]:
        """Return the items of the incident's own feed."""
        feed = feedparser.parse(self.read(self.feed(code)))
        assert not feed.bozo
        found: list[feedparser.FeedParserDict] = feed.entries
        return found


def live_through(crisis: Crisis) -> None:
    """Launch, six updates, a correction, a withdrawal, its rollback, the last word."""
    crisis.do(*crisis.team.launch())
    for number, (french, english) in enumerate(zip(FRENCH, ENGLISH, strict=True), start=1):
        crisis.say("update", french, english, "--label", "verified", "--next", "30m")
        assert french.split(".")[0] in crisis.page("fr").replace("\u00a0", " ")
        assert len(crisis.entries("en")) == number + 1
    crisis.say("correct", *WRONG, "--statement", "3")
    whole = crisis.page("fr")
    cards = {card: crisis.bytes_at(card) for card in crisis.cards()}
    assert all(cards.values())
    assert cards
    crisis.do("withdraw", "--reason", "error")
    assert not [card for card, body in cards.items() if crisis.bytes_at(card) == body]
    assert "torchères" not in crisis.page("fr")
    assert "published by mistake" in crisis.page("en")
    assert not [one for one in crisis.entries("fr") if "courant" in str(one)]
    crisis.do("rollback")
    assert {card: crisis.bytes_at(card) for card in cards} == cards
    assert crisis.page("fr") == whole
    crisis.say("close", *LAST)
    assert "Cette situation est terminée" in crisis.page("fr")


def check_the_record(crisis: Crisis) -> None:
    """Each thing said is an item of its own, and none ever changed its id."""
    launch, *updates, correction, withdrawal, restored, closing = crisis.feeds
    assert [len(ids) for ids in (launch, *updates)] == [1, 2, 3, 4, 5, 6, 7]
    assert len(correction) == 8
    assert set(correction) < set(withdrawal)
    assert restored == correction
    assert len(closing) == 9
    assert set(closing) - set(restored) == {closing[0]}
    kept = read_incident(crisis.team.folder / "incidents" / NAME)
    assert [one.number for one in kept.statements] == list(range(1, 11))
    assert [one.number for one in kept.statements if one.taken_back] == [9]
    assert crisis.team.call("history", "--verify").code == 0


def test_a_whole_crisis_on_a_folder(team: Team) -> None:
    where = urlsplit(team.url)
    with serve(team.folder / ".sparetire/site/current", str(where.hostname), where.port or 0):
        crisis = Crisis(team, "local")
        live_through(crisis)
        check_the_record(crisis)


def test_a_whole_crisis_in_a_bucket(bucket_team: Team) -> None:
    crisis = Crisis(bucket_team, "production")
    live_through(crisis)
    check_the_record(crisis)
