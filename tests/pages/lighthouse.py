"""Runs Lighthouse on every page of a built site, at the root of a host and under a path.

python tests/pages/lighthouse.py WORKSPACE [--only TEXT]
Ends with 1 when a page does not reach 100 four times, or a link leads nowhere. Needs Chromium
and Node 20. The workspace is a demo that was launched on its target ``local``.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.pages.audit import CHROMIUM_NAMES, HERE, pages_of, served
from tests.pages.links import broken_links

SPARETIRE = Path(sys.executable).with_name("sparetire")
UNDER = "sub/path"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
HIDDEN = 'name="robots" content="noindex'
# A page that is hidden on purpose cannot please who asks for pages to be found.
ON_PURPOSE = {"is-crawlable"}
TARGET = """
[targets.under-a-path]
host = "zip"
path = "under.zip"
url = "http://127.0.0.1:8047/{path}"
"""


@dataclass(frozen=True)
class Score:
    """What Lighthouse says of one page."""

    page: str
    scores: dict[str, int]
    failed: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return not self.failed and all(score == 100 for score in self.scores.values())


def chromium() -> str:
    names = (os.environ.get("CHROMIUM", ""), *CHROMIUM_NAMES)
    found = next((path for path in map(shutil.which, names) if path), None)
    return found or sys.exit("There is no Chromium here (Debian: apt-get install chromium).")


def scores(base: str, site: Path, pages: Sequence[str]) -> list[Score]:
    visited = {page.removesuffix("index.html"): page for page in pages}
    command = ["node", str(HERE / "lighthouse.mjs"), base, chromium(), *visited]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found = []
    for each in json.loads(run.stdout):
        page = visited[each["page"]]
        hidden = HIDDEN in (site / page).read_text("utf-8")
        failed = {one["id"] for one in each["failed"]} - (ON_PURPOSE if hidden else set())
        told = each["scores"]
        if hidden and not failed:
            told.pop("seo")
        found.append(Score(page, told, tuple(sorted(failed))))
    return found


def under_a_path(workspace: Path) -> Path:
    """Publish the demo once more, for a host that serves it under a path; return the site."""
    settings = workspace / "sparetire.toml"
    text = settings.read_text("utf-8")
    if "targets.under-a-path" not in text:
        settings.write_text(text + TARGET.format(path=UNDER), encoding="utf-8")
    launch = ["launch", "--yes", "--target", "under-a-path"]
    subprocess.run(
        [str(SPARETIRE), "--quiet", "-w", str(workspace), *launch, *words()], check=True
    )
    site = workspace / ".sparetire" / "under"
    shutil.rmtree(site, ignore_errors=True)
    with zipfile.ZipFile(workspace / "under.zip") as archive:
        archive.extractall(site)
    return site / "site"


def words() -> list[str]:
    texts = HERE.parent / "demo"
    return [
        *("--title", "fr=Déversement de carburant diesel près de la rivière aux Outardes"),
        *("--title", "en=Diesel fuel spill near the Outardes River"),
        *("--keywords", "fr=déversement, carburant diesel, rivière aux Outardes"),
        *("--keywords", "en=spill, diesel fuel, Outardes River"),
        *("--content", f"fr={texts / 'fr.md'}", "--content", f"en={texts / 'en.md'}"),
    ]


def examine(site: Path, prefix: str, only: str) -> bool:
    """Print what each page reaches, and tell whether all is well."""
    pages = [page for page in pages_of(site) if only in page]
    with served(site, prefix) as base:
        lost = broken_links(base, pages)
        found = scores(base, site, pages)
    where = f"under /{prefix}/" if prefix else "at the root"
    for each in found:
        numbers = "/".join(str(each.scores.get(name, "–")) for name in CATEGORIES)
        print(f"  {numbers:<17} {each.page}  {' '.join(each.failed)}")
    for page, link in lost:
        print(f"  {page}: {urlsplit(link).path} leads nowhere")
    whole = sum(each.whole for each in found)
    print(f"{whole} of {len(found)} pages whole {where}, {len(lost)} broken links")
    return whole == len(found) and not lost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--only", default="", help="pages whose path holds this text")
    given = parser.parse_args()
    root = given.workspace / ".sparetire" / "site" / "current"
    sites = [(root, ""), (under_a_path(given.workspace), UNDER)]
    whole = [examine(site, prefix, given.only) for site, prefix in sites]
    sys.exit(0 if all(whole) else 1)


if __name__ == "__main__":
    main()
