"""Only what changed is rendered again, and the site is the one that a full build gives."""

import os
import shutil
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sparetire.errors import BuildFault, LocalDiskFault
from sparetire.model.edition import Manifest
from sparetire.model.incident import Incident, Kind, Statement, Words
from sparetire.stages.build.builder import Builder, Job, Process
from sparetire.stages.build.edition import build_edition
from sparetire.stages.build.source import Source
from sparetire.workspace.layout import Workspace
from tests.support.draft import WORDS
from tests.support.editions import body_of
from tests.support.workspaces import SAID_AT, build, incident, source_of, workspace_in

SEQUENCES = 500 if os.environ.get("KILL") == "all" else 4


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_in(tmp_path / "boreal")


class CountingBuilder(Builder):
    """Starts the same processes, and counts the documents that they are given."""

    rendered = 0

    def send(self, jobs: list[Job]) -> Process:
        folders = [Path(run["content"]) for job in jobs for run in job if "content" in run]
        self.rendered += sum(len(list(folder.rglob("*.words"))) for folder in folders)
        return super().send(jobs)


def counted(workspace: Workspace, source: Source) -> tuple[int, Manifest]:
    with CountingBuilder() as builder:
        edition = build_edition(source, workspace, builder)
        return builder.rendered, edition.manifest


def forget(workspace: Workspace) -> None:
    workspace.rendered.unlink()
    shutil.rmtree(workspace.bodies)


def test_what_was_rendered_is_not_rendered_again(workspace: Workspace) -> None:
    source = source_of(workspace, incident())
    first, full = counted(workspace, source)
    again, same = counted(workspace, source)
    assert (first, again) == (sum(path.endswith(".html") for path in full.entries), 0)
    assert same == full


def test_an_update_renders_the_incident_and_the_lists_that_name_it(
    workspace: Workspace,
) -> None:
    counted(workspace, source_of(workspace, incident()))
    rendered, edition = counted(workspace, source_of(workspace, incident(WORDS, WORDS)))
    assert rendered == len({"home", "statements", "incident"}) * 2 + len({"root"})
    forget(workspace)
    assert counted(workspace, source_of(workspace, incident(WORDS, WORDS)))[1] == edition


@pytest.mark.parametrize("damage", ["not a database", ""])
def test_an_index_that_cannot_be_read_is_begun_anew(workspace: Workspace, damage: str) -> None:
    source = source_of(workspace, incident())
    first, full = counted(workspace, source)
    workspace.rendered.write_text(damage * 1000, encoding="utf-8")
    assert counted(workspace, source) == (first, full)
    assert counted(workspace, source) == (0, full)


def test_an_index_that_breaks_under_way_is_told_and_gone(workspace: Workspace) -> None:
    source = source_of(workspace, incident())
    build(workspace, source)
    content = bytearray(workspace.rendered.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)  # the header page stays whole
    workspace.rendered.write_bytes(content)
    with pytest.raises(LocalDiskFault, match="cannot be used"):
        build(workspace, source)
    test_what_was_rendered_is_not_rendered_again(workspace)


class KilledBuilder(Builder):
    """Its processes are killed as soon as the first page is rendered."""

    def __init__(self, builds: Path) -> None:
        super().__init__()
        self._builds = builds

    def collect(self, pending: Process) -> list[str]:
        while not any(self._builds.rglob("*.html")):
            time.sleep(0.001)
        os.killpg(pending.pid, signal.SIGKILL)
        return super().collect(pending)


def test_a_build_that_was_killed_is_made_good_by_the_next(workspace: Workspace) -> None:
    before, after = source_of(workspace), source_of(workspace, incident())
    build(workspace, before)
    # On a busy machine all may be rendered before the signal arrives: no fault, then.
    with KilledBuilder(workspace.builds) as builder, suppress(BuildFault):
        build_edition(after, workspace, builder)
    _, edition = counted(workspace, after)
    forget(workspace)
    assert counted(workspace, after)[1] == edition


def test_a_page_that_cannot_be_rendered_is_not_remembered(workspace: Workspace) -> None:
    source = source_of(workspace, incident())
    template = shutil.copytree(source.theme, workspace.root / "theme") / "templates/verify.html"
    mine = replace(source, theme=workspace.root / "theme")
    good = template.read_text(encoding="utf-8")
    template.write_text("{{ nothing.at.all }}", encoding="utf-8")
    with pytest.raises(BuildFault):
        build(workspace, mine)
    template.write_text(good, encoding="utf-8")
    assert build(workspace, mine).manifest == build(workspace, source).manifest


@dataclass(frozen=True)
class Site:
    """What a person may change between two builds."""

    source: Source
    theme: Path

    def with_incidents(self, incidents: Sequence[Incident]) -> "Site":
        ordered = sorted(incidents, key=lambda one: (one.started, one.name))
        return replace(self, source=replace(self.source, incidents=tuple(ordered)))

    def with_theme(self, file: str, change: Callable[[str], str]) -> "Site":
        path = self.theme / file
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
        return self

    def with_settings(self, **changes: object) -> "Site":
        told = self.source.settings
        organisation = told.organisation.model_copy(update=changes)
        return replace(
            self,
            source=replace(
                self.source, settings=told.model_copy(update={"organisation": organisation})
            ),
        )


