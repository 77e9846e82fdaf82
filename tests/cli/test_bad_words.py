"""Words that may not go public as they are, and what a person is told about them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.command import FRENCH, Team, call, refused

WRONG: dict[str, Callable[[str], bytes]] = {
    "empty": lambda _text: b" \n\n",
    "not UTF-8": lambda text: text.encode("latin-1", "replace"),
    "10 MB": lambda text: (text * (10_000_000 // len(text) + 1)).encode(),
    "a placeholder": lambda text: f"{text}\nLorem ipsum dolor sit amet.\n".encode(),
    "a blank": lambda text: f"{text}\nUn nombre de {{{{ blank }}}} personnes.\n".encode(),
}


def again(team: Team, *more: str, only: str = "") -> list[str]:
    """Return another launch, so that there would be something to change."""
    slugs = ["--slug", "autre", *(["--slug", "en=other"] if not only else [])]
    return team.launch(*slugs, "--yes", "--json", *more, only=only)


@pytest.mark.parametrize("how", WRONG)
def test_content_that_cannot_be_published_is_refused(live: Team, how: str) -> None:
    live.words("fr").write_bytes(WRONG[how](FRENCH))
    public = live.public()

    outcome = live.call(*again(live))

    error = refused(outcome, 3)
    told = " ".join([error["what"], *error["why"], *(str(f) for f in outcome.json["findings"])])
    assert live.words("fr").name in told
    assert live.public() == public


def test_content_that_is_not_there_is_a_usage_error(live: Team) -> None:
    live.words("fr").unlink()
    public = live.public()

    error = refused(live.call(*again(live)), 2)

    assert str(live.words("fr")) in error["what"]
    assert live.public() == public


@pytest.mark.parametrize("missing", ["--keywords", "--title", "--content"])
def test_what_is_missing_is_named_where_nobody_can_be_asked(team: Team, missing: str) -> None:
    words = team.launch("--yes", "--json")
    kept = [*words]
    while missing in kept:
        at = kept.index(missing)
        del kept[at : at + 2]

    error = refused(team.run(*kept), 2)

    assert missing in error["what"]
    assert team.public() == {}


def test_one_language_alone_is_refused_unless_the_gap_is_meant(team: Team) -> None:
    alone = team.call(*team.launch("--yes", "--json", only="fr"))

    assert "--only" in str(refused(alone, 3)) + str(alone.json["findings"])
    assert team.public() == {}

    meant = team.call(*team.launch("--yes", "--json", "--only", "fr", only="fr"))

    assert meant.code == 0, meant.out
    gap = team.folder / ".sparetire/site/current/en/panne-electricite/index.html"
    page = gap.read_text(encoding="utf-8")
    assert '<html lang="en' in page
    assert "not yet available in English" in page
    assert "../../fr/panne-electricite/" in page
    assert "Personne n’est blessé" not in page


def test_the_terminal_tells_the_same_four_parts(team: Team, tmp_path: Path) -> None:
    team.words("fr").write_text("", encoding="utf-8")

    outcome = team.run(*team.launch("--yes"), cwd=tmp_path)

    assert (outcome.code, outcome.out) == (3, "")
    told = " ".join(outcome.err.split())
    for part in ("is empty", "Why", "Public Nothing has changed", "Next"):
        assert part in told
    assert "Traceback" not in told


@pytest.mark.parametrize(
    "words",
    [
        ["launch", "--bogus", "--json"],
        ["lunch", "--json"],
        ["--json", "init"],
        ["--json", "docs", "cooking"],
        ["history", "-n", "0", "--json"],
        ["--json", "--bogus"],
    ],
)
def test_a_command_line_that_cannot_be_read_is_told_as_json_too(words: list[str]) -> None:
    refused(call(*words), 2)
