"""A plan tells what is put, in which order, and whether anything changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparetire.model.manifest import Entry, Wave
from sparetire.model.plan import Action, Plan, Reason, Step


def entry(path: str, wave: Wave = Wave.PAGES) -> Entry:
    return Entry(path, "0" * 64, 1, "text/html", "public", wave)


STEPS = st.lists(
    st.builds(
        Step,
        st.builds(entry, st.text("abc", min_size=1), st.sampled_from(Wave)),
        st.sampled_from(Action),
        st.sampled_from(Reason),
    )
).map(tuple)


@given(STEPS)
def test_waves_hold_every_put_once_and_nothing_else(steps: tuple[Step, ...]) -> None:
    plan = Plan("local", steps)
    waves = list(plan.waves())
    sent = [entry for _, entries in waves for entry in entries]
    puts = [step.entry for step in steps if step.action is Action.PUT]
    assert sorted(sent, key=repr) == sorted(puts, key=repr)


@given(STEPS)
def test_waves_come_in_their_order_and_none_is_empty(steps: tuple[Step, ...]) -> None:
    waves = list(Plan("local", steps).waves())
    assert [wave for wave, _ in waves] == sorted({wave for wave, _ in waves})
    for wave, entries in waves:
        assert entries
        fates = [step for step in steps if step.action is Action.PUT and step.wave is wave]
        assert entries == tuple(step.entry for step in fates)


@pytest.mark.parametrize("wave", Wave)
@pytest.mark.parametrize("reason", Reason)
def test_only_a_new_page_or_feed_may_go_before_its_wave(wave: Wave, reason: Reason) -> None:
    early = wave in {Wave.PAGES, Wave.FEEDS} and reason is Reason.NEW
    usual = {Wave.FEEDS: Wave.LISTS}.get(wave, wave)
    step = Step(entry("a", wave), Action.PUT, reason)
    assert step.wave is (Wave.ASSETS if early else usual)


def test_lists_and_feeds_go_last_so_that_they_never_lead_to_a_missing_page() -> None:
    plan = Plan(
        "local",
        tuple(
            Step(entry(name, wave), Action.PUT, Reason.CHANGED)
            for name, wave in [
                ("feed.xml", Wave.FEEDS),
                ("index.html", Wave.LISTS),
                ("spill.html", Wave.PAGES),
                ("style.css", Wave.ASSETS),
            ]
        ),
    )
    order = [{entry.path for entry in entries} for _, entries in plan.waves()]
    assert order == [{"style.css"}, {"spill.html"}, {"index.html", "feed.xml"}]


def test_a_plan_that_only_keeps_changes_nothing() -> None:
    assert not Plan("local", (), kept=3).changes


def test_putting_or_retiring_is_a_change() -> None:
    assert Plan("local", (Step(entry("a"), Action.PUT, Reason.HEADERS),)).changes
    assert Plan("local", (Step(entry("a"), Action.RETIRE, Reason.DROPPED),)).changes
