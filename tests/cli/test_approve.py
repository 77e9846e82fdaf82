"""Approval: nothing goes out before the right people have signed these very words."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from sparetire import clock
from sparetire.stages.fill.brief import brief_text
from sparetire.workspace.ledger import Ledger
from tests.cli.test_pull import colleague_of
from tests.support.command import Team, new_team, refused
from tests.support.newsroom import write_ready
from tests.support.pdf import pdf
from tests.support.scenarios import SCENARIOS, generated_brief

NAME = "panne-electricite"
PASSPHRASE = "quatre mots faciles à retenir"  # noqa: S105  of keys that live for a test
FRENCH = "Le courant est rétabli dans la moitié de la raffinerie depuis 10 h 15.\n"
ENGLISH = "Power is back in half of the refinery since 10:15 a.m. today.\n"


def sign(team: Team, role: str, *more: str, key: str = "") -> list[str]:
    place = team.folder.parent / f"{key or role}.key"
    return ["approve", NAME, "--as", role, "--key", str(place), "--yes", "--json", *more]


def new_approver(team: Team, role: str, name: str) -> None:
    place = team.folder.parent / f"{name}.key"
    made = team.call("approve", "--new-key", name, "--as", role, "--key", str(place), "--json")
    assert made.code == 0, made.err
    assert place.stat().st_mode & 0o077 == 0
    table = f'[[approvers]]\nname = "{name}"\nrole = "{role}"\nkey = "{made.json["key"]}"\n\n'
    text = team.settings.replace("[crisis]", f"{table}[crisis]", 1)
    (team.folder / "sparetire.toml").write_text(text, "utf-8")


@pytest.fixture
def team(tmp_path: Path) -> Team:
    team = new_team(tmp_path / "team", {"SPARETIRE_PASSPHRASE": PASSPHRASE})
    new_approver(team, "legal", "legal")
    new_approver(team, "direction", "direction")
    team.set("crisis", "approvals", value="1")
    return team


def launch(team: Team, *more: str) -> list[str]:
    return team.launch("--yes", "--json", *more)


def test_nothing_is_public_before_it_is_signed_and_then_the_same_command_goes_on(
    team: Team,
) -> None:
    error = refused(team.call(*launch(team)), 10)
    assert f"sparetire approve {NAME} --as direction" in error["next"]
    assert not (team.folder / ".sparetire/site/current").exists()

    signed = team.call(*sign(team, "legal"))
    assert signed.code == 0, signed.err
    assert signed.json["role"] == "legal"

    assert team.call(*launch(team)).json["changed"] is True


def test_a_release_is_signed_before_its_time_and_goes_public_at_it(team: Team) -> None:
    at = clock.now() + timedelta(hours=2)
    write_ready(team.folder / "releases", publish_at=at.isoformat())
    rounds = ("newsroom", "publish", "--yes", "--json")
    assert team.call(*rounds).code == 0
    with time_machine.travel(at, tick=True):
        error = refused(team.call(*rounds), 10)
    assert "sparetire approve port-agrandi" in error["next"]
    assert not (team.folder / ".sparetire/site/current").exists()

    words = sign(team, "legal")
    assert team.call(words[0], "port-agrandi", *words[2:]).code == 0

    with time_machine.travel(at, tick=True):
        published = team.call(*rounds)
    assert published.code == 0, published.out
    assert [one["name"] for one in published.json["published"]] == ["port-agrandi"]


def test_two_signatures_of_one_role_are_one(team: Team) -> None:
    new_approver(team, "legal", "deputy")
    team.set("crisis", "approvals", value="2")
    refused(team.call(*launch(team)), 10)
    assert team.call(*sign(team, "legal")).code == 0
    assert team.call(*sign(team, "legal", key="deputy")).code == 0

    error = refused(team.call(*launch(team)), 10)
    assert "1 of 2" in error["what"]
    assert "--as direction" in error["next"]

    assert team.call(*sign(team, "direction")).code == 0
    assert team.call(*launch(team)).code == 0


def test_one_changed_letter_wants_another_signature(team: Team) -> None:
    refused(team.call(*launch(team)), 10)
    assert team.call(*sign(team, "legal")).code == 0
    words = team.words("fr").read_text("utf-8")
    team.words("fr").write_text(words.replace("Personne", "personne"), "utf-8")

    error = refused(team.call(*launch(team)), 10)
    assert "it is for other words" in " ".join(error["why"])

    team.words("fr").write_text(words, "utf-8")
    assert team.call(*launch(team)).code == 0


def test_a_key_that_nobody_named_signs_nothing(team: Team) -> None:
    refused(team.call(*launch(team)), 10)
    stranger = team.folder.parent / "stranger.key"
    made = ("approve", "--new-key", "X", "--as", "legal", "--key", str(stranger), "--json")
    assert team.call(*made).code == 0

    error = refused(team.call(*sign(team, "legal", key="stranger")), 2)
    assert "may not sign as 'legal'" in error["what"]
    error = refused(team.call(*sign(team, "direction", key="legal")), 2)
    assert "may not sign as 'direction'" in error["what"]


@pytest.mark.parametrize("part", ["signature", "digest", "role", "until", "key"])
def test_a_forged_signature_does_not_count(team: Team, part: str) -> None:
    refused(team.call(*launch(team)), 10)
    team.call(*sign(team, "legal"))
    (path,) = (team.folder / "approvals" / NAME).glob("*.approval.json")
    facts = json.loads(path.read_text("utf-8"))
    later = (datetime.now(UTC) + timedelta(days=99)).isoformat()  # noqa: TID251  of the forger
    forged = {
        "signature": facts["signature"].translate(str.maketrans("AB", "BA")) + "",
        "digest": facts["digest"][:-1] + ("0" if facts["digest"][-1] != "0" else "1"),
        "role": "direction",
        "until": later,
        "key": "ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    }
    if part == "signature" and forged["signature"] == facts["signature"]:
        forged["signature"] = "A" + facts["signature"][1:]
    path.write_text(json.dumps(facts | {part: forged[part]}), "utf-8")

    error = refused(team.call(*launch(team)), 10)

    assert "not that key's" in " ".join(error["why"])


def test_an_expired_signature_does_not_count(team: Team) -> None:
    refused(team.call(*launch(team)), 10)
    team.call(*sign(team, "legal"))

    later = datetime.now(UTC) + timedelta(hours=25)  # noqa: TID251  the next day
    with time_machine.travel(later, tick=True):
        error = refused(team.call(*launch(team)), 10)

    assert "expired" in " ".join(error["why"])


def test_a_signature_serves_once_and_not_for_the_same_words_again(team: Team) -> None:
    refused(team.call(*launch(team)), 10)
    team.call(*sign(team, "legal"))
    assert team.call(*launch(team)).code == 0
    beside = team.folder.parent
    (beside / "fr.md").write_text(FRENCH, "utf-8")
    (beside / "en.md").write_text(ENGLISH, "utf-8")
    said = ("update", "--content", f"fr={beside}/fr.md", "--content", f"en={beside}/en.md")
    update = (*said, "--yes", "--json")
    refused(team.call(*update), 10)
    assert team.call(*sign(team, "direction")).code == 0
    assert team.call(*update).code == 0

    assert team.call("rollback", "--yes").code == 0
    error = refused(team.call(*update), 10)

    assert "it is for other words" in " ".join(error["why"])


def test_broken_glass_publishes_and_is_told_for_ever(team: Team) -> None:
    done = team.call(*launch(team, "--break-glass", "L’avocat est injoignable"))

    assert done.code == 0, done.err
    kept = [
        record.facts
        for record in Ledger(team.folder / ".sparetire/ledger.jsonl").records()
        if record.what == "glass broken"
    ]
    assert [facts["reason"] for facts in kept] == ["L’avocat est injoignable"]
    assert "L’avocat est injoignable" in team.call("report", NAME).out
    assert team.call("history", "--verify").code == 0


def test_signatures_over_what_is_public_travel_to_a_colleague(
    team: Team, tmp_path: Path
) -> None:
    refused(team.call(*launch(team)), 10)
    assert team.call(*sign(team, "legal")).code == 0
    assert team.call(*launch(team)).code == 0
    notes = team.folder / ".sparetire/site/state/kept/approvals"
    assert "refinery" not in "".join(
        path.read_text("utf-8") for path in notes.rglob("*") if path.is_file()
    )
    (notes / NAME / "notes.json").write_text("{}", "utf-8")
    large = notes / NAME / f"{'0' * 12}.legal.approval.json"
    large.write_text("x" * 10_000, "utf-8")

    other = colleague_of(team, tmp_path / "other")
    assert other.call("pull").code == 0

    (found,) = other.call("verify", NAME, "--json").json["signatures"]
    assert (found["role"], found["wrong"]) == ("legal", "")
    assert [path.name[12:] for path in (other.folder / "approvals" / NAME).iterdir()] == [
        ".legal.approval.json"
    ]


def test_one_changed_byte_of_a_file_wants_another_signature(team: Team, tmp_path: Path) -> None:
    assert team.call(*launch(team, "--break-glass", "essai")).code == 0
    for code in ("fr", "en"):
        (tmp_path / f"{code}.md").write_text("- [Plan](plan.pdf)\n", "utf-8")
    (tmp_path / "plan.pdf").write_bytes(pdf({6: b"<</Title(A)>>"}))
    words = ("update", "--downloads", str(tmp_path), "--yes", "--json")
    refused(team.call(*words), 10)
    assert team.call(*sign(team, "legal")).code == 0

    (tmp_path / "plan.pdf").write_bytes(pdf({6: b"<</Title(B)>>"}))
    assert "for other words" in str(refused(team.call(*words), 10)["why"])

    (tmp_path / "plan.pdf").write_bytes(pdf({6: b"<</Title(A)>>"}))
    assert team.call(*words).json["changed"] is True


def test_a_ready_notice_needs_nobody(team: Team) -> None:
    assert team.call(*launch(team, "--break-glass", "essai")).code == 0
    assert team.call("withdraw", "--reason", "error", "--yes").code == 0


def test_the_wrong_passphrase_and_a_path_for_a_name_are_told_calmly(team: Team) -> None:
    refused(team.call(*launch(team)), 10)
    wrong = Team(team.folder, {"SPARETIRE_PASSPHRASE": "une autre phrase secrète"})
    error = refused(wrong.call(*sign(wrong, "legal")), 4)
    assert "passphrase" in " ".join(error["why"])
    assert "phrase secrète" not in json.dumps(error)
    refused(team.call("approve", "../x", "--as", "legal", "--yes", "--json"), 2)
    refused(team.call(*sign(team, "legal", key="nobody")), 4)


def test_a_policy_that_nobody_could_meet_is_refused_at_load(tmp_path: Path) -> None:
    team = new_team(tmp_path / "lonely")
    team.set("crisis", "approvals", value="1")
    error = refused(team.call("status", "--json"), 4)
    assert "asks for 1 roles" in " ".join(error["why"])


def test_a_scenario_signed_in_peace_time_needs_no_signature_at_night(team: Team) -> None:
    brief = team.folder.parent / "brief.toml"
    spill = next(one for one in SCENARIOS if one.name == "spill")
    brief.write_text(brief_text(generated_brief(spill) | {"next_update": "45m"}), "utf-8")
    told = ["launch", "--scenario", "spill", "--brief", str(brief), "--yes", "--json"]
    refused(team.call(*told), 10)
    signed = ["approve", "--scenario", "spill", "--as", "legal", "--yes", "--json"]
    key = ("--key", str(team.folder.parent / "legal.key"))
    assert team.call(*signed, *key).code == 0

    changed = refused(team.call(*told, "--title", "fr=Un autre titre que celui-là"), 10)
    assert "0 of 1" in changed["what"]

    assert team.call(*told).code == 0
