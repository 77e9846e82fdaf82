"""The text of ``live.json``: what a target carries, without the files themselves."""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from types import MappingProxyType

from sparetire.errors import ConfigurationFault, Locked
from sparetire.hosts.base import Commit
from sparetire.model.edition import Live, Past
from sparetire.model.manifest import Known, Manifest

__all__ = [
    "as_past",
    "decode",
    "encode",
    "fence",
    "name_of",
    "next_live",
    "not_kept",
    "outrun",
    "past_manifest",
]


def next_live(commit: Commit) -> Live:
    """Return what is live once a commit has been made."""
    return Live(
        edition=commit.manifest.edition,
        manifest=commit.manifest,
        counter=commit.counter,
        committed=commit.at,
        incidents=commit.incidents,
        left=commit.previous.edition if commit.goes_back and commit.previous else "",
    )


def as_past(live: Live) -> Past:
    """Return an edition as the record of its commit tells it."""
    return Past(live.edition, live.counter, live.committed, live.incidents)


def name_of(edition: Live | Past) -> str:
    """Return the name of a commit's records: they sort by age."""
    return f"{edition.counter:06d}-{edition.edition}"


def past_manifest(past: Past, pieces: Iterable[bytes] | None, place: str) -> Manifest:
    """Read the files of a past edition, proved by its name.

    Raises:
        ConfigurationFault: The list is gone or damaged.
    """
    with suppress(ValueError):
        manifest = Manifest.from_pieces(pieces or ())
        if manifest.edition == past.edition:
            return manifest
    raise ConfigurationFault(
        f"{place} does not list the files of edition {past.edition}.",
        why="It is gone." if pieces is None else "It was changed by hand or damaged.",
        then="Choose another edition: sparetire history",
    )


def not_kept(past: Past, path: str) -> ConfigurationFault:
    """Return the error of a file that nobody keeps any more."""
    return ConfigurationFault(
        f"{path} of edition {past.edition} is not kept any more.",
        why="It was taken away from the place where older editions are kept.",
        then="Choose another edition: sparetire history",
    )


def encode(live: Live, manifest: str, **more: object) -> bytes:
    """Return the pointer's JSON text; the manifest itself is stored beside it, by a name.

    Args:
        live: What is live.
        manifest: The name under which its files are listed.
        more: What else the host wants to know of it; what is empty is left out.
    """
    pointer: dict[str, object] = {
        "edition": live.edition,
        "manifest": manifest,
        "counter": live.counter,
        "committed": live.committed,
        "incidents": live.incidents,
    }
    pointer |= {name: value for name, value in {"left": live.left, **more}.items() if value}
    return (json.dumps(pointer, ensure_ascii=False, indent=1) + "\n").encode()


def decode(
    pointer: bytes,
    read: Callable[[str], Iterable[bytes]],
    place: str,
    *,
    tag: str = "",
    known: Known = MappingProxyType({}),
) -> Live:
    """Read what `encode` wrote.

    Args:
        pointer: The text.
        read: Gives the manifest that it names, in pieces.
        place: Where it was, for messages.
        tag: The version of it that was read.
        known: Editions whose manifests need not be read.

    Raises:
        ConfigurationFault: One of the two is damaged, or they do not belong together.
    """
    try:
        fields = json.loads(pointer)
        tell = known.get(fields["edition"])
        files = tell() if tell else None
        live = Live(
            edition=fields["edition"],
            manifest=files or Manifest.from_pieces(read(fields["manifest"])),
            counter=int(fields["counter"]),
            committed=fields["committed"],
            incidents=dict(fields["incidents"]),
            tag=tag,
            left=str(fields.get("left", "")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(place) from error
    if live.manifest.edition != live.edition:
        raise _damaged(place)
    return live


def _damaged(place: str) -> ConfigurationFault:
    # A killed run cannot cause this, every write of it is whole: a person or a disk did.
    return ConfigurationFault(
        f"{place} does not say what is live.",
        why="It, or the list of files that it names, was changed by hand or damaged.",
        then="Move it away, then run the same command again: it puts every file anew.",
    )


def fence(commit: Commit, live: Live | None) -> None:
    """Refuse a commit that was made for another state of the target than the present one.

    Raises:
        Locked: Somebody else committed in between.
    """
    expected = commit.previous
    if (live and (live.edition, live.counter)) == (
        expected and (expected.edition, expected.counter)
    ):
        return
    raise outrun(commit, live)


def outrun(commit: Commit, live: Live | None) -> Locked:
    """Return the error of a commit that came after somebody else's."""
    return Locked(
        f"Edition {commit.manifest.edition} was not made live.",
        why=(
            f"Somebody else published edition {live.edition} at {live.committed}, "
            "after this run had looked."
            if live
            else "What was live when this run looked has been taken away since."
        ),
        public=(
            f"The public sees edition {live.edition}."
            if live
            else "The public may see no page of ours here."
        ),
        then="Look with sparetire status, then run the same command again.",
    )