Edit = Callable[[Site], Site]
NUMBERS = st.integers(0, 3)
TITLES = st.sampled_from(["Un", "Deux", "« Trois »", "Q & R <br>"])


def add(number: int) -> Edit:
    name = f"incident-{number}"
    said = replace(incident(name=name), slugs={"fr": name, "en": f"event-{number}"})

    def edit(site: Site) -> Site:
        others = [one for one in site.source.incidents if one.name != name]
        return site.with_incidents([*others, said])

    return edit


def change(number: int, how: Callable[[Incident], Incident]) -> Edit:
    def edit(site: Site) -> Site:
        told = list(site.source.incidents)
        if told:
            told[number % len(told)] = how(told[number % len(told)])
        return site.with_incidents(told)

    return edit


def delete(number: int) -> Edit:
    def edit(site: Site) -> Site:
        told = list(site.source.incidents)
        return site.with_incidents([*told[:number], *told[number + 1 :]])

    return edit


def retitled(title: str) -> Callable[[Incident], Incident]:
    words = {code: replace(each, title=f"{title} {code}") for code, each in WORDS.items()}
    return lambda one: replace(
        one, statements=(replace(one.statements[0], words=words), *one.statements[1:])
    )


def updated(kind: Kind, words: dict[str, Words]) -> Callable[[Incident], Incident]:
    def how(one: Incident) -> Incident:
        last = one.statements[-1]
        said = Statement(last.number + 1, last.published + timedelta(hours=1), words, kind=kind)
        return replace(one, statements=(*one.statements, said))

    return how


def redated(hours: int) -> Callable[[Incident], Incident]:
    return lambda one: replace(
        one,
        statements=(
            replace(one.statements[0], published=SAID_AT - timedelta(hours=hours)),
            *one.statements[1:],
        ),
    )


def renamed(slug: str) -> Callable[[Incident], Incident]:
    return lambda one: replace(one, slugs={"fr": f"{slug}-{one.name}", "en": f"x-{one.name}"})


def retagged(tag: str) -> Callable[[Incident], Incident]:
    return lambda one: replace(one, keywords={"fr": (tag, "eau"), "en": (tag,)})


KINDS = st.sampled_from([Kind.UPDATE, Kind.CLOSING])
SAID = st.sampled_from([WORDS, {"fr": WORDS["fr"]}])
HOWS = st.one_of(
    st.builds(retitled, TITLES),
    st.builds(updated, KINDS, SAID),
    st.builds(redated, st.integers(1, 72)),
    st.builds(renamed, st.sampled_from(["alpha", "beta"])),
    st.builds(retagged, st.sampled_from(["panne", "feu & eau"])),
)
EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(add, NUMBERS),
    st.builds(change, NUMBERS, HOWS),
    st.builds(delete, NUMBERS),
    st.builds(
        lambda name: lambda site: site.with_settings(name={"fr": name, "en": f"{name} Inc."}),
        TITLES,
    ),
    st.builds(
        lambda zone: lambda site: site.with_settings(time_zone=zone),
        st.sampled_from(["America/Toronto", "America/St_Johns", "Europe/Paris"]),
    ),
    st.builds(
        lambda url: (
            lambda site: replace(
                site,
                source=replace(
                    site.source, routes=replace(site.source.routes, base_url=f"https://{url}")
                ),
            )
        ),
        st.sampled_from(["info.boreal.example", "crise.boreal.example/sous"]),
    ),
    st.just(
        lambda site: replace(
            site, source=replace(site.source, brand=replace(site.source.brand, logo=None))
        )
    ),
    st.builds(
        lambda file, line: lambda site: site.with_theme(file, lambda text: text + line),
        st.sampled_from(["templates/_footer.html", "templates/home.html", "style.css"]),
        st.sampled_from(["\n", "\n\n"]),
    ),
    st.just(
        lambda site: site.with_theme(
            "words/fr.toml", lambda text: text.replace("Accueil", "Entrée")
        )
    ),
)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Workspace]:
    """Return a workspace that remembers all builds, and one that is to forget each."""
    folder = tmp_path_factory.mktemp("two")
    return workspace_in(folder / "remembers"), workspace_in(folder / "forgets")


@settings(
    max_examples=SEQUENCES, suppress_health_check=[HealthCheck.too_slow], print_blob=False
)
@given(edits=st.lists(EDITS, min_size=1, max_size=6))
def test_after_any_edits_the_site_is_the_one_of_a_full_build(
    two: tuple[Workspace, Workspace], edits: list[Edit]
) -> None:
    remembers, forgets = two
    theme = remembers.root / "theme"
    shutil.rmtree(theme, ignore_errors=True)
    source = source_of(remembers, incident())
    shutil.copytree(source.theme, theme)
    site = Site(replace(source, theme=theme), theme)
    edition = build(remembers, site.source)
    for edit in edits:
        site = edit(site)
        edition = build(remembers, site.source)
    full = build(forgets, site.source)
    forget(forgets)
    assert edition.manifest == full.manifest
    for path in edition.manifest.entries:
        assert body_of(edition, path).is_file()
