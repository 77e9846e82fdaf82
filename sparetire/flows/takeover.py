"""Take over a document: from what somebody sent to files that a statement can be made of."""

from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from sparetire.disk import write_atomic
from sparetire.errors import UsageFault
from sparetire.model.intake import Imported, Intake, Picture
from sparetire.stages.intake.documents import read_document, take_in
from sparetire.stages.intake.formats import (
    PICTURES,
    READ_FORMATS,
    TEXTS,
    WORD,
    refuse_other_format,
)
from sparetire.workspace.releases_pictures import clean_picture

__all__ = ["Takeover", "take_over"]


@dataclass(frozen=True, slots=True)
class Takeover:
    """What somebody wants taken over.

    Attributes:
        source: The document; it is read, never kept or published.
        to: The Markdown file to write, or None: its name, in the current folder.
        accept: Take tracked changes as they stand, and leave out comments and hidden text.
        dry_run: Write nothing.
    """

    source: Path
    to: Path | None
    accept: bool
    dry_run: bool


def take_over(order: Takeover) -> Imported:
    """Write the words as Markdown, its pictures beside it, and return what was dropped.

    Raises:
        UsageFault: It is of no kind that we know, or a file of that name holds other words.
        ContentRefused: It is unsafe, or not settled.
        LocalDiskFault: The disk will not take the files.
    """
    intake = _intake(order)
    to = order.to or Path(f"{order.source.stem}.md")
    files: dict[Path, bytes] = {}
    if intake.text:
        _refuse_other_words(to, intake.text)
        files[to] = intake.text.encode()
    files |= {to.parent / "pictures" / one.name: one.content for one in intake.pictures}
    if not order.dry_run:
        for path, content in files.items():
            write_atomic(path, content)
    return Imported(
        source=str(order.source),
        files=tuple(str(path) for path in files),
        dropped=intake.dropped,
        text=intake.text,
        dry_run=order.dry_run,
    )


def _intake(order: Takeover) -> Intake:
    suffix = order.source.suffix.lower()
    if suffix in WORD:
        return take_in(order.source, "word", accept=order.accept)
    if suffix in TEXTS:
        return take_in(order.source, "text")
    if suffix in PICTURES:
        shot, content = clean_picture(order.source.name, read_document(order.source))
        return Intake("", (Picture(shot.file, content),), ("all that a camera wrote into it",))
    refuse_other_format(order.source)
    raise UsageFault(
        f"{order.source.name!r} cannot be read: the end of its name is of no known format.",
        why=(READ_FORMATS, f"Pictures: {', '.join(PICTURES)}."),
        then="Save it as a Word document (.docx) or as Markdown.",
    )


def _refuse_other_words(path: Path, text: str) -> None:
    if path.exists() and path.read_bytes() != text.encode():
        raise UsageFault(
            f"{path} holds other words already.",
            why="They would be lost.",
            then=f"Choose another name: --to {quote(str(path.with_stem(f'{path.stem}-2')))}",
        )
