"""Older addresses of a text that was taken back or put right: each gets a notice instead.

Where a host replaces files one by one, the files of earlier versions stay readable: pages under
another kind of address or another slug, those of runs that failed, lists, feeds, share cards.
A withdrawal and a correction overwrite each of them, as files of the new version.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from sparetire.flows.approach import Approached
from sparetire.flows.made import Made
from sparetire.hosts.base import PublicFile
from sparetire.model.finding import Finding, Severity
from sparetire.model.manifest import Entry
from sparetire.model.taken_back import TakenBack
from sparetire.rules.leaks import carrier
from sparetire.stages.build.replacements import CARDS, Replacements, is_picture, is_text

__all__ = ["MOST_TOLD", "files_that", "with_notices"]

MOST_TOLD = 5
_READERS = 16
_ASSET = re.compile(r"assets/[A-Za-z0-9_./-]+")
_RELEASE = re.compile(r"(^|/)(19|20)\d\d/[a-z0-9-]+(/index)?\.html$")


@dataclass(frozen=True, slots=True)
class _Leftovers:
    """The files that readers get from a target, and that the new version does not name.

    Attributes:
        paths: Theirs.
        named: Those that the live version names, so that they are ours.
        one: The target.
    """

    paths: frozenset[str]
    named: Mapping[str, Entry]
    one: Approached

    def bodies(self, paths: Collection[str]) -> Iterator[tuple[str, PublicFile]]:
        """Yield the files of some paths, read side by side; one that is named is ours."""
        with ThreadPoolExecutor(_READERS, "leftovers") as pool:
            found = pool.map(self.one.host.read, paths)
            for path, file in zip(paths, found, strict=True):
                if file is not None:
                    yield path, replace(file, ours=file.ours or path in self.named)


def with_notices(made: Made, reached: list[Approached], taken: TakenBack) -> Made:
    """Return the version with a notice at each older address that carries what is taken back.

    What somebody else has put there is told, and left alone.

    Args:
        made: The new version.
        reached: The targets.
        taken: What is taken back or put right.
    """
    make = Replacements(taken, made.edition, single=made.routes.single)
    extra: dict[str, Entry] = {}
    findings: list[Finding] = []
    for one in reached:
        if one.host.features.atomic_switch:
            continue
        left = _leftovers(one, made)
        theirs = list(_overwrite(left, taken, make, extra))
        findings += [_foreign(one, path) for path in theirs[:MOST_TOLD]]
    if not extra and not findings:
        return made
    edition = replace(made.edition, manifest=made.edition.manifest.joined(extra))
    return replace(made, edition=edition, findings=(*made.findings, *findings))


def files_that(
    one: Approached, named: Collection[str], carries: Callable[[str], bool]
) -> Iterator[str]:
    """Yield the paths of files that readers get, no version names, and that carry a text."""
    left = _Leftovers(one.host.readable() - frozenset(named), {}, one)
    texts = sorted(path for path in left.paths if is_text(path))
    for path, found in left.bodies(texts):
        if carries(found.body.decode("utf-8", errors="replace")):
            yield path


def _leftovers(one: Approached, made: Made) -> _Leftovers:
    named = one.live.manifest.entries if one.live else {}
    paths = (one.host.readable() | named.keys()) - made.edition.manifest.entries.keys()
    return _Leftovers(frozenset(paths), named, one)


def _overwrite(
    left: _Leftovers, taken: TakenBack, make: Replacements, extra: dict[str, Entry]
) -> Iterator[str]:
    """Add what overwrites a target's older files; yield those that are not ours."""
    carries, files = carrier(taken.texts), set(taken.files)
    # A page of one release repeats no other text: of an archive, none needs to be read.
    texts = (path for path in left.paths if is_text(path))
    read = sorted(path for path in texts if _names(path, taken) or not _RELEASE.search(path))
    for path, found in left.bodies(read):
        text = found.body.decode("utf-8", errors="replace")
        if not (_names(path, taken) or carries(text)):
            continue
        if found.ours:
            extra[path] = make.at(path)
            files.update(_ASSET.findall(text))
        else:
            yield path
    pictures = (path for path in left.paths if is_picture(path))
    wanted = sorted(path for path in pictures if path in files or path.startswith(CARDS))
    extra |= {path: make.at(path) for path, found in left.bodies(wanted) if found.ours}
    # Done again, the same command finds its own notices, and changes nothing.
    extra |= {path: entry for path, entry in left.named.items()
              if path in left.paths and entry.served_as == make.at(path).served_as}  # fmt: skip


def _names(path: str, taken: TakenBack) -> bool:
    """Tell whether a path is an address of what is taken back, by its slug."""
    return not taken.names.isdisjoint(path.removesuffix(".html").split("/"))


def _foreign(one: Approached, path: str) -> Finding:
    url = f"{one.target.url}/{path}"
    return Finding(
        "text-left",
        Severity.WARNING,
        one.target.name,
        f"{url} repeats what is taken back. It was not put there by sparetire, and stays.",
        "Take that file away at the service.",
    )
