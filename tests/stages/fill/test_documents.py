"""Words are read from files, folders and standard input, or refused with a reason."""

from io import BytesIO
from pathlib import Path

import pytest

from sparetire.errors import ContentRefused, UsageFault
from sparetire.model.language import Language
from sparetire.stages.fill.documents import Document, read_documents

SITE = (Language("fr-CA"), Language("en-CA"))


def read(sources: dict[str, str], typed: bytes = b"") -> dict[str, Document]:
    return read_documents(sources, SITE, BytesIO(typed))


def one(content: bytes) -> Document:
    (document,) = read({"fr": "-"}, content).values()
    return document


def folder_with(folder: Path, *names: str) -> str:
    for name in names:
        (folder / name).write_text(f"Words of {name}.", encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize(
    "content",
    ["Été.\nFin.\n", "\ufeffÉté.\nFin.", "Été.\r\nFin.\r\n", "Été.\rFin.", "\n\nÉté.\nFin."],
)
def test_marks_of_other_systems_make_no_difference(content: str) -> None:
    assert one(content.encode()).body == "Été.\nFin.\n"


@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_front_matter_is_parted_from_the_words(start: str) -> None:
    matter = 'title: "A: spill"\r\n# a note\r\n\r\nKeywords: oil, spill\r\n'
    text = f"{start}---\r\n{matter}---\r\nBody.\r\n"
    document = one(text.encode())
    assert document.body == "Body.\n"
    assert document.fields == {"title": "A: spill", "keywords": "oil, spill"}


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nWe are sorry.\n\n---\n\nMore follows.\n",
        "---\nWe are sorry.\n",
        "***\ntitle: x\n***\n",
        "Words first.\n\n---\ntitle: x\n---\n",
    ],
)
def test_a_rule_at_the_top_is_not_front_matter(text: str) -> None:
    document = one(text.encode())
    assert document.body == text
    assert document.fields == {}


@pytest.mark.parametrize(
    "empty", [b"", b" \n\t\n", "\ufeff".encode(), b"---\ntitle: x\n---\n\n"]
)
def test_nothing_to_say_is_refused(empty: bytes) -> None:
    with pytest.raises(ContentRefused, match="standard input is empty"):
        one(empty)


@pytest.mark.parametrize(
    "content", ["Été".encode("latin-1"), "x".encode("utf-16"), b"PK\x03\x04\xff"]
)
def test_another_encoding_is_refused_with_the_byte(content: bytes) -> None:
    with pytest.raises(ContentRefused, match="not UTF-8") as refused:
        one(content)
    assert "Byte " in refused.value.why[0]


def test_a_report_is_too_large_for_a_statement(tmp_path: Path) -> None:
    path = tmp_path / "fr.md"
    path.write_bytes(b"a" * 200_000)
    assert len(read({"": str(path)})["fr"].body) == 200_001
    path.write_bytes(b"a" * 200_001)
    with pytest.raises(ContentRefused, match="too large") as refused:
        read({"": str(path)})
    assert str(path) in refused.value.what


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("en.md", "en"),
        ("EN-ca.md", "en"),
        ("spill.en.md", "en"),
        ("spill.fr-CA.md", "fr"),
        ("statement.md", "fr"),
        ("open.md", "fr"),
    ],
)
def test_a_file_tells_its_language_by_its_name(tmp_path: Path, name: str, code: str) -> None:
    folder_with(tmp_path, name)
    assert list(read({"": str(tmp_path / name)})) == [code]
    assert list(read({"en": str(tmp_path / name)})) == ["en"]


def test_a_folder_holds_one_file_a_language(tmp_path: Path) -> None:
    source = folder_with(tmp_path, "spill.fr.md", "en.txt", "notes.md", "en.docx", "logo.png")
    documents = read({"": source})
    assert {code: document.body for code, document in documents.items()} == {
        "fr": "Words of spill.fr.md.\n",
        "en": "Words of en.txt.\n",
    }
    assert documents["fr"].place == str(tmp_path / "spill.fr.md")


def test_two_texts_for_a_language_in_a_folder_are_refused(tmp_path: Path) -> None:
    source = folder_with(tmp_path, "fr.md", "en.md", "spill.fr.md")
    with pytest.raises(UsageFault, match="two texts for the language 'fr'") as refused:
        read({"": source})
    assert "fr.md" in refused.value.why[0]
    assert "spill.fr.md" in refused.value.why[0]


def test_a_text_never_takes_the_place_of_another_in_silence(tmp_path: Path) -> None:
    folder_with(tmp_path, "draft.md", "final.md")
    sources = {"fr": str(tmp_path / "final.md"), "": str(tmp_path / "draft.md")}
    with pytest.raises(UsageFault, match="two texts for the language 'fr'"):
        read(sources)


@pytest.mark.parametrize("names", [(), ("notes.md", "fr.docx")])
def test_a_folder_without_a_language_is_refused(tmp_path: Path, names: tuple[str, ...]) -> None:
    source = folder_with(tmp_path, *names)
    with pytest.raises(UsageFault, match="no text that names its language") as refused:
        read({"": source})
    assert "fr.md, en.md" in refused.value.why[0]
    assert refused.value.then.endswith("--content fr=FILE --content en=FILE")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match=r"lost\.md") as refused:
        read({"en": str(tmp_path / "lost.md")})
    assert refused.value.why == ("No such file or directory",)


def test_standard_input_is_the_default_language_unless_it_is_named() -> None:
    assert read({"": "-"}, b"Bonjour.")["fr"].place == "standard input"
    assert read({"en": "-"}, b"Hello.")["en"].body == "Hello.\n"
