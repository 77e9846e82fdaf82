"""What each kind of host can do, in words: the one table that the command and README show."""

from dataclasses import dataclass

__all__ = ["ABILITIES", "Abilities"]


@dataclass(frozen=True, slots=True)
class Abilities:
    """One kind of host. Where a text begins with yes or no, its host says the same of itself.

    Attributes:
        host: Its name in ``sparetire.toml``.
        what: What it is.
        atomic_switch: Whether readers see the old or the new edition, never a mix.
        headers: Whether content types and cache rules are served as we give them.
        lock: Whether two runs at once are kept apart, whichever machines they run on.
        rollback: How far back `sparetire rollback` can go.
        private_state: Where what the public may not read is kept.
        extra: What to install for it beyond sparetire itself.
    """

    host: str
    what: str
    atomic_switch: str
    headers: str
    lock: str
    rollback: str
    private_state: str
    extra: str = ""


ABILITIES = (
    Abilities(
        host="directory",
        what="a folder on this machine",
        atomic_switch="yes, file by file where links cannot be made",
        headers="yes on loopback, else as your server does",
        lock="yes",
        rollback="10 editions",
        private_state="beside the web root",
    ),
    Abilities(
        host="s3",
        what="a bucket, at AWS or any S3 service",
        atomic_switch="no, in waves without a dead link",
        headers="yes",
        lock="yes, advisory where the service takes no conditions",
        rollback="every edition in the state bucket; prune keeps 30, and 90 days",
        private_state="a private bucket",
    ),
    Abilities(
        host="sftp",
        what="a folder on a server, over SSH",
        atomic_switch="yes, file by file where the server makes no links",
        headers="no, as your server does",
        lock="yes, advisory where the server renames onto files",
        rollback="10 editions",
        private_state="beside the web root",
        extra="sparetire[sftp]",
    ),
    Abilities(
        host="git",
        what="a branch, as GitHub Pages and GitLab Pages serve it",
        atomic_switch="yes",
        headers="no, as whoever serves the branch does",
        lock="yes",
        rollback="the editions among the branch's last 20 commits",
        private_state="in each commit, and on a ref, as public as the repository",
        extra="sparetire[git]",
    ),
    Abilities(
        host="netlify",
        what="a site at Netlify",
        atomic_switch="yes",
        headers="yes",
        lock="no, advisory: only on one machine",
        rollback="the deploys that Netlify keeps, 30 at most",
        private_state="in each deploy and the blob store, for those with the token",
    ),
    Abilities(
        host="zip",
        what="a ZIP file to hand over, the last resort",
        atomic_switch="yes",
        headers="no",
        lock="yes",
        rollback="3 editions",
        private_state="beside the file",
    ),
)
"""Every host, in the order in which to consider them."""
