"""Every place that repeats a statement follows its latest true text."""

import json
import re
from pathlib import Path

import defusedxml.ElementTree as ET  # noqa: N817  its usual name
import pytest

from tests.support.command import Team

YES = ("--yes", "--json")
FIRST = {
    "fr": "Un bassin a laissé fuir 540 m³ d’eau rouge vers la rivière ce matin.",
    "en": "A basin leaked 540 m³ of red water towards the river this morning.",
}
RIGHT = {
    "fr": "Le volume mesuré est de 45 m³; le premier chiffre était faux.",
    "en": "The measured volume is 45 m³; the first figure was wrong.",
}
OVER = {
    "fr": "La fuite est colmatée et la rivière est de nouveau claire.",
    "en": "The leak is sealed and the river is clear again.",
}
TITLES = {"fr": "Fuite de 540 m³ à Gagnon", "en": "Leak of 540 m³ in Gagnon"}
RIGHT_TITLES = {"fr": "Fuite de 45 m³ à Gagnon", "en": "Leak of 45 m³ in Gagnon"}
CODES = ("fr", "en")
PAGES = {"fr": "fr/fuite/index.html", "en": "en/leak/index.html"}
_TAGS = re.compile(r"<[^>]+>")


@pytest.fixture
def leak(team: Team) -> Team:
    """Return a team that has told of a leak, with a wrong figure in title and text."""
    keywords = ("--keywords", "fuite, Gagnon", "--keywords", "en=leak, Gagnon")
    slugs = ("--slug", "fuite", "--slug", "en=leak")
    say(team, "launch", FIRST, TITLES, *keywords, *slugs)
    return team


def say(
    team: Team, command: str, texts: dict[str, str], titles: dict[str, str], *more: str
) -> None:
    """Give a command with a text in each language."""
    words = []
    for code, text in texts.items():
        team.words(code).write_text(text, encoding="utf-8")
        words += ["--content", f"{code}={team.words(code)}"]
    for code, title in titles.items():
        words += ["--title", f"{code}={title}"]
    done = team.call(command, *words, *more, *YES)
    assert done.code == 0, done.out


def read(team: Team, path: str) -> str:
    return (team.folder / ".sparetire/site/current" / path).read_text(encoding="utf-8")


def previews(page: str) -> str:
    """Return what a shared link and a search result show of a page."""
    metas = re.findall(r'<meta (?:name|property)="[^"]*" content="([^"]*)"', page)
    titles = re.findall(r"<title>([^<]*)", page)
    return "\n".join([*metas, *titles])


def linked_data(page: str) -> dict[str, object]:
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    found = json.loads(text)
    assert isinstance(found, dict)
    return found


def repeated(team: Team, code: str, folder: Path) -> dict[str, str]:
    """Return every place that repeats what an incident says, in one language, by its name."""
    page, home = read(team, PAGES[code]), read(team, f"{code}/index.html")
    feed = ET.fromstring(read(team, f"{PAGES[code].removesuffix('index.html')}feed.xml"))
    data = linked_data(page)
    news = ET.fromstring(read(team, "sitemap-news.xml"))
    kit = team.call("share", "fuite", "--out", str(folder), "--json")
    assert kit.code == 0, kit.out
    return {
        "previews": previews(page),
        "previews of the home": previews(home),
        "home": _TAGS.sub(" ", home),
        "root": _TAGS.sub(" ", read(team, "index.html")),
        "linked data": f"{data['headline']} {data.get('description')}",
        "feed descriptions": "\n".join(one.text or "" for one in feed.iter("description")),
        "feed titles": "\n".join(one.text or "" for one in feed.iter("title")),
        "news sitemap": "\n".join(news.itertext()),
        "post": (folder / f"post.{code}.txt").read_text(encoding="utf-8"),
        "e-mail": (folder / f"email.{code}.txt").read_text(encoding="utf-8"),
        "banner": (folder / "banner.html").read_text(encoding="utf-8"),
    }


@pytest.mark.parametrize("code", CODES)
def test_a_correction_reaches_every_place_that_repeats_the_text(
    leak: Team, code: str, tmp_path: Path
) -> None:
    assert "540" in repeated(leak, code, tmp_path)["previews"]

    say(leak, "correct", RIGHT, RIGHT_TITLES)

    places = repeated(leak, code, tmp_path)
    assert [name for name, text in places.items() if "540" in text] == []
    assert "45" in places["previews"]
    assert "45" in places["post"]
    assert "45" in places["e-mail"]
    page = read(leak, PAGES[code])
    assert "540" in page, "the page keeps the old wording, beside the correction"


@pytest.mark.parametrize("code", CODES)
def test_the_end_reaches_every_place_that_repeats_the_text(
    leak: Team, code: str, tmp_path: Path
) -> None:
    say(leak, "close", OVER, {})

    places = repeated(leak, code, tmp_path)
    end = OVER[code][:20]
    for name in ("previews", "home", "linked data", "e-mail"):
        assert end in places[name].replace("\u202f", " "), name
        assert FIRST[code][:30] not in places[name], name


def test_a_language_that_lacks_the_correction_repeats_nothing_that_is_wrong(
    leak: Team, tmp_path: Path
) -> None:
    say(leak, "correct", {"fr": RIGHT["fr"]}, {}, "--only", "fr")

    places = repeated(leak, "en", tmp_path)
    assert FIRST["en"][:30] not in "\n".join(places.values())
    assert "more recent statement" in places["previews"]


@pytest.mark.parametrize("code", CODES)
def test_the_home_says_what_is_going_on(leak: Team, code: str) -> None:
    """During a crisis its description was the text of a site that waits."""
    waiting = {"fr": "Quand une situation l’exige", "en": "When a situation calls for it"}[code]
    during = previews(read(leak, f"{code}/index.html"))
    say(leak, "close", OVER, {})
    after = previews(read(leak, f"{code}/index.html"))

    assert TITLES[code].replace(" ", "")[:8] in during.replace(" ", "").replace("\u00a0", "")
    assert waiting not in during
    assert TITLES[code][:8] not in after
