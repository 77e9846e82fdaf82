"""Two clocks must agree before anything under embargo is published: ours and the host's.

Either may be an hour off (a machine woken in another zone, a host without time service), and
one alone would then publish an hour early. A public address tells its time in every answer.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from sparetire.hosts.deadline import exchange

__all__ = ["Clocks", "host_time"]

TOLERANCE = timedelta(seconds=90)
PATIENCE = 15.0  # seconds


@dataclass(frozen=True, slots=True)
class Clocks:
    """The same instant by two clocks.

    Attributes:
        theirs: None where nobody else could be asked.
    """

    ours: datetime
    theirs: datetime | None

    @property
    def earliest(self) -> datetime:
        """The instant that both have reached: what is not due then is not due."""
        return min(self.ours, self.theirs or self.ours)

    @property
    def latest(self) -> datetime:
        """The instant that one of them has reached."""
        return max(self.ours, self.theirs or self.ours)

    @property
    def agree(self) -> bool:
        """Whether they differ by no more than answers take, and clocks usually drift."""
        return self.latest - self.earliest <= TOLERANCE


def host_time(url: str) -> datetime | None:
    """Return what time it is at a public address, or None when it does not say.

    A cache answers with the ``Date`` of the origin, and tells its ``Age`` beside it (RFC 9111,
    section 5.1).
    """
    import requests  # noqa: PLC0415  slow to import

    try:
        answer = exchange(None, url, method="HEAD", seconds=PATIENCE, allow_redirects=False)
        age = int(answer.headers.get("Age", "0"))
        told = parsedate_to_datetime(answer.headers["Date"])
    except (requests.RequestException, KeyError, ValueError):
        return None
    # Without a zone the date is not one of HTTP's, which are all in GMT (RFC 9110, 5.6.7).
    return told.astimezone(UTC) + timedelta(seconds=age) if told.tzinfo else None
