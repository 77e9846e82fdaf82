"""What only a file to hand over can do wrong."""

from pathlib import Path
from shutil import copyfile
from zipfile import ZipFile

import pytest

from sparetire.errors import ConfigurationFault, LocalDiskFault
from sparetire.hosts.base import Commit
from sparetire.hosts.zipped import ZipHost
from sparetire.model.edition import Live
from sparetire.model.manifest import Manifest
from tests.support.editions import AT, body_of, edition, page_with_style, publish, uploads

URL = "https://info.boreal.example"
NOTHING = Live("", Manifest({}), 0, "", {})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "handover.zip"


def opened(path: Path) -> ZipHost:
    return ZipHost(path, url=URL)


def test_the_file_holds_the_site_and_a_letter(path: Path, tmp_path: Path) -> None:
    site = edition(tmp_path / "one", page_with_style("one"))
    publish(opened(path), site)
    with ZipFile(path) as file:
        assert file.testzip() is None
        names = file.namelist()
        letter = file.read("LISEZMOI-README.txt").decode()
        page = file.read("site/index.html")
    assert set(names) == {
        "LISEZMOI-README.txt",
        *(f"site/{entry}" for entry in site.manifest.entries),
    }
    assert page == body_of(site, "index.html").read_bytes()
    assert letter.count(URL) == 2
    assert letter.count(site.manifest.edition) == 2


def test_the_same_site_gives_the_same_bytes_on_every_machine(tmp_path: Path) -> None:
    for machine in ("a", "b"):
        path = tmp_path / machine / "handover.zip"
        path.parent.mkdir()
        publish(opened(path), edition(tmp_path / machine / "built", page_with_style("one")))
    one, two = (tmp_path / machine / "handover.zip" for machine in ("a", "b"))
    assert one.read_bytes() == two.read_bytes()


def test_nobody_is_said_to_serve_it(path: Path) -> None:
    assert not opened(path).features.served
    assert opened(path).private_urls() == ()


def test_three_editions_are_kept_and_can_be_read(path: Path, tmp_path: Path) -> None:
    sites = [edition(tmp_path / mark, page_with_style(mark)) for mark in "abcd"]
    for site in sites:
        publish(opened(path), site)
    past = opened(path).past()
    assert [each.counter for each in past] == [4, 3, 2]
    assert past[0].incidents == {"spill": AT}
    assert opened(path).manifest(past[2]) == sites[1].manifest
    page = sites[1].manifest.entries["index.html"]
    assert opened(path).fetch(past[2], page) == sites[1].file(page).read_bytes()
    left = sorted(each.name[:6] for each in (tmp_path / "handover.zip.state").glob("*.zip"))
    assert left == ["000002", "000003", "000004"]


def test_an_edition_that_is_not_kept_is_told(path: Path, tmp_path: Path) -> None:
    site = edition(tmp_path / "a", page_with_style("a"))
    publish(opened(path), site)
    oldest = opened(path).past()[0]
    for mark in "bcd":
        publish(opened(path), edition(tmp_path / mark, page_with_style(mark)))
    with pytest.raises(ConfigurationFault, match="does not list the files"):
        opened(path).manifest(oldest)
    with pytest.raises(ConfigurationFault, match="not kept any more"):
        opened(path).fetch(oldest, site.manifest.entries["index.html"])


@pytest.mark.parametrize("fate", ["taken away", "changed", "cut short"])
def test_a_file_that_is_not_what_was_written_is_written_anew(
    path: Path, tmp_path: Path, fate: str
) -> None:
    site = edition(tmp_path / "one", page_with_style("one"))
    made = publish(opened(path), site)
    whole = path.read_bytes()
    if fate == "taken away":
        path.unlink()
    elif fate == "changed":
        with ZipFile(path, "a") as file:
            file.writestr("site/extra.html", "<p>by hand")
    else:
        path.write_bytes(whole[:100])
    assert len(opened(path).drift(made)) == 1
    assert len(uploads(site, opened(path).read_live())) == len(site.manifest.entries)
    again = publish(opened(path), site)
    assert (again.edition, again.counter) == (made.edition, 2)
    assert path.read_bytes() == whole
    assert opened(path).drift(again) == ()


def test_a_file_of_somebody_else_is_a_stranger(path: Path) -> None:
    assert opened(path).drift(NOTHING) == ()
    path.write_bytes(b"holiday pictures")
    assert opened(path).drift(NOTHING) == ("handover.zip is not ours.",)


def test_a_commit_may_take_what_has_not_changed_from_the_last_file(
    path: Path, tmp_path: Path
) -> None:
    files = page_with_style("one")
    publish(opened(path), edition(tmp_path / "one", files))
    two = edition(tmp_path / "two", files | {"index.html": "<p>two"})
    publish(opened(path), two)
    with ZipFile(path) as file:
        assert file.read("site/index.html") == b"<p>two"
        assert file.read("site/404.html").decode() == files["404.html"]


def test_a_file_that_was_never_put_leaves_the_old_one(path: Path, tmp_path: Path) -> None:
    made = publish(opened(path), edition(tmp_path / "one", page_with_style("one")))
    before, two = path.read_bytes(), edition(tmp_path / "two", page_with_style("two"))
    with pytest.raises(LocalDiskFault, match="missing or damaged"):
        opened(path).commit(Commit(two.manifest, made, {}, AT))
    assert path.read_bytes() == before
    assert opened(path).read_live() == made


def test_a_damaged_kept_file_is_not_believed(path: Path, tmp_path: Path) -> None:
    site = edition(tmp_path / "one", page_with_style("one"))
    publish(opened(path), site)
    kept = next((tmp_path / "handover.zip.state").glob("*.zip"))
    kept.write_bytes(b"no zip at all")
    entry = site.manifest.entries["index.html"]
    with pytest.raises(ConfigurationFault):
        opened(path).fetch(opened(path).past()[0], entry)
    assert len(uploads(site, opened(path).read_live())) == len(site.manifest.entries)


def test_the_kept_file_is_not_the_one_that_is_handed_over(path: Path, tmp_path: Path) -> None:
    publish(opened(path), edition(tmp_path / "one", page_with_style("one")))
    kept = next((tmp_path / "handover.zip.state").glob("*.zip"))
    with path.open("r+b") as file:
        file.write(b"scribble")
    assert ZipFile(kept).testzip() is None


def test_a_record_without_its_file_counts_for_nothing(path: Path, tmp_path: Path) -> None:
    site = edition(tmp_path / "one", page_with_style("one"))
    publish(opened(path), site)
    elsewhere = tmp_path / "elsewhere.zip"
    copyfile(path, elsewhere)
    next((tmp_path / "handover.zip.state").glob("*.zip")).unlink()
    live = opened(path).read_live()
    assert live is not None
    assert live.manifest.entries == {}


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(LocalDiskFault, match="file"):
        opened(tmp_path / "file/handover.zip").probe()
