"""What authors write is read strictly; what the public was given is kept apart from it."""

import shutil
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from sparetire.errors import ConfigurationFault, ContentRefused
from sparetire.model.release import Release
from sparetire.rules.releases.files import FILE_RULES
from sparetire.workspace.releases import (
    make_public,
    public_releases,
    read_shelf,
)
from sparetire.workspace.releases_copies import lay_aside, public_picture
from sparetire.workspace.releases_ledger import ReleasesLedger
from tests.support.newsroom import AT, BODIES, TITLES, settings_of, write_release

LATER = AT + timedelta(hours=3)


def only(folder: Path) -> Release:
    shelf = read_shelf(folder, settings_of())
    assert shelf.problems == ()
    [release] = shelf.releases
    return release


def problems(folder: Path) -> dict[str, str]:
    return {
        one.rule: f"{one.place}: {one.message}"
        for one in read_shelf(folder, settings_of()).problems
    }


def publish(folder: Path, at: datetime = AT) -> Release:
    make_public(folder, [only(folder)], at, ["local"])
    return only(folder)


def test_a_pair_of_files_is_one_release(tmp_path: Path) -> None:
    identity = write_release(tmp_path)
    release = only(tmp_path)
    assert (release.id, release.name, release.category) == (
        identity,
        "port-agrandi",
        "operations",
    )
    assert {code: each.title for code, each in release.wordings.items()} == TITLES
    assert release.wordings["fr"].body == f"{BODIES['fr']}\n"
    assert (release.due, release.published, release.edited) == (None, None, False)


def test_it_is_due_when_both_its_times_have_come(tmp_path: Path) -> None:
    write_release(tmp_path, publish_at="2026-12-01 09:00", embargo="2026-12-01T12:00+01:00")
    release = only(tmp_path)
    assert release.publish_at
    assert release.publish_at.instant == datetime(2026, 12, 1, 14, tzinfo=UTC)
    assert release.due == datetime(2026, 12, 1, 14, tzinfo=UTC)


def test_the_languages_have_feed_ids_of_their_own(tmp_path: Path) -> None:
    write_release(tmp_path)
    release = only(tmp_path)
    ids = {release.entry_id(code) for code in ("fr", "en")}
    assert len(ids) == 2
    assert all(each.startswith("urn:uuid:") for each in ids)


def test_nothing_is_public_before_it_was_published(tmp_path: Path) -> None:
    write_release(tmp_path)
    assert public_releases(tmp_path, settings_of(), "local") == ()


def test_what_is_public_is_what_was_published_not_what_was_written_since(
    tmp_path: Path,
) -> None:
    identity = write_release(tmp_path)
    publish(tmp_path)
    path = tmp_path / "port-agrandi.fr.md"
    path.write_text(path.read_text("utf-8").replace("double", "triple"), encoding="utf-8")
    [public] = public_releases(tmp_path, settings_of(), "local")
    assert public.id == identity
    assert public.wordings["fr"].body == f"{BODIES['fr']}\n"
    assert public.published == public.updated == AT
    assert only(tmp_path).edited


def test_it_is_public_only_where_it_was_published(tmp_path: Path) -> None:
    write_release(tmp_path)
    publish(tmp_path)
    assert public_releases(tmp_path, settings_of(), "production") == ()


def test_publishing_the_same_words_again_moves_no_date(tmp_path: Path) -> None:
    write_release(tmp_path)
    publish(tmp_path)
    assert publish(tmp_path, LATER).updated == AT


def test_new_words_move_the_date_of_the_change_alone(tmp_path: Path) -> None:
    write_release(tmp_path)
    publish(tmp_path)
    path = tmp_path / "port-agrandi.en.md"
    path.write_text(path.read_text("utf-8").replace("doubles", "triples"), encoding="utf-8")
    changed = publish(tmp_path, LATER)
    assert (changed.published, changed.updated, changed.edited) == (AT, LATER, False)


def test_an_address_that_was_public_never_changes(tmp_path: Path) -> None:
    write_release(tmp_path)
    before = publish(tmp_path).slug("fr")
    path = tmp_path / "port-agrandi.fr.md"
    path.write_text(path.read_text("utf-8").replace(before, "autre-adresse"), encoding="utf-8")
    assert only(tmp_path).slug("fr") == before
    assert publish(tmp_path, LATER).slug("fr") == before


