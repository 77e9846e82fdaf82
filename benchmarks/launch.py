"""Times a launch from words to S3, in turn with what a team would otherwise do.

ours: `sparetire launch`: fill, build, inspect, plan, push and verify from outside, one process.
peer: the same words as Markdown articles, `pelican` once for each language, `aws s3 sync`.
      Nothing is inspected, verified or recorded.

Both push to a fresh prefix of one SeaweedFS on this machine, one after the other (A B A B), so
that a busy moment strikes both. The first round of each warms up and is not counted.

python benchmarks/launch.py [--runs N] [--delay MILLISECONDS]
"""

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

# The checkout must be on the path first.
from benchmarks.ground import Ground, Sample, ground_at, machine, spread, timed

TITLES = {
    "fr": "Déversement de carburant diesel près de la rivière aux Outardes",
    "en": "Diesel fuel spill near the Outardes River",
}
KEYWORDS = {"fr": "déversement, carburant diesel", "en": "spill, diesel fuel"}
PEER_SETTINGS = """
SITENAME = "Boreal Minerals"
SITEURL = "https://info.boreal.example/{language}"
DEFAULT_LANG = "{language}"
TIMEZONE = "America/Toronto"
THEME = "simple"
FEED_ALL_RSS = "feeds/all.rss.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""


@dataclass(frozen=True)
class Round:
    """One launch of each, one after the other."""

    ours: Sample
    peer: Sample

    @property
    def ratio(self) -> float:
        return self.ours.total / self.peer.total


def words(language: str) -> Path:
    return ROOT / "tests" / "demo" / f"{language}.md"


def make_workspace(ground: Ground, folder: Path) -> None:
    names = [f"--name={code}={name}" for code, name in
             (("fr", "Minéraux Boréal"), ("en", "Boreal Minerals"))]  # fmt: skip
    ground.sparetire("init", folder, "--yes", *names, "--colour", "#0b3d66")


def use_production(ground: Ground, workspace: Path, prefix: str) -> None:
    server = ground.server
    settings = workspace / "sparetire.toml"
    # The bare S3 address serves no index documents.
    text = settings.read_text(encoding="utf-8")
    text = text.replace('page_urls = "folder"', 'page_urls = "file"')
    settings.write_text(
        f"{text}\n"
        "[targets.production]\n"
        'host = "s3"\n'
        f'url = "{server.endpoint_url}/{server.bucket}/{prefix}"\n'
        f'bucket = "{server.bucket}"\n'
        f'prefix = "{prefix}"\n'
        f'state_bucket = "{server.state_bucket}"\n'
        f'endpoint_url = "{server.endpoint_url}"\n'
        'region = "us-east-1"\n',
        encoding="utf-8",
    )


def run_ours(ground: Ground, number: int) -> Sample:
    workspace = ground.folder / f"ours-{number}"
    shutil.copytree(ground.folder / "workspace", workspace)
    use_production(ground, workspace, f"ours-{number}")
    options = [
        f"--{name}={code}={value}"
        for name, values in (("title", TITLES), ("keywords", KEYWORDS))
        for code, value in values.items()
    ]
    options += [f"--content={code}={words(code)}" for code in TITLES]
    printed: list[str] = []

    def launch() -> None:
        printed.append(
            ground.sparetire(
                "--workspace", workspace, "--json", "launch", "--yes",
                "--target", "production", *options,
            )
        )  # fmt: skip

    total, cpu = timed(launch)
    stages: dict[str, float] = json.loads(printed[0])["timings"]
    stages.pop("total")
    return Sample(total, cpu, stages | {"start and end": total - sum(stages.values())})


def write_articles(folder: Path) -> None:
    for language, title in TITLES.items():
        content = folder / language
        content.mkdir(parents=True)
        head = f"Title: {title}\nDate: 2026-11-23 05:00\nTags: {KEYWORDS[language]}\n\n"
        content.joinpath("statement.md").write_text(
            head + words(language).read_text(encoding="utf-8"), encoding="utf-8"
        )
        settings = PEER_SETTINGS.format(language=language)
        folder.joinpath(f"{language}.py").write_text(settings, encoding="utf-8")


def run_peer(ground: Ground, number: int) -> Sample:
    articles = ground.folder / f"peer-{number}"
    write_articles(articles)
    out = articles / "out"

    def build() -> None:
        for language in TITLES:
            ground.run(
                ground.peers / "pelican" / "bin" / "pelican", articles / language,
                "--settings", articles / f"{language}.py", "--output", out / language,
                "--fatal", "errors",
            )  # fmt: skip

    def sync() -> None:
        ground.run(
            ground.peers / "aws" / "bin" / "aws", "s3", "sync", out,
            f"s3://{ground.server.bucket}/peer-{number}",
            "--endpoint-url", ground.server.endpoint_url,
        )  # fmt: skip

    built, synced = timed(build), timed(sync)
    stages = {"pelican, twice": built[0], "aws s3 sync": synced[0]}
    return Sample(sum(stages.values()), built[1] + synced[1], stages)


def race(ground: Ground, runs: int) -> list[Round]:
    make_workspace(ground, ground.folder / "workspace")
    rounds = [
        Round(run_ours(ground, number), run_peer(ground, number)) for number in range(runs + 1)
    ]
    return rounds[1:]


def report_side(name: str, samples: Sequence[Sample]) -> None:
    print(f"{name:<20}{spread([each.total for each in samples])}")
    for stage in samples[0].stages:
        print(f"  {stage:<18}{spread([each.stages[stage] for each in samples])}")
    print(f"  {'processor seconds':<18}{spread([each.cpu for each in samples])}")


def report(rounds: Sequence[Round], delay: float) -> None:
    print(machine())
    print(f"S3 on this machine at {delay:g} ms round trip, {len(rounds)} rounds, in seconds")
    report_side("sparetire launch", [each.ours for each in rounds])
    report_side("pelican + aws", [each.peer for each in rounds])
    print(f"{'ours / peer':<20}{spread([each.ratio for each in rounds])}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--delay", type=float, default=0, metavar="MILLISECONDS")
    parser.add_argument("--peers", type=Path, default=ROOT / ".venv" / "peers")
    given = parser.parse_args()
    with ground_at(given.delay, given.peers) as ground:
        report(race(ground, given.runs), given.delay)


if __name__ == "__main__":
    main()
