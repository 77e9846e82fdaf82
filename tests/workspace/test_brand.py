from pathlib import Path

import pytest

from sparetire.errors import ConfigurationFault
from sparetire.model.colour import Colour
from sparetire.model.palette import Tone, make_palette
from sparetire.workspace.brand import read_brand
from tests.support.site import settings


def test_without_a_logo_the_brand_is_its_initials_and_its_colour(tmp_path: Path) -> None:
    brand = read_brand(settings(brand={"colours": {"brand": "#0b3d66"}}), tmp_path)
    assert brand.logo is None
    assert b">MB<" in brand.icon
    assert brand.palette.light["fill"].encode() in brand.icon
    blue = Colour.parse("#0b3d66")
    assert brand.palette == make_palette(blue, blue)


def test_the_settings_choose_between_brand_and_mourning(tmp_path: Path) -> None:
    colours = {"brand": "#0b3d66"}
    grieving = settings(brand={"colours": colours, "tone": "mourning"})
    assert read_brand(grieving, tmp_path).palette.light["fill"] != "#0b3d66"


def test_an_exercise_looks_like_one_whatever_the_settings_say(tmp_path: Path) -> None:
    looks = {
        read_brand(settings(brand={"tone": tone}), tmp_path, Tone.EXERCISE).palette.light[
            "fill"
        ]
        for tone in ("brand", "mourning")
    }
    assert len(looks) == 1


def test_a_logo_is_read_from_the_workspace(tmp_path: Path) -> None:
    script, shape = "<script>x()</script>", '<path d="M0 0h9v3z"/>'
    (tmp_path / "logo.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3">{script}{shape}</svg>',
        encoding="utf-8",
    )
    logo = read_brand(settings(brand={"logo": "logo.svg"}), tmp_path).logo
    assert logo is not None
    assert logo.suffix == ".svg"
    assert b"script" not in logo.content


def test_a_logo_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationFault, match=r"logo\.svg"):
        read_brand(settings(brand={"logo": "logo.svg"}), tmp_path)
