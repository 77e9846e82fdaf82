"""Where drills are kept: each a folder of its own, apart from all that is live."""

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from typing_extensions import override

from sparetire.disk import local_disk, write_atomic
from sparetire.model.scorecard import Inject, Score, Scorecard, Task
from sparetire.workspace.layout import Workspace

__all__ = ["RehearsalWorkspace", "keep_page", "keep_scorecard", "read_scorecards", "tidy"]

_FILE = "scorecard.json"


@dataclass(frozen=True, slots=True)
class RehearsalWorkspace(Workspace):
    """The team's folder as a drill sees it: the same texts and brand, its own state.

    What is said in a drill is kept in the drill's folder, so that no launch can find it there.
    """

    name: str

    @property
    @override
    def state(self) -> Path:
        return _folder(self.root) / self.name

    @property
    @override
    def incidents(self) -> Path:
        return self.state / "incidents"

    @property
    @override
    def approvals(self) -> Path:
        return self.state / "approvals"


def keep_scorecard(workspace: RehearsalWorkspace, card: Scorecard) -> None:
    """Keep what a drill came to.

    Raises:
        LocalDiskFault: The disk will not take it.
    """
    write_atomic(workspace.state / _FILE, json.dumps(asdict(card), indent=2))


def keep_page(workspace: Workspace, card: Scorecard, page: str) -> str:
    """Keep the page of a drill beside its record, and return where, seen from the workspace.

    Raises:
        LocalDiskFault: The disk will not take it.
    """
    path = _folder(workspace.root) / card.name / "scorecard.html"
    write_atomic(path, page)
    return path.relative_to(workspace.root).as_posix()


def read_scorecards(workspace: Workspace) -> tuple[Scorecard, ...]:
    """Return the drills of a workspace, oldest first; a damaged record is passed over."""
    cards = (_read(path) for path in sorted(_folder(workspace.root).glob(f"*/{_FILE}")))
    return tuple(card for card in cards if card)


def tidy(workspace: RehearsalWorkspace) -> None:
    """Let go of what a drill has built; what was said, its ledger and its score stay."""
    with local_disk(workspace.state):
        for folder in (workspace.builds, workspace.bodies):
            shutil.rmtree(folder, ignore_errors=True)
        for path in workspace.rendered.parent.glob(f"{workspace.rendered.name}*"):
            path.unlink(missing_ok=True)


def _folder(root: Path) -> Path:
    return root / ".sparetire" / "drills"


def _read(path: Path) -> Scorecard | None:
    try:
        row = json.loads(path.read_bytes())
        scores = tuple(Score(**{**one, "task": Task(one["task"])}) for one in row["scores"])
        injects = tuple(Inject(name) for name in row["injects"])
        return Scorecard(**{**row, "injects": injects, "scores": scores})
    except (OSError, ValueError, TypeError, KeyError):
        return None
