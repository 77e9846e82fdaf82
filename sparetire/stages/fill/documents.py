"""Reads the words that a person wrote: Markdown or Word files, a folder, or standard input."""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from shlex import quote
from typing import BinaryIO

from sparetire.disk import link_target
from sparetire.errors import ContentRefused, UsageFault
from sparetire.model.attachment import Attachment
from sparetire.model.language import Language
from sparetire.stages.fill.attaching import Find, attach, beside
from sparetire.stages.intake.documents import take_in
from sparetire.stages.intake.formats import READ_FORMATS, TEXTS, WORD, refuse_other_format

__all__ = ["Document", "read_documents"]

LARGEST = 200_000  # bytes; a statement of 30,000 words is a report, not a statement
STDIN = "-"
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_MUTE = re.compile(r"!\[\s*\]\(pictures/[0-9a-f]{16}\.(?:jpg|png)\)")
_FIELD = re.compile(r"^([A-Za-z][\w-]*)\s*:\s*(.*)$")


@dataclass(frozen=True, slots=True)
class Document:
    """One language's words as they were written.

    Attributes:
        place: Where they came from, for messages.
        body: Markdown, without the front matter.
        fields: The front matter: title, keywords, summary and slug are used.
        dropped: What of a Word file was not taken over.
        attached: The files that they show or offer.
        leads_out: The file that its own is a link to, outside of its folder; else nothing.
    """

    place: str
    body: str
    fields: dict[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    attached: tuple[Attachment, ...] = ()
    leads_out: str = ""


def read_documents(
    sources: dict[str, str],
    languages: tuple[Language, ...],
    stdin: BinaryIO,
    *,
    accept: bool = False,
) -> dict[str, Document]:
    """Return one document a language.

    Args:
        sources: By language code, or under "" for the one that was given without a language:
            a file, a folder with one file a language, or ``-``.
        languages: The site's languages, its default first.
        stdin: Read when a source is ``-``.
        accept: Take a Word file's tracked changes, and leave out comments and hidden text.

    Raises:
        UsageFault: A file or folder is not there, or a language has two texts.
        ContentRefused: A document is empty, too large, or not UTF-8 text.
    """
    documents: dict[str, Document] = {}
    for code, source in sources.items():
        if source == STDIN:
            found = {code or languages[0].code: _document("standard input", stdin.read())}
        elif Path(source).is_dir():
            found = _folder(Path(source), languages)
        else:
            path = Path(source)
            named = code or _language_of(path, languages)
            found = {named: _from_file(path, named, accept=accept)}
        for twice in documents.keys() & found.keys():
            raise _two_texts("--content", twice, documents[twice].place, found[twice].place)
        documents |= found
    return documents


def _folder(folder: Path, languages: tuple[Language, ...]) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in TEXTS and (code := _named_language(path, languages)):
            if code in found:
                raise _two_texts(str(folder), code, found[code].place, str(path))
            found[code] = _from_file(path, code)
    if not found:
        refuse_other_format(folder)  # macOS keeps some documents, such as .pages, as folders
        for path in sorted(folder.iterdir()):
            if _named_language(path, languages):
                refuse_other_format(path)
        names = ", ".join(f"{language.code}.md" for language in languages)
        raise UsageFault(
            f"{folder} holds no text that names its language.",
            why=f"The folder given to --content must hold {names}.",
            then="Rename the files, or name each one: "
            + " ".join(f"--content {language.code}=FILE" for language in languages),
        )
    return found


def _two_texts(where: str, code: str, first: str, second: str) -> UsageFault:
    return UsageFault(
        f"{where} holds two texts for the language {code!r}.",
        why=f"{first} and {second}",
        then=f"Name the one you mean: --content {code}={quote(second)}",
    )


def _language_of(path: Path, languages: tuple[Language, ...]) -> str:
    return _named_language(path, languages) or languages[0].code


def _named_language(path: Path, languages: tuple[Language, ...]) -> str | None:
    """Return the language that a name tells: ``fr.md``, ``fr-CA.md``, ``spill.fr.md``."""
    last = path.stem.rsplit(".", 1)[-1].lower()
    for language in languages:
        if last in {language.code, language.tag.lower()}:
            return language.code
    return None


def _from_file(path: Path, code: str, *, accept: bool = False) -> Document:
    document = _opened(path, code, accept=accept)
    return replace(document, leads_out=link_target(path))


def _opened(path: Path, code: str, *, accept: bool) -> Document:
    if path.suffix.lower() in WORD:
        intake = take_in(path, "word", accept=accept)
        text, mute = _MUTE.subn("", intake.text)
        more = (f"pictures without a description (alternative text): {mute}",) if mute else ()
        document = _document(str(path), text.encode())
        pictures = {f"pictures/{one.name}": one.content for one in intake.pictures}
        document = replace(document, dropped=(*intake.dropped, *more))
        return _with_files(document, code, pictures.get)
    return _with_files(_document(str(path), _read(path)), code, beside(path.parent))


def _with_files(document: Document, code: str, find: Find) -> Document:
    body, attached = attach(document.body, code, find)
    return replace(document, body=body, attached=attached)


def _read(path: Path) -> bytes:
    refuse_other_format(path)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise UsageFault(
            f"The content file {str(path)!r} cannot be read.",
            why=error.strerror or str(error),
            then="Check the name, then run the same command again.",
        ) from error
    refuse_other_format(path, content)
    return content


def _document(place: str, content: bytes) -> Document:
    if len(content) > LARGEST:
        raise ContentRefused(
            f"{place} is too large for a statement.",
            why=f"It holds more than {LARGEST // 1000} kB of text.",
            then="Publish a short statement, and link to the long document.",
        )
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise ContentRefused(
            f"{place} is not UTF-8 text.",
            why=(f"Byte {error.start + 1} cannot be read.", READ_FORMATS),
            then="Save it again as plain text in UTF-8, then run the same command again.",
        ) from error
    body, fields = _split(text)
    if not body.strip():
        raise ContentRefused(
            f"{place} is empty.",
            why="There is not one word to publish in it.",
            then="Write the statement, then run the same command again.",
        )
    return Document(place, body.strip() + "\n", fields)


def _split(text: str) -> tuple[str, dict[str, str]]:
    """Part the front matter from the body; a rule or a quote at the top is not front matter."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return text, {}
    fields = {}
    for line in match[1].splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _FIELD.match(line)
        if not found:
            return text, {}
        fields[found[1].lower()] = found[2].strip().strip("\"'")
    return text[match.end() :], fields
