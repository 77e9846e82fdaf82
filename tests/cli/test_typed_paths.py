"""Paths as people type, paste or drag them at a question."""

import shlex
import sys
from pathlib import Path

import pytest

from sparetire.cli.typed_paths import typed_path

NAMES = [
    "avis.md",
    "mon avis.md",
    "l’avis d'été.md",
    'le "vrai".md',
    "a%20b.md",
    "a#b?.md",
    "é.md",
]


@pytest.mark.skipif(sys.platform == "win32", reason="names and quotes of a POSIX shell")
@pytest.mark.parametrize("name", NAMES)
def test_each_way_of_naming_a_file_leads_to_it(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("x", "utf-8")
    escaped = "".join(
        letter if letter.isalnum() or letter in "/._-" else f"\\{letter}"
        for letter in str(path)
    )
    ways = [str(path), f"  {path} ", escaped, path.as_uri(), f"'{path.as_uri()}'"]
    if "'" not in name:
        ways.append(shlex.quote(str(path)))
    if '"' not in name:
        ways.append(f'"{path}"')
    for typed in ways:
        assert Path(typed_path(typed)) == path, typed


def test_the_home_folder_may_be_short(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert Path(typed_path("~/avis.md")) == tmp_path / "avis.md"


def test_nothing_stays_nothing() -> None:
    assert typed_path("  ") == ""
