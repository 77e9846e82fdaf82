"""``import``, and a Word file given to ``launch``, as a person types them."""

from pathlib import Path

from tests.support import hostile
from tests.support.command import Team, call, refused
from tests.support.word import blip, paragraph, photograph, run, said, word

FRENCH = word(
    paragraph(run("Panne d’électricité à Sept-Îles"), style="Titre1")
    + said(
        "Une panne touche la raffinerie de Sept-Îles depuis ce matin. Personne n’est blessé."
    )
    + said("Évitez le secteur du port. Nous reparlerons à 11 h, heure de l’Est."),
    more={
        "word/styles.xml": (
            '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            '<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/>'
            "</w:style></w:styles>"
        ),
        "docProps/core.xml": '<c xmlns:dc="d"><dc:creator>MARKER</dc:creator></c>',
    },
)


def test_a_word_file_becomes_markdown_and_nothing_is_lost_twice(tmp_path: Path) -> None:
    source, to = tmp_path / "avis.docx", tmp_path / "texts" / "avis.fr.md"
    source.write_bytes(FRENCH)
    order = ("import", str(source), "--to", str(to), "--json")
    told = call(*order)
    assert told.code == 0
    assert told.json["files"] == [str(to)]
    assert told.json["dropped"] == ["the names of its authors: MARKER"]
    assert to.read_text().startswith("# Panne d’électricité à Sept-Îles\n\nUne panne")
    assert call(*order).code == 0
    to.write_text("Somebody has corrected this since.")
    again = call("import", str(source), "--to", str(to))
    assert again.code == 2
    assert "avis.fr-2.md" in "".join(again.err.split())  # wherever the line was folded
    assert to.read_text().startswith("Somebody")


def test_a_dry_run_shows_the_text_and_writes_nothing(tmp_path: Path) -> None:
    source, to = tmp_path / "avis.docx", tmp_path / "avis.md"
    source.write_bytes(FRENCH)
    told = call("import", str(source), "--to", str(to), "--dry-run")
    assert told.code == 0
    assert "Nous reparlerons" in told.out
    assert not to.exists()


def test_an_unsettled_file_is_refused_until_its_changes_are_accepted(tmp_path: Path) -> None:
    source, to = tmp_path / "draft.docx", tmp_path / "draft.md"
    source.write_bytes(hostile.SILENCED_WORDS["deleted-text"])
    refused = call("import", str(source), "--to", str(to))
    assert refused.code == 3
    assert "paragraph 1" in refused.err
    assert not to.exists()
    accepted = call("import", str(source), "--to", str(to), "--accept-changes")
    assert accepted.code == 0
    assert to.read_text() == "Kept.\n"


def test_a_photo_loses_what_the_camera_wrote(tmp_path: Path) -> None:
    source = tmp_path / "site.jpg"
    source.write_bytes(photograph())
    told = call("import", str(source), "--to", str(tmp_path / "site.md"), "--json")
    (written,) = told.json["files"]
    assert b"MARKER" in source.read_bytes()
    assert b"MARKER" not in Path(written).read_bytes()


def test_a_file_of_another_kind_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "deck.pptx").write_bytes(b"PK\x03\x04")
    told = call("import", str(tmp_path / "deck.pptx"))
    assert told.code == 2
    assert "deck.pptx" in told.err


def test_a_word_file_goes_live_without_its_author_and_without_itself(team: Team) -> None:
    path = team.folder / "avis.docx"
    path.write_bytes(FRENCH)
    told = team.call(
        *("launch", "--keywords", "panne", "--content", f"fr={path}", "--only", "fr"),
        *("--yes", "--json"),
    )
    assert told.code == 0, told.out
    site = team.folder / ".sparetire/site/current"
    files = [each for each in site.rglob("*") if each.is_file()]
    assert not [each for each in files if each.suffix == ".docx"]
    assert not [each for each in files if b"MARKER" in each.read_bytes()]
    assert "Évitez le secteur du port" in (site / "fr/panne/index.html").read_text()


def test_a_picture_in_a_word_file_is_on_the_page(team: Team) -> None:
    body = paragraph(run("Une panne touche la raffinerie de Sept-Îles depuis ce matin. "))
    path = team.folder / "avis.docx"
    path.write_bytes(
        word(
            body + paragraph(blip("r9")),
            {"r9": ("image", "media/p.jpg", False)},
            {"word/media/p.jpg": photograph()},
        )
    )
    told = team.call(
        *("launch", "--keywords", "panne", "--title", "Panne d’électricité à Sept-Îles"),
        *("--content", f"fr={path}", "--only", "fr", "--yes"),
    )
    assert told.code == 0, told.err
    page = team.folder / ".sparetire/site/current/fr/panne/index.html"
    assert 'alt="A tank" width="64" height="64"' in page.read_text("utf-8")


def test_a_picture_that_nobody_described_is_left_out_and_told(team: Team) -> None:
    path = team.folder / "avis.docx"
    words = paragraph(run("Une panne touche la raffinerie de Sept-Îles depuis ce matin. "))
    picture = paragraph(blip("r9").replace("descr='A tank'", ""))
    relations = {"r9": ("image", "media/p.jpg", False)}
    path.write_bytes(word(words + picture, relations, {"word/media/p.jpg": photograph()}))
    told = team.call(
        *("launch", "--keywords", "panne", "--title", "Panne d’électricité à Sept-Îles"),
        *("--content", f"fr={path}", "--only", "fr", "--yes"),
    )
    assert told.code == 0, told.err
    assert "without a description (alternative text): 1" in " ".join(told.err.split())


TRACKED = word(
    paragraph(run("Une panne touche la raffinerie de Sept-Îles depuis ce matin. "))
    + '<w:p><w:ins w:author="MARKER" w:id="1"><w:r><w:t>Restez chez vous.</w:t></w:r></w:ins>'
    '<w:del w:author="MARKER" w:id="2"><w:r><w:delText>MARKER</w:delText></w:r></w:del></w:p>'
)


def test_a_launch_and_an_update_take_tracked_changes_when_they_are_told_to(team: Team) -> None:
    path = team.folder / "avis.docx"
    path.write_bytes(TRACKED)
    launch = ("launch", "--keywords", "panne", "--title", "Panne d’électricité à Sept-Îles")
    words = ("--content", f"fr={path}", "--only", "fr", "--yes", "--json")
    error = refused(team.call(*launch, *words), 3)
    assert "add --accept-changes to your command" in error["next"]

    assert team.call(*launch, *words, "--accept-changes").code == 0

    page = team.folder / ".sparetire/site/current/fr/panne/index.html"
    assert "Restez chez vous." in page.read_text("utf-8")
    refused(team.call("update", *words), 3)
    assert team.call("update", *words, "--accept-changes").code == 0
    facts = ("update", "--facts", f"fr={path}", "--yes", "--json")
    refused(team.call(*facts), 3)
    told = team.call(*facts[:-1], "--accept-changes")
    assert told.code == 0
    assert "avis.docx: Not taken over" in " ".join(told.err.split())
    assert "MARKER" not in page.read_text("utf-8")
