from pathlib import Path

import pytest

from sparetire.rules.leaks import carrier
from sparetire.workspace.releases_unpublished import PART
from tests.rules.spoil import after_adding, after_replacing
from tests.support.draft import BODIES
from tests.support.site import INCIDENT_PAGES, built, built_findings, clean_site, settings

SECRETS = {
    "fr": (
        "Rappel du chauffe-eau Boréal 40\n\n"
        "Nous rappelons **tous** les chauffe-eau fabriqués à Lévis entre mars et juin, parce "
        "que leur soupape peut céder sous la pression et brûler quelqu’un."
    ),
    "en": (
        "Boreal 40 water heater recall\n\n"
        "We are recalling **every** water heater made in Lévis between March and June, because "
        "its valve may fail under pressure and burn somebody nearby."
    ),
}
LEAKS = {
    "fr": "tous les chauffe-eau fabriqués à Lévis entre mars et juin, parce que leur soupape",
    "en": "every water heater made in Lévis between March and June, because its valve may",
}
BOTH = [(code, INCIDENT_PAGES[code]) for code in LEAKS]


def _unpublished(code: str) -> dict[str, dict[str, str]]:
    return {"unpublished": {f"scenarios/rappel/{code}.md": SECRETS[code]}}


@pytest.mark.parametrize(
    "path",
    [
        "drafts/rappel.html",
        "fr/drafts/rappel/index.html",
        "fr/brouillons/a.html",
        "scenarios/spill/index.html",
        "fr/enonce.md",
        "statement.MD",
        "sparetire.toml",
        "live.json",
        "ledger.jsonl",
        ".htpasswd",
        ".git/config",
        "fr/.DS_Store",
        ".well-known/.secret/a.txt",
        "assets/photo.jpg.bak",
        "fr/enonce.docx",
    ],
)
def test_a_private_path_is_seen(path: str, tmp_path: Path) -> None:
    (finding,) = after_adding(tmp_path, "leak-draft", path, "")
    assert finding.place == path


@pytest.mark.parametrize(
    "path",
    [
        ".well-known/security.txt",
        "fr/scenarios-de-relance/index.html",
        "en/drafts-law/index.html",
        "en/releases/index.html",
        "assets/fiche.0a1b2c3d.pdf",
        "site.webmanifest",
    ],
)
def test_a_public_path_passes(path: str, tmp_path: Path) -> None:
    assert not after_adding(tmp_path, "leak-draft", path, "")


@pytest.mark.parametrize(("code", "path"), BOTH)
@pytest.mark.parametrize(
    "form",
    [
        "<p>{}</p>",
        "<!-- {} -->",
        '<p title="{}">a</p>',
        '<meta name="description" content="{}">',
        '<script type="application/ld+json">"{}"</script>',
    ],
)
def test_unpublished_words_are_found_wherever_they_hide(
    code: str, path: str, form: str, tmp_path: Path
) -> None:
    text = form.format(LEAKS[code])
    (finding,) = after_replacing(
        tmp_path, "leak-text", path, "<main", f"{text}<main", **_unpublished(code)
    )
    assert finding.place == path
    assert f"scenarios/rappel/{code}.md" in finding.message


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        lambda text: text.replace("é", "&eacute;").replace("L&eacute;vis", "Le\u0301vis"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("chauffe", "chauf\u00adfe"),
        lambda text: text.replace("mars", "<strong>mars</strong>"),
        lambda text: text.replace(" et ", "</p>\n<p>et "),
    ],
)
def test_typography_and_tags_hide_nothing(change: object, tmp_path: Path) -> None:
    assert callable(change)
    text = f"<p>{change(LEAKS['fr'])}</p><main"
    assert after_replacing(
        tmp_path, "leak-text", INCIDENT_PAGES["fr"], "<main", text, **_unpublished("fr")
    )


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize(
    "form",
    [
        "<description>{}</description>",
        "<description>&lt;p&gt;{}&lt;/p&gt;</description>",
        "<description><![CDATA[<p>{}</p>]]></description>",
    ],
)
def test_feeds_are_searched(code: str, form: str, tmp_path: Path) -> None:
    text = form.format(LEAKS[code].replace(" Lévis ", " &lt;b&gt;Lévis&lt;/b&gt; "))
    (finding,) = after_replacing(
        tmp_path,
        "leak-text",
        f"{code}/feed.xml",
        "</item>",
        f"{text}</item>",
        **_unpublished(code),
    )
    assert finding.place == f"{code}/feed.xml"


@pytest.mark.parametrize(
    ("path", "form"), [("assets/index.json", '"{}"'), ("humans.txt", "{}")]
)
def test_other_text_files_are_searched(path: str, form: str, tmp_path: Path) -> None:
    files = clean_site() | {path: form.format(LEAKS["en"])}
    site = built(tmp_path, files, **_unpublished("en"))
    assert [finding.place for finding in built_findings("leak-text", site)] == [path]


@pytest.mark.parametrize(("code", "path"), BOTH)
def test_eleven_words_are_no_proof(code: str, path: str, tmp_path: Path) -> None:
    few = " ".join(LEAKS[code].split()[:10])
    assert not after_replacing(
        tmp_path, "leak-text", path, "<main", f"<p>{few}.</p><main", **_unpublished(code)
    )


