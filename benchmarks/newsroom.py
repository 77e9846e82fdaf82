"""Times the feeds and sitemaps of a large archive of releases, alone, without Pelican.

python benchmarks/newsroom.py [--releases 10000] [--rounds 3]
Prints a JSON object: seconds of each round, their median, peak memory, the largest feed.
"""

import argparse
import json
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from uuid import UUID

from sparetire.model.release import Publication, Release, Status, Wording
from sparetire.stages.build.crawling import newsroom_sitemaps
from sparetire.stages.build.release_feeds import newsroom_feeds
from sparetire.stages.build.release_pages import Newsroom, newsroom_pages
from sparetire.stages.build.source import Source
from tests.support.workspaces import source_of, workspace_in

FIRST = datetime(2000, 1, 3, 14, 0, tzinfo=UTC)
CATEGORIES = ("announcements", "operations", "results", "community")
DEMO = Path(__file__).parents[1] / "tests" / "demo" / "releases"
LEAD = {
    "fr": "Voici le relevé hebdomadaire {n} du terminal de Sept-Îles, sur la Côte-Nord.",
    "en": "This is weekly record {n} of the Sept-Îles terminal, on the North Shore.",
}
TITLE = {"fr": "Relevé hebdomadaire {n} du terminal", "en": "Weekly record {n} of the terminal"}


def releases(count: int) -> Iterator[Release]:
    """Yield releases of more than 300 words, one every 23 hours."""
    texts = {code: (DEMO / f"quai-agrandi.{code}.md").read_text("utf-8") for code in LEAD}
    bodies = {code: text.rpartition("+++")[2].strip() for code, text in texts.items()}
    for number in range(count):
        at = FIRST + timedelta(hours=23 * number)
        wordings = {
            code: Wording(
                title=TITLE[code].format(n=number),
                body=f"{LEAD[code].format(n=number)}\n\n{bodies[code]}\n",
                summary=LEAD[code].format(n=number),
                slug=f"terminal-{number}",
                place="Sept-Îles",
                tags=("terminal", "port"),
            )
            for code in LEAD
        }
        slugs = dict.fromkeys(wordings, f"terminal-{number}")
        yield Release(
            id=str(UUID(int=number + 1, version=4)),
            name=f"terminal-{number}",
            category=CATEGORIES[number % len(CATEGORIES)],
            status=Status.READY,
            wordings=wordings,
            publication=Publication(at, at, slugs, {}, ("local",)),
        )


class Round(NamedTuple):
    """What one round took and made; ``processor`` tells a busy machine from slow work."""

    seconds: float
    processor: float
    files: int
    largest_feed: int


def one_round(source: Source) -> Round:
    newsrooms = [Newsroom.of(source, language) for language in source.languages]
    # A build has them already; sitemaps need their addresses and dates, not their words.
    pages = [
        replace(page, content="", structured="", facts={})
        for each in newsrooms
        for page in newsroom_pages(each)
    ]
    start, spent = time.perf_counter(), time.process_time()
    files = subscribed = 0
    for newsroom in newsrooms:
        for path, body in newsroom_feeds(newsroom):
            files += 1
            if path.rpartition("/")[2] in {"feed.xml", "feed.atom", "feed.json"}:
                subscribed = max(subscribed, len(body))
    files += sum(1 for _ in newsroom_sitemaps(source, newsrooms, pages))
    taken = time.perf_counter() - start
    return Round(taken, time.process_time() - spent, files, subscribed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--releases", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        base = source_of(workspace_in(Path(folder) / "boreal"))
        source = replace(base, releases=tuple(releases(given.releases)))
        rounds = [one_round(source) for _ in range(given.rounds)]
    kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    json.dump(
        {
            "releases": given.releases,
            "seconds": [round(one.seconds, 2) for one in rounds],
            "median": round(statistics.median(one.seconds for one in rounds), 2),
            "processor": [round(one.processor, 2) for one in rounds],
            "files": rounds[0].files,
            "largest_feed_kB": round(rounds[0].largest_feed / 1000),
            "peak_MiB": round(kib / 1024),
        },
        sys.stdout,
        indent=1,
    )
    print()


if __name__ == "__main__":
    main()
