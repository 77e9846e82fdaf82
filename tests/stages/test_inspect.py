"""A built site is looked at by every rule; one error is enough to stop it."""

from dataclasses import replace

import pytest

from sparetire.errors import ExitCode
from sparetire.model.edition import Edition
from sparetire.model.finding import Severity
from sparetire.model.manifest import Manifest
from sparetire.rules.base import Built
from sparetire.stages.inspect import FindingsRefused, inspect_draft, inspect_edition
from sparetire.workspace.layout import Workspace
from tests.support.draft import BODIES, draft, spoilt
from tests.support.workspaces import incident, source_of


@pytest.fixture
def built(edition: Edition, shared_workspace: Workspace) -> Built:
    source = source_of(shared_workspace, incident())
    return Built(
        bodies=edition.bodies,
        manifest=edition.manifest,
        incidents=source.incidents,
        settings=source.settings,
        routes=source.routes,
        unpublished={},
    )


def test_the_site_that_we_build_breaks_no_rule(built: Built) -> None:
    assert [one for one in inspect_edition(built) if one.severity is Severity.ERROR] == []


def test_a_leak_stops_the_site(built: Built) -> None:
    # As if a draft had been built: no incident that the site is meant to carry says it.
    leak = replace(built, incidents=(), unpublished={"releases/secret.md": BODIES["fr"]})
    with pytest.raises(FindingsRefused) as refused:
        inspect_edition(leak)
    assert refused.value.exit_code == ExitCode.CONTENT_REFUSED
    assert any("secret.md" in why for why in refused.value.why)


def test_words_without_a_fault_pass() -> None:
    assert [one for one in inspect_draft(draft()) if one.severity is Severity.ERROR] == []


def test_all_errors_are_told_at_once_and_each_remedy_once() -> None:
    words = spoilt("fr", title="", body="")
    with pytest.raises(FindingsRefused, match="things must be put right") as refused:
        inspect_draft(words)
    errors = [one for one in refused.value.findings if one.severity is Severity.ERROR]
    assert len(refused.value.why) == len(errors) > 1
    for one in errors:
        assert refused.value.then.count(one.remedy) == 1


def test_pages_in_two_languages_stand_in_one_portion(built: Built) -> None:
    names = [f"2026/{number:03}.html" for number in range(300)]
    paths = (
        *(f"en/news/{name}" for name in names),
        *(f"fr/communiques/{name}" for name in names),
    )
    for portion in replace(built, portion=paths).portions():
        english = {path.removeprefix("en/news/") for path in portion.fresh if path[0] == "e"}
        french = {path.removeprefix("fr/communiques/") for path in portion.fresh} & {*names}
        assert english == french


def test_a_large_site_is_looked_at_in_portions(built: Built) -> None:
    several = list(
        replace(built, portion=tuple(f"{number}.html" for number in range(450))).portions()
    )
    assert [len(one.fresh) for one in several] == [200, 200, 50]
    assert [path for one in several for path in one.fresh] == [f"{n}.html" for n in range(450)]


def test_what_was_inspected_before_is_not_looked_at_again(built: Built) -> None:
    leak = replace(built, incidents=(), unpublished={"releases/secret.md": BODIES["fr"]})
    paths = frozenset(built.manifest.entries)
    assert inspect_edition(replace(leak, inspected=paths)) == ()
    with pytest.raises(FindingsRefused):
        inspect_edition(replace(leak, inspected=paths - {"fr/deversement-riviere/index.html"}))


def test_words_of_a_public_release_are_no_leak(built: Built) -> None:
    draft_of_tomorrow = {"releases/tomorrow.fr.md": BODIES["fr"]}
    leak = replace(built, incidents=(), unpublished=draft_of_tomorrow)
    assert inspect_edition(replace(leak, released=lambda: [BODIES["fr"]])) is not None


def test_what_has_passed_is_looked_at_only_by_rules_that_see_the_rest(built: Built) -> None:
    page = "fr/deversement-riviere/index.html"
    leak = replace(built, incidents=(), unpublished={"releases/secret.md": BODIES["fr"]})
    others = frozenset(built.manifest.entries) - {page}
    with pytest.raises(FindingsRefused):
        inspect_edition(replace(leak, passed=others))
    passed = replace(leak, passed=frozenset(built.manifest.entries))
    assert [one for one in inspect_edition(passed) if one.severity is Severity.ERROR] == []
    kept = {path: one for path, one in built.manifest.entries.items() if path != page}
    with pytest.raises(FindingsRefused) as refused:
        inspect_edition(replace(passed, manifest=Manifest(kept)))
    assert {one.rule for one in refused.value.findings} >= {"link-broken", "head-hreflang"}
