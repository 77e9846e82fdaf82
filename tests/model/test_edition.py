"""A manifest names its edition, and survives being written down."""

import json
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparetire.model.manifest import Entry, Manifest, Wave

NAMES = st.text(
    st.characters(exclude_characters="/", exclude_categories=["Cs"]), min_size=1, max_size=12
)
PATHS = st.lists(NAMES.filter(lambda name: name not in {".", ".."}), min_size=1, max_size=3)
ENTRIES = st.builds(
    Entry,
    path=PATHS.map("/".join),
    sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
    size=st.integers(0, 2**40),
    content_type=st.sampled_from(["text/html; charset=utf-8", "image/svg+xml", "text/css"]),
    cache_control=st.sampled_from(
        ["public, max-age=60", "public, max-age=31536000, immutable"]
    ),
    wave=st.sampled_from(Wave),
)
ROWS = st.lists(ENTRIES, max_size=12, unique_by=lambda entry: entry.path)


PAGE = Entry("a.html", "a" * 64, 1, "text/html; charset=utf-8", "no-cache", Wave.PAGES)


def manifest(rows: list[Entry]) -> Manifest:
    return Manifest({row.path: row for row in rows})


@given(ROWS)
def test_what_was_written_is_what_is_read(rows: list[Entry]) -> None:
    before = manifest(rows)
    after = Manifest.from_json(before.to_json())
    assert after == before
    assert after.edition == before.edition
    assert after.size == sum(row.size for row in rows)


@given(ROWS, st.integers(1, 200))
def test_a_text_may_come_in_pieces_that_are_cut_anywhere(rows: list[Entry], size: int) -> None:
    before = manifest(rows)
    text = before.to_json().encode()
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    after = Manifest.from_pieces(pieces)
    assert after == before
    assert after.edition == before.edition


@given(ROWS.filter(bool), st.integers(1, 60), st.data())
def test_a_text_with_a_flaw_is_refused_however_it_comes(
    rows: list[Entry], size: int, data: st.DataObject
) -> None:
    text = manifest(rows).to_json()
    ends = [at for at in range(len(text)) if text.startswith(",\n", at)]
    at = data.draw(st.sampled_from([0, 2, *ends]))
    flawed = f"{text[:at]},\n{text[at:]}".encode()
    with pytest.raises(ValueError):  # noqa: PT011  any of its kinds
        Manifest.from_pieces(
            flawed[start : start + size] for start in range(0, len(flawed), size)
        )


@pytest.mark.parametrize("size", ["007", "1" * 5000, "Infinity", "1e999", "1.5", "true"])
def test_a_size_that_is_none_is_refused(size: str) -> None:
    row = json.dumps(GOOD_ROW).replace('"size": 1', f'"size": {size}')
    with pytest.raises(ValueError):  # noqa: PT011  any of its kinds
        Manifest.from_json(f"[\n{row}\n]\n")


def test_many_rows_are_written_as_a_few_are() -> None:
    one = Entry("a.html", "0" * 64, 1, "text/html", "public", Wave.PAGES)
    many = manifest([replace(one, path=f"{number}.html") for number in range(1000)])
    assert [row["path"] for row in json.loads(many.to_json())] == sorted(many.entries)
    assert Manifest.from_pieces(many.pieces()) == many


@given(ROWS, st.randoms())
def test_the_order_of_files_does_not_change_the_edition(
    rows: list[Entry], random: Random
) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert manifest(shuffled).edition == manifest(rows).edition
    assert manifest(shuffled).to_json() == manifest(rows).to_json()


