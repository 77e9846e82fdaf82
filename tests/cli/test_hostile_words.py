"""Markdown that means harm, through a whole launch: refused, or public without its harm."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.support import hostile
from tests.support.command import Team, new_team, refused
from tests.support.samples import draw

HONEST = "Une panne touche la raffinerie de Sept-Îles depuis ce matin. Personne n’est blessé."
# What a text may not decide: where it goes, how it looks, whether it is public.
DIRECTIVES = """---
title: Panne d’électricité à Sept-Îles
keywords: panne
save_as: ../../MARKER.html
url: MARKER/
slug: ../MARKER
template: MARKER
status: draft
date: 1999-01-01
authors: MARKER
---
"""
TEMPLATES = "{{ 7*191 }} {% include 'MARKER' %} {{ site.MARKER }} %(MARKER)s ${MARKER}\n"
SILENCED = sorted(hostile.SILENCED_TEXTS)
LAUNCH = ("launch", "--only", "fr", "--yes", "--json")


class Tags(HTMLParser):
    """Reads every attribute of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        self.attributes += attrs


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return new_team(tmp_path / "team")


def launched(team: Team, text: str, *more: str) -> tuple[int, str]:
    path = team.folder.parent / "avis.fr.md"
    path.write_text(text, "utf-8")
    told = team.call(*LAUNCH, "--content", str(path), *more)
    assert "Traceback" not in told.out + told.err
    return told.code, told.out


@pytest.mark.parametrize("name", draw(SILENCED, len(SILENCED) // 4, "hostile texts"))
def test_a_hostile_text_is_refused_or_loses_its_harm(team: Team, name: str) -> None:
    words = ("--keywords", "panne", "--title", "Panne d’électricité à Sept-Îles", "--dry-run")
    code, _ = launched(team, f"{HONEST}\n\n{hostile.SILENCED_TEXTS[name]}\n", *words)
    assert code in {0, 3}


def test_what_was_not_refused_is_public_without_its_harm(team: Team) -> None:
    texts = [hostile.SILENCED_TEXTS[name] for name in ("script", "event-handler", "style")]
    texts += [hostile.SILENCED_TEXTS[name] for name in ("javascript-link", "data-link")]
    words = ("--keywords", "panne", "--title", "Panne <b onclick=MARKER()>à</b> Sept-Îles")
    code, told = launched(team, "\n\n".join([HONEST, *texts]), *words)

    assert code == 0, told
    page = (team.folder / ".sparetire/site/current/fr/panne/index.html").read_text("utf-8")
    assert page.partition("<main")[2].count("Kept") == len(texts)
    tags = Tags()
    tags.feed(page)
    assert not [name for name, _ in tags.attributes if name.startswith("on")]
    places = [value for name, value in tags.attributes if name in {"href", "src"}]
    assert not [value for value in places if "MARKER" in (value or "")]
    assert page.count("<script") == page.count('<script type="application/ld+json">') == 1


def test_a_text_decides_neither_its_place_nor_its_look(team: Team) -> None:
    refused_code, told = launched(team, f"{DIRECTIVES}{HONEST}\n\n{TEMPLATES}")
    assert (refused_code, "blank-open" in told) == (3, True)  # {{ }} is an open blank of ours

    plain = TEMPLATES.replace("{{", "{ {").replace("}}", "} }")
    code, told = launched(team, f"{DIRECTIVES}{HONEST}\n\n{plain}", "--slug", "panne")

    assert code == 0, told
    names = [path.as_posix() for path in team.folder.rglob("*") if "MARKER" in path.name]
    assert names == []
    page = (team.folder / ".sparetire/site/current/fr/panne/index.html").read_text("utf-8")
    assert "{% include" in page
    assert "1337" not in page
    assert "1999" not in page


@pytest.mark.parametrize(
    "slug",
    ["../panne", "/etc/panne", "..", "a/../../b", "panne\\..", "%2e%2e", "pan\u202ene", ""],
)
def test_an_address_cannot_lead_out_of_the_site(team: Team, slug: str) -> None:
    path = team.folder.parent / "avis.fr.md"
    path.write_text(HONEST, "utf-8")
    words = ("--keywords", "panne", "--title", "Panne d’électricité à Sept-Îles")
    told = team.call(*LAUNCH, "--content", str(path), *words, "--slug", slug)
    error = refused(told, 2)
    assert "makes no address" in error["what"]
    assert not (team.folder / ".sparetire/site/current").exists()
