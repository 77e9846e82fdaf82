"""What a workspace keeps of earlier builds has an end, and what it names is there."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sparetire.stages.build.builder import Builder
from sparetire.stages.build.edition import EDITIONS, SPARE, started_edition
from sparetire.workspace.bodies import Bodies
from sparetire.workspace.layout import Workspace
from sparetire.workspace.rendered import open_rendered
from tests.support.editions import body_of
from tests.support.warm import Warm, warm
from tests.support.workspaces import build, incident, source_of, workspace_in

__all__ = ["warm"]

OLD = 1_500
A_BUILD = 100  # as many are forgotten by one


@pytest.fixture
def workspace(tmp_path: Path, warm: Warm) -> Iterator[Workspace]:
    with warm.pelican():
        yield workspace_in(tmp_path / "boreal")


def named(workspace: Workspace) -> list[str]:
    with closing(sqlite3.connect(workspace.rendered)) as index:
        return [row[0] for row in index.execute("SELECT sha256 FROM rendered")]


def test_what_older_builds_left_goes_a_little_at_a_time(workspace: Workspace) -> None:
    bodies = Bodies(workspace.bodies)
    with open_rendered(workspace.rendered) as rendered:
        for number in range(OLD):
            body = bodies.keep(f"a page of build {number}".encode())
            rendered.note([("an older frame", str(number), body.sha256)])
    source = source_of(workspace, incident())
    edition = build(workspace, source)
    most = SPARE + EDITIONS * len(edition.manifest.entries)
    before = len(named(workspace))
    for _ in range((before - most) // A_BUILD + 1):
        assert build(workspace, source).manifest == edition.manifest
        now = len(named(workspace))
        assert now == max(most, before - A_BUILD)
        before = now
    assert before == most
    current = {entry.sha256 for entry in edition.manifest.entries.values()}
    assert bodies.present() == set(named(workspace)) | current
    assert all(body_of(edition, path).is_file() for path in edition.manifest.entries)


def test_what_a_lost_index_named_goes_in_its_turn(workspace: Workspace) -> None:
    bodies = Bodies(workspace.bodies)
    for number in range(OLD):
        bodies.keep(f"a page of build {number}".encode())
    source = source_of(workspace, incident())
    edition = build(workspace, source)
    most = SPARE + EDITIONS * len(edition.manifest.entries)
    for _ in range((len(named(workspace)) - most) // A_BUILD + 1):
        build(workspace, source)
    assert len(named(workspace)) == most
    assert len(bodies.present()) < OLD


def test_what_a_build_that_was_cut_short_left_is_known(workspace: Workspace) -> None:
    source = source_of(workspace, incident())
    build(workspace, source)
    left = Bodies(workspace.bodies).keep(b"a page that was never recorded")
    (workspace.builds / "cut-short").mkdir()
    build(workspace, source)
    assert left.sha256 in named(workspace)


def test_what_a_build_that_failed_left_is_known(workspace: Workspace) -> None:
    source = source_of(workspace, incident())
    build(workspace, source)
    left = []

    def fail() -> None:
        with Builder() as builder, started_edition(source, workspace, builder):
            left.append(Bodies(workspace.bodies).keep(b"a page that was rendered in vain"))
            raise InterruptedError

    with pytest.raises(InterruptedError):
        fail()
    build(workspace, source)
    assert left[0].sha256 in named(workspace)
    assert list(workspace.builds.iterdir()) == []
