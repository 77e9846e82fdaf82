"""Words that are nobody's yet never leave the workspace."""

from pathlib import Path

import pytest

from tests.support.command import Team, new_team, refused

SCENARIO = "Le camion-citerne de la phrase secrète attend au quai numéro quarante-deux."
RELEASE = (
    "Boreal Minerals announces the sale of its northern division to an undisclosed buyer "
    "for a price that both parties have agreed to keep confidential until the spring."
)


@pytest.fixture
def team(tmp_path: Path) -> Team:
    made = new_team(tmp_path / "team")
    scenario = made.folder / "scenarios" / "deversement"
    scenario.mkdir(parents=True)
    (scenario / "fr.md").write_text(SCENARIO, encoding="utf-8")
    (scenario.parent / "autre.md").write_text(SCENARIO, encoding="utf-8")
    (made.folder / "releases" / "vente.md").write_text(RELEASE, encoding="utf-8")
    return made


def test_scenarios_and_releases_are_nowhere_on_the_site(team: Team) -> None:
    assert team.call(*team.launch("--yes")).code == 0

    current = team.folder / ".sparetire" / "site" / "current"
    files = [path for path in current.rglob("*") if path.is_file()]
    texts = "\n".join(path.read_text("utf-8", errors="replace") for path in files)
    assert "Sept-Îles" in texts
    assert "phrase secrète" not in texts
    assert "undisclosed buyer" not in texts
    assert [path for path in files if path.suffix == ".md"] == []


@pytest.mark.parametrize("words", [12, 25])
def test_a_statement_may_not_copy_an_unreleased_release(team: Team, words: int) -> None:
    copied = " ".join(RELEASE.split()[:words])
    text = f"{team.words('en').read_text('utf-8')}\n{copied}\n"
    team.words("en").write_text(text, encoding="utf-8")

    outcome = team.call(*team.launch("--yes", "--json"))

    refused(outcome, 3)
    assert "leak-text" in {finding["rule"] for finding in outcome.json["findings"]}
    assert "releases/vente.md" in outcome.out
    assert team.public() == {}


def test_a_few_words_in_common_are_no_leak(team: Team) -> None:
    common = " ".join(RELEASE.split()[:8])
    text = f"{team.words('en').read_text('utf-8')}\n{common}.\n"
    team.words("en").write_text(text, encoding="utf-8")

    assert team.call(*team.launch("--yes")).code == 0


def test_a_draft_that_quotes_what_is_live_stops_nothing(team: Team) -> None:
    said = "Une phrase assez longue pour que personne ne la dise une seconde fois par hasard."
    text = f"{team.words('fr').read_text('utf-8')}\n{said}\n"
    team.words("fr").write_text(text, encoding="utf-8")
    for _ in range(2):  # each page of it has passed by now
        assert team.call(*team.launch("--yes")).code == 0

    (team.folder / "releases" / "autre.md").write_text(said, encoding="utf-8")

    for command in (team.launch("--yes", "--json"), ["withdraw", "--reason", "error", "--yes"]):
        outcome = team.call(*command)
        assert outcome.code == 0, outcome.out + outcome.err


def test_a_draft_guards_what_has_passed_before_and_is_live_nowhere(team: Team) -> None:
    """A dry run has looked at each page; nothing of it is public."""
    said = "Une phrase assez longue pour que personne ne la dise une seconde fois par hasard."
    text = f"{team.words('fr').read_text('utf-8')}\n{said}\n"
    team.words("fr").write_text(text, encoding="utf-8")
    assert team.call(*team.launch("--dry-run")).code == 0
    (team.folder / "releases" / "autre.md").write_text(said, encoding="utf-8")

    outcome = team.call(*team.launch("--yes", "--json"))

    refused(outcome, 3)
    assert "releases/autre.md" in outcome.out + outcome.err
