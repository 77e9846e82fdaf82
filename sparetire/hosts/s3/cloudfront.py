"""Makes CloudFront forget what a commit has changed.

Limits and rules of an invalidation:
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html
"""

from collections.abc import Iterable
from time import sleep
from typing import TYPE_CHECKING
from urllib.parse import quote

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from sparetire.clock import Stopwatch
from sparetire.errors import HostUnreachable, SparetireError
from sparetire.hosts.s3.errors import Asked, code_of, explain

if TYPE_CHECKING:
    from mypy_boto3_cloudfront.client import CloudFrontClient

__all__ = ["Cache", "addresses", "open_cloudfront"]

ALL = "/*"
_MOST_PATHS = 30
_PAUSES = (1.0, 2.0, 5.0)
_BUSY = "TooManyInvalidationsInProgress"


def addresses(paths: Iterable[str]) -> list[str]:
    """Return under which addresses files are cached; past a few, everything counts as changed.

    The address of a folder and that of its page are cached apart.
    """
    found = set()
    for path in paths:
        found.add(f"/{path}")
        if path == "index.html" or path.endswith("/index.html"):
            found.add("/" + path.removesuffix("index.html"))
    if len(found) > _MOST_PATHS:
        return [ALL]
    # A star that is given by itself would stand for everything.
    return sorted(quote(each, safe="/*" if each == ALL else "/") for each in found)


def open_cloudfront(profile: str | None) -> "CloudFrontClient":
    """Return a client for the one region in which CloudFront is asked."""
    import boto3  # noqa: PLC0415  slow to import, and a launch does without it

    client: CloudFrontClient = boto3.Session(profile_name=profile).client(
        "cloudfront",
        region_name="us-east-1",
        config=Config(
            retries={"mode": "standard", "total_max_attempts": 4},
            connect_timeout=4,
            read_timeout=10,
        ),
    )
    return client


class Cache:
    """One distribution.

    Args:
        distribution: Its identifier.
        profile: The AWS profile to use, or None for the environment.
        patience: Seconds until we stop waiting for a confirmation.
    """

    def __init__(self, distribution: str, profile: str | None, *, patience: float) -> None:
        self._distribution = distribution
        self._profile = profile
        self._patience = patience

    def forget(self, asked_for: list[str], reference: str) -> None:
        """Ask for an invalidation and wait for it; the same reference asks for it only once.

        Raises:
            HostUnreachable: It was refused, or did not end in time.
        """
        watch = Stopwatch()
        try:
            client = open_cloudfront(self._profile)
            number = self._begin(client, asked_for, reference, watch)
            self._wait(client, number, watch)
        except (BotoCoreError, ClientError) as error:
            cause = explain(error, Asked(self._distribution, "CloudFront", self._profile))
            raise self._pending(cause) from error

    def _begin(
        self, client: "CloudFrontClient", asked_for: list[str], reference: str, watch: Stopwatch
    ) -> str:
        """Return the number of the invalidation: of everything, when too many are under way."""
        for tries in range(100):
            paths = [ALL] if tries else asked_for
            try:
                answer = client.create_invalidation(
                    DistributionId=self._distribution,
                    InvalidationBatch={
                        "Paths": {"Quantity": len(paths), "Items": paths},
                        "CallerReference": f"{reference}-all" if tries else reference,
                    },
                )
            except ClientError as error:
                if code_of(error) != _BUSY or watch.elapsed() > self._patience:
                    raise
                sleep(_PAUSES[min(tries, len(_PAUSES) - 1)])
            else:
                return answer["Invalidation"]["Id"]
        raise self._pending(None)

    def _wait(self, client: "CloudFrontClient", number: str, watch: Stopwatch) -> None:
        # The library's own waiter looks for the first time after 20 s.
        looks = 0
        while True:
            answer = client.get_invalidation(DistributionId=self._distribution, Id=number)
            if answer["Invalidation"]["Status"].casefold() == "completed":
                return
            if watch.elapsed() > self._patience:
                raise self._pending(None)
            sleep(_PAUSES[min(looks, len(_PAUSES) - 1)])
            looks += 1

    def _pending(self, cause: SparetireError | None) -> HostUnreachable:
        why = [cause.what, *cause.why] if cause else ["It did not confirm in time."]
        return HostUnreachable(
            f"CloudFront distribution {self._distribution} has not forgotten the old pages.",
            why=why,
            public="The edition is live at its origin; some readers still see the old one.",
            then="Run the same command again: it asks the cache once more.",
        )
