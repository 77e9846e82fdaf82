from dataclasses import replace

import pytest

from tests.support.draft import draft_findings, spoilt

FORBIDDEN: dict[str, tuple[str, ...]] = {
    "fr": ("erreur humaine", "aucun danger", "c’est la faute"),
    "en": ("human error", "no danger"),
}


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        ("fr", "Il n’y a AUCUN\u00a0DANGER.", True),
        ("fr", "L’Erreur humaine est exclue.", True),
        ("fr", "C'est la FAUTE du vent.", True),
        ("fr", "Nous disons « no danger ».", False),
        ("fr", "Aucune erreur dans les chiffres.", False),
        ("en", "There is no danger.", True),
        ("en", "There are no dangerous goods.", False),
    ],
)
def test_what_the_scenario_forbids_is_refused(code: str, text: str, *, said: bool) -> None:
    words = replace(spoilt(code, body=text), forbidden=FORBIDDEN)
    assert bool(draft_findings("claim-forbidden", words)) is said


def test_without_a_scenario_nothing_is_forbidden() -> None:
    assert not draft_findings("claim-forbidden", spoilt("fr", body="Aucun danger."))
