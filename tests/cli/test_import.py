"""``import``, and a Word file given to ``launch``, as a person types them."""

from pathlib import Path

import pytest

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


OTHER_FORMATS = {
    ".doc": (b"\xd0\xcf\x11\xe0", "an old Word file", "--convert-to docx"),
    ".fodt": (b"<?xml version='1.0'?>", "an OpenDocument file", "--convert-to docx"),
    ".gdoc": (b"{}", "a link to a Google document", "File > Download"),
    ".odt": (b"PK\x03\x04", "an OpenDocument file", "--convert-to docx"),
    ".ODT": (b"PK\x03\x04", "an OpenDocument file", "--convert-to docx"),
    ".pages": (b"PK\x03\x04", "a Pages file", "File > Export To"),
    ".pdf": (b"%PDF-1.7", "a PDF file", "Open the document that it was made from"),
    ".pptx": (b"PK\x03\x04", "a PowerPoint file", "copy its text"),
    ".rtf": (rb"{\rtf1\ansi Texte.}", "an RTF file", "--convert-to docx"),
    ".xlsx": (b"PK\x03\x04", "an Excel file", "copy its text"),
}
WRONG_NAMES = {  # content that is of no text, under a name that says text
    "pdf.txt": b"%PDF-1.7",
    "rtf.md": rb"{\rtf1\ansi Texte.}",
    "doc.txt": b"\xd0\xcf\x11\xe0",
    "word.md": FRENCH,
    "rtf": rb"{\rtf1\ansi Texte.}",
}


@pytest.mark.parametrize("suffix", OTHER_FORMATS)
@pytest.mark.parametrize("command", ["launch", "import"])
def test_a_format_that_is_not_read_is_named_with_how_to_convert_it(
    team: Team, suffix: str, command: str
) -> None:
    content, kind, convert = OTHER_FORMATS[suffix]
    path = team.folder / f"avis de panne{suffix}"
    path.write_bytes(content)
    told = team.call(*_taking(command, path))
    error = refused(told, 2)
    assert f"avis de panne{suffix}' cannot be read: it is {kind}." in error["what"]
    assert ".docx" in error["why"][0]
    assert ".md, .markdown, .txt" in error["why"][0]
    assert convert in error["next"]
    if "soffice" in convert:
        assert f"'{path}'" in error["next"]  # quoted for the shell


@pytest.mark.parametrize("name", WRONG_NAMES)
def test_what_a_file_holds_counts_for_more_than_its_name(team: Team, name: str) -> None:
    path = team.folder / name
    path.write_bytes(WRONG_NAMES[name])
    error = refused(team.call(*_taking("launch", path)), 2)
    assert "cannot be read: it is" in error["what"]
    if path.suffix:
        assert refused(team.call(*_taking("import", path)), 2)["what"] == error["what"]


def test_a_folder_names_the_file_that_is_of_another_format(team: Team) -> None:
    folder = team.folder / "texts"
    folder.mkdir()
    (folder / "fr.odt").write_bytes(b"PK\x03\x04")
    error = refused(team.call(*_taking("launch", folder)), 2)
    assert "fr.odt' cannot be read: it is an OpenDocument file." in error["what"]
    pages = team.folder / "avis.pages"
    pages.mkdir()  # as macOS keeps it
    assert "it is a Pages file" in refused(team.call(*_taking("launch", pages)), 2)["what"]


def _taking(command: str, path: Path) -> list[str]:
    if command == "import":
        return ["import", str(path), "--json"]
    content = str(path) if path.is_dir() else f"fr={path}"
    more = ["--keywords", "panne", "--content", content, "--only", "fr", "--yes", "--json"]
    return ["launch", *more]


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