@pytest.mark.parametrize(
    ("secret", "shown", "found"),
    [
        ("Rappel du chauffe-eau Boréal", "rappel du CHAUFFE-EAU boreal", 1),
        ("Notes :\nFermeture de l’usine de Lévis", "La fermeture de l’usine de Lévis.", 1),
        ("Fermeture imminente\nUsine", "Fermeture imminente, usine", 0),
        ("Water heater recall in Lévis", "A water heater recall in Lévis", 1),
    ],
)
def test_a_short_text_is_found_by_its_lines(
    secret: str, shown: str, found: int, tmp_path: Path
) -> None:
    findings = after_replacing(
        tmp_path,
        "leak-text",
        INCIDENT_PAGES["fr"],
        "<main",
        f"<p>{shown}</p><main",
        unpublished={"releases/a.md": secret},
    )
    assert len(findings) == found


@pytest.mark.parametrize("code", ["fr", "en"])
def test_a_scenario_may_lend_its_words_to_the_statement(code: str, tmp_path: Path) -> None:
    site = built(tmp_path, clean_site(), unpublished={"scenarios/spill.md": BODIES[code]})
    assert not built_findings("leak-text", site)


@pytest.mark.parametrize("code", ["fr", "en"])
def test_a_release_lends_the_statement_nothing(code: str, tmp_path: Path) -> None:
    site = built(tmp_path, clean_site(), unpublished={"releases/sale.md": BODIES[code]})
    places = {finding.place for finding in built_findings("leak-text", site)}
    assert INCIDENT_PAGES[code] in places


def test_the_same_words_leak_when_no_incident_says_them(tmp_path: Path) -> None:
    site = built(
        tmp_path, clean_site(), unpublished={"scenarios/spill.md": BODIES["fr"]}, incidents=()
    )
    assert [finding.place for finding in built_findings("leak-text", site)] == [
        INCIDENT_PAGES["fr"]
    ]


def test_the_boilerplate_is_no_secret(tmp_path: Path) -> None:
    about = (
        "Boreal Minerals has mined and refined copper in eastern Quebec since the year 1931."
    )
    organisation = settings().organisation.model_dump() | {"boilerplate": about}
    files = clean_site()
    files["en/index.html"] = files["en/index.html"].replace("<main", f"<p>{about}</p><main")
    site = built(
        tmp_path,
        files,
        unpublished={"releases/results.md": f"Results.\n\n{about}"},
        settings=settings(organisation=organisation),
    )
    assert not built_findings("leak-text", site)


def test_a_standing_page_is_no_secret_of_the_scenario_that_holds_a_copy(tmp_path: Path) -> None:
    files, copies = (
        clean_site(),
        {"unpublished": {"scenarios/spill/en/about.md": SECRETS["en"]}},
    )
    files["en/index.html"] = files["en/index.html"].replace("<main", f"{LEAKS['en']}<main")
    assert built_findings("leak-text", built(tmp_path, files, **copies))
    site = built(tmp_path, files, **copies, standing=(SECRETS["en"],))
    assert not built_findings("leak-text", site)


@pytest.mark.parametrize(("code", "path"), BOTH)
def test_what_the_live_site_shows_is_no_secret(code: str, path: str, tmp_path: Path) -> None:
    files = clean_site()
    files[path] = files[path].replace("<main", f"<p>{LEAKS[code]}</p><main")
    site = built(tmp_path, files, **_unpublished(code))
    assert built_findings("leak-text", site)

    shown = f'<p title="{LEAKS[code]}">Boréal</p>'
    seen = built(tmp_path, files, **_unpublished(code), live=lambda: [shown])

    assert not built_findings("leak-text", seen)


def test_no_live_file_is_read_where_nothing_was_found(tmp_path: Path) -> None:
    def read_live() -> list[str]:
        raise AssertionError("a launch that leaks nothing reads nothing")

    assert not built_findings(
        "leak-text", built(tmp_path, clean_site(), **_unpublished("fr"), live=read_live)
    )


def test_no_stretch_reaches_from_one_part_of_a_draft_into_the_next(tmp_path: Path) -> None:
    title, summary = "Boreal 40 water heater recall", "Every heater made in Lévis may burn"
    long = " ".join(f"word{number}" for number in range(14))
    parts = {"releases/a.en.md": PART.join([title, summary, long])}
    files = clean_site()
    path = INCIDENT_PAGES["en"]
    for shown, found in ((f"{title}. {summary}", 0), (long, 1)):
        page = {path: files[path].replace("<main", f"<p>{shown}</p><main")}
        site = built(tmp_path, files | page, unpublished=parts)
        assert len(built_findings("leak-text", site)) == found


def test_a_carrier_knows_titles_and_stretches_and_nothing_else() -> None:
    carries = carrier(["Panne à Sept-Îles", LEAKS["en"], "Oui"])
    assert carries("<title>PANNE A SEPT-ILES</title>")
    assert carries(f"<p>{LEAKS['en']}</p>")
    assert not carries("<p>Panne à Fermont. Oui.</p>")
