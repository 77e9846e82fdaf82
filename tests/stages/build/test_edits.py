"""After any edits, the site is byte for byte the one that a build from nothing gives."""

import hashlib
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from sparetire.model.edition import Edition
from sparetire.stages.build.signature import program_signature
from sparetire.workspace.layout import Workspace
from tests.support.editions import body_of
from tests.support.edits import EDITS
from tests.support.samples import ALL, SHARES, repeats
from tests.support.site_edited import Edit, Site
from tests.support.warm import Warm, warm
from tests.support.workspaces import build, incident, source_of, workspace_in

__all__ = ["warm"]

SEQUENCES = repeats(6, 504)
"""All are 500, and once more for each share the simplest one, with which each begins."""


@pytest.fixture(scope="module")
def two(
    tmp_path_factory: pytest.TempPathFactory, warm: Warm
) -> Iterator[tuple[Workspace, Workspace]]:
    """Return a workspace that remembers all builds, and one that is to forget each."""
    folder = tmp_path_factory.mktemp("two")
    (packages := folder / "some-packages").mkdir()
    with pytest.MonkeyPatch.context() as patch, warm.pelican():
        patch.setattr(sys, "path", [*sys.path, str(packages)])
        yield workspace_in(folder / "remembers"), workspace_in(folder / "forgets")
    program_signature.cache_clear()


def first(remembers: Workspace) -> Site:
    """Return the site before any edit, its theme as it is shipped."""
    theme, packages = remembers.root / "theme", remembers.root.with_name("some-packages")
    shutil.rmtree(theme, ignore_errors=True)
    source = source_of(remembers, incident())
    shutil.copytree(source.theme, theme)
    site = Site(replace(source, theme=theme), remembers.root, theme, packages)
    return site.with_library(0)


def made(workspace: Workspace, site: Site) -> Edition:
    """Build a site as a new process would, which looks at the libraries that there are."""
    program_signature.cache_clear()
    return build(workspace, site.source)


def sound(edition: Edition, path: str) -> bool:
    content = body_of(edition, path).read_bytes()
    return hashlib.sha256(content).hexdigest() == edition.manifest.entries[path].sha256


def agrees(remembers: Workspace, forgets: Workspace, edits: list[Edit]) -> None:
    """Build a site after each edit, and hold the last build to one from nothing."""
    site = first(remembers)
    edition = made(remembers, site)
    for edit in edits:
        site = edit(site)
        edition = made(remembers, site)
    forgets.rendered.unlink(missing_ok=True)
    shutil.rmtree(forgets.bodies, ignore_errors=True)
    full = made(forgets, site)
    assert edition.manifest == full.manifest
    assert [path for path in edition.manifest.entries if not sound(edition, path)] == []


@pytest.mark.parametrize("share", SHARES)
def test_after_any_edits_the_site_is_the_one_of_a_full_build(
    two: tuple[Workspace, Workspace], share: int
) -> None:
    @settings(
        max_examples=SEQUENCES // len(SHARES),
        suppress_health_check=[HealthCheck.too_slow],
        print_blob=False,
    )
    @given(edits=st.lists(EDITS, min_size=1, max_size=6))
    def hold(edits: list[Edit]) -> None:
        agrees(*two, edits)

    # Without a seed of its own, each share would draw the same where draws are made repeatable.
    (seed(share)(hold) if ALL else hold)()
