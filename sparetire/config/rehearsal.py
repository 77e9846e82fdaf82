"""Where drills go: a staging target has a type of its own, and never becomes a live one.

The settings of a drill know of no live target, no real receiver of announcements, no press
release. What a drill cannot name, no mistake in it can reach.
"""

from dataclasses import dataclass

from typing_extensions import override

from sparetire.config.announce import Announce, Webhook
from sparetire.config.schema import Settings, Target
from sparetire.config.services import DirectoryService, Service
from sparetire.errors import ConfigurationFault

__all__ = [
    "DESK",
    "DESK_VARIABLE",
    "DOWN",
    "HUB",
    "INDEXNOW",
    "Rehearsal",
    "RehearsalTarget",
    "StagingTarget",
    "rehearse",
    "staging_target",
]

DOWN = "primary"  # the name of the target that a drill pretends to have lost
HUB, INDEXNOW, DESK = "/hub", "/indexnow", "/desk"
DESK_VARIABLE = "SPARETIRE_DRILL_DESK"  # of a drill's own environment, never of the machine's
_KEY = "exercise-exercise"  # a drill's site is nobody's: it needs no secret
_NOWHERE = "http://127.0.0.1:9"  # the discard port (RFC 863): nothing of ours listens there


@dataclass(frozen=True, slots=True)
class StagingTarget:
    """A place for drills; nothing that publishes takes one."""

    name: str
    service: Service


@dataclass(frozen=True, slots=True)
class RehearsalTarget(Target):
    """A staging target inside a drill: what is said there is said to nobody."""

    @property
    @override
    def public(self) -> bool:
        return False


class Rehearsal(Settings):
    """The settings of a drill."""

    @property
    @override
    def exercise(self) -> bool:
        return True

    @override
    def target(self, name: str) -> Target:
        return RehearsalTarget(name=name, service=self.targets[name])


def staging_target(settings: Settings) -> StagingTarget:
    """Return the staging target that ``crisis.drill`` names.

    Raises:
        ConfigurationFault: It names none.
    """
    name = settings.crisis.drill
    if name is None:
        raise ConfigurationFault(
            "There is no place to rehearse.",
            why="crisis.drill in sparetire.toml names no staging target.",
            then="Add a [staging.rehearsal] table and crisis.drill; sparetire docs config "
            "shows both.",
        )
    return StagingTarget(name, settings.staging[name])


def rehearse(
    settings: Settings, staging: StagingTarget, *, approvals: int, receivers: str
) -> Rehearsal:
    """Return the settings of a drill; beside the staging target they name one that is down.

    Args:
        settings: Those of the organisation.
        staging: Where the drill goes.
        approvals: How many must sign in this drill.
        receivers: Where those listen who are told of it.
    """
    down = DirectoryService(host="directory", path=".sparetire/nowhere", url=_NOWHERE)
    crisis = settings.crisis.model_copy(
        update={"targets": (staging.name,), "drill": None, "approvals": approvals}
    )
    return Rehearsal.model_validate(
        {
            **dict(settings),
            "targets": {DOWN: down, staging.name: staging.service},
            "staging": {},
            "crisis": crisis,
            "newsroom": settings.newsroom.model_copy(update={"targets": ()}),
            "announce": Announce(
                hubs=(receivers + HUB,),
                indexnow=receivers + INDEXNOW,
                indexnow_key=_KEY,
                webhooks=(Webhook(name="desk", url_env=DESK_VARIABLE),),
            ),
        }
    )
