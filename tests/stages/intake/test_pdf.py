"""A PDF names nobody, runs nothing and hides nothing, or it is not offered."""

import io

import pytest
from PIL import Image

from sparetire.errors import ContentRefused
from sparetire.stages.intake.documents import examine_pdf
from tests.support.pdf import UNSAFE_PDFS, object_stream, pdf


@pytest.mark.parametrize("name", UNSAFE_PDFS)
def test_an_unsafe_pdf_is_refused_with_what_was_found(name: str) -> None:
    with pytest.raises(ContentRefused) as refusal:
        examine_pdf("plan.pdf", UNSAFE_PDFS[name])
    assert refusal.value.what == "plan.pdf cannot be used."
    assert refusal.value.why[0]
    assert refusal.value.then


@pytest.mark.parametrize("name", [name for name in UNSAFE_PDFS if name.startswith("author")])
def test_the_name_that_would_have_gone_public_is_told(name: str) -> None:
    with pytest.raises(ContentRefused) as refusal:
        examine_pdf("plan.pdf", UNSAFE_PDFS[name])
    told = "7 0 R" if name == "author-elsewhere" else "MARKER"
    assert refusal.value.why[0] == f"It names its author: {told}."


def test_a_pdf_without_secrets_is_fine() -> None:
    examine_pdf("plan.pdf", pdf())
    examine_pdf("plan.pdf", pdf({6: b"<</Author()/Title(Plan)>>"}, b"/Info 6 0 R"))
    examine_pdf("plan.pdf", pdf({6: object_stream(b"7 0 <</Title(Plan)>>")}))


def test_a_link_and_a_start_page_are_no_scripts() -> None:
    link = b"<</Type/Annot/Subtype/Link/A<</S/URI/URI(https://example.org)>>>>"
    first = b"<</Type/Catalog/Pages 2 0 R/OpenAction[3 0 R/Fit]>>"
    examine_pdf("plan.pdf", pdf({1: first, 6: link}))


def test_what_a_real_writer_makes_is_understood() -> None:
    def written(**facts: str) -> bytes:
        file = io.BytesIO()
        Image.new("RGB", (60, 40), "teal").save(file, "PDF", **facts)
        return file.getvalue()

    examine_pdf("photo.pdf", written())
    with pytest.raises(ContentRefused, match="cannot be used") as refusal:
        examine_pdf("photo.pdf", written(author="Éloïse Roy"))
    assert refusal.value.why == ("It names its author: Éloïse Roy.",)
