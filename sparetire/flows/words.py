"""The words of a run, as the rules look at them."""

from contextlib import suppress

from sparetire.errors import UsageFault
from sparetire.flows.session import Session
from sparetire.model.incident import Incident
from sparetire.rules.base import Draft
from sparetire.stages.fill.answers import Answers

__all__ = ["draft_of"]


def draft_of(session: Session, answers: Answers, incident: Incident) -> Draft:
    """Return the newest words of an incident, for the rules to look at."""
    forbidden: dict[str, tuple[str, ...]] = {}
    if incident.scenario:
        from sparetire.flows.scenario import chosen_scenario  # noqa: PLC0415  slow to import

        with suppress(UsageFault):  # a colleague's scenario may not be here
            scenario = chosen_scenario(session.workspace, incident.scenario)
            forbidden = scenario.outline.forbidden
    return Draft(
        incident=incident,
        languages=tuple(language.code for language in session.settings.languages),
        only=answers.only,
        places={code: document.place for code, document in answers.documents.items()},
        exercise=session.settings.exercise,
        forbidden=forbidden,
        leads_out={
            code: document.leads_out
            for code, document in answers.documents.items()
            if document.leads_out
        },
    )
