"""Each rule on press releases lets a good one pass, and sees the bad one, in both languages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sparetire.flows.docs import manual_table
from sparetire.flows.explaining import explain
from sparetire.model.finding import Severity
from sparetire.model.moment import moment_from
from sparetire.model.release import Correction, Picture, Publication, Release, Spokesperson
from sparetire.rules.releases.base import ReleaseDraft, ReleaseRule, rule_from
from sparetire.rules.releases.catalogue import (
    RELEASE_RULES,
    release_findings,
    rules_on_releases,
)
from sparetire.rules.releases.files import FILE_RULES
from sparetire.workspace.releases import read_shelf
from tests.support.demo import demo_newsroom

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
ZONE = "America/Toronto"
Spoil = Callable[[ReleaseDraft, str], ReleaseDraft]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> ReleaseDraft:
    """Return the demo's longest release, which every rule accepts."""
    workspace, settings = demo_newsroom(tmp_path_factory.mktemp("rules") / "boreal")
    shelf = read_shelf(workspace.releases, settings)
    release = next(each for each in shelf.releases if each.name == "quai-agrandi")
    others = tuple(each for each in shelf.releases if each.name != release.name)
    return ReleaseDraft(release, settings, NOW, others)


def said(draft: ReleaseDraft, code: str, **parts: Any) -> ReleaseDraft:
    """Return the draft with parts of one language replaced."""
    wordings = draft.release.wordings
    changed = wordings | {code: replace(wordings[code], **parts)}
    return replace(draft, release=replace(draft.release, wordings=changed))


def with_body(change: Callable[[str], str]) -> Spoil:
    def spoil(draft: ReleaseDraft, code: str) -> ReleaseDraft:
        return said(draft, code, body=change(draft.release.wordings[code].body))

    return spoil


def with_parts(**parts: Any) -> Spoil:
    return lambda draft, code: said(draft, code, **parts)


def about_release(**facts: Any) -> Spoil:
    return lambda draft, _code: replace(draft, release=replace(draft.release, **facts))


def as_the_other(part: str) -> Spoil:
    """Say what another release says too."""

    def spoil(draft: ReleaseDraft, code: str) -> ReleaseDraft:
        other = draft.others[0].wordings[code]
        return said(draft, code, **{part: getattr(other, part)})

    return spoil


def in_another_language_only(draft: ReleaseDraft, code: str) -> ReleaseDraft:
    wordings = {other: one for other, one in draft.release.wordings.items() if other != code}
    return replace(draft, release=replace(draft.release, wordings=wordings))


def public(draft: ReleaseDraft, **facts: Any) -> ReleaseDraft:
    release = draft.release
    slugs = {code: one.slug for code, one in release.wordings.items()}
    then = Publication(NOW, NOW, slugs, dict(release.digests), ("local",))
    return replace(draft, release=replace(release, publication=replace(then, **facts)))


def rewritten(draft: ReleaseDraft, code: str) -> ReleaseDraft:
    before = public(draft)
    return replace(
        before, release=replace(before.release, digests=before.release.digests | {code: "new"})
    )


def moved(draft: ReleaseDraft, code: str) -> ReleaseDraft:
    return said(public(draft), code, slug="une-autre-adresse")


def unreachable(draft: ReleaseDraft, code: str) -> ReleaseDraft:
    return said(draft, code, contact=Spokesperson("Ana Roy", phone="+1 418 555-0142"))


def narrow(draft: ReleaseDraft, code: str) -> ReleaseDraft:
    image = draft.release.wordings[code].picture
    assert image
    return replace(draft, narrow={image.file: 800})


def broken(draft: ReleaseDraft, code: str) -> ReleaseDraft:
    image = draft.release.wordings[code].picture
    assert image
    return replace(draft, broken={image.file: "No such file or directory."})


AHEAD = datetime(2030, 1, 1, 14, 0, tzinfo=UTC)
EARLY, LATE = (moment_from(f"2027-03-01 {hour}:00", ZONE) for hour in ("08", "09"))
QUOTE = "> « Un. Deux. Trois. Quatre. »\n> — Ana Roy, directrice"

