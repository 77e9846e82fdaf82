"""What every host must do, whatever it is made of."""

import hashlib
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest
import requests

from sparetire.errors import LocalDiskFault, Locked
from sparetire.hosts.base import Commit, Holder, Host, PublicFile
from sparetire.model.edition import Live
from tests.support.editions import (
    AT,
    HOLDER,
    body_of,
    edition,
    page_with_style,
    publish,
    uploads,
)
from tests.support.places import Place

RIVAL = Holder(who="ben@desk", purpose="update spill", nonce="nonce-of-ben")


def still_live(place: Place, live: Live) -> bool:
    """Tell whether a commit stands; files put after it may have taken the place of its own."""
    found = place.open().read_live()
    return found is not None and (found.edition, found.counter) == (live.edition, live.counter)


def test_an_empty_place_has_nothing_live(place: Place) -> None:
    assert place.open().read_live() is None


def test_a_first_publish_can_be_read_back_and_seen(place: Place, tmp_path: Path) -> None:
    site = edition(tmp_path / "built", page_with_style("one"))
    made = publish(place.open(), site)
    assert place.open().read_live() == made
    assert (made.counter, made.edition) == (1, site.manifest.edition)
    assert made.incidents == {"spill": AT}
    assert made.committed == AT
    with place.open().serving():
        for path, entry in site.manifest.entries.items():
            answer = requests.get(f"{place.url}/{path}", timeout=10)
            assert answer.content == body_of(site, path).read_bytes()
            assert answer.headers["Content-Type"] == entry.content_type
            assert answer.headers["Cache-Control"] == entry.cache_control


def test_a_second_publish_sends_only_what_changed(place: Place, tmp_path: Path) -> None:
    files = page_with_style("one")
    publish(place.open(), edition(tmp_path / "one", files))
    changed = edition(tmp_path / "two", files | {"fr/statement/index.html": "<p>Corrigé"})
    sent = uploads(changed, place.open().read_live())
    made = publish(place.open(), changed)
    assert [upload.entry.path for upload in sent] == ["fr/statement/index.html"]
    assert made.counter == 2
    with place.open().serving():
        page = requests.get(f"{place.url}/fr/statement/index.html", timeout=10)
        home = requests.get(f"{place.url}/index.html", timeout=10)
    assert page.text == "<p>Corrigé"
    assert home.text == files["index.html"]


def test_the_same_site_again_has_nothing_to_put(place: Place, tmp_path: Path) -> None:
    publish(place.open(), edition(tmp_path / "one", page_with_style("one")))
    again = edition(tmp_path / "two", page_with_style("one"))
    assert uploads(again, place.open().read_live()) == []


def test_each_file_put_is_told_with_a_mark(place: Place, tmp_path: Path) -> None:
    site = edition(tmp_path / "built", page_with_style("one"))
    stored = list(place.open().put(uploads(site, None)))
    assert {each.entry.path for each in stored} == set(site.manifest.entries)
    assert all(each.tag for each in stored)


def test_nothing_put_is_nothing_stored(place: Place) -> None:
    assert list(place.open().put([])) == []


def test_files_put_but_not_committed_do_not_count(place: Place, tmp_path: Path) -> None:
    made = publish(place.open(), edition(tmp_path / "one", page_with_style("one")))
    other = edition(tmp_path / "two", page_with_style("two"))
    list(place.open().put(uploads(other, made)))
    assert still_live(place, made)
    assert publish(place.open(), other).edition == other.manifest.edition


def test_a_file_changed_since_it_was_checked_is_not_put(place: Place, tmp_path: Path) -> None:
    site = edition(tmp_path / "built", page_with_style("one"))
    body_of(site, "index.html").write_text("<p>cut sh", encoding="utf-8")
    with pytest.raises(LocalDiskFault, match=r"index\.html is not the file that was checked"):
        list(place.open().put(uploads(site, None)))
    assert not body_of(site, "index.html").exists()  # the next build makes it anew


@pytest.mark.parametrize("seen", ["nothing", "an older edition"])
def test_a_commit_after_somebody_elses_is_refused(
    place: Place, tmp_path: Path, seen: str
) -> None:
    first = publish(place.open(), edition(tmp_path / "one", page_with_style("one")))
    second = publish(place.open(), edition(tmp_path / "two", page_with_style("two")))
    late = edition(tmp_path / "three", page_with_style("three"))
    previous = first if seen == "an older edition" else None
    list(place.open().put(uploads(late, previous)))
    with pytest.raises(Locked, match="was not made live") as refusal:
        place.open().commit(Commit(late.manifest, previous, {}, AT))
    assert second.edition in refusal.value.public
    assert still_live(place, second)


