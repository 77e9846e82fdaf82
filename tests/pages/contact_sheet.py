"""Shows ten organisations' pages in both schemes and three widths on one sheet.

python -m tests.pages.contact_sheet FOLDER
Needs Chromium and Node 20.
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw

from sparetire.workspace.lettering import font
from tests.pages.audit import HERE, chromium, served
from tests.pages.sites import written
from tests.pages.variations import VARIATIONS, source_for
from tests.support.workspaces import build

WIDTHS = ((320, 640), (768, 900), (1280, 900))
SCHEMES = ("light", "dark")
HIGH = 420  # of each picture on the sheet
GAP = 16
ROW = HIGH + 40
GREY = "#888888"


def shoot(base: str, page: str, out: Path, name: str) -> list[Path]:
    """Take all pictures of one page and return their files."""
    shots = [
        {
            "url": base + page,
            "file": str(out / f"{name}-{width}-{scheme}.png"),
            "width": width,
            "height": height,
            "scheme": scheme,
        }
        for scheme in SCHEMES
        for width, height in WIDTHS
    ]
    run = ["node", str(HERE / "shoot.mjs"), chromium()]
    subprocess.run(run, input=json.dumps(shots), text=True, check=True)
    return [Path(str(shot["file"])) for shot in shots]


def sheet(rows: dict[str, list[Path]]) -> Image.Image:
    """Lay the pictures out, a row for each organisation."""
    strips = [strip(name, files) for name, files in rows.items()]
    whole = Image.new("RGB", (max(each.width for each in strips), ROW * len(strips)), GREY)
    for number, each in enumerate(strips):
        whole.paste(each, (0, number * ROW))
    return whole


def strip(name: str, files: list[Path]) -> Image.Image:
    pictures = [Image.open(file) for file in files]
    small = [each.resize((each.width * HIGH // each.height, HIGH)) for each in pictures]
    row = Image.new("RGB", (sum(each.width + GAP for each in small) + GAP, ROW), GREY)
    ImageDraw.Draw(row).text((GAP, 8), name, "white", font("Bold", 18))
    left = GAP
    for each in small:
        row.paste(each, (left, ROW - HIGH))
        left += each.width + GAP
    return row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    rows = {}
    with tempfile.TemporaryDirectory() as folder:
        for variation in VARIATIONS:
            workspace, source = source_for(variation, Path(folder))
            site = written(build(workspace, source), Path(folder) / f"{variation.name}-site")
            with served(site) as base:
                rows[variation.name] = shoot(base, variation.page, out, variation.name)
    file = out / "contact-sheet.png"
    sheet(rows).save(file)
    print(f"{sum(map(len, rows.values()))} pictures on {file}")


if __name__ == "__main__":
    main()
