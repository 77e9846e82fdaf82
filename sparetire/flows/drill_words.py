"""What a drill says when nobody writes anything: a scenario's examples, and ready texts."""

from io import BytesIO

from sparetire import clock, resources
from sparetire.flows.amend import notice
from sparetire.flows.scenario import asked_of, tell_scenario
from sparetire.flows.session import Session
from sparetire.flows.site import EXERCISE
from sparetire.model.scorecard import Task
from sparetire.stages.fill.answers import Answers
from sparetire.stages.fill.documents import read_documents
from sparetire.stages.fill.exercise import example_brief
from sparetire.stages.fill.notices import Reason
from sparetire.workspace.scenarios import Scenario

__all__ = ["prepared_words"]

_NAMES = {
    Task.UPDATE: "update",
    Task.FIGURE: "figure",
    Task.CORRECT: "correction",
}


def prepared_words(session: Session, task: Task, scenario: Scenario) -> Answers:
    """Return words for a task, in every language of the site that a drill speaks.

    Raises:
        ContentRefused: The scenario has no text in one of the languages.
        ConfigurationFault: No notice is ready in one of them.
    """
    match task:
        case Task.LAUNCH | Task.LANGUAGE:
            asked = asked_of(session.settings, None, clock.now())
            told = tell_scenario(
                scenario, example_brief(scenario, asked), session.settings, asked
            )
            return told if task is Task.LAUNCH else Answers(documents=told.documents)
        case Task.WITHDRAW:
            return notice(session, Reason.ERROR)
        case Task.CLEAR:
            return notice(session, Reason.EXERCISE)
        case _:
            return _ready(session, _NAMES[task])


def _ready(session: Session, name: str) -> Answers:
    shipped, own = resources.skeleton_folder(EXERCISE), session.workspace.scenarios / EXERCISE
    languages = session.settings.languages
    sources = {}
    for language in languages:
        file = f"{name}.{language.code}.md"
        # A language of which we have no text rehearses with the English one.
        spare = shipped / f"{name}.en.md"
        found = next((one for one in (own / file, shipped / file) if one.is_file()), spare)
        sources[language.code] = str(found)
    return Answers(documents=read_documents(sources, languages, BytesIO()))