def test_an_archived_release_keeps_its_own_date(tmp_path: Path) -> None:
    then = datetime(2019, 5, 2, 13, tzinfo=UTC)
    write_release(tmp_path)
    for code in ("fr", "en"):
        path = tmp_path / f"port-agrandi.{code}.md"
        text = path.read_text("utf-8").replace(
            "status", "date = 2019-05-02T09:00:00-04:00\nstatus"
        )
        path.write_text(text, encoding="utf-8")
    assert (publish(tmp_path).published, publish(tmp_path).updated) == (then, then)


def test_a_withdrawal_is_remembered_with_its_words(tmp_path: Path) -> None:
    write_release(tmp_path)
    notice = {"fr": "Communiqué retiré.", "en": "Release withdrawn."}
    ReleasesLedger(tmp_path).withdrawn(publish(tmp_path), LATER, notice)
    [release] = public_releases(tmp_path, settings_of(), "local")
    assert release.withdrawn
    assert release.publication
    assert (release.updated, release.publication.notice) == (LATER, notice)


def test_a_copy_that_somebody_changed_is_refused(tmp_path: Path) -> None:
    identity = write_release(tmp_path)
    publish(tmp_path)
    [copy] = (tmp_path / "published").glob(f"{identity}.fr.*.md")
    copy.write_text(copy.read_text("utf-8") + "Et encore.\n", encoding="utf-8")
    with pytest.raises(ConfigurationFault, match="cannot be used"):
        public_releases(tmp_path, settings_of(), "local")


def test_newer_words_laid_aside_leave_what_is_public_alone(tmp_path: Path) -> None:
    write_release(tmp_path)
    publish(tmp_path)
    [before] = public_releases(tmp_path, settings_of(), "local")
    write_release(tmp_path, title_fr="Le port s’agrandit encore")
    lay_aside(tmp_path, only(tmp_path))
    assert public_releases(tmp_path, settings_of(), "local") == (before,)


def test_a_file_that_changes_between_reading_and_copying_is_refused(tmp_path: Path) -> None:
    write_release(tmp_path)
    read = only(tmp_path)
    write_release(tmp_path, title_fr="Le port s’agrandit encore")
    with pytest.raises(ContentRefused, match="was changed while"):
        lay_aside(tmp_path, read)


def test_a_record_cut_short_by_a_crash_heals(tmp_path: Path) -> None:
    write_release(tmp_path)
    publish(tmp_path)
    ledger = tmp_path / "ledger.jsonl"
    whole = ledger.read_bytes()
    ledger.write_bytes(whole + b'{"what": "publ')
    assert only(tmp_path).published == AT
    make_public(tmp_path, [only(tmp_path)], LATER, ["production"])
    assert ledger.read_bytes().startswith(whole + b'{"what": "published"')


def test_a_damaged_record_is_never_guessed_at(tmp_path: Path) -> None:
    write_release(tmp_path)
    ledger = tmp_path / "ledger.jsonl"
    ledger.write_bytes(b"[]\n" + ledger.read_bytes())
    with pytest.raises(ConfigurationFault, match="damaged") as refusal:
        read_shelf(tmp_path, settings_of())
    assert "line 1" in refusal.value.why[0]


def test_of_two_releases_with_one_id_the_copy_is_left_out(tmp_path: Path) -> None:
    write_release(tmp_path, "b")
    for code in ("fr", "en"):
        shutil.copy(tmp_path / f"b.{code}.md", tmp_path / f"a.{code}.md")
    assert problems(tmp_path) == {
        "release-id-twice": "a: It has the id of b: readers would see one of them only."
    }
    assert [one.name for one in read_shelf(tmp_path, settings_of()).releases] == ["b"]


def test_a_day_alone_lifts_no_embargo_at_its_midnight(tmp_path: Path) -> None:
    write_release(tmp_path, embargo="DAY")
    for path in tmp_path.glob("*.md"):
        path.write_text(path.read_text("utf-8").replace('"DAY"', "2026-12-01"), "utf-8")
    assert "'2026-12-01' is no time" in problems(tmp_path)["release-unreadable"]


