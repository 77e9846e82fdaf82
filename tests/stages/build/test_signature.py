"""Whatever a page depends on besides words has a name that changes with it."""

import os
import shutil
from pathlib import Path

import pytest

from sparetire.resources import theme_folder
from sparetire.stages.build.signature import (
    program_signature,
    theme_signature,
    zone_signature,
)


def signed(package: Path) -> str:
    program_signature.cache_clear()
    return program_signature(package)


def test_an_edited_program_is_another_one(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "code.py"
    file.parent.mkdir()
    file.write_text("a = 1\n", encoding="utf-8")
    before = signed(tmp_path)
    assert signed(tmp_path) == before
    os.utime(file, ns=(1, 1))
    assert signed(tmp_path) != before


def test_another_version_of_a_library_is_another_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = signed(tmp_path)
    library = tmp_path / "site-packages" / "jinja2-99.dist-info"
    library.mkdir(parents=True)
    monkeypatch.syspath_prepend(library.parent)
    assert signed(tmp_path) != before


def test_every_template_counts(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    shutil.copytree(theme_folder("sparetire"), theme)
    seen = {theme_signature(theme)}
    templates = sorted((theme / "templates").iterdir())
    for template in templates:
        template.write_text("changed", encoding="utf-8")
        seen.add(theme_signature(theme))
    assert len(seen) == len(templates) + 1


def test_zones_differ() -> None:
    assert zone_signature("America/Toronto") != zone_signature("Europe/Paris")
    assert zone_signature("Nowhere/Land") == ""
