"""A kit is made of what the public can read, and of nothing else."""

from io import BytesIO

from PIL import Image

from tests.support.command import Team, refused
from tests.support.newsroom import write_ready


def test_an_incident_and_a_release_have_a_kit_in_each_language(team: Team) -> None:
    write_ready(team.folder / "releases")
    launched = team.call(*team.launch("--yes", "--json"))
    issued = team.call("newsroom", "publish", "--yes", "--json")
    for name, urls in (
        ("panne-electricite", launched.json["urls"]),
        ("port-agrandi", issued.json["published"][0]["urls"]),
    ):
        made = team.call("share", name, "--json")
        assert made.code == 0, made.out
        folder = team.folder / "share" / name
        for code, url in urls.items():
            assert (folder / f"post.{code}.txt").read_text("utf-8").rstrip().endswith(url)
            assert url in (folder / f"email.{code}.txt").read_text("utf-8")
            assert url in (folder / "banner.html").read_text("utf-8")
            card = (folder / f"card.{code}.png").read_bytes()
            with Image.open(BytesIO(card)) as picture:
                assert picture.size == (1200, 630)


def test_what_is_not_public_has_no_kit(team: Team) -> None:
    write_ready(team.folder / "releases", embargo="2999-01-01 09:00")
    refused(team.call("share", "port-agrandi", "--json"), 2)
    refused(team.call("share", "panne-electricite", "--json"), 2)
    assert not (team.folder / "share").exists()


def test_what_was_withdrawn_is_not_passed_on(team: Team) -> None:
    write_ready(team.folder / "releases")
    assert team.call("newsroom", "publish", "--yes").code == 0
    assert team.call("newsroom", "withdraw", "port-agrandi", "--yes").code == 0
    refused(team.call("share", "port-agrandi", "--json"), 2)
