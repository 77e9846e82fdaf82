"""Documents of others: refused or cleaned, quickly, in little memory, without a crash."""

import re
import resource
from pathlib import Path

import pytest

from sparetire.errors import ContentRefused
from sparetire.model.intake import Intake
from sparetire.stages.intake.documents import take_in
from sparetire.stages.markdown import to_html
from tests.support import hostile
from tests.support.word import W, blip, paragraph, run, said, word


def taken(folder: Path, content: bytes, kind: str = "word", *, accept: bool = False) -> Intake:
    path = folder / "given.docx"
    path.write_bytes(content)
    return take_in(path, kind, accept=accept)


def test_there_are_at_least_forty_of_them() -> None:
    together = (
        *hostile.REFUSED_WORDS,
        *hostile.SILENCED_WORDS,
        *hostile.REFUSED_TEXTS,
        *hostile.SILENCED_TEXTS,
    )
    assert len(together) >= 40


@pytest.mark.parametrize("name", hostile.REFUSED_WORDS)
def test_an_unsafe_word_file_is_refused_whatever_is_accepted(tmp_path: Path, name: str) -> None:
    made = hostile.REFUSED_WORDS[name]
    content = made if isinstance(made, bytes) else made()
    with pytest.raises(ContentRefused) as refusal:
        taken(tmp_path, content, accept=True)
    told = " ".join((refusal.value.what, *refusal.value.why))
    assert "Traceback" not in told
    assert refusal.value.then


@pytest.mark.parametrize("name", hostile.SILENCED_WORDS)
def test_an_unsettled_word_file_is_refused_with_the_place(tmp_path: Path, name: str) -> None:
    with pytest.raises(ContentRefused, match="not settled") as refusal:
        taken(tmp_path, hostile.SILENCED_WORDS[name])
    assert re.search(r"paragraph \d", " ".join(refusal.value.why))
    assert refusal.value.what.startswith(f"{tmp_path / 'given.docx'} is not settled")
    assert refusal.value.then.endswith("given.docx --accept-changes")


@pytest.mark.parametrize("name", hostile.SILENCED_WORDS)
def test_once_accepted_what_was_not_for_the_public_stays_behind(
    tmp_path: Path, name: str
) -> None:
    intake = taken(tmp_path, hostile.SILENCED_WORDS[name], accept=True)
    assert "Kept" in intake.text
    assert "MARKER" not in intake.text


def test_an_accepted_insertion_is_part_of_the_text(tmp_path: Path) -> None:
    body = '<w:p><w:ins w:author="x"><w:r><w:t>New words.</w:t></w:r></w:ins></w:p>'
    with pytest.raises(ContentRefused, match="not settled"):
        taken(tmp_path, word(body))
    assert taken(tmp_path, word(body), accept=True).text == "New words.\n"


@pytest.mark.parametrize("name", hostile.REFUSED_TEXTS)
def test_a_text_that_nobody_can_read_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ContentRefused):
        taken(tmp_path, hostile.REFUSED_TEXTS[name], "text")


@pytest.mark.parametrize("name", hostile.SILENCED_TEXTS)
def test_a_text_loses_what_a_page_must_not_have(tmp_path: Path, name: str) -> None:
    intake = taken(tmp_path, hostile.SILENCED_TEXTS[name].encode(), "text")
    page = to_html(intake.text, top=2, anchor="s1")
    assert "Kept" in page
    assert "MARKER" not in page
    assert "MARKER" not in intake.text


def test_the_names_and_the_photographs_secrets_stay_behind(tmp_path: Path) -> None:
    intake = taken(tmp_path, hostile.metadata_word())
    (picture,) = intake.pictures
    assert b"MARKER" not in picture.content
    assert b"Exif" not in picture.content
    assert "MARKER" not in intake.text
    assert f"![A tank](pictures/{picture.name})" in intake.text
    told = " ".join(intake.dropped)
    assert "MARKER-name" in told
    assert "MARKER-header" in told
    assert "MARKER.dotm" in told


