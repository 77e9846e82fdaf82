"""A plan turns the live edition into the new one, in an order without dead links."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparetire.model.edition import Live
from sparetire.model.manifest import Entry, Manifest, Wave
from sparetire.model.plan import Action, Reason
from sparetire.stages.plan import make_plan, shrinks

PATHS = st.sampled_from(
    ["assets/a.css", "404.html", "index.html", "fr/index.html", "fr/feed.xml"]
)
WAVES = st.sampled_from(Wave)


def entry(path: str, body: str = "a", cache: str = "short", wave: Wave = Wave.PAGES) -> Entry:
    return Entry(path, body * 64, len(body), "text/html", cache, wave)


ENTRIES = st.builds(
    entry, PATHS, st.sampled_from("abc"), st.sampled_from(["short", "long"]), WAVES
)
MANIFESTS = st.lists(ENTRIES, unique_by=lambda one: one.path).map(
    lambda entries: Manifest({one.path: one for one in entries})
)


def live(manifest: Manifest) -> Live:
    return Live(manifest.edition, manifest, 1, "2026-11-23T14:00:00+00:00", {})


def pages(count: int) -> Manifest:
    return Manifest({f"{n}/index.html": entry(f"{n}/index.html") for n in range(count)})


@given(MANIFESTS, MANIFESTS)
def test_the_puts_of_a_plan_turn_the_old_into_the_new(old: Manifest, new: Manifest) -> None:
    plan = make_plan("local", new, live(old))
    carried = dict(old.entries) | {one.path: one for one in plan.of(Action.PUT)}
    for retired in plan.of(Action.RETIRE):
        del carried[retired.path]
    assert {path: one.served_as for path, one in carried.items()} == {
        path: one.served_as for path, one in new.entries.items()
    }


@given(MANIFESTS)
def test_a_plan_from_an_edition_to_itself_changes_nothing(manifest: Manifest) -> None:
    plan = make_plan("local", manifest, live(manifest))
    assert not plan.changes
    assert list(plan.waves()) == []
    assert plan.kept == len(manifest.entries)


@given(MANIFESTS, MANIFESTS)
def test_every_path_has_one_fate(old: Manifest, new: Manifest) -> None:
    plan = make_plan("local", new, live(old))
    paths = [step.entry.path for step in plan.steps]
    assert len(paths) == len(set(paths))
    assert set(paths) <= old.entries.keys() | new.entries.keys()
    put = {one.path for one in plan.of(Action.PUT)}
    assert plan.kept == len(new.entries) - len(put)
    assert put == {one.path for _, wave in plan.waves() for one in wave}


@given(MANIFESTS, MANIFESTS)
def test_waves_go_forward_and_end_with_lists_and_feeds(old: Manifest, new: Manifest) -> None:
    plan = make_plan("local", new, live(old))
    order = [wave for wave, _ in plan.waves()]
    assert order == sorted(set(order))
    for wave, entries in plan.waves():
        for one in entries:
            linked = one.wave in {Wave.PAGES, Wave.FEEDS}
            early = linked and one.path not in old.entries
            assert wave is (Wave.ASSETS if early else min(one.wave, Wave.LISTS))


BEFORE = entry("index.html")


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (replace(BEFORE, sha256="b" * 64), Reason.CHANGED),
        (replace(BEFORE, cache_control="long"), Reason.HEADERS),
        (replace(BEFORE, content_type="text/plain"), Reason.HEADERS),
    ],
)
def test_a_file_that_reads_otherwise_is_sent_again(after: Entry, reason: Reason) -> None:
    old, new = Manifest({"index.html": BEFORE}), Manifest({"index.html": after})
    plan = make_plan("local", new, live(old))
    assert [(step.action, step.reason) for step in plan.steps] == [(Action.PUT, reason)]


def test_everything_is_new_where_nothing_is_live() -> None:
    plan = make_plan("local", pages(2), None)
    assert {step.reason for step in plan.steps} == {Reason.NEW}
    assert [wave for wave, _ in plan.waves()] == [Wave.ASSETS]


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [(8, 3, True), (8, 4, False), (7, 0, False), (20, 9, True), (20, 10, False), (0, 0, False)],
)
def test_a_site_that_loses_most_of_its_pages_is_noticed(
    before: int, after: int, *, lost: bool
) -> None:
    assert shrinks(pages(after), live(pages(before))) is lost
    assert not shrinks(pages(after), None)
