"""The chain from an address to a bucket: alias, distribution, origin."""

from collections.abc import Iterator
from fnmatch import fnmatch
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from botocore.exceptions import BotoCoreError, ClientError

from sparetire.config.services import S3Service
from sparetire.errors import ConfigurationFault
from sparetire.hosts.s3.cloudfront import open_cloudfront
from sparetire.hosts.s3.errors import Asked, code_of, explain

if TYPE_CHECKING:
    from mypy_boto3_cloudfront.type_defs import DistributionTypeDef

__all__ = ["Distribution"]


class Distribution:
    """One distribution of CloudFront.

    Args:
        name: Its identifier.
        profile: The AWS profile to use, or None for the environment.
    """

    def __init__(self, name: str, profile: str | None) -> None:
        self._name = name
        self._profile = profile

    def prove(self, service: S3Service) -> None:
        """See that it serves the target's bucket under the target's name.

        Raises:
            ConfigurationFault: It does not, or it is switched off.
            SparetireError: It cannot be asked.
        """
        client = open_cloudfront(self._profile)
        try:
            found = client.get_distribution(Id=self._name)["Distribution"]
        except (BotoCoreError, ClientError) as error:
            if code_of(error) == "NoSuchDistribution":
                raise self._fault(service, ("There is no such distribution.",)) from error
            raise explain(error, Asked(self._name, "CloudFront", self._profile)) from error
        finally:
            client.close()
        if wrong := tuple(_broken(found, service)):
            raise self._fault(service, wrong)

    def _fault(self, service: S3Service, why: tuple[str, ...]) -> ConfigurationFault:
        return ConfigurationFault(
            f"CloudFront distribution {self._name} does not serve {service.url}.",
            why=why,
            then="Mend it at AWS, or correct the target in sparetire.toml.",
        )


def _broken(found: "DistributionTypeDef", service: S3Service) -> Iterator[str]:
    config = found["DistributionConfig"]
    name = urlsplit(service.url).hostname or ""
    aliases = config.get("Aliases", {}).get("Items", [])
    if name != found["DomainName"] and not any(fnmatch(name, each) for each in aliases):
        yield f"It does not answer to the name {name}: it is no alias of it."
    if not config["Enabled"]:
        yield "It is switched off."
    origins = [each["DomainName"] for each in config["Origins"].get("Items", [])]
    if not any(each.startswith(f"{service.bucket}.") for each in origins):
        yield f"It reads from {', '.join(origins)}, and not from bucket {service.bucket!r}."
