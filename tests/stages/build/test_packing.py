"""Documents come out of their one file as they went in, whatever they say."""

from hypothesis import given
from hypothesis import strategies as st

from sparetire.stages.build.packing import packed, unpacked


@given(st.lists(st.text()))
def test_what_was_packed_is_unpacked(documents: list[str]) -> None:
    assert unpacked(packed([each.encode() for each in documents])) == documents
