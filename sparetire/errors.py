"""Every way a run can end, and what its user is told.

SparetireError
├── UsageFault            2   the command line is wrong
├── ContentRefused        3   the words may not go public as they are
├── ConfigurationFault    4   sparetire.toml, the brand, or credentials
│   ├── CredentialsRefused
│   └── ReleasesDamaged
├── Locked                5   another run holds the target
├── HostUnreachable       6   host or network; nothing public changed
├── StoppedHalfway        7   some files are new; run the same command again
├── NotVerified           8   published, but the public address does not show it
├── NotAnnounced          9   live and verified, but not everybody was told
├── NotApproved          10   a human said no, or has not said yes
├── LocalDiskFault       12   the disk or its permissions
├── Interrupted     130, 143  somebody pressed Ctrl-C, or the system ended us
└── BuildFault            1   our own bug, or one in a theme
"""

from collections.abc import Sequence
from enum import IntEnum

__all__ = [
    "STOPPED",
    "UNCHANGED",
    "BuildFault",
    "ConfigurationFault",
    "ContentRefused",
    "CredentialsRefused",
    "ExitCode",
    "HostUnreachable",
    "Interrupted",
    "LocalDiskFault",
    "Locked",
    "NotAnnounced",
    "NotApproved",
    "NotVerified",
    "ReleasesDamaged",
    "SparetireError",
    "StoppedHalfway",
    "UsageFault",
]

UNCHANGED = "Nothing has changed for the public."
STOPPED = "Somebody pressed Ctrl-C, or the system asked it to end."


class ExitCode(IntEnum):
    """What the process returns; these numbers are stable."""

    OK = 0
    BUG = 1
    USAGE = 2
    CONTENT_REFUSED = 3
    CONFIGURATION = 4
    LOCKED = 5
    HOST = 6
    HALFWAY = 7
    NOT_VERIFIED = 8
    NOT_ANNOUNCED = 9
    NOT_APPROVED = 10
    RESTORED = 11
    LOCAL_DISK = 12
    INTERRUPTED = 130
    TERMINATED = 143


class SparetireError(Exception):
    """An end that its user can understand, in four parts.

    Attributes:
        what: What failed, with the value that failed.
        why: One line per cause.
        public: What the public sees now.
        then: The one command to type next, or what to change first.
    """

    exit_code: ExitCode = ExitCode.BUG

    def __init__(
        self,
        what: str,
        *,
        why: str | Sequence[str] = (),
        public: str = UNCHANGED,
        then: str = "",
    ) -> None:
        super().__init__(what)
        self.what = what
        self.why = (why,) if isinstance(why, str) else tuple(why)
        self.public = public
        self.then = then


class BuildFault(SparetireError):
    """The site could not be built from content that had passed every gate."""

    exit_code = ExitCode.BUG

    def __init__(
        self,
        what: str,
        *,
        why: str | Sequence[str],
        public: str = UNCHANGED,
        then: str = "Run the same command again; if it fails again, report it as a bug.",
    ) -> None:
        super().__init__(what, why=why, public=public, then=then)


class UsageFault(SparetireError):
    """The command line asks for something that cannot be."""

    exit_code = ExitCode.USAGE


class ContentRefused(SparetireError):
    """The words may not go public as they are."""

    exit_code = ExitCode.CONTENT_REFUSED


class ConfigurationFault(SparetireError):
    """The workspace's settings or brand cannot be used."""

    exit_code = ExitCode.CONFIGURATION


class CredentialsRefused(ConfigurationFault):
    """The host does not accept who we say we are, or does not let us do what we must."""


class ReleasesDamaged(ConfigurationFault):
    """The record of the press releases, or a copy of one that is public, cannot be used."""


class Locked(SparetireError):
    """Another run is publishing to the same target."""

    exit_code = ExitCode.LOCKED


class HostUnreachable(SparetireError):
    """The host could not be reached, or gave up, before anything public changed."""

    exit_code = ExitCode.HOST


class StoppedHalfway(SparetireError):
    """The run stopped after its first public write; the same command finishes the job."""

    exit_code = ExitCode.HALFWAY


class NotVerified(SparetireError):
    """The host took the edition, but its public address does not show it."""

    exit_code = ExitCode.NOT_VERIFIED


class NotAnnounced(SparetireError):
    """The edition is live and verified, but not everybody was told."""

    exit_code = ExitCode.NOT_ANNOUNCED


class NotApproved(SparetireError):
    """Nobody approved, so nothing was sent."""

    exit_code = ExitCode.NOT_APPROVED


class LocalDiskFault(SparetireError):
    """This machine's disk is full, read-only, or not ours to write."""

    exit_code = ExitCode.LOCAL_DISK


class Interrupted(SparetireError):
    """Somebody stopped the run; it has let go of everything it held."""

    exit_code = ExitCode.INTERRUPTED
