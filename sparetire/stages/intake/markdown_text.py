"""Takes over Markdown of others: the same text, without what would not survive a build."""

import pyromark

from sparetire.model.intake import Intake
from sparetire.stages.intake.clean import clean_html, without_invisible
from sparetire.stages.intake.package import MOST_TEXT, refused

__all__ = ["markdown_to_markdown"]

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
)  # as `stages.markdown` reads it; footnotes become text


def markdown_to_markdown(content: bytes) -> Intake:
    """Return a text as it may go public.

    Raises:
        ContentRefused: It is no text, or too long for a statement.
    """
    if len(content) > MOST_TEXT:
        raise refused(
            f"It holds more than {MOST_TEXT // 1000} kB of text.", "Take over a shorter text."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(f"Byte {error.start + 1} is not UTF-8 text.") from error
    seen, invisible = without_invisible(text.replace("\r\n", "\n").replace("\r", "\n"))
    markdown, dropped = clean_html(pyromark.html(seen, options=_OPTIONS))
    return Intake(markdown, dropped=tuple(dict.fromkeys([*invisible, *dropped])))
