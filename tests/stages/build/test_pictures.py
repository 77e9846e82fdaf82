"""Every page names pictures that are there, drawn once, and drawn again when they must be."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from sparetire.model.edition import Edition
from sparetire.model.incident import Kind, Words
from sparetire.workspace.layout import Workspace
from tests.support.draft import WORDS
from tests.support.editions import body_of
from tests.support.workspaces import BASE, build, incident, source_of, workspace_in

FRENCH_PAGE = "fr/deversement-riviere/index.html"
ENGLISH_PAGE = "en/oil-spill-river/index.html"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_in(tmp_path / "boreal")


def text(edition: Edition, path: str) -> str:
    return body_of(edition, path).read_text("utf-8")


def card_on(edition: Edition, page: str) -> str:
    (address,) = re.findall(r'property="og:image" content="([^"]+)"', text(edition, page))
    assert isinstance(address, str)
    return address.removeprefix(f"{BASE}/")


def test_an_incident_has_a_card_of_its_own_in_each_language(workspace: Workspace) -> None:
    edition = build(workspace, source_of(workspace, incident()))
    cards = {page: card_on(edition, page) for page in
             (FRENCH_PAGE, ENGLISH_PAGE, "fr/index.html", "en/index.html")}  # fmt: skip
    assert len(set(cards.values())) == 4
    for path in cards.values():
        with Image.open(BytesIO(body_of(edition, path).read_bytes())) as card:
            assert card.size == (1200, 630)


def test_search_engines_are_told_of_the_same_card(workspace: Workspace) -> None:
    edition = build(workspace, source_of(workspace, incident()))
    for page in (FRENCH_PAGE, ENGLISH_PAGE):
        assert f'"image": "{BASE}/{card_on(edition, page)}"' in text(edition, page)


def test_the_card_is_described_to_who_cannot_see_it(workspace: Workspace) -> None:
    page = text(build(workspace, source_of(workspace, incident())), ENGLISH_PAGE)
    (alt,) = re.findall(r'property="og:image:alt" content="([^"]+)"', page)
    assert alt == f"{WORDS['en'].title} – Boreal Minerals"


def test_a_new_title_is_a_new_file_so_that_no_platform_shows_the_old_one(
    workspace: Workspace,
) -> None:
    old = incident()
    words = {code: replace(said, title=f"{said.title} (2)") for code, said in WORDS.items()}
    before = build(workspace, source_of(workspace, old))
    after = build(workspace, source_of(workspace, incident(words)))
    assert card_on(before, FRENCH_PAGE) not in after.manifest.entries
    assert card_on(before, "fr/index.html") == card_on(after, "fr/index.html")


def test_a_withdrawn_incident_shows_no_card_with_its_title(workspace: Workspace) -> None:
    said = incident()
    notice = Words("Avis", "Ce texte a été retiré.", "Retiré.")
    last = replace(
        said.statements[0], number=2, kind=Kind.WITHDRAWAL, words=dict.fromkeys(WORDS, notice)
    )
    gone = replace(said, statements=(*said.statements, last))
    edition = build(workspace, source_of(workspace, gone))
    assert card_on(edition, FRENCH_PAGE) == card_on(edition, "fr/index.html")
    cards = [path for path in edition.manifest.entries if path.startswith("assets/card.")]
    assert len(cards) == 2


def test_the_icons_are_where_each_reader_looks(workspace: Workspace) -> None:
    edition = build(workspace, source_of(workspace, incident()))
    with Image.open(BytesIO(body_of(edition, "favicon.ico").read_bytes())) as icon:
        assert icon.format == "ICO"
    page = text(edition, FRENCH_PAGE)
    assert '<link rel="icon" sizes="32x32" href="../../favicon.ico">' in page
    (touch,) = re.findall(r'rel="apple-touch-icon" href="\.\./\.\./([^"]+)"', page)
    assert touch in edition.manifest.entries


@pytest.mark.parametrize("lost", [False, True])
def test_a_picture_is_drawn_again_only_when_its_bytes_are_gone(
    workspace: Workspace, *, lost: bool
) -> None:
    source = source_of(workspace, incident())
    first = build(workspace, source)
    card = body_of(first, card_on(first, FRENCH_PAGE))
    drawn = card.stat().st_mtime_ns
    if lost:
        card.unlink()
    assert build(workspace, source).manifest.edition == first.manifest.edition
    assert (card.stat().st_mtime_ns != drawn) == lost
