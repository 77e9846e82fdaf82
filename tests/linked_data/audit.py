"""Holds every page's JSON-LD to the types of schema.org, with the TypeScript compiler.

python tests/linked_data/audit.py SITE
An unknown property, one on the wrong type, or a value of the wrong type is an error. Ends with
1 when there is anything to say. Needs Node 20; the types are schema-dts, pinned beside this.
"""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
COMPILER = HERE / "node_modules" / ".bin" / "tsc"
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
ERROR = re.compile(r"^.*?(\d+)\.ts\(\d+,\d+\): error TS\d+: (.*)$", re.MULTILINE)
OPTIONS = (
    *("--noEmit", "--strict", "--skipLibCheck"),
    *("--module", "esnext", "--moduleResolution", "bundler"),
)


@dataclass(frozen=True)
class Wrong:
    """One thing that schema.org does not know."""

    page: str
    says: str


def literal(text: str) -> str:
    """Return JSON-LD as a TypeScript program that compiles only if the types hold."""
    facts = json.loads(text)
    kind = "Graph" if "@graph" in facts else f"WithContext<{facts['@type']}>"
    names = "Graph" if "@graph" in facts else f"WithContext, {facts['@type']}"
    written = json.dumps(facts, ensure_ascii=False)
    return (
        f'import type {{ {names} }} from "schema-dts";\n'
        f"export const data: {kind} = {written};\n"
    )


def pages(site: Path) -> Iterator[tuple[str, str]]:
    """Yield each page of a built site that holds JSON-LD, with it."""
    for path in sorted(site.rglob("*.html")):
        for found in DATA.findall(path.read_text(encoding="utf-8")):
            yield path.relative_to(site).as_posix(), found


def audit(found: list[tuple[str, str]]) -> list[Wrong]:
    """Return everything that is wrong, page by page."""
    with TemporaryDirectory(dir=HERE) as folder:  # here, so that the types are found
        files = []
        for number, (_, text) in enumerate(found):
            file = Path(folder) / f"{number}.ts"
            file.write_text(literal(text), encoding="utf-8")
            files.append(str(file))
        done = subprocess.run(
            [COMPILER, *OPTIONS, *files], capture_output=True, text=True, check=False
        )
    wrongs = [Wrong(found[int(at)][0], says) for at, says in ERROR.findall(done.stdout)]
    if done.returncode and not wrongs:
        raise RuntimeError(done.stdout + done.stderr)
    return wrongs


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    found = list(pages(parser.parse_args().site.resolve()))
    wrongs = audit(found)
    for wrong in wrongs:
        print(f"  {wrong.page}: {wrong.says}")
    print(f"{len(found)} pages with JSON-LD, {len(wrongs)} findings.")
    return 1 if wrongs or not found else 0


if __name__ == "__main__":
    sys.exit(main())
