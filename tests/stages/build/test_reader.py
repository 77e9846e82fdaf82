"""A document tells a template what was put into it, with its words as clean HTML."""

import json
from datetime import UTC, datetime

from sparetire.stages.build.reader import read_page


def document(body: str, **facts: object) -> str:
    told = {"path": "fr/a/index.html", "rendered": False, **facts}
    return f"{json.dumps(told)}\n{{}}\n{body}"


def test_instants_come_through_wherever_they_are() -> None:
    told = datetime(2026, 11, 1, 13, 30, tzinfo=UTC)
    page = read_page(document("", rows=[{"published": told.isoformat(), "updated": ""}]), "fr")
    assert page["rows"] == [{"published": told, "updated": ""}]


def test_the_words_of_a_page_are_clean_and_set_and_never_take_the_place_of_a_fact() -> None:
    body = '{"path": "x"}\n\n<script>x</script>\n\nVrai ?'
    page = read_page(document(body, title="A"), "fr")
    assert (page["title"], page["path"]) == ("A", "fr/a/index.html")
    assert page["structured"] == "{}"
    assert "script" not in page["content"]
    assert page["content"].endswith("Vrai\u202f?</p>")


def test_words_that_are_html_already_stay_as_they_are() -> None:
    page = read_page(document("<p>Vrai ?</p>\n<p>*Oui*</p>", rendered=True), "fr")
    assert page["content"] == "<p>Vrai ?</p>\n<p>*Oui*</p>"


def test_each_statement_has_its_own_words_and_its_own_way_to_files() -> None:
    plan = f"assets/{'0' * 32}-40x30.png"
    said = [{"body": f"![Plan]({plan})", "anchor": "s1"}]
    page = read_page(document("", statements=said), "en")
    assert f'src="../../{plan}"' in page["statements"][0]["content"]
