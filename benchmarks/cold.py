"""Times a full build of an archive from nothing, beside plain Pelican on the same words.

The same releases, each in French and in English, lie ready for every contestant; nothing was
built before. Each build is a process of its own, from its start to its end, in turn (A B C A B
C). Pelican builds one language after the other, as its command does, and once more both side
by side, which two cores allow. Ours also draws the cards that shared links show and writes
feeds in three forms, sitemaps and linked data; as Pelican, it neither inspects nor sends.

Memory is that of all processes together, looked at in the first round, which also warms up and
is not timed.

python benchmarks/cold.py [--sizes 1000 10000] [--runs 5] [--out FOLDER]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

from typing_extensions import override

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

# The checkout must be on the path first.
from benchmarks.corpus import LANGUAGES, archive
from benchmarks.ground import Sample, machine, timed
from benchmarks.memory import watched
from benchmarks.ours import CATEGORIES, Sparetire
from benchmarks.peers import PelicanAws
from sparetire.config.load import load_settings
from sparetire.workspace.releases import make_public, read_shelf

TARGET = "local"

Command = list[str | Path]


@dataclass
class Result:
    """What one contestant took at one size of archive, and how much it made.

    Attributes:
        pages: Pages of releases.
        files: All files of its site.
        peak: MiB of all its processes together.
    """

    name: str
    size: int
    pages: int = 0
    files: int = 0
    peak: float = 0.0
    samples: list[Sample] = field(default_factory=list)

    @property
    def total(self) -> float:
        return median(sample.total for sample in self.samples)


class Ours:
    """One process and its children; what it did is known by the names of the files it made."""

    name = "sparetire"

    def __init__(self, folder: Path, size: int) -> None:
        self._folder, self._paths = folder / "ours", folder / "paths"
        settle(self._folder, size)

    def turns(self) -> list[list[Command]]:
        return [[[sys.executable, "-m", "benchmarks.build", self._folder, self._paths]]]

    def clear(self) -> None:
        put_aside(self._folder / ".sparetire")

    def paths(self) -> list[str]:
        return self._paths.read_text(encoding="utf-8").splitlines()


class Plain:
    """Pelican, once for each language, as its command builds them."""

    name = "pelican"

    def __init__(self, folder: Path, size: int, program: Path) -> None:
        self._folder, self._program = folder / self.name, program
        self._folder.mkdir()
        PelicanAws().settle(self._folder, archive(size))

    def turns(self) -> list[list[Command]]:
        """Return its commands: each list's run side by side."""
        return [[self._command(language)] for language in LANGUAGES]

    def _command(self, language: str) -> Command:
        return [
            self._program, self._folder / language,
            "--settings", self._folder / f"{language}.py",
            "--output", self._folder / "out" / language, "--fatal", "errors",
        ]  # fmt: skip

    def clear(self) -> None:
        put_aside(self._folder / "out")

    def paths(self) -> list[str]:
        out = self._folder / "out"
        return [path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()]


class Abreast(Plain):
    """The same, both languages side by side."""

    name = "pelican, both at once"

    @override
    def turns(self) -> list[list[Command]]:
        return [[self._command(language) for language in LANGUAGES]]


Contestant = Ours | Plain


def settle(folder: Path, size: int) -> None:
    """Write our releases, and note that all of them are public."""
    Sparetire().settle(folder, archive(size))
    settings = folder / "sparetire.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + CATEGORIES, encoding="utf-8")
    shelf = read_shelf(folder / "releases", load_settings(folder))
    at = datetime(2026, 11, 1, tzinfo=UTC)
    make_public(folder / "releases", shelf.releases, at, [TARGET])


def put_aside(made: Path) -> None:
    """Move away what was built, without its bytes.

    Deleted, it would count against whoever builds next: for minutes, ext4 looks past each file
    that was deleted whenever it makes one in the same place.
    """
    if made.exists():
        aside = Path(tempfile.mkdtemp(dir=made.parents[1], prefix="aside-"))
        made.rename(aside / made.name)
        for path in aside.rglob("*"):
            if path.is_file():
                os.truncate(path, 0)


def race(folder: Path, pelican: Path, size: int, runs: int) -> list[Result]:
    """Return what each contestant took to build one archive."""
    contestants: list[Contestant] = [
        Ours(folder, size), Plain(folder, size, pelican), Abreast(folder, size, pelican)
    ]  # fmt: skip
    results = [Result(each.name, size) for each in contestants]
    for number in range(runs + 1):
        for contestant, result in zip(contestants, results, strict=True):
            contestant.clear()
            if number:
                total, cpu = timed(partial(run, contestant))
                result.samples.append(Sample(total, cpu, {}))
                say(f"{result.name}: {size} releases, round {number}, {total:.2f} s")
            else:
                result.peak = run(contestant, watch=True)
                paths = contestant.paths()
                result.files = len(paths)
                result.pages = sum("-communique-" in path for path in paths)
    if wrong := [each for each in results if each.pages != size * len(LANGUAGES)]:
        sys.exit(f"not every release has its pages: {wrong}")
    return results


def run(contestant: Contestant, *, watch: bool = False) -> float:
    """Run a contestant's commands to their ends; return MiB of memory where that is watched."""
    return max(_turn(commands, watch=watch) for commands in contestant.turns())


def _turn(commands: Sequence[Command], *, watch: bool) -> float:
    started = [
        subprocess.Popen(each, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)
        for each in commands
    ]
    with ExitStack() as stack:
        seen = stack.enter_context(watched([each.pid for each in started])) if watch else None
        for process in started:
            if process.wait():
                sys.exit(f"{process.args!r} ended with {process.returncode}")
    return seen.peak if seen else 0.0


def table(results: Sequence[Result]) -> Iterator[str]:
    """Yield the lines of a Markdown table; ratios are of the same round."""
    yield "A full build from nothing; seconds, median (min to max)."
    yield ""
    yield "| archive | | total | processor | peak MiB | release pages | files | ours / this |"
    yield "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    ours = {each.size: each for each in results if each.name == Ours.name}
    for each in results:
        totals = [sample.total for sample in each.samples]
        pairs = zip(ours[each.size].samples, each.samples, strict=True)
        cells = [
            str(each.size),
            each.name,
            f"{each.total:.2f} ({min(totals):.2f} to {max(totals):.2f})",
            f"{median(sample.cpu for sample in each.samples):.2f}",
            f"{each.peak:.0f}",
            str(each.pages),
            str(each.files),
            f"{median(mine.total / other.total for mine, other in pairs):.2f}",
        ]
        yield f"| {' | '.join(cells)} |"


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peers", type=Path, default=ROOT / ".venv" / "peers")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "benchmark")
    given = parser.parse_args()
    pelican = (given.peers / "pelican" / "bin" / "pelican").absolute()
    results: list[Result] = []
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            results += race(Path(folder), pelican, size, given.runs)
    given.out.mkdir(parents=True, exist_ok=True)
    text = "\n".join([machine(), *table(results), ""])
    print(text)
    (given.out / "cold.md").write_text(text, encoding="utf-8")
    rows = json.dumps([asdict(each) for each in results], indent=1)
    (given.out / "cold.json").write_text(rows, encoding="utf-8")


if __name__ == "__main__":
    main()
