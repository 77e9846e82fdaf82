"""What commands come to that publish nothing: terminal and JSON tell it in their own ways."""

from dataclasses import dataclass, field

from sparetire.model.finding import Finding, Severity

__all__ = [
    "Checked",
    "Drafted",
    "Initialised",
    "Linted",
    "Promise",
    "Pruned",
    "Pulled",
    "ReleaseRow",
    "Run",
    "RunHistory",
    "ScenarioRow",
    "SiteVerified",
    "TargetStatus",
]


@dataclass(frozen=True, slots=True)
class Initialised:
    """A new workspace, and what was changed in the brand to make it readable."""

    folder: str
    written: tuple[str, ...]
    adjustments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """How ready the workspace is: what passed, and what to do about the rest."""

    passed: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way of a launch."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)

    @property
    def score(self) -> int:
        """The share of checks that passed, in percent."""
        weighty = [one for one in self.findings if one.severity is not Severity.INFO]
        total = len(self.passed) + len(weighty)
        return round(100 * len(self.passed) / total) if total else 100


@dataclass(frozen=True, slots=True)
class Linted:
    """What the rules saw in what somebody wrote."""

    findings: tuple[Finding, ...]

    @property
    def clean(self) -> bool:
        """Whether it may go public as it is."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Promise:
    """When an incident's next update is due, and the seconds left: below 0 it is late."""

    incident: str
    due: str
    left: int


@dataclass(frozen=True, slots=True)
class TargetStatus:
    """What the public sees at one target.

    Attributes:
        edition: The edition that the host says is live, or nothing.
        committed: When it went live.
        incidents: What it carries, with the instant of the newest statement.
        seen: Whether the public address shows it: ``yes``, or what is wrong.
        promises: When its open incidents promised their next update.
        public: Whether anything but this machine can read it.
        states: ``open``, ``closed`` or ``withdrawn``, for the incidents known here.
        unfinished: Addresses that answer although no complete version holds them.
    """

    target: str
    url: str
    edition: str
    committed: str
    incidents: dict[str, str]
    seen: str
    promises: tuple[Promise, ...] = ()
    public: bool = True
    states: dict[str, str] = field(default_factory=dict)
    unfinished: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One release in a list.

    Attributes:
        state: ``draft``, ``waiting``, ``due``, ``public``, ``edited``, ``withdrawn`` or
            ``broken``.
        at: The instant that goes with the state, or nothing.
        problems: What keeps its files from being read.
    """

    name: str
    state: str
    title: str
    at: str
    languages: tuple[str, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drafted:
    """A new press release: the files that its author must fill."""

    name: str
    files: tuple[str, ...]
    dry_run: bool


@dataclass(frozen=True, slots=True)
class Run:
    """One run from the ledger."""

    run: str
    at: str
    purpose: str
    target: str
    outcome: str
    seconds: float | None
    edition: str = ""


@dataclass(frozen=True, slots=True)
class RunHistory:
    """Past runs, the newest first.

    Attributes:
        verified: How many lines of the record were proven unchanged; None where nothing was
            to be proven.
    """

    runs: tuple[Run, ...]
    verified: int | None = None


@dataclass(frozen=True, slots=True)
class Pruned:
    """The files that were taken away, or in a dry run would be.

    Attributes:
        target: The target's name.
        paths: Files that readers could ask for.
        removed: Whether they are gone; not after a dry run.
        forgotten: Private files of editions to which nobody will go back.
    """

    target: str
    paths: tuple[str, ...]
    removed: bool
    forgotten: int = 0


@dataclass(frozen=True, slots=True)
class Pulled:
    """What became of one incident that a host keeps: ``new``, ``newer`` or ``same``."""

    name: str
    outcome: str
    statements: int


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One rehearsed kind of crisis.

    Attributes:
        title: What it is called, in the site's first language.
        about: When to use it.
        review_by: Until when its texts count as reviewed, or nothing when it is damaged.
        adapted: Whether it is the organisation's own copy.
        problem: Why it cannot be used.
    """

    name: str
    title: str
    about: str
    review_by: str
    adapted: bool
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SiteVerified:
    """A live site of which every file was read from outside and found right.

    Attributes:
        left: Addresses of ours that readers still get, although the live version names none.
    """

    target: str
    url: str
    edition: str
    files: int
    left: tuple[str, ...] = ()
