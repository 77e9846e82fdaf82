"""The newsroom's share of an edition is recalled as it was, while nothing of it has moved."""

from dataclasses import replace
from pathlib import Path
from time import sleep

import pytest

from sparetire.errors import LocalDiskFault
from sparetire.hosts.base import Upload
from sparetire.hosts.files import source_bytes
from sparetire.model.edition import Edition
from sparetire.model.manifest import Manifest
from sparetire.model.release import Release
from sparetire.stages.build.builder import Builder
from sparetire.stages.build.edition import started_edition
from sparetire.stages.build.source import Source
from sparetire.workspace.bodies import Bodies
from sparetire.workspace.layout import Workspace
from sparetire.workspace.releases_index import carried_of, read_index
from sparetire.workspace.releases_public import PublicReleases
from sparetire.workspace.rendered import open_rendered
from tests.support.editions import body_of
from tests.support.newsroom import publish_some
from tests.support.workspaces import build, incident, settings_with, source_of, workspace_in

RELEASE = "fr/communiques/2026/port-etape-0/index.html"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = workspace_in(tmp_path / "boreal")
    publish_some(made, range(2))
    return made


def source_in(workspace: Workspace, *incidents: object) -> Source:
    source = source_of(workspace, *(incident() for _ in incidents))
    shelf = workspace.releases
    index = read_index(shelf, workspace.releases_index)
    releases = PublicReleases.at(shelf, source.settings, "local", lambda: index)
    return replace(source, releases=releases, shelf=shelf)


def afresh(workspace: Workspace, source: Source) -> Edition:
    workspace.rendered.unlink()
    return build(workspace, source)


def unreadable(source: Source) -> Source:
    """Return the source with releases that cannot be opened: only their name is known."""
    told = {one.id: one.publication for one in source.releases if one.publication}

    def refuse() -> tuple[Release, ...]:
        message = "a release was opened"
        raise AssertionError(message)

    return replace(source, releases=PublicReleases(lambda: carried_of(told), refuse))


def test_a_launch_beside_it_opens_no_release(workspace: Workspace) -> None:
    build(workspace, source_in(workspace))
    source = source_in(workspace, "an incident")
    recalled = build(workspace, unreadable(source))
    assert RELEASE in recalled.manifest.entries
    assert recalled.manifest == afresh(workspace, source).manifest


def test_another_release_makes_it_anew(workspace: Workspace) -> None:
    build(workspace, source_in(workspace))
    publish_some(workspace, [2])
    source = source_in(workspace, "an incident")
    told = build(workspace, source)
    assert RELEASE.replace("etape-0", "etape-2") in told.manifest.entries
    assert told.manifest == afresh(workspace, source).manifest


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("organisation", "name"), '{ fr = "Mines Boréal", en = "Boreal Mines" }'),
        (("targets", "local", "url"), '"https://other.boreal.example"'),
    ],
)
def test_settings_that_it_shows_make_it_anew(
    workspace: Workspace, place: tuple[str, ...], value: str
) -> None:
    before = build(workspace, source_in(workspace))
    settings_with(workspace, {place: value})
    source = source_in(workspace)
    told = build(workspace, source)
    assert told.manifest != before.manifest
    assert told.manifest == afresh(workspace, source).manifest


def test_a_lost_file_makes_it_anew(workspace: Workspace) -> None:
    source = source_in(workspace)
    first = build(workspace, source)
    body_of(first, RELEASE).unlink()
    assert build(workspace, source).manifest == first.manifest
    assert body_of(first, RELEASE).is_file()


def test_a_lost_file_is_looked_for_once_it_was_missed(workspace: Workspace) -> None:
    source = source_in(workspace)
    first = build(workspace, source)
    lost = body_of(first, RELEASE)
    lost.unlink()
    with open_rendered(workspace.rendered) as rendered:  # as if it had been seen gone
        rendered.mark_whole(first.share, Bodies(workspace.bodies).stamp())
    sleep(0.02)  # what a file system tells of time is coarse
    with pytest.raises(LocalDiskFault):
        source_bytes(Upload(first.manifest.entries[RELEASE], lost))
    build(workspace, source)
    assert lost.is_file()


@pytest.mark.parametrize("shown", ["{", '{"strange": 1}'])
def test_a_share_whose_words_are_spoilt_is_made_anew(workspace: Workspace, shown: str) -> None:
    source = source_in(workspace)
    first = build(workspace, source)
    with open_rendered(workspace.rendered) as rendered:
        rendered.keep_share(first.share, shown, first.manifest)
    assert build(workspace, source).manifest == first.manifest


def test_it_counts_as_inspected_once_somebody_says_so(workspace: Workspace) -> None:
    source = source_in(workspace)
    first = build(workspace, source)
    assert build(workspace, source).inspected == frozenset()
    with open_rendered(workspace.rendered) as rendered:
        rendered.mark_inspected(first.share)
    again = build(workspace, source)
    assert RELEASE in again.inspected
    assert "fr/index.html" not in again.inspected


def test_the_shares_of_a_few_targets_are_remembered(workspace: Workspace) -> None:
    names = [f"https://{name}.boreal.example" for name in "abcd"]
    source = source_in(workspace)
    sources = [
        replace(source, routes=replace(source.routes, base_url=base_url)) for base_url in names
    ]
    keys = [build(workspace, one).share for one in sources]
    with open_rendered(workspace.rendered) as rendered:
        known = [rendered.share(key) is not None for key in keys]
    assert known == [False, True, True, True]


def test_an_edition_that_was_built_beside_it_is_known_by_its_name(
    workspace: Workspace,
) -> None:
    source = source_in(workspace, "an incident")
    first = build(workspace, source)
    with Builder() as builder, started_edition(source, workspace, builder) as started:
        known = started.earlier()
        assert list(known) == [first.manifest.edition]
        assert known[first.manifest.edition]() == first.manifest
    with open_rendered(workspace.rendered) as rendered:
        rendered.keep_edition(first.manifest.edition, first.share, Manifest({}))
        rendered.keep_edition("spoilt", first.share, Manifest({}))
    with Builder() as builder, started_edition(source, workspace, builder) as started:
        assert [tell() for tell in started.earlier().values()] == [None, None]


def test_beside_a_share_that_is_made_anew_no_edition_is_known(workspace: Workspace) -> None:
    build(workspace, source_in(workspace))
    publish_some(workspace, [2])
    source = source_in(workspace)
    with Builder() as builder, started_edition(source, workspace, builder) as started:
        assert started.earlier() == {}
