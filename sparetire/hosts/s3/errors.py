"""What the answers of an S3 service mean, in words, without showing a key.

Codes: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from shlex import quote
from typing import Any

from sparetire.clock import now
from sparetire.errors import (
    ConfigurationFault,
    CredentialsRefused,
    HostUnreachable,
    SparetireError,
)
from sparetire.hosts.proxy import proxy_failure
from sparetire.hosts.s3.refusals import forbidden, refused, said

__all__ = ["Asked", "code_of", "explain", "retrieved", "silent"]

_RIGHTS = {
    "GetObject": "s3:GetObject and, to be told of a missing file, s3:ListBucket",
    "HeadBucket": "s3:ListBucket",
    "HeadObject": "s3:GetObject",
    "ListObjectsV2": "s3:ListBucket",
    "PutObject": "s3:PutObject",
    "DeleteObject": "s3:DeleteObject",
}
_SESSION = {
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidToken",
    "RequestExpired",
    "SSOTokenLoadError",
    "TokenRefreshRequired",
    "TokenRetrievalError",
    "UnauthorizedSSOTokenError",
}
_KEY = "Correct it there, or name another profile in sparetire.toml."
_CLOCK = "Let the system set its clock by itself, then run the same command again."
_SIMPLE = {
    "InvalidAccessKeyId": ("The service does not know this key.", _KEY),
    "SignatureDoesNotMatch": ("The secret does not belong to the key.", _KEY),
    "RequestTimeTooSkewed": ("Services refuse clocks that are 15 min wrong.", _CLOCK),
}
_AGAIN = "Run the same command again; if it goes on, publish to your backup target."
_NOTICEABLE = 5
_STRANGER = "Its certificate comes from an authority that this machine does not know."
_CERTIFICATES = {
    "certificate has expired": "Its certificate has expired.",
    "is not yet valid": "Its certificate is not valid yet: one of the two clocks is wrong.",
    "Hostname mismatch": "Its certificate belongs to another name.",
    "IP address mismatch": "Its certificate belongs to another name.",
    "doesn't match": "Its certificate belongs to another name.",
    "self-signed certificate": _STRANGER,
    "unable to get local issuer": _STRANGER,
}
_NO_CREDENTIALS = {"CredentialRetrievalError", "NoCredentialsError", "PartialCredentialsError"}
_FORBIDDEN = {"403", "AccessDenied", "AccountProblem", "AllAccessDisabled", "Forbidden"}
_ELSEWHERE = {
    "301",
    "307",
    "AuthorizationHeaderMalformed",
    "IllegalLocationConstraintException",
    "PermanentRedirect",
    "TemporaryRedirect",
}
_SETTINGS = {
    "ConfigParseError",
    "InvalidBucketName",
    "InvalidConfigError",
    "InvalidRegionError",
    "NoRegionError",
    "ParamValidationError",
    "ProfileNotFound",
    "UnsupportedSignatureVersionError",
}
# A service names its faults; boto3 makes a bare 500 of a page that stands where XML is due.
_NO_SERVICE = {"500", "ResponseParserError"}
_FULL = {"507", "EntityTooLarge", "InsufficientStorage", "QuotaExceeded", "XMinioStorageFull"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of whom."""

    bucket: str
    endpoint: str
    profile: str | None

    @property
    def credentials(self) -> str:
        """Where the credentials came from, never what they are."""
        if self.profile:
            return f"the AWS profile {self.profile!r}"
        return "the AWS environment of this machine"


def code_of(error: Exception) -> str:
    """Return the service's code for what went wrong, or the name of the library's exception."""
    return str(_answer(error).get("Error", {}).get("Code") or type(error).__name__)


def explain(error: Exception, asked: Asked) -> SparetireError:
    """Return the error that the user is told, instead of the library's."""
    code = code_of(error)
    names = {code, *(kind.__name__ for kind in type(error).__mro__)}
    if wrong := _proxy(error, asked, code) or _credentials(error, asked, names):
        return wrong
    if names & {"404", "NoSuchBucket"}:
        return ConfigurationFault(
            f"{asked.endpoint} has no bucket {asked.bucket!r}.",
            why=f"The service says {code} to {asked.credentials}.",
            then="Correct the bucket in sparetire.toml, or create it at the service.",
        )
    if names & _ELSEWHERE:
        return _elsewhere(error, asked)
    if names & _SETTINGS:
        return ConfigurationFault(
            f"Bucket {asked.bucket!r} cannot be used with these settings.",
            why=str(error),
            then="Correct profile, region or bucket in sparetire.toml or in your AWS files.",
        )
    if not names & _FULL and (final := refused(_answer(error))):
        return ConfigurationFault(
            f"{asked.endpoint} refuses what is sent to bucket {asked.bucket!r}.",
            why=final.why,
            then=final.then,
        )
    return _unreachable(error, asked, names)


