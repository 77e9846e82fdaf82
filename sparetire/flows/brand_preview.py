"""Brand preview: the crisis page in the organisation's dress, with an imagined situation."""

import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sparetire import clock
from sparetire.disk import local_disk
from sparetire.flows.session import Session
from sparetire.flows.site import standing_site
from sparetire.hosts.loopback import serve
from sparetire.model.edition import Edition
from sparetire.model.incident import SHEETS, Incident, Kind, Label, Sheet, Statement, Words
from sparetire.stages.build.builder import Builder
from sparetire.stages.build.edition import build_edition
from sparetire.stages.build.source import Source
from sparetire.workspace.layout import Workspace

__all__ = ["preview_brand"]

Texts = dict[str, dict[str, str]]


@contextmanager
def preview_brand(session: Session) -> Iterator[str]:
    """Serve the sample's page on this machine while the context is open; yields its address.

    It is built in a folder of its own, which ends with the context: no target sees it.

    Raises:
        ConfigurationFault: The logo cannot be published as it is.
        BuildFault: A part of the workspace's own theme is broken.
    """
    standing = standing_site(session, session.settings.crisis.targets[0])
    source = replace(standing, incidents=(_sample(standing, clock.now()),), releases=())
    first = source.languages[0].code
    page = source.routes.page(first, source.incidents[0].slugs[first])
    with tempfile.TemporaryDirectory(prefix="sparetire-") as name:
        folder = Path(name)
        with session.stage("build"), Builder() as builder:
            edition = build_edition(source, Workspace(folder / "work"), builder)
        _write(edition, folder / "site")
        with serve(folder / "site", "127.0.0.1", 0) as address:
            yield f"{address}/{source.routes.public(page)}"


def _sample(source: Source, now: datetime) -> Incident:
    texts: Texts = tomllib.loads((source.theme / "sample.toml").read_text("utf-8"))
    told = {each.code: texts[each.code] for each in source.languages if each.code in texts}

    def statement(number: int, name: str, kind: Kind, label: Label | None) -> Statement:
        words = {
            code: Words(said["title"], said[name].strip(), said["title"])
            for code, said in told.items()
        }
        said_at = now - timedelta(hours=4 - number)
        corrects = 1 if kind is Kind.CORRECTION else None
        promise = now + timedelta(hours=2) if kind is Kind.UPDATE else None
        return Statement(number, said_at, words, kind, label, promise, corrects)

    return Incident(
        name="sample",
        slugs={
            each.code: told.get(each.code, {}).get("slug", "sample")
            for each in source.languages
        },
        keywords={code: (said["title"],) for code, said in told.items()},
        statements=(
            statement(1, "first", Kind.STATEMENT, None),
            statement(2, "correction", Kind.CORRECTION, Label.CORRECTED),
            statement(3, "update", Kind.UPDATE, Label.VERIFIED),
        ),
        sheets={
            name: Sheet({code: said[name] for code, said in told.items()}, now)
            for name in SHEETS
            if all(name in said for said in told.values())  # There are no files to download.
        },
    )


def _write(edition: Edition, site: Path) -> None:
    with local_disk(site):
        for path, entry in edition.manifest.entries.items():
            place = site / path
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(edition.file(entry), place)
