"""Where everything lies in a workspace."""

from dataclasses import dataclass
from pathlib import Path

from sparetire.config.load import FILE_NAME

__all__ = ["Workspace", "find_workspace"]


@dataclass(frozen=True, slots=True)
class Workspace:
    """A team's folder; every path in it is made here."""

    root: Path

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.root / FILE_NAME

    @property
    def brand(self) -> Path:
        """The folder with the logo."""
        return self.root / "brand"

    @property
    def own_theme(self) -> Path:
        """Templates and rules that stand in for those of the theme."""
        return self.brand / "theme"

    @property
    def scenarios(self) -> Path:
        """Skeletons adapted by the organisation. Nothing in here is public as it stands."""
        return self.root / "scenarios"

    @property
    def releases(self) -> Path:
        """Press releases, drafts among them."""
        return self.root / "releases"

    @property
    def releases_index(self) -> Path:
        """What the record of the press releases comes to."""
        return self.state / "releases.json"

    @property
    def incidents(self) -> Path:
        """What was said, one folder an incident."""
        return self.root / "incidents"

    @property
    def attachments(self) -> Path:
        """The files that incidents bring along; no incident can have that name."""
        return self.incidents / "_files"

    @property
    def approvals(self) -> Path:
        """What waits to be signed, and the signatures."""
        return self.root / "approvals"

    @property
    def state(self) -> Path:
        """What sparetire keeps for itself; it can be lost without harm to the public."""
        return self.root / ".sparetire"

    @property
    def builds(self) -> Path:
        """Fresh folders for builds under way."""
        return self.state / "builds"

    @property
    def bodies(self) -> Path:
        """The files of built sites, by the hash of their bytes."""
        return self.state / "bodies"

    @property
    def rendered(self) -> Path:
        """The index of what was rendered before."""
        return self.state / "rendered.db"

    @property
    def briefs(self) -> Path:
        """Answers to scenarios, kept while they are given."""
        return self.state / "briefs"

    @property
    def drafts(self) -> Path:
        """Answers that are not public yet, for its owner alone."""
        return self.state / "drafts"

    @property
    def ledger(self) -> Path:
        """The record of all runs."""
        return self.state / "ledger.jsonl"

    @property
    def outbox(self) -> Path:
        """Who is still to be told of what is live."""
        return self.state / "outbox.json"

    @property
    def rounds(self) -> Path:
        """When the newsroom last looked at what is due."""
        return self.state / "newsroom.json"

    @property
    def lock(self) -> Path:
        """The file that keeps two runs in this workspace apart."""
        return self.state / "lock"


def find_workspace(start: Path) -> Workspace:
    """Return the workspace that a folder lies in, or the folder itself where there is none."""
    folder = start.resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / FILE_NAME).is_file():
            return Workspace(candidate)
    return Workspace(folder)
