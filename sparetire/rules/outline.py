"""The outline of a page, which many people with a screen reader move by."""

from collections.abc import Iterator
from itertools import pairwise

from sparetire.rules.base import Built, Sight
from sparetire.rules.pages import pages

__all__ = ["heading_jump", "heading_main"]


def heading_main(built: Built) -> Iterator[Sight]:
    """A page has exactly one ``h1``: its name."""
    for page in pages(built):
        count = sum(heading.level == 1 for heading in page.headings)
        if count != 1:
            yield (
                page.path,
                f"The page has {count or 'no'} main {'heading' if count < 2 else 'headings'}.",  # noqa: PLR2004  plural
                "Keep the title as the only h1; write headings in the text with ##.",
            )


def heading_jump(built: Built) -> Iterator[Sight]:
    """Heading levels go down one step at a time."""
    for page in pages(built):
        for above, below in pairwise(page.headings):
            if below.level > above.level + 1:
                yield (
                    f"{page.path}, line {below.line}",
                    f"A heading of level {below.level} follows one of level {above.level}.",
                    f"Make it level {above.level + 1}.",
                )
