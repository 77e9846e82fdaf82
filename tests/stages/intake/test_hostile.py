"""Documents of others: refused or cleaned, quickly, in little memory, without a crash."""

import re
import resource

import pytest

from sparetire.errors import ContentRefused
from sparetire.stages.intake.documents import take_in
from sparetire.stages.markdown import to_html
from tests.support import hostile
from tests.support.word import blip, paragraph, run, said, word


def test_there_are_at_least_forty_of_them() -> None:
    together = (
        *hostile.REFUSED_WORDS,
        *hostile.SILENCED_WORDS,
        *hostile.REFUSED_TEXTS,
        *hostile.SILENCED_TEXTS,
    )
    assert len(together) >= 40


@pytest.mark.parametrize("name", hostile.REFUSED_WORDS)
def test_an_unsafe_word_file_is_refused_whatever_is_accepted(name: str) -> None:
    made = hostile.REFUSED_WORDS[name]
    content = made if isinstance(made, bytes) else made()
    with pytest.raises(ContentRefused) as refusal:
        take_in(content, "word", accept=True)
    told = " ".join((refusal.value.what, *refusal.value.why))
    assert "Traceback" not in told
    assert refusal.value.then


@pytest.mark.parametrize("name", hostile.SILENCED_WORDS)
def test_an_unsettled_word_file_is_refused_with_the_place(name: str) -> None:
    with pytest.raises(ContentRefused, match="not settled") as refusal:
        take_in(hostile.SILENCED_WORDS[name], "word")
    assert re.search(r"paragraph \d", " ".join(refusal.value.why))
    assert "--accept-changes" in refusal.value.then


@pytest.mark.parametrize("name", hostile.SILENCED_WORDS)
def test_once_accepted_what_was_not_for_the_public_stays_behind(name: str) -> None:
    intake = take_in(hostile.SILENCED_WORDS[name], "word", accept=True)
    assert "Kept" in intake.text
    assert "MARKER" not in intake.text


def test_an_accepted_insertion_is_part_of_the_text() -> None:
    body = '<w:p><w:ins w:author="x"><w:r><w:t>New words.</w:t></w:r></w:ins></w:p>'
    with pytest.raises(ContentRefused, match="not settled"):
        take_in(word(body), "word")
    assert take_in(word(body), "word", accept=True).text == "New words.\n"


@pytest.mark.parametrize("name", hostile.REFUSED_TEXTS)
def test_a_text_that_nobody_can_read_is_refused(name: str) -> None:
    with pytest.raises(ContentRefused):
        take_in(hostile.REFUSED_TEXTS[name], "text")


@pytest.mark.parametrize("name", hostile.SILENCED_TEXTS)
def test_a_text_loses_what_a_page_must_not_have(name: str) -> None:
    intake = take_in(hostile.SILENCED_TEXTS[name].encode(), "text")
    page = to_html(intake.text, top=2, anchor="s1")
    assert "Kept" in page
    assert "MARKER" not in page
    assert "MARKER" not in intake.text


def test_the_names_and_the_photographs_secrets_stay_behind() -> None:
    intake = take_in(hostile.metadata_word(), "word")
    (picture,) = intake.pictures
    assert b"MARKER" not in picture.content
    assert b"Exif" not in picture.content
    assert "MARKER" not in intake.text
    assert f"![A tank](pictures/{picture.name})" in intake.text
    told = " ".join(intake.dropped)
    assert "MARKER-name" in told
    assert "MARKER-header" in told
    assert "MARKER.dotm" in told


def test_a_picture_that_would_fill_the_memory_is_left_out_and_told() -> None:
    intake = take_in(hostile.bomb_picture_word(), "word")
    assert intake.text.strip() == "Kept."
    assert any(one.startswith("a picture") for one in intake.dropped)


def test_what_claims_to_be_a_picture_is_looked_into() -> None:
    page = word(
        said("Kept.") + paragraph(blip("r9")),
        {"r9": ("image", "media/photo.jpg", False)},
        {"word/media/photo.jpg": b"<svg onload='MARKER()'/>"},
    )
    intake = take_in(page, "word")
    assert intake.pictures == ()
    assert any(one.startswith("a picture") for one in intake.dropped)


def test_a_link_that_runs_something_becomes_plain_text() -> None:
    link = f'<w:hyperlink r:id="r9">{run("Kept")}</w:hyperlink>'
    rows = {"r9": ("hyperlink", "javascript:MARKER()", True)}
    intake = take_in(word(paragraph(link), rows), "word")
    assert intake.text == "Kept\n"
    assert any("javascript:MARKER()" in one for one in intake.dropped)


def test_templates_and_markup_in_the_text_remain_text() -> None:
    words = "{{ 7*191 }} {% include 'x' %} <script>alert(1)</script> # *not* [a](b)"
    page = to_html(take_in(word(said(words)), "word").text, top=2, anchor="s1")
    assert "&lt;script&gt;" in page
    assert "<em>" not in page
    assert "<a" not in page
    assert "{{ 7*191 }}" in page


def test_no_document_made_the_process_that_read_it_grow_beyond_a_gigabyte() -> None:
    take_in(hostile.bomb_picture_word(), "word")
    kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert kilobytes < 1 << 20
