"""Times one statement launched into an archive of press releases, beside what others would do.

For each size of archive, every contestant first publishes the archive to a prefix of its own on
one SeaweedFS (not timed). Then, in turn (A B C A B C), each adds one statement in French and
in English, builds its site and sends it, through a proxy that makes the server seem far away.
sparetire also inspects, proves every changed byte from outside, and keeps a record; the
others do not. It counts as live when that proof is there, as its own result
tells; its total is that of the whole process. The first round of each warms up and is not
counted. Those named by --only are left, beside ours; some take minutes at 10,000.

A contestant whose first round takes longer than --patience seconds is timed in that one alone,
and marked.

python benchmarks/archive.py [--sizes 100 1000 10000] [--runs 5] [--delay 40] [--only NAME …]
                             [--out FOLDER]
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

# The checkout must be on the path first.
from benchmarks.corpus import archive, statement
from benchmarks.ground import Ground, Sample, ground_at, machine, timed
from benchmarks.ours import Sparetire
from benchmarks.peers import PEERS, Peer
from benchmarks.plot import curves

CONTESTANTS: tuple[Peer, ...] = (Sparetire(), *PEERS)


@dataclass
class Result:
    """What one contestant took at one size of archive."""

    name: str
    size: int
    samples: list[Sample] = field(default_factory=list)
    once: bool = False

    @property
    def total(self) -> float:
        return median(sample.total for sample in self.samples)

    @property
    def peak(self) -> float:
        return max(sample.peak for sample in self.samples)

    @property
    def live(self) -> float:
        """Seconds until the statement was live, and with us, proven so."""
        return median(sample.stages.get("verified", sample.total) for sample in self.samples)


def race(
    ground: Ground, contestants: Sequence[Peer], size: int, runs: int, patience: float
) -> list[Result]:
    """Return what every contestant took to launch one statement into an archive."""
    results = [Result(each.name, size) for each in contestants]
    folders = [ground.folder / f"{number}-{size}" for number in range(len(contestants))]
    for contestant, folder in zip(contestants, folders, strict=True):
        say(f"{contestant.name}: publishing {size} releases")
        folder.mkdir()
        contestant.settle(folder, archive(size))
        contestant.build(ground.at_hand, folder)
        contestant.push(ground.at_hand, folder)
    for number in range(runs + 1):
        for contestant, folder, result in zip(contestants, folders, results, strict=True):
            if result.once:
                continue
            sample = run(ground, contestant, folder, number)
            say(f"{contestant.name}: round {number}, {sample.total:.2f} s")
            result.once = number == 0 and sample.total > patience
            if number or result.once:
                result.samples.append(sample)
    return results


def run(ground: Ground, contestant: Peer, folder: Path, number: int) -> Sample:
    """Launch one statement, and return what it took."""
    contestant.add(folder, statement(number))
    ground.peaks.clear()
    built = timed(lambda: contestant.build(ground, folder))
    sent = timed(lambda: contestant.push(ground, folder))
    stages = {"build": built[0], "push": sent[0]}
    if isinstance(contestant, Sparetire):
        stages = {"verified": contestant.verified}
    return Sample(
        total=built[0] + sent[0],
        cpu=built[1] + sent[1],
        stages=stages,
        peak=max(ground.peaks),
    )


def table(results: Sequence[Result], delay: float) -> Iterator[str]:
    """Yield the lines of a Markdown table, with ratios to each peer in the same run."""
    yield f"S3 on this machine at {delay:g} ms round trip; seconds, median (min to max)."
    yield ""
    yield "| archive | | total | live | processor | peak MiB | ours, proven / this |"
    yield "| ---: | --- | ---: | ---: | ---: | ---: | ---: |"
    ours = {each.size: each for each in results if each.name == CONTESTANTS[0].name}
    for each in results:
        totals = [sample.total for sample in each.samples]
        rounds = "1 round" if each.once else f"{min(totals):.2f} to {max(totals):.2f}"
        cells = [
            str(each.size),
            each.name,
            f"{each.total:.2f} ({rounds})",
            f"{each.live:.2f}",
            f"{median(sample.cpu for sample in each.samples):.2f}",
            f"{each.peak:.0f}",
            f"{ours[each.size].live / each.live:.3f}",
        ]
        yield f"| {' | '.join(cells)} |"


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--delay", type=float, default=40, metavar="MILLISECONDS")
    parser.add_argument("--patience", type=float, default=60, metavar="SECONDS")
    parser.add_argument("--only", nargs="+", default=[""], metavar="NAME")
    parser.add_argument("--peers", type=Path, default=ROOT / ".venv" / "peers")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "benchmark")
    given = parser.parse_args()
    results: list[Result] = []
    ours, *peers = CONTESTANTS
    wanted = [each for each in peers if any(name in each.name for name in given.only)]
    with ground_at(given.delay, given.peers) as ground:
        for size in given.sizes:
            results += race(ground, [ours, *wanted], size, given.runs, given.patience)
    given.out.mkdir(parents=True, exist_ok=True)
    text = "\n".join([machine(), *table(results, given.delay), ""])
    print(text)
    (given.out / "archive.md").write_text(text, encoding="utf-8")
    rows = json.dumps([asdict(each) for each in results], indent=1)
    (given.out / "archive.json").write_text(rows, encoding="utf-8")
    lines = {
        each.name: [(one.size, one.total) for one in results if one.name == each.name]
        for each in (ours, *wanted)
    }
    (given.out / "archive.svg").write_text(curves(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
