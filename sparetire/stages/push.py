"""Push: the plan, wave by wave, then the commit that makes the edition live.

Safe to stop at any point: a wave starts only when the one before it is whole, nothing is ever
removed, and a plain re-run finds by itself what is missing.
"""

from sparetire.events import Emit, FilePut, WaveStarted
from sparetire.hosts.base import Commit, Host, Upload
from sparetire.model.edition import Edition
from sparetire.model.plan import Action, Plan
from sparetire.model.receipt import Receipt

__all__ = ["Push"]


class Push:
    """Brings one edition to one target, in two steps: every wave of files, then the commit.

    Args:
        edition: Where the bytes are.
        plan: What to send, and in which order; nothing to change asks nothing of the host.
        host: Where to.
        commit: What makes it live.

    Attributes:
        begun: The paths that the host was asked to put: no other can have changed.
    """

    def __init__(self, edition: Edition, plan: Plan, host: Host, commit: Commit) -> None:
        self._edition = edition
        self._plan = plan
        self._host = host
        self._commit = commit
        self._sent = self._size = 0
        self.begun: set[str] = set()

    def send(self, emit: Emit) -> None:
        """Send every file that the plan puts, telling of each.

        Raises:
            SparetireError: It stopped; what the public sees then must be read.
        """
        target, file = self._plan.target, self._edition.file
        waves = [
            (wave, [Upload(entry, file(entry)) for entry in entries])
            for wave, entries in self._plan.waves()
        ]
        if self._plan.changes:
            self._host.expect(self._commit, [each for _, wave in waves for each in wave])
        for wave, uploads in waves:
            emit(WaveStarted(target, wave, len(uploads)))
            self.begun.update(upload.entry.path for upload in uploads)
            for stored in self._host.put(uploads):
                self._sent += 1
                self._size += stored.entry.size
                emit(FilePut(target, stored.entry.path, stored.entry.size))

    def commit(self) -> Receipt:
        """Make the edition live.

        Raises:
            SparetireError: The host refused; what the public sees then must be read.
        """
        if self._plan.changes:
            self._host.commit(self._commit)
        return Receipt(
            target=self._plan.target,
            edition=self._commit.manifest.edition,
            put=self._sent,
            kept=self._plan.kept,
            retired=len(self._plan.of(Action.RETIRE)),
            size=self._size,
        )
