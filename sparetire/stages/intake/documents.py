"""Takes over a document: whatever is in it, it is opened in a process of its own."""

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sparetire.errors import ContentRefused, UsageFault
from sparetire.model.intake import Intake, Picture
from sparetire.stages.child_environment import child_environment
from sparetire.stages.intake.formats import refuse_other_format
from sparetire.stages.intake.limits import PATIENCE
from sparetire.stages.intake.package import LARGEST, refused

__all__ = ["examine_pdf", "read_document", "take_in"]


def take_in(path: Path, kind: str, *, accept: bool = False) -> Intake:
    """Return what a document says.

    Args:
        path: The document; it is read, never kept or published.
        kind: ``word`` or ``text``.
        accept: Take tracked insertions for settled, and leave out deletions, comments and
            hidden text.

    Raises:
        UsageFault: It cannot be read, or is of a format that is not.
        ContentRefused: It is unsafe, damaged, too heavy, or not settled.
    """
    with _named(str(path)):
        content = read_document(path)
        if kind == "text":
            refuse_other_format(path, content)
        return _taken(content, {"kind": kind, "accept": accept})


def examine_pdf(name: str, content: bytes) -> None:
    """Refuse a PDF that is not fit for the public.

    Raises:
        ContentRefused: It says what was found in it.
    """
    with _named(name):
        _taken(content, {"kind": "pdf"})


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Put the name of a document before what is wrong with it."""
    try:
        yield
    except ContentRefused as error:
        raise ContentRefused(
            f"{name} {error.what}", why=error.why, then=error.then.replace("FILE", name)
        ) from error


def read_document(path: Path) -> bytes:
    """Return the bytes of a document.

    Raises:
        UsageFault: It cannot be read.
        ContentRefused: It is too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise UsageFault(
            f"The document {str(path)!r} cannot be read.",
            why=getattr(error, "strerror", None) or str(error),
            then="Check the name, then run the same command again.",
        ) from error
    if len(content) > LARGEST:
        raise refused(
            f"It holds more than {LARGEST // 1_000_000} MB.", "Take over a smaller one."
        )
    return content


def _taken(content: bytes, order: dict[str, object]) -> Intake:
    """Have the document read in a process of its own."""
    try:
        ended = subprocess.run(
            [sys.executable, "-P", "-m", "sparetire.stages.intake.child"],
            env=child_environment(),
            input=json.dumps(order).encode() + b"\n" + content,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        answer = json.loads(ended.stdout)
    except subprocess.TimeoutExpired as error:
        raise refused(f"It was still busy after {PATIENCE} seconds.") from error
    except ValueError as error:
        raise refused("It ended the process that read it, as a bomb does.") from error
    if "refused" in answer:
        told = answer["refused"]
        raise ContentRefused(told["what"], why=told["why"], then=told["then"])
    return Intake(
        text=answer["text"],
        pictures=tuple(
            Picture(name, base64.b64decode(body)) for name, body in answer["pictures"].items()
        ),
        dropped=tuple(answer["dropped"]),
    )
