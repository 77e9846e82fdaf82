"""The manual: what it tells to type at night is never a false public statement."""

import re
from pathlib import Path

import pytest

from sparetire.flows.docs import LANGUAGES, page

WITHDRAW = re.compile(r"withdraw --reason (\w+)")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", ["trouble", "during", "card"])
def test_a_text_that_is_wrong_leads_to_the_notice_that_says_so(
    topic: str, language: str
) -> None:
    text = page(topic, language)
    reasons = WITHDRAW.findall(text)
    assert reasons[0] == "wrong", "the first notice named must hold in a real crisis"
    # The notices that say that nothing happened are named with that warning.
    nothing = {"fr": "ne s’est rien passé", "en": "othing happened"}[language]
    assert nothing in " ".join(text.split())


def test_the_readme_withdraws_a_real_statement_as_wrong() -> None:
    readme = Path(__file__).parents[2] / "README.md"
    assert WITHDRAW.findall(readme.read_text("utf-8"))[0] == "wrong"
