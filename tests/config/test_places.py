"""A key is found on its line, and its value can be replaced there."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparetire.config.places import Place, line_of, replace_value

TEXT = '''\
# a comment with [brackets] and key = value
[organisation]  # who
name = "Boreal"
long = """
[contacts]
name = "not a key"
"""
languages = [
  "fr-CA",
  ["odd"],
]

[[contacts]]
phone = "1"
[[ contacts ]]
phone = "2"
"e-mail" = "x"

[targets . local]
colours.brand = "#000"
path = 'a # b = c'  # the folder
url = "x" # short
bare=1
'''


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("organisation",), 2),
        (("organisation", "name"), 3),
        (("organisation", "long"), 4),
        (("organisation", "languages"), 8),
        (("organisation", "languages", 1), 8),
        (("organisation", "missing"), 2),
        (("contacts", 0, "phone"), 14),
        (("contacts", 1, "phone"), 16),
        (("contacts", 1, "e-mail"), 17),
        (("contacts", 1, "name", "fr"), 15),
        (("targets", "local"), 19),
        (("targets", "local", "colours", "brand"), 20),
        (("nowhere", "at all"), None),
    ],
)
def test_a_key_or_its_nearest_parent_is_found(place: Place, line: int | None) -> None:
    assert line_of(TEXT, place) == line


@pytest.mark.parametrize("separator", ["\u2028", "\x85", "\x1f"])
def test_only_what_toml_takes_for_a_line_counts_as_one(separator: str) -> None:
    assert line_of(f"# one{separator}still one\nkey = 1\n", ("key",)) == 2


def test_windows_line_ends_do_not_hide_a_table() -> None:
    assert line_of(TEXT.replace("\n", "\r\n"), ("contacts", 1, "phone")) == 16


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("organisation", "name"), "name = NEW"),
        (("targets", "local", "path"), "path = NEW  # the folder"),
        (("targets", "local", "url"), "url = NEW  # short"),
        (("targets", "local", "bare"), "bare = NEW"),
        (("contacts", 1, "phone"), "phone = NEW"),
    ],
)
def test_a_value_is_replaced_and_nothing_else(place: Place, line: str) -> None:
    before, after = TEXT.split("\n"), replace_value(TEXT, place, "NEW").split("\n")
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [line]


def test_a_key_that_is_not_there_cannot_be_replaced() -> None:
    with pytest.raises(KeyError):
        replace_value(TEXT, ("organisation", "url"), '"x"')


@given(st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="\"\\'")))
def test_whatever_the_old_value_was_the_new_one_is_read(old: str) -> None:
    text = f'[brand]\nlogo = "{old}"  # kept\n'
    replaced = replace_value(text, ("brand", "logo"), '"new"')
    assert tomllib.loads(replaced) == {"brand": {"logo": "new"}}
    assert replaced.endswith("  # kept\n")
