"""Asks the W3C's feed validator about every RSS and Atom feed below some folders.

python tests/feeds/w3c.py CHECKOUT FOLDER...
Errors, warnings and hints count alike: ends with 1 where it says anything at all. It needs
html5lib, and nothing of ours: make gives it an environment of its own.
"""

import re
import sys
import warnings
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

SELF = re.compile(rb'<(?:atom:)?link (?=[^>]*rel="self")[^>]*href="([^"]+)"')


def feeds(folders: list[Path]) -> Iterator[Path]:
    """Yield the feeds; sitemaps are XML too, but no feeds."""
    for folder in folders:
        for path in sorted(folder.rglob("feed*")):
            if path.suffix in {".xml", ".atom"}:
                yield path


def messages(path: Path) -> list[str]:
    """Return all that the validator says of one feed, at the address that it gives itself."""
    validator = import_module("feedvalidator")
    kinds = import_module("feedvalidator.logging")
    body = path.read_bytes()
    found = SELF.search(body)
    base = found[1].decode() if found else ""
    events = validator.validateString(body, firstOccurrenceOnly=0, base=base)["loggedEvents"]
    told = (kinds.Error, kinds.Warning, kinds.Info)
    return [f"{type(one).__name__} {one.params}" for one in events if isinstance(one, told)]


def main(checkout: Path, folders: list[Path]) -> int:
    sys.path.insert(0, str(checkout / "src"))
    warnings.simplefilter("ignore")  # its own, about old spellings of Python
    count = said = 0
    for path in feeds(folders):
        count += 1
        for message in messages(path):
            said += 1
            sys.stdout.write(f"{path}: {message}\n")
    sys.stdout.write(f"{count} feeds, {said} messages\n")
    return 1 if said or not count else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]))
