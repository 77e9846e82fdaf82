"""Writes a feed of every kind that we make into a folder, for validators to look at.

python -m tests.feeds.samples FOLDER
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sparetire.newsroom.channel import Archive, Channel, Item, Media
from sparetire.newsroom.feeds import atom, rss

__all__ = ["samples"]

BASE = "https://info.boreal.example"
AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
FULL = Item(
    id="urn:uuid:11111111-1111-4111-8111-111111111111",
    title="Le port <s’agrandit> & s’ouvre",
    address=f"{BASE}/fr/communiques/2026/port/",
    published=AT,
    updated=AT + timedelta(hours=2),
    summary="Le quai doublera.",
    html=f'<p>Voir <a href="{BASE}/fr/">la suite</a> &amp; <em>le reste</em>.</p>',
    categories=("Activités", "port"),
    media=Media(
        f"{BASE}/assets/a.jpg", "image/jpeg", 1200, 1600, 900, "Un quai", "Le quai", "Ana"
    ),
)
SAME_RUN = replace(
    FULL, id="urn:uuid:33333333-3333-4333-8333-333333333333", media=None, title="Un train"
)
WITHDRAWN = replace(
    SAME_RUN,
    id="urn:uuid:22222222-2222-4222-8222-222222222222",
    published=AT - timedelta(days=1),
    html="<p>Ce communiqué a été retiré.</p>",
    categories=(),
    withdrawn=True,
    tombstone=f"{BASE}/fr/communiques/2026/train.atomdeleted",
)
ITEMS = (FULL, SAME_RUN, WITHDRAWN)
PLAIN = Channel(
    title="Boréal",
    description="Nos communiqués",
    language="fr-CA",
    address=f"{BASE}/fr/communiques/feed.xml",
    page=f"{BASE}/fr/communiques/",
)
RICH = replace(
    PLAIN, author="Boréal", hubs=("https://hub.example/",), icon=f"{BASE}/favicon.png"
)


def samples() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each sample."""
    kinds = {
        "empty": (RICH, ()),
        "plain": (PLAIN, (SAME_RUN,)),
        "rich": (RICH, ITEMS),
        "current": (replace(RICH, archive=Archive(before=f"{BASE}/feed-2.xml")), ITEMS),
        "oldest": (replace(RICH, archive=Archive(RICH.address, after=f"{BASE}/2")), ITEMS),
        "archive": (
            replace(RICH, archive=Archive(RICH.address, f"{BASE}/feed-1.xml")),
            ITEMS,
        ),
    }
    for name, (channel, items) in kinds.items():
        yield f"{name}.xml", rss(channel, items)
        yield f"{name}.atom", atom(channel.at(f"{BASE}/fr/feed.atom"), items)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in samples():
        (folder / f"feed-{name}").write_bytes(body)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