def test_every_problem_of_a_file_can_be_explained(tmp_path: Path) -> None:
    write_release(tmp_path, "a")
    for code in ("fr", "en"):
        shutil.copy(tmp_path / f"a.{code}.md", tmp_path / f"copy.{code}.md")
    write_release(tmp_path, "b", 2, category="weather")
    write_release(tmp_path, "c", 3, status_fr="draft")
    write_release(tmp_path, "d", 4, titel="x")
    (tmp_path / "Le Port.fr.md").write_text("", encoding="utf-8")
    text = (tmp_path / "a.fr.md").read_text("utf-8").replace("00000000", "10000000", 1)
    (tmp_path / "e.fr.md").write_text(text, encoding="utf-8")
    assert problems(tmp_path).keys() == {rule.id for rule in FILE_RULES}


def test_a_name_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    (tmp_path / "Le Port.fr.md").write_text("", encoding="utf-8")
    assert "a capital" in problems(tmp_path)["release-name"]
    (tmp_path / "Le Port.fr.md").rename(tmp_path / "port.de.md")
    assert "no language of this site" in problems(tmp_path)["release-name"]


def test_files_under_another_name_are_the_same_release(tmp_path: Path) -> None:
    write_release(tmp_path, "b")
    for code in ("fr", "en"):
        (tmp_path / f"b.{code}.md").rename(tmp_path / f"c.{code}.md")
    assert problems(tmp_path) == {}
    assert [one.name for one in read_shelf(tmp_path, settings_of()).releases] == ["c"]


def test_an_id_from_elsewhere_is_refused(tmp_path: Path) -> None:
    write_release(tmp_path)
    (tmp_path / "ledger.jsonl").unlink()
    assert "release-id-unknown" in problems(tmp_path)


@pytest.mark.parametrize(
    ("name", "rule"),
    [("notes.md", "release-name"), ("a.de.md", "release-name"), ("Été.fr.md", "release-name")],
)
def test_a_file_that_nobody_would_publish_is_named(
    tmp_path: Path, name: str, rule: str
) -> None:
    (tmp_path / name).write_text("+++\n+++\n", encoding="utf-8")
    assert name in problems(tmp_path)[rule]


def test_a_readme_may_stand_beside_them(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Our releases.\n", encoding="utf-8")
    assert problems(tmp_path) == {}


@pytest.mark.parametrize(
    ("keys", "rule", "says"),
    [
        ({"status_fr": "draft"}, "release-disagrees", "status"),
        ({"publish_at_en": "2026-12-01 09:00"}, "release-disagrees", "publish_at"),
        ({"category": "weather"}, "release-category", "'weather'"),
        ({"titel": "x"}, "release-unreadable", "did you mean title?"),
        ({"slug": "Été 2027"}, "release-unreadable", "slug"),
        ({"id": "42"}, "release-unreadable", "id"),
        ({"status": "done"}, "release-unreadable", "'done'"),
        ({"date": "2026-12-01T09:00:00"}, "release-unreadable", "needs its offset"),
        ({"publish_at": "tomorrow"}, "release-unreadable", "'tomorrow' is no time"),
        ({"embargo": 2026}, "release-unreadable", "'2026' is no time"),
        ({"date": 2026}, "release-unreadable", "needs an hour"),
        ({"publish_at": "2027-03-14 02:30"}, "release-unreadable", "does not exist"),
        ({"embargo": "2026-11-01 01:30"}, "release-unreadable", "exists twice"),
    ],
    ids=str,
)
def test_a_wrong_key_is_told_with_its_value(
    tmp_path: Path, keys: dict[str, object], rule: str, says: str
) -> None:
    write_release(tmp_path, "port-agrandi", 1, **keys)
    assert says in problems(tmp_path)[rule]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"Only words.\n", "does not begin with a head"),
        (b"+++\ntitle = \n+++\n", "not valid TOML"),
        (b"+++\ntitle = 'x'\n+++\nCaf\xe9\n", "not UTF-8"),
        (b"+++\n+++\n" + b"x" * 200_001, "more than 200 kB"),
        (b"+++\n+++\n", "title: is missing"),
    ],
)
def test_a_file_that_is_no_release_is_told_why(
    tmp_path: Path, content: bytes, says: str
) -> None:
    (tmp_path / "a.fr.md").write_bytes(content)
    told = [each.message for each in read_shelf(tmp_path, settings_of()).problems]
    assert any(says in each for each in told)