@contextmanager
def retrieved() -> Iterator[None]:
    """Turn what the retrieval of credentials raises into an error of botocore's.

    A ``credential_process`` that is missing, writes no JSON or gives what has expired, and a
    code of MFA that no terminal can ask for, raise errors of Python instead.

    Raises:
        CredentialRetrievalError: They cannot be retrieved.
    """
    from botocore.exceptions import CredentialRetrievalError  # noqa: PLC0415  slow to import

    try:
        yield
    except (OSError, ValueError, RuntimeError, EOFError, LookupError) as error:
        said = str(error) or type(error).__name__
        raise CredentialRetrievalError(provider="AWS", error_msg=said) from error


def silent(asked: Asked) -> HostUnreachable:
    """Return the error for an answer that says yes without the mark every S3 service gives."""
    return HostUnreachable(
        f"{asked.endpoint} does not answer as an S3 service does.",
        why="Something in between answers in its place, such as a network's sign-in page.",
        then="Open any web page, sign in to the network if asked, then run the command again.",
    )


def _proxy(error: Exception, asked: Asked, code: str) -> SparetireError | None:
    failed = proxy_failure(asked.endpoint, error, int(code) if code.isdigit() else 0)
    what = f"{asked.endpoint} cannot be reached as it must."
    return HostUnreachable(what, why=failed, then=_AGAIN) if failed else None


def _credentials(error: Exception, asked: Asked, names: set[str]) -> SparetireError | None:
    what = f"{asked.endpoint} refuses {asked.credentials} for bucket {asked.bucket!r}."
    renew = f" --profile {quote(asked.profile)}" if asked.profile else ""
    for code, (why, then) in _SIMPLE.items():
        if code in names:
            return CredentialsRefused(what, why=f"{why}{_skew(error)}", then=then)
    if names & _SESSION:
        then = f"Sign in again: aws sso login{renew}"
        return CredentialsRefused(what, why="The session has ended.", then=then)
    if names & _NO_CREDENTIALS:
        return CredentialsRefused(
            f"There are no credentials for bucket {asked.bucket!r}.",
            why=f"Looked in {asked.credentials}: {_lack(error)}",
            then=f"Set them up: aws configure{renew}",
        )
    if names & _FORBIDDEN:
        operation = str(getattr(error, "operation_name", ""))
        right = _RIGHTS.get(operation, operation)
        why, then = forbidden(_answer(error), right)
        return CredentialsRefused(what, why=why, then=then)
    return None


def _lack(error: Exception) -> str:
    """Return what is wrong with credentials: the reason of what was to retrieve them."""
    if code_of(error) != "CredentialRetrievalError":
        return "it holds none, or only part."
    if isinstance(error.__cause__, EOFError):
        return "it asks for a code of MFA, and there is no terminal to type it on."
    return str(error)


def _elsewhere(error: Exception, asked: Asked) -> ConfigurationFault:
    answer = _answer(error)
    told = answer.get("Error", {}).get("Region")
    region = _headers(answer).get("x-amz-bucket-region") or told
    return ConfigurationFault(
        f"Bucket {asked.bucket!r} is not where sparetire.toml says.",
        why=f"It is in the region {region}." if region else "It is in another region.",
        then=f'Write region = "{region or "…"}" in its target in sparetire.toml.',
    )


def _unreachable(error: Exception, asked: Asked, names: set[str]) -> HostUnreachable:
    again = _AGAIN
    code, message = code_of(error), _answer(error).get("Error", {}).get("Message", "")
    if names & _FULL:
        why = f"The service has no more room for us: {code}. {said(_answer(error))}"
        again = "Ask for more room there, then run the same command again."
    elif "SSLError" in names:
        why = f"The connection is not secure, so nothing was sent. {_certificate(error)}"
        again = "Check the clock, the network and endpoint_url, then run the command again."
    elif names & _NO_SERVICE:
        return silent(asked)
    elif message or code.isdigit():
        why = f"After several tries it still answers. {said(_answer(error))}"
    else:
        why = f"No answer came after several tries ({code})."
    return HostUnreachable(
        f"{asked.endpoint} cannot be reached as it must.", why=why, then=again
    )


def _certificate(error: Exception) -> str:
    """Tell what is wrong with a certificate, by the words that OpenSSL has for it."""
    said = str(error)
    for words, told in _CERTIFICATES.items():
        if words in said:
            return told
    return said


def _skew(error: Exception) -> str:
    """Tell how far the clocks are apart, where that is enough to be refused for."""
    try:
        theirs = parsedate_to_datetime(_headers(_answer(error))["date"])
    except (KeyError, ValueError):
        return ""
    minutes = (now() - theirs).total_seconds() / 60
    if abs(minutes) < _NOTICEABLE:
        return ""
    way = "ahead of" if minutes > 0 else "behind"
    return f" This machine's clock is {abs(minutes):.0f} min {way} the service's."


def _answer(error: Exception) -> Mapping[str, Any]:
    answer = getattr(error, "response", None)
    return answer if isinstance(answer, Mapping) else {}


def _headers(answer: Mapping[str, Any]) -> Mapping[str, str]:
    headers: Mapping[str, str] = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    return headers
