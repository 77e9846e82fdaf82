"""``sparetire launch --scenario``: from a brief to verified live, or the blank that is open."""

from html import unescape
from pathlib import Path

import pytest

from sparetire.stages.fill.brief import brief_text
from tests.support.command import Team, refused
from tests.support.scenarios import SCENARIOS, generated_brief

SPILL = next(one for one in SCENARIOS if one.name == "spill")


def written_brief(folder: Path) -> Path:
    path = folder / "brief.toml"
    brief = generated_brief(SPILL) | {"next_update": "45m"}
    path.write_text(brief_text(brief), encoding="utf-8")
    return path


def test_a_brief_goes_live_in_both_languages(team: Team, tmp_path: Path) -> None:
    brief = written_brief(tmp_path)
    told = team.call(
        *("launch", "--scenario", "spill", "--brief", str(brief), "--yes", "--json"),
        *("--set", "town=Les Escoumins", "--set", "product.en=fuel oil"),
    )
    assert told.code == 0, told.err
    site = team.folder / ".sparetire/site/current"
    pages = {
        code: unescape((site / code / slug / "index.html").read_text(encoding="utf-8"))
        for code, slug in {
            "fr": "deversement-carburant-diesel-les-escoumins",
            "en": "spill-fuel-oil-les-escoumins",
        }.items()
    }
    assert "<h1>Déversement de carburant diesel aux Escoumins</h1>" in pages["fr"]
    assert "<h1>Spill of fuel oil in Les Escoumins</h1>" in pages["en"]
    assert "(heure de l’Est), même s’il n’y a rien de nouveau" in pages["fr"]


def test_an_open_blank_is_named_and_nothing_goes_out(team: Team) -> None:
    told = team.call("launch", "--scenario", "spill", "--yes", "--json")
    error = refused(told, 3)
    assert "The blank town has no answer." in error["why"]
    assert "--set town=…" in error["next"]
    assert team.public() == {}


def test_one_language_needs_only_its_own_words(team: Team) -> None:
    brief = [f"--set={name}={text}" for name, text in _french().items()]
    told = team.call("launch", "--scenario=spill", "--only=fr", "--yes", "--json", *brief)
    assert told.code == 0, told.err
    assert "fr" in told.json["urls"]


def test_answers_without_a_scenario_are_refused(team: Team) -> None:
    error = refused(team.call("launch", "--set", "town=Alma", "--yes", "--json"), 2)
    assert "--scenario is missing" in error["what"]


def test_a_scenario_and_a_content_are_refused(team: Team, tmp_path: Path) -> None:
    told = team.call(
        *team.launch("--scenario", "spill", "--brief", str(written_brief(tmp_path))),
        *("--yes", "--json"),
    )
    assert "both given" in refused(told, 2)["what"]


def _french() -> dict[str, str]:
    brief = generated_brief(SPILL, optional=False) | {"next_update": "45m"}
    return {
        f"{name}.fr" if isinstance(answer, dict) else name: str(
            answer["fr"] if isinstance(answer, dict) else answer
        )
        for name, answer in brief.items()
    }


def test_what_the_scenario_forbids_is_refused_now_and_in_updates(
    team: Team, tmp_path: Path
) -> None:
    launch = ["launch", "--scenario", "spill", "--brief", str(written_brief(tmp_path))]
    told = team.call(*launch, "--set", "volume.en=a negligible amount", "--yes", "--json")
    assert any("negligible amount" in line for line in refused(told, 3)["why"])
    assert team.call(*launch, "--yes").code == 0

    for code, said in {"fr": "C'est la faute du vent.", "en": "All is well again."}.items():
        (tmp_path / f"{code}.md").write_text(f"{said} " * 5, encoding="utf-8")
    told = team.call("update", "--content", str(tmp_path), "--yes", "--json")
    assert any("c’est la faute" in line for line in refused(told, 3)["why"])


HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) {%raw%} **gras**"


def test_an_answer_is_never_markup_nor_a_template_on_the_page(
    team: Team, tmp_path: Path
) -> None:
    launch = ["launch", "--scenario", "spill", "--brief", str(written_brief(tmp_path))]
    answer = [f"--set=volume.{code}={HOSTILE}" for code in ("fr", "en")]
    told = team.call(*launch, *answer, "--yes", "--json")
    assert told.code == 0, told.out
    page = next((team.folder / ".sparetire/site/current/fr").glob("deversement-*/index.html"))
    text = page.read_text(encoding="utf-8")
    assert "<script>alert" not in text
    assert 'href="javascript' not in text
    assert HOSTILE in unescape(text)


@pytest.mark.parametrize("answer", ["{{ organisation }}", "{{town}}", "XXX", "[DATE]"])
def test_an_answer_that_is_a_blank_itself_is_refused(
    team: Team, tmp_path: Path, answer: str
) -> None:
    launch = ["launch", "--scenario", "spill", "--brief", str(written_brief(tmp_path))]
    refused(team.call(*launch, f"--set=volume.fr={answer}", "--yes", "--json"), 3)
    refused(team.call(*launch, f"--set=town={answer}", "--yes", "--json"), 3)
    assert team.public() == {}
