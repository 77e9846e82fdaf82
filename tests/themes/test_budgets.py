"""A page reaches a bad phone in one round trip, however much was said before."""

import gzip
import re
from pathlib import Path

import pytest

from sparetire.model.edition import Edition
from tests.pages.audit import PAGE_KIB, STYLE, STYLE_KIB, kib
from tests.pages.variations import VARIATIONS, Variation, sixty_updates, source_for
from tests.support.editions import body_of
from tests.support.workspaces import build

WHOLE_KIB = 60
REQUESTS = 6
LOADED = re.compile(r'<(?:img|script|iframe|video|audio|source)[^>]* src="([^"]+)"|rel="icon"')
MANY = Variation("many", "#0b3d66", "#f58220", VARIATIONS[0].logo, incidents=(sixty_updates(),))
FRENCH = "fr/deversement-riviere/index.html"


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    workspace, source = source_for(MANY, tmp_path_factory.mktemp("many"))
    return build(workspace, source)


def pages(edition: Edition) -> dict[str, bytes]:
    return {
        path: body_of(edition, path).read_bytes()
        for path in edition.manifest.entries
        if path.endswith(".html")
    }


def test_style_and_words_of_every_other_page_fit_the_first_window(edition: Edition) -> None:
    weights = {path: kib(body) for path, body in pages(edition).items() if path != FRENCH}
    lists = {path for path in weights if path.split("/")[1:2] == ["oil-spill-river"]}
    assert [path for path in weights.keys() - lists if weights[path] > PAGE_KIB] == []


def test_after_sixty_updates_the_newest_still_comes_in_the_first_window(
    edition: Edition,
) -> None:
    body = pages(edition)[FRENCH]
    first, found, rest = body.partition(b"</article>")
    assert found
    assert rest.count(b"</article>") == 60
    assert kib(first) <= PAGE_KIB
    assert kib(body) <= WHOLE_KIB


def test_the_style_is_inline_once_and_small(edition: Edition) -> None:
    for path, body in pages(edition).items():
        styles = STYLE.findall(body)
        assert len(styles) == 1, path
        assert kib(styles[0]) <= STYLE_KIB
        assert b'rel="stylesheet"' not in body


def test_a_page_with_all_its_parts_is_light(edition: Edition) -> None:
    sizes = {path: entry.size for path, entry in edition.manifest.entries.items()}
    for path, body in pages(edition).items():
        text = body.decode()
        parts = LOADED.findall(text)
        assert len(parts) + 1 <= REQUESTS, path
        assert b"<script" not in body.replace(b'<script type="application/ld+json"', b"")
        names = {Path(part).name for part in parts if part}
        loaded = sum(size for name, size in sizes.items() if Path(name).name in names)
        assert len(gzip.compress(body)) + loaded <= WHOLE_KIB * 1024, path
