"""Press releases go public at their time: all of each, once, and nothing of any other."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine

from tests.support.command import Outcome, Team, new_team, refused
from tests.support.newsroom import write_ready
from tests.support.opened import opened_below
from tests.support.receivers import receivers

NINE = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)  # 9 a.m. in Toronto
NINE_TYPED = "2026-12-01 09:00"
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
CANARY = "quetzalcoatlus"


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return new_team(tmp_path / "team")


def at(instant: datetime, team: Team, *words: str) -> Outcome:
    """Give a command at an instant."""
    with time_machine.travel(instant, tick=True):
        return team.call(*words)


def publish(instant: datetime, team: Team, *words: str) -> Outcome:
    return at(instant, team, "newsroom", "publish", "--yes", "--json", *words)


def site(team: Team) -> Path:
    return team.folder / ".sparetire" / "site" / "current"


def leaks(team: Team) -> list[str]:
    """Return public files that hold the canary, in their name or their bytes."""
    root = site(team)
    files = [path for path in root.rglob("*") if path.is_file()]
    return [
        path.relative_to(root).as_posix()
        for path in files
        if CANARY in path.as_posix() or CANARY.encode() in path.read_bytes()
    ]


def secret(team: Team, **keys: Any) -> str:
    """Write a release whose every part carries the canary."""
    return write_ready(
        team.folder / "releases",
        f"{CANARY}-plan",
        3,
        title_fr=f"Le plan {CANARY} entre en vigueur",
        title_en=f"The {CANARY} plan takes effect",
        summary_fr=f"Le plan {CANARY}.",
        summary_en=f"The {CANARY} plan.",
        slug_fr=f"plan-{CANARY}",
        slug_en=f"{CANARY}-plan",
        tags=[CANARY],
        **keys,
    )


def test_what_is_due_goes_public_once(team: Team) -> None:
    write_ready(team.folder / "releases", publish_at=NINE_TYPED)

    first = publish(NINE, team)

    assert first.code == 0, first.out
    assert first.json["changed"]
    [published] = first.json["published"]
    assert published["name"] == "port-agrandi"
    for url in published["urls"].values():
        assert (site(team) / urlsplit(url).path.lstrip("/") / "index.html").exists()
    before = team.public()
    again = publish(NINE + HOUR, team)
    assert (again.code, again.json["changed"], again.json["published"]) == (0, False, [])
    assert team.public() == before


def test_the_one_line_says_what_was_done_and_what_is_next(team: Team) -> None:
    folder = team.folder / "releases"
    write_ready(folder, "now", 1, publish_at=NINE_TYPED)
    words = {"title_fr": "Un quai pour Noël", "title_en": "A quay for Christmas"}
    words |= {"slug_fr": "noel", "slug_en": "christmas"}
    write_ready(folder, "later", 2, publish_at="2026-12-24 09:00", **words)
    told = at(NINE, team, "--quiet", "newsroom", "publish", "--yes")
    last = told.out.splitlines()[-1]
    assert last == "Published now. Next: 2026-12-24 09:00 (UTC-0500)."  # in a log, no name
    assert at(NINE, team, "newsroom", "publish").out.splitlines() == [
        "Nothing is due. Next: later, 2026-12-24 09:00 (UTC-0500)."
    ]


@pytest.mark.parametrize("key", ["publish_at", "embargo"])
def test_nothing_of_a_release_is_public_a_second_before_its_time(team: Team, key: str) -> None:
    secret(team, **{key: NINE_TYPED})
    write_ready(team.folder / "releases", "port", 2)

    assert publish(NINE - SECOND, team).code == 0

    assert (site(team) / "fr/communiques/2026/port-sept-iles-agrandi/index.html").exists()
    assert leaks(team) == []
    assert at(NINE - SECOND, team, *team.launch("--yes")).code == 0
    assert leaks(team) == []
    assert publish(NINE, team).code == 0
    assert any("feed.xml" in path for path in leaks(team))


def test_a_named_release_waits_for_its_time_like_any_other(team: Team) -> None:
    secret(team, embargo=NINE_TYPED)
    error = refused(publish(NINE - SECOND, team, f"{CANARY}-plan"), 10)
    assert "2026-12-01T09:00:00-05:00" in error["why"][0]
    assert leaks(team) == []


def test_a_draft_is_refused_when_it_is_named_and_skipped_when_not(team: Team) -> None:
    secret(team, status="draft")
    assert publish(NINE, team).json["published"] == []
    assert "draft" in refused(publish(NINE, team, f"{CANARY}-plan"), 3)["what"]
    assert leaks(team) == []


def test_a_missed_run_is_made_up_for_within_a_day(team: Team) -> None:
    write_ready(team.folder / "releases", publish_at=NINE_TYPED)
    late = publish(NINE + 23 * HOUR, team)
    assert [one["name"] for one in late.json["published"]] == ["port-agrandi"]


def test_what_is_older_must_be_named_and_keeps_nothing_else_waiting(team: Team) -> None:
    folder = team.folder / "releases"
    secret(team, publish_at=NINE_TYPED)
    write_ready(folder, "port", 2, publish_at="2026-12-02 12:00")
    now = NINE + 28 * HOUR
    dry = refused(publish(now, team, "--dry-run"), 10)
    assert "Nothing has changed" in dry["public"]

    error = refused(publish(now, team), 10)

    assert f"{CANARY}-plan is overdue" in error["what"]
    assert "port went public" in error["public"]
    assert leaks(team) == []
    named = publish(now, team, f"{CANARY}-plan")
    assert named.code == 0, named.out
    assert leaks(team) != []


def test_a_dry_run_shows_it_and_changes_nothing(team: Team) -> None:
    write_ready(team.folder / "releases", publish_at=NINE_TYPED)
    ledger = team.folder / "releases" / "ledger.jsonl"
    before = ledger.read_bytes()
    dry = publish(NINE, team, "--dry-run")
    assert [one["name"] for one in dry.json["published"]] == ["port-agrandi"]
    assert dry.json["dry_run"]
    assert not site(team).exists()
    assert ledger.read_bytes() == before


def test_a_broken_file_is_told_and_keeps_no_other_waiting(team: Team) -> None:
    folder = team.folder / "releases"
    write_ready(folder, publish_at=NINE_TYPED)
    (folder / "broken.fr.md").write_text("+++\ntitle = \n+++\n", encoding="utf-8")
    told = publish(NINE, team)
    assert told.code == 0, told.out
    assert "broken.fr.md" in {finding["place"] for finding in told.json["findings"]}
    assert len(told.json["published"]) == 1


def test_a_rule_keeps_one_release_from_the_public_and_no_other(team: Team) -> None:
    folder = team.folder / "releases"
    secret(team, body_fr="Trop court.", body_en="Too short.")
    write_ready(folder, "port", 2)

    error = refused(publish(NINE, team), 3)

    assert "80 is the least" in " ".join(error["why"])
    assert "port went public" in error["public"]
    assert leaks(team) == []
    named = refused(publish(NINE, team, f"{CANARY}-plan"), 3)
    assert "newsroom" not in named["what"]
    assert leaks(team) == []


def test_an_edit_of_what_is_public_says_what_was_put_right(team: Team) -> None:
    folder = team.folder / "releases"
    write_ready(folder, publish_at=NINE_TYPED)
    assert publish(NINE, team).code == 0
    write_ready(folder, publish_at=NINE_TYPED, title_en="The port of Sept-Îles grows by half")
    assert publish(NINE + HOUR, team).json["published"] == []
    silent = refused(publish(NINE + HOUR, team, "port-agrandi"), 3)
    assert "put right" in silent["what"]
    for path in folder.glob("*.md"):
        head, fence, body = path.read_text(encoding="utf-8").rpartition("+++\n")
        note = f'[[corrections]]\nat = {(NINE + HOUR).isoformat()}\nnote = "Corrigé."\n'
        path.write_text(f"{head}{note}{fence}{body}", encoding="utf-8")
    edited = publish(NINE + 2 * HOUR, team, "port-agrandi")
    assert edited.code == 0, edited.out
    page = site(team) / "en/news/2026/port-sept-iles-growing/index.html"
    assert "grows by half" in page.read_text(encoding="utf-8")


def test_who_listens_hears_of_it_by_its_title(team: Team) -> None:
    write_ready(team.folder / "releases", publish_at=NINE_TYPED)
    with receivers() as there:
        table = f"\n[announce]\nhubs = {json.dumps([f'{there.url}/hub'])}\n"
        table += 'webhooks = [{ name = "desk", url_env = "DESK_ADDRESS" }]\n'
        (team.folder / "sparetire.toml").write_text(team.settings + table, encoding="utf-8")
        team.env["DESK_ADDRESS"] = f"{there.url}/desk"
        told = publish(NINE, team)
        assert told.code == 0, told.out
        [form], [desk] = there.forms("/hub"), there.objects("/desk")
    assert f"{team.url}/fr/communiques/feed.xml" in form["hub.url"]
    assert desk["event"] == "publish"
    assert desk["titles"]["fr"] == "Le port de Sept-Îles s’agrandit"
    assert desk["urls"] == told.json["published"][0]["urls"]


def test_a_withdrawn_release_keeps_its_address_and_says_so(team: Team) -> None:
    secret(team)
    assert publish(NINE, team).code == 0
    words = ("newsroom", "withdraw", f"{CANARY}-plan", "--yes", "--json")

    gone = at(NINE + HOUR, team, *words)

    assert gone.code == 0, gone.out
    page = (site(team) / f"en/news/2026/{CANARY}-plan/index.html").read_text(encoding="utf-8")
    assert "This news release has been withdrawn." in page
    assert "Please do not rely on this release." in page
    assert "takes effect" not in page
    for feed in ("feed.xml", "feed.atom", "feed.json"):
        path = site(team) / "en/news" / feed
        assert "The present quay" not in path.read_text(encoding="utf-8"), feed
    public = team.public()
    again = at(NINE + 2 * HOUR, team, *words)
    assert (again.code, again.json["changed"]) == (0, False)
    assert again.json["published"][0]["name"] == f"{CANARY}-plan"
    assert team.public() == public
    assert publish(NINE + 3 * HOUR, team).json["changed"] is False


def test_only_what_is_public_can_be_withdrawn(team: Team) -> None:
    secret(team)
    error = refused(
        at(NINE, team, "newsroom", "withdraw", f"{CANARY}-plan", "--yes", "--json"), 2
    )
    assert "No public release" in error["what"]


def test_a_workspace_without_the_archive_does_not_drop_it(team: Team) -> None:
    folder = team.folder / "releases"
    write_ready(folder)
    assert publish(NINE, team).code == 0
    before = team.public()
    shutil.rmtree(folder)
    words = {"title_fr": "Un train de plus", "title_en": "One more train"}
    write_ready(folder, "train", 2, **words, slug_fr="train-de-plus", slug_en="one-more-train")

    error = refused(publish(NINE + HOUR, team), 4)

    assert "does not know" in error["what"]
    assert team.public() == before


def test_news_leaves_its_sitemap_two_days_later_by_the_first_look(team: Team) -> None:
    write_ready(team.folder / "releases")
    assert publish(NINE, team).code == 0
    news = site(team) / "sitemap-news.xml"
    assert "port-sept-iles" in news.read_text(encoding="utf-8")
    before = team.public()
    for hours in (1, 47):
        assert publish(NINE + hours * HOUR, team).json["changed"] is False
    assert team.public() == before

    faded = publish(NINE + 48 * HOUR + SECOND, team)

    assert (faded.code, faded.json["changed"], faded.json["files"]["put"]) == (0, True, 1)
    assert "port-sept-iles" not in news.read_text(encoding="utf-8")
    public = team.public()
    assert publish(NINE + 49 * HOUR, team).json["changed"] is False
    assert at(NINE + 50 * HOUR, team, "prepare", "--yes", "--json").json["changed"] is False
    assert team.public() == public


def test_a_look_at_what_has_not_changed_opens_no_release(team: Team) -> None:
    folder = team.folder / "releases"
    write_ready(folder)
    words = {"title_fr": "Un quai pour Noël", "title_en": "A quay for Christmas"}
    words |= {"slug_fr": "noel", "slug_en": "christmas"}
    write_ready(folder, "later", 2, publish_at="2026-12-24 09:00", **words)
    assert publish(NINE, team).code == 0
    assert publish(NINE + SECOND, team).json["changed"] is False  # it remembers what it sees
    [draft, *_] = sorted(folder.glob("later.*.md"))

    with opened_below(team.folder) as opened:
        idle = publish(NINE + HOUR, team)

    assert idle.json["next"]["name"] == "later"
    assert [path for path in opened if path.suffix == ".md"] == []
    draft.write_text(draft.read_text("utf-8").replace("12-24", "12-02"), encoding="utf-8")
    other = folder / draft.name.replace(".en.", ".fr.")
    other.write_text(other.read_text("utf-8").replace("12-24", "12-02"), encoding="utf-8")
    assert publish(NINE + 25 * HOUR, team).json["published"][0]["name"] == "later"
