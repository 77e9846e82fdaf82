"""A workspace may put parts of its own into the theme, and is told what it may rely on."""

from dataclasses import replace
from pathlib import Path

import pytest

from sparetire.errors import BuildFault, ConfigurationFault
from sparetire.flows.theming import PARTS, theme_page
from sparetire.resources import theme_folder
from sparetire.workspace.layout import Workspace
from tests.support.command import call, refused
from tests.support.editions import body_of
from tests.support.workspaces import build, incident, source_of, workspace_in

TEMPLATES = theme_folder("sparetire") / "templates"
BIG = "range(100000)"
PAGE = "fr/deversement-riviere/index.html"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_in(tmp_path / "boreal")


def own(workspace: Workspace, name: str, text: str) -> None:
    path = workspace.own_theme / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def page(workspace: Workspace) -> str:
    source = replace(source_of(workspace, incident()), own_theme=workspace.own_theme)
    return body_of(build(workspace, source), PAGE).read_text("utf-8")


def test_a_part_stands_in_for_ours_and_may_include_it(workspace: Workspace) -> None:
    own(
        workspace,
        "templates/_footer.html",
        "<p>Nous d’abord</p>{% include '!theme/_footer.html' %}",
    )
    text = page(workspace)
    assert text.index("Nous d’abord") < text.index('class="proof"')


def test_rules_come_after_ours_and_the_policy_knows_them(workspace: Workspace) -> None:
    before = page(workspace)
    own(workspace, "style.css", "h1 { color: var(--link) }")
    after = page(workspace)
    style = after.partition("<style>")[2].partition("</style>")[0]
    assert style.endswith("h1{color: var(--link)}")
    assert before.partition("sha256-")[2][:40] != after.partition("sha256-")[2][:40]


def test_a_changed_part_is_rendered_again(workspace: Workspace) -> None:
    own(workspace, "templates/_footer.html", "<p>un</p>")
    assert "<p>un</p>" in page(workspace)
    own(workspace, "templates/_footer.html", "<p>deux</p>")
    assert "<p>deux</p>" in page(workspace)


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("{{ nothing.here }}", "'nothing' is undefined"),
        ("{{ page.no_such_field }}", "no_such_field"),
        ("{% if %}", "Expected an expression"),
        ("{% include 'no-such.html' %}", "no-such.html"),
        ("{{ 1 / 0 }}", "division by zero"),
    ],
)
def test_a_broken_part_is_named_with_its_line(
    workspace: Workspace, broken: str, why: str
) -> None:
    own(workspace, "templates/_footer.html", f"<p>Nous d’abord</p>\n{broken}")
    with pytest.raises(ConfigurationFault) as caught:
        page(workspace)
    assert caught.value.what.endswith("brand/theme/templates/_footer.html cannot be used.")
    assert caught.value.why[0].startswith("Line 2: ")
    assert why in caught.value.why[0]


@pytest.mark.parametrize(
    ("hostile", "why"),
    [
        ("{{ cycler.__init__.__globals__.os.popen('touch ran').read() }}", "unsafe"),
        ("{{ page.update({'title': 'Autre'}) }}", "unsafe"),
        ("{{ DOCUMENTS }}", "'DOCUMENTS' is undefined"),
        ("{% include '../../../sparetire.toml' %}", "sparetire.toml"),
        ("{% include '/etc/passwd' %}", "passwd"),
        ("{% include '_footer.html' %}", "recursion"),
        ("{{ range(10**9)|list }}", "Range too big"),
        ("{{ 'a' * 10**10 }}", "MemoryError"),
        (f"{{% for a in {BIG} %}}{{% for b in {BIG} %}}{{% endfor %}}{{% endfor %}}", "time"),
    ],
)
def test_a_hostile_part_is_named_and_ends_nothing_else(
    workspace: Workspace, hostile: str, why: str
) -> None:
    own(workspace, "templates/_footer.html", f"<p>Nous d’abord</p>\n{hostile}")
    told = refused(call("-w", str(workspace.root), "prepare", "--dry-run", "--json"), 4)
    assert told["what"].endswith("brand/theme/templates/_footer.html cannot be used.")
    assert why in told["why"][0]
    assert not Path("ran").exists()


@pytest.mark.parametrize("name", ["templates/_footer.html", "style.css"])
def test_a_part_that_is_a_link_to_a_file_elsewhere_is_not_published(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    (tmp_path / "credentials").write_text("aws_secret_access_key = canary", encoding="utf-8")
    own(workspace, "templates/_brand.html", "")
    part = workspace.own_theme / name
    part.symlink_to(tmp_path / "credentials")
    told = refused(call("-w", str(workspace.root), "prepare", "--dry-run", "--json"), 4)
    assert name in told["what"]
    assert "leads out" in told["why"][0]


def test_a_theme_that_is_itself_a_link_is_followed(
    workspace: Workspace, tmp_path: Path
) -> None:
    own(workspace, "templates/_footer.html", "<p>partagé</p>")
    workspace.own_theme.rename(shared := tmp_path / "shared")
    workspace.own_theme.symlink_to(shared)
    assert "<p>partagé</p>" in page(workspace)


def test_a_part_that_is_not_text_is_named(workspace: Workspace) -> None:
    own(workspace, "templates/_footer.html", "")
    (workspace.own_theme / "templates" / "_footer.html").write_bytes("é".encode("latin-1"))
    told = refused(call("-w", str(workspace.root), "prepare", "--dry-run", "--json"), 4)
    assert "_footer.html" in told["what"]


def test_a_part_of_ours_that_fails_in_yours_is_not_your_mistake(workspace: Workspace) -> None:
    text = "{% set page = 1 %}{% include '!theme/_head.html' %}"
    own(workspace, "templates/_footer.html", text)
    with pytest.raises(BuildFault):
        page(workspace)


def test_a_part_with_a_script_stops_the_launch(workspace: Workspace) -> None:
    own(workspace, "templates/_footer.html", "<script>alert(1)</script>")
    outcome = call("-w", str(workspace.root), "prepare", "--dry-run", "--json")
    assert outcome.code == 3, outcome.out
    assert "script" in {one["rule"] for one in outcome.json["findings"]}


def test_the_check_tells_what_is_replaced_and_what_is_never_read(workspace: Workspace) -> None:
    own(workspace, "templates/_state.html", "<p>…</p>")
    own(workspace, "templates/_head.html", "{% include '!theme/_head.html' %}")
    own(workspace, "_brand.html", "<p>…</p>")
    told = call("-w", str(workspace.root), "brand", "check", "--json").json
    assert "Your own _head.html, _state.html stand in for the theme's." in told["passed"]
    rules = {one["rule"]: one["place"] for one in told["findings"]}
    assert rules["theme-stray"] == "brand/theme/_brand.html"
    assert rules["theme-unpromised"] == "brand/theme/templates/_head.html"


def test_every_part_that_is_promised_is_there() -> None:
    assert {name for name in PARTS if not (TEMPLATES / name).is_file()} == set()


@pytest.mark.parametrize("code", ["fr", "en"])
def test_the_manual_names_every_part_token_and_block(code: str) -> None:
    text = theme_page(code)
    for told in (*PARTS, "var(--on-fill)", "`main`", "!theme/_footer.html"):
        assert told in text
    assert "{{ parts }}" not in text
