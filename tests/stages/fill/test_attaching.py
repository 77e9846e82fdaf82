"""A text takes its pictures and files along, or says why not."""

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image

from sparetire.errors import ContentRefused, UsageFault
from sparetire.model.attachment import ATTACHED, is_genuine, size_of
from sparetire.model.language import Language
from sparetire.stages.fill.attaching import attach, beside
from sparetire.stages.fill.documents import Document, read_documents
from sparetire.stages.markdown import to_html
from tests.support.pdf import pdf
from tests.support.word import blip, paragraph, photograph, said, word

SITE = (Language("fr-CA"), Language("en-CA"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan.pdf").write_bytes(pdf())
    (tmp_path / "Photo du site.JPG").write_bytes(photograph())
    return tmp_path


def test_a_picture_is_named_by_its_bytes_and_keeps_no_secret(folder: Path) -> None:
    text, (photo,) = attach("![Le site](<Photo du site.JPG>)", "fr", beside(folder))

    assert text == f"![Le site]({photo.path})"
    assert ATTACHED.fullmatch(photo.path)
    assert is_genuine(photo.path, photo.content)
    assert b"MARKER" not in photo.content
    with Image.open(io.BytesIO(photo.content)) as shown:
        assert size_of(photo.path) == shown.size


def test_a_link_tells_kind_and_size_in_its_language(folder: Path) -> None:
    french, (plan,) = attach("- [Le plan](plan.pdf)", "fr", beside(folder))
    english, _ = attach("- [The plan](plan.pdf)", "en", beside(folder))

    assert plan.content == pdf()
    assert plan.path == f"assets/{hashlib.sha256(pdf()).hexdigest()[:32]}.pdf"
    assert french == f"- [Le plan (PDF, 1\u00a0ko)]({plan.path})"
    assert english == f"- [The plan (PDF, 1\u00a0kB)]({plan.path})"


def test_a_large_file_is_weighed_in_megabytes(folder: Path) -> None:
    heavy = pdf({6: b"<<>>stream\n%s\nendstream" % (b"x" * 2_450_000)})
    (folder / "heavy.pdf").write_bytes(heavy)
    text, _ = attach("[Tout](heavy.pdf) [tout](heavy.pdf)", "fr", beside(folder))
    assert text.count("(PDF, 2,5\u00a0Mo)") == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("![](<Photo du site.JPG>)", "Nobody says what"),
        ("[ ](plan.pdf)", "has no words"),
        ("[secret](../other.pdf)", "cannot be published"),
        ("[secret](/etc/../etc/x.pdf)", None),
        ("[page](page.pdf)", "cannot be used"),
        ("![page](page.jpg)", "cannot be published"),
    ],
)
def test_what_cannot_be_shown_is_refused(folder: Path, text: str, why: str | None) -> None:
    for name in ("page.pdf", "page.jpg"):
        (folder / name).write_bytes(b"<html><script>1</script></html>")
    if why is None:  # an address of the reader's host, not a file of ours
        assert attach(text, "en", beside(folder)) == (text, ())
        return
    with pytest.raises(ContentRefused, match=why):
        attach(text, "en", beside(folder))


def test_a_link_out_of_the_folder_is_refused_through_a_symbolic_link_too(folder: Path) -> None:
    inner = folder / "inner"
    inner.mkdir()
    (inner / "plan.pdf").symlink_to(folder / "plan.pdf")
    with pytest.raises(ContentRefused, match=r"'plan\.pdf' cannot be published"):
        attach("[Plan](plan.pdf)", "en", beside(inner))


def test_a_file_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(UsageFault, match=r"map\.pdf"):
        attach("[Map](map.pdf)", "en", beside(folder))


@pytest.mark.parametrize(
    "text",
    [
        "[x](https://example.org/plan.pdf)",
        "![x](//example.org/a.jpg)",
        r"\[x](plan.pdf)",
        "![x](drawing.svg)",
        "[x](#plan.pdf)",
        "[" * 20_000,
        "![" * 20_000 + "](plan.pdf)",
    ],
)
def test_what_names_no_file_of_ours_is_left_as_it_is(folder: Path, text: str) -> None:
    assert attach(text, "en", beside(folder))[0].count("assets/") == 0


def of_word(folder: Path, picture: str) -> Document:
    rows = {"r9": ("image", "media/photo.jpg", False)}
    path = folder / "notice.docx"
    body = said("Kept.") + paragraph(picture)
    path.write_bytes(word(body, rows, {"word/media/photo.jpg": photograph()}))
    (document,) = read_documents({"en": str(path)}, SITE, io.BytesIO()).values()
    return document


def test_a_picture_of_a_word_file_comes_along_where_it_is_described(tmp_path: Path) -> None:
    document = of_word(tmp_path, blip("r9"))
    (photo,) = document.attached
    assert f"![A tank]({photo.path})" in document.body
    assert b"MARKER" not in photo.content


def test_a_picture_that_nobody_described_stays_in_the_word_file_and_is_told(
    tmp_path: Path,
) -> None:
    document = of_word(tmp_path, blip("r9").replace("descr='A tank'", ""))
    assert document.body == "Kept.\n"
    assert document.attached == ()
    assert any("without a description" in line for line in document.dropped)


def test_a_page_shows_a_picture_in_its_place_and_a_feed_by_its_address(folder: Path) -> None:
    text, (photo,) = attach('![Le "site" > là](<Photo du site.JPG>)', "fr", beside(folder))
    wide, high = size_of(photo.path) or (0, 0)

    page = to_html(text, top=3, anchor="s1", root="../../")

    assert f'<img src="../../{photo.path}"' in page
    assert f'width="{wide}" height="{high}" loading="lazy"' in page
    assert "&quot;site&quot;" in page
    assert f'src="https://x.example/{photo.path}"' in to_html(
        text, top=2, anchor="s1", root="https://x.example/"
    )
    assert "<img" not in to_html(text, top=3, anchor="s1")


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="assets/../../secret.jpg">',
        '<img src="https://example.org/a.jpg" alt="x">',
        '<img src="//example.org/assets/0123456789abcdef0123456789abcdef-1x1.jpg">',
        '<img onerror="x" src=x>',
        "<img alt='<img src=x>'>",
    ],
)
def test_no_other_picture_is_let_through(markup: str) -> None:
    assert "<img" not in to_html(f"a {markup} b", top=2, anchor="s1", root="../").replace(
        "&lt;img", ""
    )
