"""What was said is kept word for word, and a damaged record is never guessed at."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparetire.errors import ConfigurationFault
from sparetire.model.incident import SHEETS, Incident, Kind, Label, Sheet, Statement, Words
from sparetire.workspace.incidents import read_incident, read_incidents, write_incident
from tests.support.draft import incident

# A title is one line; a body has no carriage return: fill has taken both away.
LINE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"))
BODY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"))
WORDS = st.builds(Words, title=LINE, body=BODY, summary=LINE)
CODES = st.sampled_from(["fr", "en"])
SLUGS = st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,3}", fullmatch=True)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=-5)), timezone(timedelta(hours=5.5))])
EARLIEST, LATEST = (datetime.fromisoformat(day) for day in ("2020-01-02", "2100-01-01"))
STATEMENTS = st.lists(
    st.builds(
        Statement,
        number=st.just(0),
        published=st.datetimes(EARLIEST, LATEST, timezones=ZONES),
        words=st.dictionaries(CODES, WORDS, min_size=1),
        kind=st.sampled_from(Kind),
        label=st.none() | st.sampled_from(Label),
        promise=st.none() | st.datetimes(EARLIEST, LATEST, timezones=ZONES),
        corrects=st.none() | st.integers(1, 9),
        taken_back=st.booleans(),
    ),
    min_size=1,
    max_size=3,
).map(lambda rows: tuple(replace(one, number=n) for n, one in enumerate(rows, start=1)))
INCIDENTS = st.builds(
    Incident,
    name=st.just("spill"),
    slugs=st.dictionaries(CODES, SLUGS),
    keywords=st.dictionaries(CODES, st.lists(LINE).map(tuple)),
    statements=STATEMENTS,
    sheets=st.dictionaries(
        st.sampled_from(SHEETS),
        st.builds(
            Sheet,
            body=st.dictionaries(CODES, BODY),
            revised=st.datetimes(EARLIEST, LATEST, timezones=ZONES),
        ),
    ),
    live_on=st.lists(LINE).map(tuple),
    heard=st.integers(0, 3),
)


@settings(max_examples=30)  # each is written to the disk as a record is, with a sync
@given(INCIDENTS)
def test_what_was_said_comes_back_as_it_was(said: Incident) -> None:
    with TemporaryDirectory() as folder:
        write_incident(Path(folder) / "spill", said)
        assert read_incident(Path(folder) / "spill") == said


@pytest.mark.parametrize(
    "title",
    [
        '"',
        "\\",
        '\\"',
        "'''",
        '"""',
        "\t",
        "\x7f",
        "\u2028",
        "\x85",
        "🔥",
        "#",
        "a = 1",
        "\x00",
    ],
)
def test_signs_that_mean_something_to_toml_are_kept(tmp_path: Path, title: str) -> None:
    words = {"fr": Words(title=title, body=title, summary=title)}
    said = replace(incident(), statements=(replace(incident().statements[0], words=words),))
    folder = tmp_path / said.name
    write_incident(folder, said)
    assert read_incident(folder) == said


def test_words_are_kept_as_files_that_a_person_can_read(tmp_path: Path) -> None:
    write_incident(tmp_path / "spill", incident())
    text = (tmp_path / "spill" / "1.fr.md").read_text(encoding="utf-8")
    assert text == incident().statements[0].words["fr"].body
    record = (tmp_path / "spill" / "incident.toml").read_text(encoding="utf-8")
    assert "Boréal : déversement" in record


def test_words_that_somebody_changed_behind_our_back_are_told(tmp_path: Path) -> None:
    write_incident(tmp_path / "spill", incident())
    (tmp_path / "spill" / "1.fr.md").write_text("Tout va bien.\n", "utf-8")
    with pytest.raises(ConfigurationFault, match="'spill' cannot be read") as refused:
        read_incidents(tmp_path)
    assert "1.fr.md was changed after it was said" in refused.value.why[0]


def test_words_that_were_never_said_are_written_over(tmp_path: Path) -> None:
    first = incident()
    other = {"fr": replace(first.statements[0].words["fr"], body="Autre chose.\n")}
    second = replace(first.statements[0], number=2, words=other)
    for said in (
        replace(first, statements=(*first.statements, second)),
        replace(first, statements=(*first.statements, replace(first.statements[0], number=2))),
        replace(first, statements=(replace(first.statements[0], words=other),)),
    ):
        write_incident(tmp_path / said.name, said)
        assert read_incident(tmp_path / said.name) == said


def test_incidents_come_oldest_first(tmp_path: Path) -> None:
    late = incident().statements[0]
    early = replace(late, published=late.published - timedelta(days=1))
    for name, statement in (("a-late", late), ("z-early", early), ("b-late", late)):
        write_incident(tmp_path / name, replace(incident(), name=name, statements=(statement,)))
    (tmp_path / "notes").mkdir()
    assert [one.name for one in read_incidents(tmp_path)] == ["z-early", "a-late", "b-late"]
    assert read_incidents(tmp_path / "none") == ()


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        ("heard = 0", "heard = "),
        ("heard = 0", 'heard = "one"'),
        ("live_on = []\n", ""),
        ('kind = "statement"', 'kind = "rumour"'),
        ('kind = "statement"', 'kind = "statement"\nlabel = "true"'),
        ('kind = "statement"', "promise = 2026-11-23T14:00:00"),
        ("live_on = []", "live_on = 3"),
        ("[keywords]", "[other]"),
        ("[slugs]", "slugs = 3\n[others]"),
        ("[keywords]", "keywords = 3\n[others]"),
        ("[[statements]]", "[[others]]"),
        ("[[statements]]", "[statements]"),
        ("number = 1", 'number = "1"'),
        ("number = 1", "number = 2"),
        ("published = 2026", 'published = "2026" # '),
        ("published = 2026-11-23T14:00:00+00:00", "published = 2026-11-23T14:00:00"),
        ("[statements.summary]", "[statements.other]"),
        ("[statements.sha256]", "[statements.md5]"),
        ('title]\nfr = "', 'title]\nfr = 3 # "'),
    ],
)
def test_a_damaged_record_is_told_with_its_place(
    tmp_path: Path, text: str, damaged: str
) -> None:
    write_incident(tmp_path / "spill", incident())
    path = tmp_path / "spill" / "incident.toml"
    record = path.read_text(encoding="utf-8")
    assert text in record
    path.write_text(record.replace(text, damaged, 1), encoding="utf-8")
    with pytest.raises(ConfigurationFault, match="'spill' cannot be read") as refused:
        read_incidents(tmp_path)
    assert str(path) in refused.value.why[0]
    assert "backup" in refused.value.then


def test_a_record_without_statements_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "spill").mkdir()
    (tmp_path / "spill" / "incident.toml").write_text(
        "live_on = []\nstatements = []\n[slugs]\n[keywords]\n", encoding="utf-8"
    )
    with pytest.raises(ConfigurationFault, match="'spill' cannot be read"):
        read_incidents(tmp_path)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_words_that_are_gone_or_damaged_are_told(tmp_path: Path, content: bytes | None) -> None:
    write_incident(tmp_path / "spill", incident())
    words = tmp_path / "spill" / "1.en.md"
    words.unlink()
    if content is not None:
        words.write_bytes(content)
    with pytest.raises(ConfigurationFault, match="'spill' cannot be read"):
        read_incident(tmp_path / "spill")


def test_an_incident_that_is_not_kept_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationFault, match="'spill' cannot be read"):
        read_incident(tmp_path / "spill")
