"""What ships with sparetire is found; what does not is said plainly."""

from pathlib import Path

import pytest

from sparetire.errors import ConfigurationFault
from sparetire.resources import skeleton_folder, theme_folder


def test_the_theme_is_found_with_its_words_in_both_languages() -> None:
    folder = theme_folder("sparetire")
    assert (folder / "templates").is_dir()
    assert {path.stem for path in (folder / "words").iterdir()} >= {"fr", "en"}


def test_the_skeleton_is_found_with_both_languages() -> None:
    folder = skeleton_folder("statement")
    assert {path.name for path in folder.iterdir() if path.is_dir()} >= {"fr", "en"}


@pytest.mark.parametrize(
    ("find", "kind"), [(theme_folder, "theme"), (skeleton_folder, "skeleton")]
)
def test_an_unknown_name_is_told_with_the_place_that_was_searched(
    find: type[Path], kind: str
) -> None:
    with pytest.raises(ConfigurationFault) as caught:
        find("no-such-thing")
    assert f"No {kind} is called 'no-such-thing'" in caught.value.what
    assert f"{kind}s" in caught.value.why[0]
    assert caught.value.then
