"""Audits a built site as the public meets it: Nu, axe in Chromium, weight, and stray requests.

python -m tests.pages.audit [SITE] [--shots FOLDER]
Without a site it builds the demo: a crisis and twelve press releases.
Ends with 1 when there is anything to say. Needs Chromium, Node 20 and Java.
"""

import argparse
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from typing_extensions import override

from tests.pages.sites import demo_site

HERE = Path(__file__).parent
NU = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")

# One initial window of ten packets: what the first round trip can carry.
PAGE_KIB = 14
STYLE_KIB = 4
# Nu says it of JSON-LD too, which is a data block: it never runs, so no policy applies to it
# (HTML, "prepare the script element"). A script that does run is found in the browser.
DATA_BLOCK = "Inline script violates Content Security Policy"
STYLE = re.compile(rb"<style[^>]*>(.*?)</style>", re.DOTALL)


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong with one page."""

    page: str
    rule: str
    says: str
    view: str = ""


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a word for each, all of them under a path."""

    def __init__(self, *given: Any, prefix: str = "", **named: Any) -> None:
        self.prefix = f"/{prefix}/" if prefix else "/"
        super().__init__(*given, **named)

    @override
    def translate_path(self, path: str) -> str:
        """Return the file of an address; outside the path there is none."""
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "nothing" / "here")
        return super().translate_path("/" + path.removeprefix(self.prefix))

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path, prefix: str = "") -> Iterator[str]:
    handler = partial(QuietHandler, directory=str(site), prefix=prefix)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/" + (f"{prefix}/" if prefix else "")
        server.shutdown()


def pages_of(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def markup(base: str, pages: Sequence[str]) -> list[Finding]:
    """Ask the Nu checker; a warning counts as an error."""
    # By http, not by file: only there does the policy's 'self' mean what it says.
    java = ["java", "-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", str(NU)]
    run = subprocess.run(
        [*java, "--stdout", "--format", "json", *(base + page for page in pages)],
        capture_output=True,
        text=True,
        check=False,
    )
    if not run.stdout:
        sys.exit(f"The Nu checker did not run: {run.stderr}")
    return [
        Finding(
            page=each.get("url", "").removeprefix(base),
            rule=f"Nu {each.get('subType', each['type'])}",
            says=f"{each['message']} (line {each.get('lastLine', '?')})",
        )
        for each in json.loads(run.stdout)["messages"]
        if not each["message"].startswith(DATA_BLOCK)
    ]


def kib(content: bytes) -> float:
    return len(gzip.compress(content, 9, mtime=0)) / 1024


def weight(site: Path, pages: Sequence[str]) -> list[Finding]:
    found = []
    for page in pages:
        content = site.joinpath(page).read_bytes()
        measured = {
            "page": (kib(content), PAGE_KIB),
            "style": (kib(b"".join(STYLE.findall(content))), STYLE_KIB),
        }
        found += [
            Finding(page, f"weight of the {what}", f"{size:.1f} KiB of at most {limit}")
            for what, (size, limit) in measured.items()
            if size > limit
        ]
    return found


def chromium() -> str:
    names = (os.environ.get("CHROMIUM", ""), *CHROMIUM_NAMES)
    found = next((path for path in map(shutil.which, names) if path), None)
    return found or sys.exit("There is no Chromium here (Debian: apt-get install chromium).")


def browse(base: str, shots: Path, pages: Sequence[str]) -> list[Finding]:
    run = subprocess.run(
        ["node", str(HERE / "browse.mjs"), base, str(shots), chromium(), *pages],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    seen = json.loads(run.stdout)
    print(f"Opened {seen['opened']} views, took {seen['shots']} pictures.")
    return [Finding(**each) for each in seen["findings"]]


def report(findings: Sequence[Finding]) -> None:
    views: defaultdict[Finding, list[str]] = defaultdict(list)
    for each in findings:
        views[Finding(each.page, each.rule, each.says)].append(each.view)
    for each, where in sorted(views.items()):
        seen = f" [{'; '.join(filter(None, where))}]" if any(where) else ""
        print(f"  {each.page}: {each.rule}: {each.says}{seen}")


def audit(site: Path, shots: Path) -> list[Finding]:
    pages = pages_of(site)
    if not pages:
        sys.exit(f"{site} holds no page.")
    findings = weight(site, pages)
    with served(site) as base:
        findings += markup(base, pages)
        findings += browse(base, shots.resolve(), pages)
    report(findings)
    print(f"{len(pages)} pages audited, {len(findings)} findings. Pictures: {shots}")
    return findings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path, nargs="?")
    parser.add_argument("--shots", type=Path, default=Path("build/pages"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = given.site or demo_site(Path(folder), "http://127.0.0.1:8044")
        sys.exit(1 if audit(site, given.shots) else 0)


if __name__ == "__main__":
    main()