def test_a_commit_onto_what_has_vanished_is_refused(place: Place, tmp_path: Path) -> None:
    site = edition(tmp_path / "built", page_with_style("one"))
    imagined = Live(site.manifest.edition, site.manifest, 7, AT, {}, tag='"0123456789"')
    list(place.open().put(uploads(site, None)))
    with pytest.raises(Locked):
        place.open().commit(Commit(site.manifest, imagined, {}, AT))
    assert place.open().read_live() is None


def test_the_second_to_come_is_told_who_holds_the_lock(place: Place) -> None:
    with place.open().lock(HOLDER), pytest.raises(Locked) as refusal:
        place.open().lock(RIVAL).__enter__()
    told = " ".join(refusal.value.why)
    assert "ana@laptop" in told
    assert "launch spill" in told
    assert " since 20" in told
    assert refusal.value.then


def test_the_lock_is_free_after_its_release(place: Place) -> None:
    with place.open().lock(HOLDER):
        pass
    with place.open().lock(RIVAL):
        pass


def test_the_lock_is_free_after_a_failure(place: Place) -> None:
    with pytest.raises(RuntimeError), place.open().lock(HOLDER):
        raise RuntimeError
    with place.open().lock(RIVAL):
        pass


def test_of_many_at_once_exactly_one_gets_the_lock(place: Place) -> None:
    rivals = 8
    start, done = Barrier(rivals), Barrier(rivals)
    outcomes: list[str] = []

    def reach(number: int, host: Host) -> None:
        start.wait(30)
        try:
            with host.lock(replace(RIVAL, nonce=f"nonce-{number}")):
                outcomes.append("held")
                done.wait(30)
        except Locked:
            outcomes.append("refused")
            done.wait(30)

    hosts = [place.open() for _ in range(rivals)]
    threads = [Thread(target=reach, args=(n, host)) for n, host in enumerate(hosts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes) == ["held", *["refused"] * (rivals - 1)]


def test_the_state_is_closed_to_everybody(place: Place, tmp_path: Path) -> None:
    publish(place.open(), edition(tmp_path / "built", page_with_style("one")))
    host = place.open()
    with host.serving(), host.lock(HOLDER):
        answers = {url: requests.get(url, timeout=10) for url in host.private_urls()}
    assert bool(answers) is host.features.served
    assert {answer.status_code for answer in answers.values()} <= {403, 404}


def test_a_probe_leaves_nothing_behind(place: Place, tmp_path: Path) -> None:
    made = publish(place.open(), edition(tmp_path / "built", page_with_style("one")))
    place.open().probe()
    assert place.open().read_live() == made


def test_conditions_are_honoured_where_the_host_says_so(place: Place) -> None:
    assert place.open().features.conditional_writes is place.conditions


def test_an_empty_place_has_no_past(place: Place) -> None:
    assert place.open().past() == ()


def test_what_was_live_can_be_read_back(place: Place, tmp_path: Path) -> None:
    sites = [edition(tmp_path / f"{n}", page_with_style(f"{n}")) for n in range(3)]
    for site in sites:
        publish(place.open(), site)
    host = place.open()
    past = host.past()
    assert past[0].edition == sites[2].manifest.edition
    told = {each.edition: each for each in past}
    for site in reversed(sites[3 - len(past) :]):
        one = told[site.manifest.edition]
        assert (one.incidents, one.committed) == ({"spill": AT}, AT)
        assert host.manifest(one) == site.manifest
        for path, entry in site.manifest.entries.items():
            assert host.fetch(one, entry) == body_of(site, path).read_bytes()


def test_a_published_place_has_not_drifted(place: Place, tmp_path: Path) -> None:
    publish(place.open(), edition(tmp_path / "1", page_with_style("one")))
    live = publish(place.open(), edition(tmp_path / "2", page_with_style("two")))
    assert place.open().drift(live) == ()


def test_removing_retired_files_leaves_the_live_ones(place: Place, tmp_path: Path) -> None:
    files = page_with_style("one")
    first = publish(place.open(), edition(tmp_path / "1", files | {"old/index.html": "old"}))
    live = publish(place.open(), edition(tmp_path / "2", files))
    taken = place.open().remove([*first.manifest.entries.values()])
    assert taken in {("old/index.html",), ()}  # Some hosts let go of it with the commit.
    assert place.open().remove([*first.manifest.entries.values()]) == ()
    assert place.open().read_live() == live
    with place.open().serving():
        gone = requests.get(f"{place.url}/old/index.html", timeout=10)
        home = requests.get(f"{place.url}/index.html", timeout=10)
    assert gone.status_code in {403, 404}
    assert home.text == files["index.html"]


def test_what_readers_get_besides_is_found_where_files_are_replaced_one_by_one(
    place: Place, tmp_path: Path
) -> None:
    files = page_with_style("one")
    publish(place.open(), edition(tmp_path / "1", files | {"old/index.html": "old"}))
    live = publish(place.open(), edition(tmp_path / "2", files))
    host = place.open()

    left = host.readable() - live.manifest.entries.keys()

    if host.features.atomic_switch:
        assert left == set()
        return
    assert left == {"old/index.html"}
    assert host.read("old/index.html") == PublicFile(b"old", ours=True)
    assert host.read("nowhere.html") is None


def test_caches_are_settled_after_a_commit(place: Place, tmp_path: Path) -> None:
    made = publish(place.open(), edition(tmp_path / "1", page_with_style("one")))
    place.open().settle()
    assert still_live(place, made)


def test_a_place_without_notes_has_none(place: Place) -> None:
    assert place.open().kept("") == {}


def test_notes_are_found_by_the_start_of_their_names(place: Place, tmp_path: Path) -> None:
    notes = {
        "incidents/spill/incident.toml": "lieu = « Sept-Îles »".encode(),
        "incidents/spill/fr-1.md": b"\x00\xff not text",
        "incidents/fire/incident.toml": b"",
        "other.json": b"{}",
    }
    made = publish(place.open(), edition(tmp_path / "built", page_with_style("one")))
    host = place.open()
    with host.lock(HOLDER):
        for name, body in notes.items():
            host.keep(name, body)
        host.keep("other.json", b"[]")
    assert place.open().kept("") == notes | {"other.json": b"[]"}
    spill = {name: body for name, body in notes.items() if "spill" in name}
    assert place.open().kept("incidents/spill/") == spill
    assert place.open().kept("incidents/flood/") == {}
    assert place.open().read_live() == made
    assert place.open().drift(made) == ()


def test_notes_outlive_what_is_published_after_them(place: Place, tmp_path: Path) -> None:
    with (host := place.open()).lock(HOLDER):
        host.keep("incidents/spill.toml", b"one")
    for number in range(2):
        publish(place.open(), edition(tmp_path / f"{number}", page_with_style(f"{number}")))
    assert place.open().kept("incidents/") == {"incidents/spill.toml": b"one"}


def test_notes_are_closed_to_readers(place: Place, tmp_path: Path) -> None:
    publish(place.open(), edition(tmp_path / "built", page_with_style("one")))
    host = place.open()
    with host.lock(HOLDER):
        host.keep("secret.toml", b"one")
    with host.serving():
        for path in ("kept/secret.toml", "state/kept/secret.toml", "secret.toml"):
            assert requests.get(f"{place.url}/{path}", timeout=10).status_code in {403, 404}


@pytest.mark.parametrize(
    "name", ["../live.json", "/etc/hostname", "a//b", "a/../../b", "", "."]
)
def test_a_note_cannot_leave_its_folder(place: Place, name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a note"):
        place.open().keep(name, b"out")


def test_a_run_that_cannot_wait_gets_the_lock_of_one_that_can(place: Place) -> None:
    timer = replace(RIVAL, purpose="newsroom publish", yields=True)
    got = Event()

    def launch() -> None:
        with place.open().lock(HOLDER):
            got.set()

    crisis = Thread(target=launch)
    with place.open().lock(timer):
        crisis.start()
        assert not got.wait(0.5)
    crisis.join(60)
    assert got.is_set()


def test_a_run_that_can_wait_waits_for_nobody(place: Place) -> None:
    timer = replace(RIVAL, yields=True)
    with place.open().lock(replace(HOLDER, yields=True)), pytest.raises(Locked):
        place.open().lock(timer).__enter__()


def test_forgetting_editions_leaves_the_live_one_and_those_to_keep(
    place: Place, tmp_path: Path
) -> None:
    sites = [edition(tmp_path / f"{n}", page_with_style(f"{n}")) for n in range(3)]
    live = [publish(place.open(), site) for site in sites][-1]
    host = place.open()
    with host.lock(HOLDER):
        host.forget(host.past()[1:2])
    host = place.open()
    assert host.read_live() == live
    assert host.drift(live) == ()
    for past in host.past()[:2]:
        for entry in host.manifest(past).entries.values():
            assert hashlib.sha256(host.fetch(past, entry)).hexdigest() == entry.sha256
