"""Paints two landscapes that stand in for the demo's photographs: paint.py FOLDER."""

import sys
from pathlib import Path

from PIL import Image, ImageDraw

SKY, GROUND, HILL = ("#9db8cc", "#c9b48a"), ("#2d4a5e", "#6b5b3e"), "#4a5a52"
THING = ("#8c2f2f", "#e0a526")


def paint(path: Path, seed: int) -> None:
    """Paint one of them, as wide as a photograph for the press."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.new("RGB", (1600, 900), SKY[seed])
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 560, 1600, 900), fill=GROUND[seed])
    pen.polygon([(200, 560), (560, 300), (900, 560)], fill=HILL)
    pen.rectangle((1000, 470, 1420, 600), fill=THING[seed])
    picture.save(path, "JPEG", quality=85)


def paint_all(folder: Path) -> None:
    """Paint both under the names that the demo's releases give them."""
    for seed, name in enumerate(("quai", "camion")):
        paint(folder / f"{name}.jpg", seed)


if __name__ == "__main__":
    paint_all(Path(sys.argv[1]))
