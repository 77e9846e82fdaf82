"""Says in a workspace's settings who the demo's organisation is: boilerplate.py SETTINGS."""

import sys
from pathlib import Path

from sparetire.config.places import replace_value

__all__ = ["with_boilerplate"]

FRENCH = (
    "Minéraux Boréal exploite trois mines de fer, un chemin de fer et un terminal portuaire "
    "sur la Côte-Nord. Fondée à Sept-Îles, l’entreprise emploie les gens de la région et "
    "publie chaque semaine ses mesures de l’air et de l’eau."
)
ENGLISH = (
    "Boreal Minerals operates three iron mines, a railway and a port terminal on the North "
    "Shore. Founded in Sept-Îles, the company employs people from the region and publishes its "
    "air and water measurements every week."
)


def with_boilerplate(settings: str) -> str:
    """Return the text of the settings with the demo's own in it."""
    value = f'{{ fr = "{FRENCH}", en = "{ENGLISH}" }}'
    return replace_value(settings, ("organisation", "boilerplate"), value)


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(with_boilerplate(path.read_text(encoding="utf-8")), encoding="utf-8")
