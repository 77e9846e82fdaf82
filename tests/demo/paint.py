"""Paints landscapes that stand in for the demo's photographs: paint.py FOLDER."""

import sys
from pathlib import Path

from PIL import Image, ImageDraw

__all__ = ["paint_all"]

# Sky, ground, hill and the thing that the picture is about, in colours of the North Shore.
SCENES = {
    "quai": ("#9db8cc", "#2d4a5e", "#4a5a52", "#8c2f2f"),
    "camion": ("#c9b48a", "#6b5b3e", "#4a5a52", "#e0a526"),
    "cegep": ("#b7cbd8", "#7a6a45", "#8a5a34", "#b8452f"),
    "station": ("#c7d4da", "#5f6f58", "#6d7a70", "#f2f2ee"),
    "digue": ("#8fa0ab", "#56606a", "#6f6a5c", "#a89f8a"),
    "hopital": ("#d5dde2", "#6e7d6a", "#5b6d75", "#f4f1e8"),
    "rails": ("#aebfc8", "#4f4a44", "#59645c", "#7d3b2a"),
    "silos": ("#bccdd6", "#35566b", "#4a5a52", "#d9d4c6"),
    "mine": ("#d8c9ad", "#7b5a45", "#8a6a52", "#3f3a36"),
    "lac": ("#a9c4d6", "#3b6480", "#41594c", "#c2b59b"),
    "baie": ("#dfe7ea", "#c3d3da", "#8796a0", "#26394a"),
    "fosse": ("#e4cfa4", "#946a4c", "#a77b58", "#e0a526"),
}


def paint(path: Path, colours: tuple[str, str, str, str]) -> None:
    """Paint one of them, as wide as a photograph for the press."""
    sky, ground, hill, thing = colours
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.new("RGB", (1600, 900), sky)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 560, 1600, 900), fill=ground)
    pen.polygon([(200, 560), (560, 300), (900, 560)], fill=hill)
    pen.rectangle((1000, 470, 1420, 600), fill=thing)
    picture.save(path, "JPEG", quality=85)


def paint_all(folder: Path) -> None:
    """Paint all of them under the names that the demo's releases give them."""
    for name, colours in SCENES.items():
        paint(folder / f"{name}.jpg", colours)


if __name__ == "__main__":
    paint_all(Path(sys.argv[1]))