SPOILT: list[tuple[str, Spoil]] = [
    ("title-short", with_parts(title="Nouvelle")),
    ("title-shout", with_parts(title="Le quai de Sept-Îles doublera de longueur!")),
    ("title-shout", with_parts(title="QUAI DE SEPT-ÎLES DOUBLERA SA LONGUEUR EN 2027")),
    ("title-twice", as_the_other("title")),
    ("summary", with_parts(summary="Trop court.")),
    ("summary", with_parts(summary="x" * 177 + ".")),
    (
        "summary",
        with_parts(summary="Un résumé assez long, mais sans point à la fin de sa phrase"),
    ),
    ("address-words", with_parts(slug="quai")),
    ("address-words", with_parts(slug="a-b-c-d-e-f-g-h-i")),
    ("address-taken", as_the_other("slug")),
    ("lead", with_body(lambda body: "Grande nouvelle.\n\n" + body)),
    ("lead-long", with_body(lambda body: "mot " * 70 + "\n\n" + body)),
    ("too-short", with_parts(body="Trois lignes à peine.\n")),
    ("length", with_body(lambda body: body[:900])),
    ("length", with_body(lambda body: body * 4)),
    ("quote", with_body(lambda body: body.replace("> ", ""))),
    ("quote", with_body(lambda body: body.replace(", ", " "))),
    ("quote-long", with_body(lambda body: f"{body}\n\n{QUOTE}")),
    ("sentences-long", with_body(lambda body: body.replace(". ", ", "))),
    ("links", with_body(lambda body: f"{body}\n\n[Cliquez ici](https://a.example)")),
    ("links", with_body(lambda body: f"{body}\n\n[Click here](https://a.example)")),
    ("links", with_body(lambda body: body + "[a](https://a.example) " * 6)),
    ("embargo-line", with_body(lambda body: f"SOUS EMBARGO\n\n{body}")),
    ("embargo-line", with_body(lambda body: f"EMBARGOED UNTIL 9 A.M.\n\n{body}")),
    ("place", with_parts(place="")),
    ("about", with_parts(boilerplate="Une entreprise.")),
    ("contact", unreachable),
    ("tags", with_parts(tags=())),
    ("picture", with_parts(picture=None)),
    ("picture", narrow),
    ("picture-broken", broken),
    ("picture-words", with_parts(picture=Picture("quai.jpg", alt="", credit="Ana Roy"))),
    ("picture-words", with_parts(picture=Picture("quai.jpg", alt="Le quai au soleil"))),
    ("language", in_another_language_only),
    ("figures", with_body(lambda body: body.replace("420", "430"))),
    ("figures", with_body(lambda body: body.replace("0199", "0198"))),
    ("quotes-differ", with_body(lambda body: f"{body}\n\n> Encore.\n> — Ana Roy, directrice")),
    ("date-ahead", about_release(dated=AHEAD)),
    ("embargo-first", about_release(publish_at=EARLY, embargo=LATE)),
    ("rewritten", rewritten),
    ("address-moved", moved),
]


def rule_named(name: str) -> ReleaseRule:
    [rule] = [rule for rule in RELEASE_RULES if rule.id == f"release-{name}"]
    return rule


@pytest.mark.parametrize("rule", RELEASE_RULES, ids=lambda rule: rule.id)
def test_a_good_release_passes(rule: ReleaseRule, clean: ReleaseDraft) -> None:
    assert list(rule.findings(clean)) == []


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize(
    ("name", "spoil"), SPOILT, ids=[f"{name}-{at}" for at, (name, _) in enumerate(SPOILT)]
)
def test_a_bad_release_is_seen_with_its_place_and_its_remedy(
    name: str, spoil: Spoil, code: str, clean: ReleaseDraft
) -> None:
    findings = list(rule_named(name).findings(spoil(clean, code)))
    assert findings
    for finding in findings:
        assert finding.place.startswith("quai-agrandi.")
        assert finding.remedy.endswith((".", '"'))


def test_every_rule_has_a_bad_example() -> None:
    assert {f"release-{name}" for name, _ in SPOILT} == {rule.id for rule in RELEASE_RULES}


@pytest.mark.parametrize("rule", RELEASE_RULES, ids=lambda rule: rule.id)
def test_a_rule_explains_itself(rule: ReleaseRule) -> None:
    told = rules_on_releases()[rule.id].explanation
    for part in (f"Severity: {rule.severity}.", f"Source: {rule.source}", "Fails:", "Passes:"):
        assert part in told


def test_every_rule_explains_itself_in_french_too() -> None:
    rules, more = rules_on_releases(), manual_table("examples", "fr")
    used = {rule.source for rule in rules.values()}
    assert [source for source in more.pop("sources") if source not in used] == []
    named = {rule.id for rule in RELEASE_RULES} | {rule.id for rule in FILE_RULES}
    assert more.keys() == named
    for name in rules:
        told, english = explain(name, "fr").explanation, rules[name].explanation
        assert "Gravité\u00a0: " in told
        assert "Source\u00a0: " in told
        assert told.count("\n") >= 2
        assert (name in more) == ("Passe\u00a0: " in told) == ("Passes: " in english)


def test_a_rule_that_does_not_explain_itself_is_none() -> None:
    with pytest.raises(ValueError, match="says no severity"):
        rule_from(lambda _draft: iter(()))


def test_the_rules_on_any_public_words_hold_for_releases_too(clean: ReleaseDraft) -> None:
    assert list(release_findings(clean)) == []
    for bad in ("[DATE]", "Un \x07 signe", "Ceci est un EXERCICE"):
        spoilt = with_body(lambda body, bad=bad: f"{body}\n{bad}\n")(clean, "fr")  # type: ignore[misc]  # of a lambda's default
        assert any(one.severity is Severity.ERROR for one in release_findings(spoilt)), bad


def test_a_dated_note_lets_public_words_change(clean: ReleaseDraft) -> None:
    before = rewritten(clean, "fr")
    note = Correction(NOW + timedelta(hours=1), "La longueur était inexacte.")
    assert list(rule_named("rewritten").findings(said(before, "fr", corrections=(note,)))) == []


def test_a_date_ahead_may_be_scheduled(clean: ReleaseDraft) -> None:
    scheduled = about_release(dated=AHEAD, publish_at=LATE)(clean, "fr")
    assert list(rule_named("date-ahead").findings(scheduled)) == []


def test_demo_releases_have_no_error(tmp_path: Path) -> None:
    workspace, settings = demo_newsroom(tmp_path / "boreal")
    shelf = read_shelf(workspace.releases, settings)
    assert shelf.problems == ()
    assert len(shelf.releases) == 12

    def errors(release: Release) -> list[str]:
        draft = ReleaseDraft(release, settings, NOW)
        found = release_findings(draft)
        return [
            f"{one.place}: {one.message}" for one in found if one.severity is Severity.ERROR
        ]

    assert [errors(release) for release in shelf.releases] == [[]] * 12