def test_a_picture_that_would_fill_the_memory_is_left_out_and_told(tmp_path: Path) -> None:
    intake = taken(tmp_path, hostile.bomb_picture_word())
    assert intake.text.strip() == "Kept."
    assert any(one.startswith("a picture") for one in intake.dropped)


def test_what_claims_to_be_a_picture_is_looked_into(tmp_path: Path) -> None:
    page = word(
        said("Kept.") + paragraph(blip("r9")),
        {"r9": ("image", "media/photo.jpg", False)},
        {"word/media/photo.jpg": b"<svg onload='MARKER()'/>"},
    )
    intake = taken(tmp_path, page)
    assert intake.pictures == ()
    assert any(one.startswith("a picture") for one in intake.dropped)


def test_a_link_that_runs_something_becomes_plain_text(tmp_path: Path) -> None:
    link = f'<w:hyperlink r:id="r9">{run("Kept")}</w:hyperlink>'
    rows = {"r9": ("hyperlink", "javascript:MARKER()", True)}
    intake = taken(tmp_path, word(paragraph(link), rows))
    assert intake.text == "Kept\n"
    assert any("javascript:MARKER()" in one for one in intake.dropped)


def test_templates_and_markup_in_the_text_remain_text(tmp_path: Path) -> None:
    words = "{{ 7*191 }} {% include 'x' %} <script>alert(1)</script> # *not* [a](b)"
    page = to_html(taken(tmp_path, word(said(words))).text, top=2, anchor="s1")
    assert "&lt;script&gt;" in page
    assert "<em>" not in page
    assert "<a" not in page
    assert "{{ 7*191 }}" in page


def test_no_document_made_the_process_that_read_it_grow_beyond_a_gigabyte(
    tmp_path: Path,
) -> None:
    taken(tmp_path, hostile.bomb_picture_word())
    kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert kilobytes < 1 << 20


def test_lists_tables_links_and_emphasis_of_word_come_along(tmp_path: Path) -> None:
    def item(text: str, level: int, number: int) -> str:
        return (
            f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
            f"</w:numPr></w:pPr>{run(text)}</w:p>"
        )

    def cell(text: str) -> str:
        return f"<w:tc>{said(text)}</w:tc>"

    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">'
        + "".join(
            f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{shape}"/></w:lvl>' for level in (0, 1)
        )
        + "</w:abstractNum>"
        for number, shape in ((1, "bullet"), (2, "decimal"))
    )
    used = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number in (1, 2)
    )
    numbering = f'<w:numbering xmlns:w="{W}">{kinds}{used}</w:numbering>'
    link = f'<w:hyperlink r:id="r7">{run("notre site")}</w:hyperlink>'
    body = (
        paragraph(run("Voyez "), run("vite", "<w:b/>"), run(" "), link, run("."))
        + item("Fermez l’eau", 0, 1)
        + item("au sous-sol", 1, 1)
        + item("Appelez", 0, 2)
        + f"<w:tbl><w:tr>{cell('Lieu')}{cell('Heure')}</w:tr>"
        + f"<w:tr>{cell('Alma')}{cell('11 h')}</w:tr></w:tbl>"
    )
    rows = {"r7": ("hyperlink", "https://boreal.example/", True)}
    intake = taken(tmp_path, word(body, rows, {"word/numbering.xml": numbering}))
    assert intake.text == (
        "Voyez **vite** [notre site](<https://boreal.example/>).\n\n"
        "- Fermez l’eau\n  - au sous-sol\n\n1. Appelez\n\n"
        "| Lieu | Heure |\n| --- | --- |\n| Alma | 11 h |\n"
    )
    assert intake.dropped == ()


def test_text_in_a_drawing_without_an_older_form_comes_along(tmp_path: Path) -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    drawing = (
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice>{said("In the drawing.")}</mc:Choice>'
        "</mc:AlternateContent>"
    )
    intake = taken(tmp_path, word(said("Kept.") + paragraph(run("Beside it."), drawing)))
    assert intake.text == "Kept.\n\nBeside it.\n\nIn the drawing.\n"
    assert intake.dropped == ()