@given(ENTRIES, ENTRIES)
def test_two_editions_share_a_name_only_when_readers_get_the_same(
    one: Entry, other: Entry
) -> None:
    assert (manifest([one]).edition == manifest([other]).edition) == (one == other)


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "1" * 64},
        {"size": 2},
        {"content_type": "text/plain"},
        {"cache_control": "no-store"},
        {"path": "b.html"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_property_of_a_file_counts(change: dict[str, Any]) -> None:
    entry = Entry("a.html", "0" * 64, 1, "text/html", "public", Wave.PAGES)
    changed = replace(entry, **change)
    assert manifest([entry]).edition != manifest([changed]).edition
    assert (entry.served_as == changed.served_as) == (change.keys() <= {"size", "path"})


GOOD_ROW = {"path": "a", "sha256": "0", "size": 1, "type": "t", "cache": "c", "wave": 1}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "5",
        "null",
        '{"path": "a"}',
        '["a.html"]',
        "[5]",
        "[null]",
        "[[1, 2]]",
        "[{}]",
        json.dumps([{key: value for key, value in GOOD_ROW.items() if key != "sha256"}]),
        json.dumps([GOOD_ROW | {"wave": 9}]),
        json.dumps([GOOD_ROW | {"wave": "first"}]),
        json.dumps([GOOD_ROW | {"wave": None}]),
        json.dumps([GOOD_ROW])[:-3],
    ],
)
def test_what_is_no_manifest_is_refused(text: str) -> None:
    as_we_write = text.replace("[{", "[\n{").replace("}]", "}\n]\n")
    with pytest.raises(ValueError):  # noqa: PT011  any of its kinds
        Manifest.from_json(as_we_write)
    with pytest.raises(ValueError):  # noqa: PT011  any of its kinds
        Manifest.from_json(text)


@given(ROWS, st.data())
def test_a_manifest_cut_short_is_never_taken_for_a_whole_one(
    rows: list[Entry], data: st.DataObject
) -> None:
    text = manifest(rows).to_json().rstrip()
    cut = data.draw(st.integers(0, len(text) - 1))
    with pytest.raises(ValueError):  # noqa: PT011  any of its kinds
        Manifest.from_json(text[:cut])


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../state/live.json", "fr/../../x", "./x", "a//b", "fr/", "", 5]
)
def test_a_path_that_leaves_the_site_is_not_believed(path: object) -> None:
    row = {"path": path, "sha256": "0" * 64, "size": 1, "type": "", "cache": "", "wave": 1}
    with pytest.raises(ValueError, match="leaves the site"):
        Manifest.from_json(f"[\n{json.dumps(row)}\n]\n")


def test_a_row_written_in_another_way_is_no_row() -> None:
    good = f"[\n{json.dumps(GOOD_ROW)}\n]\n"
    assert Manifest.from_json(good).entries.keys() == {"a"}
    for other in (good.replace('"size": 1', '"size":1'), good.replace('"a"', '"\\u0061"')):
        with pytest.raises(ValueError, match="another way"):
            Manifest.from_json(other)


def test_a_file_listed_twice_is_refused() -> None:
    row = json.dumps(GOOD_ROW)
    with pytest.raises(ValueError, match="twice"):
        Manifest.from_json(f"[\n{row},\n{row}\n]\n")


def test_a_row_of_endless_length_is_refused() -> None:
    row = json.dumps(GOOD_ROW | {"path": "x" * 10_000})
    with pytest.raises(ValueError, match="too long"):
        Manifest.from_json(f"[\n{row},\n{json.dumps(GOOD_ROW)}\n]\n")


def test_a_row_without_an_end_is_not_waited_for() -> None:
    endless = (b"x" * 1000 for _ in iter(int, 1))
    with pytest.raises(ValueError, match="without an end"):
        Manifest.from_pieces(endless)


@pytest.mark.parametrize("text", ["{}", '""', "[" * 100_000])
def test_what_is_no_list_of_files_is_no_manifest(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  JSON's own errors are ValueErrors too
        Manifest.from_json(text)


@pytest.mark.parametrize("odd", ["", 'a "quoted" name.html', "back\\slash.html"])
def test_what_this_machine_kept_is_read_without_a_look_at_each_row(odd: str) -> None:
    paths = [f"{number}.html" for number in range(600)] + ([odd] if odd else [])
    before = Manifest({path: replace(PAGE, path=path) for path in paths})
    pieces = [*before.pieces()]
    after = Manifest.from_ours(before.edition, lambda: pieces)
    assert after == before
    assert after is not None
    assert after.edition == before.edition
    assert Manifest({**after.entries}).edition == before.edition


def test_what_this_machine_kept_is_unknown_once_it_is_spoilt() -> None:
    before = Manifest({PAGE.path: PAGE})
    spoilt = before.to_json().encode().replace(b"html", b"htm1")
    assert Manifest.from_ours(before.edition, lambda: [spoilt]) is None
