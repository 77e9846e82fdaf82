"""Press releases on disk, as an author leaves them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sparetire.config.load import load_settings, parse_settings
from sparetire.config.schema import Settings
from sparetire.flows.site import standing_site
from sparetire.stages.build.source import Source
from sparetire.workspace.layout import Workspace
from sparetire.workspace.releases import make_public, public_releases, read_shelf
from sparetire.workspace.releases_file import release_text
from sparetire.workspace.releases_ledger import ReleasesLedger
from tests.support.command import Team, new_team
from tests.support.workspaces import session_in, source_of

__all__ = [
    "AT",
    "BODIES",
    "DUE",
    "TITLES",
    "newsroom_source",
    "public_site",
    "publish_some",
    "settings_of",
    "team_with_releases_due",
    "write_ready",
    "write_release",
]

DUE = ("quay", "train", "school")
AT = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
TITLES = {"fr": "Le port de Sept-Îles s’agrandit", "en": "The port of Sept-Îles is growing"}
BODIES = {
    "fr": "Minéraux Boréal double la longueur de son quai de Sept-Îles en 2027.",
    "en": "Boreal Minerals doubles the length of its Sept-Îles quay in 2027.",
}
SUMMARIES = {
    "fr": "Le quai de Sept-Îles doublera de longueur en 2027.",
    "en": "The Sept-Îles quay will double in length in 2027.",
}
SLUGS = {"fr": "port-sept-iles-agrandi", "en": "port-sept-iles-growing"}
TAGS = {"fr": ["port", "Sept-Îles"], "en": ["port", "Sept-Îles"]}


def settings_of(languages: tuple[str, ...] = ("fr-CA", "en-CA")) -> Settings:
    """Return the settings of a newsroom that goes to one target."""
    name = '{ fr = "Minéraux Boréal", en = "Boreal Minerals" }'
    return parse_settings(
        f"""
        [organisation]
        languages = {[*languages]}
        time_zone = "America/Toronto"
        name = {name if len(languages) > 1 else '"Minéraux Boréal"'}
        [targets.local]
        host = "directory"
        path = ".sparetire/site"
        url = "https://info.boreal.example"
        [crisis]
        targets = ["local"]
        [newsroom]
        targets = ["local"]
        """
    )


def public_site(workspace: Workspace) -> Source:
    """Return what a build of all that is public in a workspace starts from."""
    return replace(standing_site(session_in(workspace), "local"), news_until=AT)


def write_release(
    folder: Path, name: str = "port-agrandi", seed: int = 1, **keys: object
) -> str:
    """Write a bilingual pair and return its id; ``keys`` replace those of both files.

    A key that ends in ``_fr`` or ``_en`` replaces that of one file; ``body`` is the text.
    """
    identity = ReleasesLedger(folder).mint(seed << 64, name, AT)
    for code in ("fr", "en"):
        mine = {key: keys[key] for key in keys if key[-3:] not in {"_fr", "_en"}}
        mine |= {key[:-3]: keys[key] for key in keys if key.endswith(f"_{code}")}
        body = str(mine.pop("body", BODIES[code]))
        values: dict[str, object] = {
            "id": identity,
            "title": TITLES[code],
            "summary": SUMMARIES[code],
            "slug": SLUGS[code],
            "place": "Sept-Îles",
            "category": "operations",
            "tags": TAGS[code],
            "status": "ready",
        }
        folder.mkdir(parents=True, exist_ok=True)
        text = release_text(values | mine, body)
        (folder / f"{name}.{code}.md").write_text(text, encoding="utf-8")
    return identity


LONG = {
    "fr": """\
Minéraux Boréal double la longueur de son quai de Sept-Îles d’ici à la fin de 2027.

Les travaux commencent le 3 mai, après le dégel, et emploient 140 personnes de la région. Le
quai actuel a 300 mètres et date de 1974; il ne reçoit qu’un navire à la fois. Le nouveau en
recevra deux, ce qui réduit l’attente au large et le bruit la nuit.

Les riverains pourront poser leurs questions le 12 avril à la salle communautaire. Un
rapport sur le bruit et la poussière paraîtra chaque mois pendant les travaux, et un numéro
de téléphone répondra jour et nuit à qui voudra signaler un problème.""",
    "en": """\
Boreal Minerals doubles the length of its Sept-Îles quay by the end of 2027.

Work begins on May 3, after the thaw, and employs 140 people from the region. The present
quay is 300 metres long and dates from 1974; it takes one ship at a time. The new one will
take two, which shortens the wait offshore and the noise at night.

Neighbours may ask their questions on April 12 in the community hall. A report on noise and
dust will come out every month during the work, and a telephone number will answer day and
night whoever wants to report a problem.""",
}
REACHED = {"name": "Ana Roy", "phone": "+1 418 555-0142", "email": "medias@boreal.example"}


def write_ready(folder: Path, name: str = "port-agrandi", seed: int = 1, **keys: Any) -> str:
    """Write a pair that every rule lets pass, and return its id."""
    bodies = {f"body_{code}": text for code, text in LONG.items()}
    return write_release(folder, name, seed, **{**bodies, "contact": REACHED, **keys})


def publish_some(workspace: Workspace, numbers: Iterable[int]) -> None:
    """Write and publish releases, one a day: the release with number 0 on the day of ``AT``."""
    settings = load_settings(workspace.root)
    folder = workspace.releases
    for number in numbers:
        write_release(
            folder,
            f"port-{number}",
            number + 1,
            title_fr=f"Le port de Sept-Îles s’agrandit, étape {number}",
            title_en=f"The port of Sept-Îles is growing, stage {number}",
            slug_fr=f"port-etape-{number}",
            slug_en=f"port-stage-{number}",
            category=["operations", "community"][number % 2],
        )
        shelf = read_shelf(folder, settings)
        [release] = [each for each in shelf.releases if each.name == f"port-{number}"]
        make_public(folder, [release], AT + timedelta(days=number), ["local"])


def newsroom_source(workspace: Workspace) -> Source:
    """Return what a build of the workspace starts from, with its public releases."""
    source = source_of(workspace)
    releases = public_releases(workspace.releases, source.settings, "local")
    return replace(source, releases=releases, shelf=workspace.releases)


def team_with_releases_due(folder: Path) -> Team:
    """Return a team with some releases that are due, by the names in `DUE`."""
    made = new_team(folder / "team")
    for seed, name in enumerate(DUE, start=1):
        write_ready(
            made.folder / "releases",
            name,
            seed,
            title_fr=f"Le projet {name} de Sept-Îles avance",
            title_en=f"The {name} project in Sept-Îles moves on",
            slug_fr=f"projet-{name}-avance",
            slug_en=f"{name}-project-moves",
        )
    return made