def test_a_copy_does_not_pass_for_its_original_while_that_cannot_be_read(
    tmp_path: Path,
) -> None:
    write_release(tmp_path, "a")
    for code in ("fr", "en"):
        text = (tmp_path / f"a.{code}.md").read_text("utf-8")
        (tmp_path / f"b.{code}.md").write_text(text, encoding="utf-8")
    (tmp_path / "a.fr.md").write_text("nothing", encoding="utf-8")
    shelf = read_shelf(tmp_path, settings_of())
    assert shelf.releases == ()
    assert {each.rule for each in shelf.problems if each.place == "b"} == {"release-id-twice"}
    for path in tmp_path.glob("a.*.md"):
        path.unlink()  # it was renamed, not copied
    assert [each.name for each in read_shelf(tmp_path, settings_of()).releases] == ["b"]


def test_one_broken_release_does_not_hide_the_others(tmp_path: Path) -> None:
    write_release(tmp_path, "good", seed=1)
    write_release(tmp_path, "bad", seed=2)
    (tmp_path / "bad.fr.md").write_text("nothing", encoding="utf-8")
    shelf = read_shelf(tmp_path, settings_of())
    assert [each.name for each in shelf.releases] == ["good"]
    assert [each.place for each in shelf.problems] == ["bad.fr.md"]


def photograph(path: Path, size: tuple[int, int] = (2400, 1200)) -> None:
    """Take a picture with a camera that says where it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    facts = Image.Exif()
    facts[0x010E] = "SECRET PLACE"
    Image.new("RGB", size, "#0b3d66").save(path, "JPEG", exif=facts)


def with_picture(folder: Path, name: str = "images/quai.jpg") -> None:
    image = f'[image]\nfile = "{name}"\nalt = "Un quai"\n+++'
    write_release(folder)
    for path in folder.glob("*.md"):
        text = path.read_text("utf-8")
        path.write_text(text[::-1].replace("+++", image[::-1], 1)[::-1], encoding="utf-8")


def test_a_picture_goes_public_upright_and_without_what_the_camera_hid(tmp_path: Path) -> None:
    with_picture(tmp_path)
    photograph(tmp_path / "images" / "quai.jpg")
    publication = publish(tmp_path).publication
    assert publication
    shot = publication.pictures["fr"]
    body = public_picture(tmp_path, shot.file)
    small = public_picture(tmp_path, shot.small)
    assert (shot.width, shot.height, shot.size) == (1600, 800, len(body))
    assert b"SECRET PLACE" not in body
    with Image.open(BytesIO(body)) as picture:
        assert picture.size == (1600, 800)
    with Image.open(BytesIO(small)) as picture:
        assert picture.size == (shot.small_width, 400) == (800, 400)


def test_another_picture_under_the_same_name_is_an_edit(tmp_path: Path) -> None:
    with_picture(tmp_path)
    picture = tmp_path / "images" / "quai.jpg"
    photograph(picture)
    assert not publish(tmp_path).edited
    before = picture.read_bytes()
    photograph(picture, (1400, 700))
    assert only(tmp_path).edited
    picture.write_bytes(before)
    assert not only(tmp_path).edited
    picture.unlink()
    assert only(tmp_path).edited


@pytest.mark.parametrize(
    "name",
    ["images/none.jpg", "../outside.jpg", "/etc/hostname.jpg", "a.svg", "images/text.jpg"],
)
def test_what_is_no_picture_of_ours_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "releases"
    photograph(tmp_path / "outside.jpg")
    (folder / "images").mkdir(parents=True)
    (folder / "images" / "text.jpg").write_text("no picture", encoding="utf-8")
    with_picture(folder, name)
    with pytest.raises(ContentRefused, match="cannot be published"):
        publish(folder)
    assert public_releases(folder, settings_of(), "local") == ()


def test_a_picture_that_was_lost_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationFault, match="cannot be used"):
        public_picture(tmp_path, "gone.jpg")
